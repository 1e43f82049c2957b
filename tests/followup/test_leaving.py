"""What follows from tasks: customers are left alone while one is open, and nobody who left keeps one."""

import pytest

from tests.followup import makers
from voc.core.access import Actor
from voc.core.db import rows
from voc.core.ids import new_id
from voc.followup.give_back import give_back_tasks
from voc.followup.hold import hold_for_task
from voc.followup.models import Solved, TaskState
from voc.followup.work import close_task, reopen_task
from voc.outreach.models import Hold
from voc.staff.models import Team

pytestmark = pytest.mark.usefixtures("db", "clock")


async def test_the_tasks_of_a_member_who_leaves_go_back_to_their_teams(billing: Team, sara: Actor, tom: Actor) -> None:
    working = await makers.task(billing, assignee_id=sara.id, state=TaskState.IN_PROGRESS)
    waiting = await makers.task(billing, assignee_id=sara.id, state=TaskState.WAITING)
    closed = await makers.task(billing, assignee_id=sara.id, state=TaskState.DONE)
    other = await makers.task(billing, assignee_id=tom.id, state=TaskState.IN_PROGRESS)

    await give_back_tasks(makers.SYSTEM, str(sara.id))
    await give_back_tasks(makers.SYSTEM, str(sara.id))

    seen = [await makers.again(task) for task in (working, waiting, closed, other)]
    assert [(task.assignee_id, task.state, task.version) for task in seen] == [
        (None, TaskState.OPEN, 2),
        (None, TaskState.WAITING, 2),
        (sara.id, TaskState.DONE, 1),
        (tom.id, TaskState.IN_PROGRESS, 1),
    ]
    assert await makers.history(working) == [("test", "released", {"from": "Sara"})]
    changed = {row["ref"] for row in await rows("SELECT ref FROM job WHERE kind = 'followup.hold_for_task'")}
    assert changed == {str(working.id), str(waiting.id)}


async def test_a_customer_with_an_open_task_is_left_alone_until_it_is_closed(billing: Team, sara: Actor) -> None:
    anna = await makers.customer()
    task, nobodys = await makers.task(billing, customer=anna), await makers.task(billing)

    for one in (task, task, nobodys):
        await hold_for_task(makers.SYSTEM, str(one.id))
    hold = await Hold.get()
    assert (hold.customer_id, hold.source, hold.until) == (anna.id, f"task:{task.id}", None)

    await close_task(sara, task.id, 1, solved=Solved.YES)
    await hold_for_task(makers.SYSTEM, str(task.id))
    assert await Hold.all().count() == 0

    await reopen_task(sara, task.id, 2)
    await hold_for_task(makers.SYSTEM, str(task.id))
    assert await Hold.all().count() == 1
    await hold_for_task(makers.SYSTEM, str(new_id()))
