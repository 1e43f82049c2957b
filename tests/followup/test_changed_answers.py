"""A customer who changes the answer finds the same task at work, brought up to date."""

from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from tests.followup import makers
from voc.core.access import Role
from voc.followup.follow_response import follow_response
from voc.followup.models import Task, TaskState
from voc.responses.models import Response

pytestmark = pytest.mark.usefixtures("db", "clock")
UNHAPPY = "scores.nps <= 6 || response.wants_call_back"
TEN_TO_THREE = datetime(2026, 3, 3, 14, 50, tzinfo=UTC)


async def the_task() -> Task:
    return await Task.get()


async def told(task: Task) -> list[tuple[str, dict[str, Any]]]:
    return [(what, detail) for _, what, detail in await makers.history(task)]


async def test_a_changed_answer_updates_the_open_task_and_never_doubles_it(clock: ModuleType) -> None:
    await makers.team("care", is_fallback=True)
    await makers.route("unhappy", UNHAPPY)
    response = await makers.response(await makers.survey(), {"nps": 5})
    await makers.follow(response)
    due = (await the_task()).due_at
    clock.advance(timedelta(hours=1))
    await makers.answer(response, "nps", 1)
    await Response.filter(id=response.id).update(changed_at=clock.now())

    await makers.follow(response)
    await makers.follow(response)

    task = await the_task()
    assert (task.version, task.due_at, task.updated_at) == (2, due, clock.now())
    changed = {"nps": 1, "changed_at": "2026-03-03T11:00:00+00:00", "still_applies": True}
    assert (await told(task))[1:] == [("changed", changed)]


async def test_a_customer_who_is_happy_after_all_keeps_the_task_with_a_word_about_it(clock: ModuleType) -> None:
    await makers.team("care", is_fallback=True)
    await makers.route("unhappy", UNHAPPY)
    response = await makers.response(await makers.survey(), {"nps": 5})
    await makers.follow(response)
    await makers.answer(response, "nps", 9)

    await makers.follow(response)

    task = await the_task()
    assert (task.state, task.version) == (TaskState.OPEN, 2)
    assert (await told(task))[-1] == ("changed", {"nps": 9, "still_applies": False})


async def test_a_closed_task_is_left_in_peace() -> None:
    await makers.team("care", is_fallback=True)
    await makers.route("unhappy", UNHAPPY)
    response = await makers.response(await makers.survey(), {"nps": 5})
    await makers.follow(response)
    await Task.all().update(state=TaskState.DONE)
    await makers.answer(response, "nps", 1)

    await makers.follow(response)

    task = await the_task()
    assert (task.state, task.version, len(await told(task))) == (TaskState.DONE, 1, 1)


async def test_a_contact_that_becomes_known_later_moves_an_untouched_task_to_its_team(clock: ModuleType) -> None:
    care, billing = await makers.team("care", is_fallback=True), await makers.team("billing")
    await makers.route("unhappy", UNHAPPY, due_hours=2)
    response = await makers.response(await makers.survey(), {"nps": 5})
    await makers.follow(response)
    assert (await the_task()).team_id == care.id
    clock.advance(timedelta(hours=1))
    anna = await makers.customer()
    call = await makers.contact(anna, billing)
    await Response.filter(id=response.id).update(contact_id=call.id, customer_id=anna.id)

    await follow_response(makers.SYSTEM, str(response.id))

    task = await the_task()
    assert (task.team_id, task.placed_by, task.customer_id, task.contact_id) == (billing.id, "contact_team", anna.id, call.id)
    assert task.due_at == datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
    joined = {"nps": 5, "still_applies": True, "joined": "customer and contact"}
    assert (await told(task))[1:] == [("changed", joined), ("given", {"team": "Billing"})]


async def test_a_task_that_somebody_has_taken_does_not_move() -> None:
    care, billing = await makers.team("care", is_fallback=True), await makers.team("billing")
    sara = await makers.member("Sara", Role.HANDLER, care)
    await makers.route("unhappy", UNHAPPY)
    response = await makers.response(await makers.survey(), {"nps": 5})
    await makers.follow(response)
    await Task.all().update(assignee_id=sara.id, state=TaskState.IN_PROGRESS)
    call = await makers.contact(of=billing)
    await Response.filter(id=response.id).update(contact_id=call.id)

    await makers.follow(response)

    task = await the_task()
    assert (task.team_id, task.contact_id) == (care.id, call.id)


async def wishing_to_be_called() -> Response:
    """Somebody unhappy, for whom a task was raised, who then asks to be called."""
    await makers.team("care", is_fallback=True)
    await makers.route("call-back", "response.wants_call_back", position=1, due_hours=2)
    await makers.route("unhappy", "!response.wants_call_back && scores.nps <= 6", position=2, due_hours=6)
    response = await makers.response(await makers.survey(), {"nps": 3})
    await makers.follow(response)
    return response


async def test_an_untouched_task_goes_on_under_the_route_that_applies_now_and_there_is_one(clock: ModuleType) -> None:
    response = await wishing_to_be_called()
    before = await the_task()
    await makers.call_back(response)

    await makers.follow(response)
    await makers.follow(response)

    task = await the_task()
    assert (task.id, task.title, task.version) == (before.id, "Call back", 2)
    assert task.due_at < before.due_at
    assert (await told(task))[-1] == ("changed", {"nps": 3, "wants_call_back": True, "still_applies": True})


async def test_a_task_that_somebody_has_taken_keeps_its_route_and_the_wish_becomes_one_more(clock: ModuleType) -> None:
    response = await wishing_to_be_called()
    colleague = await makers.member("Sanne", Role.HANDLER, None)
    await Task.all().update(assignee_id=colleague.id)
    await makers.call_back(response)

    await makers.follow(response)

    assert [task.title for task in await Task.all().order_by("created_at")] == ["Unhappy", "Call back"]
