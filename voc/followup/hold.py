"""Customers with an open task are left alone by surveys until it is closed."""

from collections.abc import Mapping
from uuid import UUID

from voc.core.access import Action, Actor
from voc.core.verb import joining, verb
from voc.followup.models import Task, TaskState
from voc.outreach.deciding.standing import keep_customer
from voc.outreach.wishes.hold import hold_customer, hold_customers, release_hold

_REASON = "A follow-up task is open."


async def hold_for_tasks(customers: Mapping[UUID, UUID | None]) -> None:
    """Hold the customers of new tasks (the keys), in the transaction that raises them. The house does so, whoever raised them."""
    held = {_source(task_id): customer_id for task_id, customer_id in customers.items() if customer_id}
    await joining(hold_customers)(Actor.system("followup.hold_for_task"), held, _REASON)


@verb(Action.HOLD_CUSTOMER)
async def hold_for_task(actor: Actor, ref: str) -> None:
    """Hold the customer of a task (`ref`) while it is open, and let go when it is closed. May run any number of times."""
    task = await Task.get_or_none(id=UUID(ref))
    if task is None or task.customer_id is None:
        return
    # Of two runs at once, the one that comes second must see the state as it is by then.
    await keep_customer(task.customer_id)
    if await Task.exists(id=task.id, state=TaskState.DONE):
        await release_hold(actor, task.customer_id, _source(task.id))
    else:
        await hold_customer(actor, task.customer_id, _source(task.id), _REASON, None)


def _source(task_id: UUID) -> str:
    return f"task:{task_id}"
