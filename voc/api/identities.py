"""Who a customer is, as far as whoever asks may see it: plainly, or masked."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from voc.api.context import Info
from voc.core.access import Action
from voc.customers.models import Customer
from voc.customers.queries import Shown, masked_for
from voc.followup.models import Task, TaskState

T = TypeVar("T")
_NOTED = "noted_teams"  # on the row: teams whose task or contact it was reached through in this request


def concerning(customer: Customer | None, team_id: UUID | None) -> Customer | None:
    """The same customer, met in a task or contact of that team, which therefore may see who it is."""
    if customer is not None and team_id is not None:
        customer.__dict__.setdefault(_NOTED, set()).add(team_id)
    return customer


def shown(row: Customer, info: Info, part: Callable[[Shown], T]) -> T | Awaitable[T]:
    """A part of what the actor is shown of the customer; looked up only for those who see the customers of their team."""
    actor, noted = info.context.actor, row.__dict__.get(_NOTED, ())
    reach = actor.reach(Action.SEE_IDENTITY)
    if reach.all or not reach or any(reach.covers(team_id) for team_id in noted):
        return part(masked_for(actor, noted)(row))
    return _looked_up(row, info, part)


async def _looked_up(row: Customer, info: Info, part: Callable[[Shown], T]) -> T:
    teams = await info.context.loaders.of(teams_of_open_tasks, row.id) or set()
    return part(masked_for(info.context.actor, teams)(row))


async def teams_of_open_tasks(customer_ids: list[UUID]) -> dict[UUID, set[UUID]]:
    """The teams that have something open with each customer."""
    found: dict[UUID, set[UUID]] = {}
    open_tasks = Task.filter(customer_id__in=customer_ids).exclude(state=TaskState.DONE)
    for row in await open_tasks.values("customer_id", "team_id"):
        found.setdefault(row["customer_id"], set()).add(row["team_id"])
    return found
