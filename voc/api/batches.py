"""Reads for many parents at once that only the edge needs; each takes the actor and gives what they may see, by parent."""

from collections.abc import Collection
from uuid import UUID

from voc.core.access import Actor
from voc.staff.models import Member, Membership
from voc.staff.queries import members_visible_to


async def members_of_teams(actor: Actor, team_ids: Collection[UUID]) -> dict[UUID, list[Member]]:
    """The active colleagues who hold a role for each team, by name."""
    held = {(row["team_id"], row["member_id"]) for row in await Membership.filter(team_id__in=team_ids).values("team_id", "member_id")}
    ids = {member_id for _, member_id in held}
    members = await members_visible_to(actor).filter(id__in=ids, deactivated_at=None).order_by("name", "id")
    return {team_id: [member for member in members if (team_id, member.id) in held] for team_id in team_ids}
