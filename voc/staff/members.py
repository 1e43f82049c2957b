"""Colleagues come, get roles, and leave."""

from uuid import UUID
from zoneinfo import available_timezones

from tortoise.exceptions import IntegrityError

from voc.core import clock, settings
from voc.core.access import PEOPLE, Action, Actor, Role
from voc.core.db import transaction
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.events import emit
from voc.core.find import one
from voc.core.mail_address import mail_address
from voc.core.verb import verb
from voc.staff.events import MemberDeactivated
from voc.staff.models import Member, Membership, Session, SignInLink, Team
from voc.staff.queries import members_visible_to

LANGUAGES = ("nl", "en")


@verb(Action.EDIT_STAFF)
async def add_member(
    actor: Actor, *, name: str, email: str, language: str | None = None, time_zone: str | None = None, agent_key: str | None = None
) -> Member:
    """A new colleague, without any role yet. An address that is taken is a Conflict."""
    chosen = settings.current()
    language, time_zone = language or chosen.default_language, time_zone or chosen.default_time_zone
    email = _checked(name, email, language, time_zone)
    try:
        async with transaction():
            return await Member.create(name=name.strip(), email=email, language=language, time_zone=time_zone, agent_key=agent_key)
    except IntegrityError:
        raise Conflict("MEMBER_EXISTS", f"A member with the mail address {email} or that agent key exists already.") from None


@verb(Action.EDIT_STAFF)
async def give_role(actor: Actor, member_id: UUID, role: Role, team_id: UUID | None = None) -> Membership:
    """Let the member hold the role, for one team or for all. Giving it twice changes nothing."""
    if role not in PEOPLE:
        raise Invalid.at("role", "ROLE_NOT_FOR_PEOPLE", f"The role {role} is for programs: choose one of {', '.join(PEOPLE)}.")
    member = await one(members_visible_to(actor), member_id)
    if team_id is not None:
        await one(Team.all(), team_id)
    scope = str(team_id or "")
    await Membership.bulk_create([Membership(member_id=member.id, role=role, team_id=team_id, scope=scope)], ignore_conflicts=True)
    return await Membership.get(member_id=member.id, role=role, scope=scope)


@verb(Action.EDIT_STAFF)
async def take_role(actor: Actor, member_id: UUID, role: Role, team_id: UUID | None = None) -> None:
    """The member no longer holds the role; the last admin keeps theirs (Conflict)."""
    member = await one(members_visible_to(actor), member_id)
    if role is Role.ADMIN:
        await _refuse_without_admin(member.id)
    await Membership.filter(member_id=member.id, role=role, scope=str(team_id or "")).delete()


@verb(Action.EDIT_STAFF)
async def deactivate_member(actor: Actor, member_id: UUID) -> Member:
    """The member can no longer sign in, every session ends at once, and their open tasks go back to their teams. Not for the last admin."""
    member = await one(members_visible_to(actor), member_id)
    if member.deactivated_at:
        return member
    await _refuse_without_admin(member.id)
    member.deactivated_at = clock.now()
    await member.save(update_fields=["deactivated_at"])
    await Session.filter(member_id=member.id).delete()
    await SignInLink.filter(member_id=member.id).delete()
    await emit(MemberDeactivated(member.id))
    return member


@verb(Action.OWN_ACCOUNT)
async def set_own_preferences(actor: Actor, *, language: str, time_zone: str) -> Member:
    """The language and zone the console speaks to this member in."""
    member = await one(Member.all(), actor.id)  # type: ignore[arg-type]
    _checked(member.name, member.email, language, time_zone)
    member.language, member.time_zone = language, time_zone
    await member.save(update_fields=["language", "time_zone"])
    return member


def _checked(name: str, email: str, language: str, time_zone: str) -> str:
    faults = []
    if not name.strip():
        faults.append(Fault("name", "NAME_MISSING", "Give the member a name."))
    if language not in LANGUAGES:
        faults.append(Fault("language", "LANGUAGE_UNKNOWN", f"The console speaks {' and '.join(LANGUAGES)}, not {language}."))
    if time_zone not in available_timezones():
        faults.append(Fault("timeZone", "TIME_ZONE_UNKNOWN", f"{time_zone} is no time zone: write it like Europe/Amsterdam."))
    try:
        email = mail_address(email.strip())
    except ValueError as error:
        faults.append(Fault("email", "EMAIL_INVALID", f"This is no mail address: {error}"))
    if faults:
        raise Invalid(faults)
    return email


async def _refuse_without_admin(leaving: UUID) -> None:
    admins = await Membership.filter(role=Role.ADMIN).values_list("member_id", flat=True)
    if leaving in admins and not await Member.filter(id__in=[other for other in admins if other != leaving], deactivated_at=None).exists():
        raise Conflict("LAST_ADMIN", "This is the last admin: make somebody else admin first.")
