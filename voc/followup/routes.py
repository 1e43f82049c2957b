"""Saving the rules that turn responses into tasks."""

from collections.abc import Mapping

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.errors import Fault, Invalid, NotFound
from voc.core.verb import verb
from voc.followup.models import Route
from voc.followup.rules import Rules, dump, parse
from voc.staff.models import Team

LONGEST_KEY = 64
LONGEST_NAME = 200


@verb(Action.EDIT_ROUTES)
async def save_route(actor: Actor, key: str, name: str, rules: Mapping[str, object], *, position: int = 0) -> Route:
    """The route of that key, new or changed; one that was retired is in use again. Tasks it raised before keep what they have.

    Refuses rules with faults and teams that do not exist, each at its place (Invalid).
    """
    faults = _name_faults(key, name)
    read: Rules | None = None
    try:
        read = parse(rules)
    except Invalid as refusal:
        faults += refusal.faults
    if read:
        faults += await _team_faults(read)
    if faults or read is None:
        raise Invalid(faults)
    facts = {"name": name.strip(), "position": position, "rules": dump(read), "retired_at": None}
    await Route.bulk_create([Route(key=key, **facts)], on_conflict=["key"], update_fields=list(facts))
    return await Route.get(key=key)


@verb(Action.EDIT_ROUTES)
async def retire_route(actor: Actor, key: str) -> Route:
    """Use the route no longer; its tasks stay. NotFound where there is no such route."""
    route = await Route.get_or_none(key=key)
    if route is None:
        raise NotFound(f"There is no route {key}.")
    if route.retired_at is None:
        route.retired_at = clock.now()
        await route.save(update_fields=["retired_at"])
    return route


def _name_faults(key: str, name: str) -> list[Fault]:
    faults = []
    if not key.strip() or key != key.strip() or len(key) > LONGEST_KEY:
        faults.append(Fault("key", "NOT_A_KEY", f"Give the route a key of 1 to {LONGEST_KEY} characters without blanks around it."))
    if not name.strip() or len(name.strip()) > LONGEST_NAME:
        faults.append(Fault("name", "NAME_INVALID", f"Give the route a name of 1 to {LONGEST_NAME} characters."))
    return faults


async def _team_faults(rules: Rules) -> list[Fault]:
    named = list(rules.named_teams())
    known = {team.key for team in await Team.filter(key__in=[team for _, team in named])} if named else set()
    return [
        Fault(f"rules.{where}", "TEAM_UNKNOWN", f"There is no team `{team}`: make it first, or name another.")
        for where, team in named
        if team not in known
    ]
