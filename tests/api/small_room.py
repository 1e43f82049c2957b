"""What the small schema's resolvers call: reads and verbs over real tables, as a room would have them."""

import asyncio
from typing import Any
from uuid import UUID

from voc.core import live
from voc.core.access import Action, Actor
from voc.core.errors import Conflict, Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.staff.models import Team

STOPPED = asyncio.Event()  # set when a resolver or a source was stopped where it stood


def teams_visible_to(actor: Actor) -> Any:
    """Teams, for those who may see colleagues."""
    return Team.all() if actor.may(Action.SEE_STAFF) else Team.filter(id__isnull=True)


async def teams_by_key(actor: Actor, keys: list[str]) -> dict[str, Team]:
    """The visible teams with these keys."""
    return {team.key: team for team in await teams_visible_to(actor).filter(key__in=keys)}


@verb(Action.EDIT_STAFF)
async def add_team(actor: Actor, key: str, name: str, calendar_id: UUID) -> Team:
    """Add a team; a key that is taken is a Conflict, an empty name Invalid."""
    if not name:
        raise Invalid.at("input.name", "NAME_MISSING", "Give the team a name.")
    if await Team.filter(key=key).exists():
        raise Conflict("KEY_TAKEN", f"There is a team `{key}` already.")
    await asyncio.sleep(0.02)
    return await Team.create(key=key, name=name, calendar_id=calendar_id)


@verb(Action.EDIT_STAFF)
async def rename_team(actor: Actor, team_id: UUID, name: str) -> Team:
    """Rename a team and note the change."""
    team: Team = await one(teams_visible_to(actor), team_id)
    team.name = name
    await team.save(update_fields=["name"])
    await live.note("team", team.id)
    return team
