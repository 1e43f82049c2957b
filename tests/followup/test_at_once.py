"""Many at the same moment: one wins, the others learn it, and nothing is done twice."""

import asyncio
from collections import Counter

import pytest

from tests.followup import makers
from voc.core.access import Actor
from voc.core.db import rows
from voc.core.errors import Conflict
from voc.followup.follow_response import follow_response
from voc.followup.models import Solved, Task, TaskStep
from voc.followup.work import add_note, close_task, take_task
from voc.insight.tag import tag_response
from voc.staff.models import Team

pytestmark = pytest.mark.usefixtures("db", "clock")


async def test_of_many_who_take_a_task_at_once_one_has_it(billing: Team, sara: Actor, tom: Actor) -> None:
    for _ in range(5):
        task = await makers.task(billing)

        results = await asyncio.gather(*(take_task(who, task.id, 1) for who in (sara, tom)), return_exceptions=True)

        winner = next(one for one in results if isinstance(one, Task))
        refused = next(one for one in results if isinstance(one, Conflict))
        owner = sara if winner.assignee_id == sara.id else tom
        assert refused.message.startswith(owner.name)
        assert [(name, what) for name, what, _ in await makers.history(task)] == [(owner.name, "taken")]


async def test_taking_closing_and_noting_at_once_leave_a_history_without_gaps(billing: Team, sara: Actor, tom: Actor) -> None:
    task = await makers.task(billing)

    results = await asyncio.gather(
        take_task(sara, task.id, 1),
        close_task(tom, task.id, 1, solved=Solved.YES),
        *(add_note(sara, task.id, f"Note {number}") for number in range(5)),
        return_exceptions=True,
    )

    assert Counter(type(one).__name__ for one in results) == {"Task": 1, "Conflict": 1, "Note": 5}
    assert (await makers.again(task)).version == 2
    assert Counter(what for _, what, _ in await makers.history(task))["noted"] == 5
    assert await TaskStep.filter(task_id=task.id).count() == 6


async def test_reactions_to_one_response_at_once_tag_it_once_and_raise_one_task(billing: Team) -> None:
    version = await makers.survey()
    await makers.route("unhappy", "scores.nps <= 6")
    for number in range(5):
        call = await makers.contact(of=billing)
        response = await makers.response(version, {"nps": number, "why": "Still waiting, very bad."}, after=call)

        await asyncio.gather(*(tag_response(makers.SYSTEM, str(response.id)) for _ in range(4)))
        await asyncio.gather(*(follow_response(makers.SYSTEM, str(response.id)) for _ in range(4)))

        counted = [f"(SELECT COUNT(*) FROM {table} WHERE response_id = ?) AS {table}" for table in ("score", "reading", "task")]
        found = await rows(f"SELECT {', '.join(counted)}", *([response.id] * 3))
        assert found == [{"score": 1, "reading": 1, "task": 1}]
    assert await TaskStep.all().count() == 5
