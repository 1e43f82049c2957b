"""Customers with an open task are left alone by surveys until it is closed."""

from uuid import UUID

from voc.core.access import Action, Actor
from voc.core.verb import verb
from voc.followup.models import Task, TaskState
from voc.outreach.hold import hold_customer, release_hold


@verb(Action.HOLD_CUSTOMER)
async def hold_for_task(actor: Actor, ref: str) -> None:
    """Hold the customer of a task (`ref`) while it is open, and let go when it is closed. May run any number of times."""
    task = await Task.get_or_none(id=UUID(ref))
    if task is None or task.customer_id is None:
        return
    source = f"task:{task.id}"
    if task.state is TaskState.DONE:
        await release_hold(actor, task.customer_id, source)
    else:
        await hold_customer(actor, task.customer_id, source, "A follow-up task is open.", None)
