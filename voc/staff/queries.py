"""Reads of the staff room."""

from collections.abc import Iterable
from uuid import UUID

from tortoise.queryset import QuerySet

from voc.core import clock
from voc.core.access import Action, Actor, Held, Role
from voc.staff.models import ApiToken, Calendar, Member, Membership, Team


def members_visible_to(actor: Actor) -> QuerySet[Member]:
    """Colleagues know each other; programs and customers know none."""
    return Member.all() if actor.reach(Action.SEE_STAFF) else Member.filter(id=None)


def teams_visible_to(actor: Actor) -> QuerySet[Team]:
    """The teams, for whoever may see colleagues or works on tasks."""
    return Team.all() if actor.reach(Action.SEE_STAFF) or actor.reach(Action.SEE_TASKS) else Team.filter(id=None)


def calendars_visible_to(actor: Actor) -> QuerySet[Calendar]:
    """Business hours, for whoever may see the teams."""
    return Calendar.all() if actor.reach(Action.SEE_STAFF) or actor.reach(Action.SEE_TASKS) else Calendar.filter(id=None)


def tokens_visible_to(actor: Actor) -> QuerySet[ApiToken]:
    """Tokens, for whoever hands out the keys."""
    return ApiToken.all() if actor.reach(Action.EDIT_STAFF) else ApiToken.filter(id=None)


async def team_by_key(key: str) -> Team | None:
    """The team of that key."""
    return await Team.get_or_none(key=key)


async def roles_of(member_ids: Iterable[UUID]) -> dict[UUID, frozenset[Held]]:
    """The roles each member holds."""
    roles: dict[UUID, set[Held]] = {member_id: set() for member_id in member_ids}
    for row in await Membership.filter(member_id__in=list(roles)).values("member_id", "role", "team_id"):
        roles[row["member_id"]].add(Held(Role(row["role"]), row["team_id"]))
    return {member_id: frozenset(held) for member_id, held in roles.items()}


async def actor_of_member(member: Member) -> Actor:
    """The member as somebody who acts, with the roles of this moment."""
    roles = (await roles_of([member.id]))[member.id]
    return Actor(name=member.name, roles=roles, id=member.id, language=member.language, time_zone=member.time_zone, is_member=True)


async def open_tokens(actor: Actor) -> list[ApiToken]:
    """Tokens that still open something, newest first."""
    tokens = await tokens_visible_to(actor).filter(revoked_at=None).order_by("-created_at")
    return [token for token in tokens if token.expires_at is None or token.expires_at > clock.now()]
