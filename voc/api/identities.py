"""Who a customer is, as far as whoever asks may see it: plainly, or masked."""

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar
from uuid import UUID

from voc.api.context import Info
from voc.core.access import Action
from voc.customers.models import Customer
from voc.customers.queries import Shown, masked_for
from voc.followup.queries import teams_that_know

T = TypeVar("T")
_NOTED = "noted_teams"  # on the row: teams whose task or contact it was reached through in this request
_SETTLED = "all_teams_noted"  # on the row: there is nothing more to look up


def concerning(customer: Customer | None, team_id: UUID | None) -> Customer | None:
    """The same customer, met in a task or contact of that team, which therefore may see who it is."""
    if customer is not None and team_id is not None:
        customer.__dict__.setdefault(_NOTED, set()).add(team_id)
    return customer


def concerning_these(customer: Customer | None, team_ids: Iterable[UUID | None]) -> Customer | None:
    """The same customer, of whom all the teams are known that may see who it is."""
    for team_id in team_ids:
        concerning(customer, team_id)
    if customer is not None:
        customer.__dict__[_SETTLED] = True
    return customer


def shown(row: Customer, info: Info, part: Callable[[Shown], T]) -> T | Awaitable[T]:
    """A part of what the actor is shown of the customer; looked up only for those who see the customers of their team."""
    actor, noted = info.context.actor, row.__dict__.get(_NOTED, ())
    reach = actor.reach(Action.SEE_IDENTITY)
    if reach.all or not reach or _SETTLED in row.__dict__ or any(reach.covers(team_id) for team_id in noted):
        return part(masked_for(actor, noted)(row))
    return _looked_up(row, info, part)


async def _looked_up(row: Customer, info: Info, part: Callable[[Shown], T]) -> T:
    teams = await info.context.loaders.of(teams_that_know, row.id) or set()
    return part(masked_for(info.context.actor, teams)(row))
