"""Responses become tasks: at the right team, in its business hours, once, whatever happens."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from tests.followup import makers
from voc.core.db import count_statements, rows
from voc.core.errors import Conflict
from voc.core.ids import new_id
from voc.followup.follow_response import follow_response, follow_responses
from voc.followup.models import Priority, Route, Task, TaskState
from voc.insight.tag import tag_response, tag_responses
from voc.outreach.models import Hold
from voc.responses.models import ResponseState
from voc.staff.models import Calendar

pytestmark = pytest.mark.usefixtures("db", "clock")
UNHAPPY = "scores.nps <= 6 || response.wants_call_back"
TEN_TO_THREE = datetime(2026, 3, 3, 14, 50, tzinfo=UTC)


async def the_task() -> Task:
    return await Task.get()


async def told(task: Task) -> list[tuple[str, dict[str, Any]]]:
    return [(what, detail) for _, what, detail in await makers.history(task)]


async def test_an_unhappy_answer_raises_one_task_for_the_team_that_took_the_call(clock: ModuleType) -> None:
    await makers.team("care", is_fallback=True)
    billing = await makers.team("billing")
    unhappy = await makers.route("unhappy", UNHAPPY, due_hours=8, priority="high", title="Call back")
    anna = await makers.customer()
    call = await makers.contact(anna, billing)
    response = await makers.response(await makers.survey(), {"nps": 2, "why": "Niemand belde terug."}, after=call, language="nl")

    await makers.follow(response)

    task = await the_task()
    assert (task.response_id, task.route_id, task.team_id, task.customer_id, task.contact_id) == (
        (response.id, unhappy.id, billing.id, anna.id, call.id)
    )
    assert (task.state, task.priority, task.title, task.placed_by, task.assignee_id, task.version) == (
        (TaskState.OPEN, Priority.HIGH, "Call back", "contact_team", None, 1)
    )
    # Tuesday 11:00 in Amsterdam; the team works from nine to five.
    assert task.due_at == datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    assert await told(task) == [("raised", {"route": "Unhappy", "team": "Billing", "nps": 2, "mood": "unknown"})]


async def test_a_happy_answer_raises_nothing() -> None:
    await makers.team("care", is_fallback=True)
    await makers.route("unhappy", UNHAPPY)
    happy = await makers.response(await makers.survey(), {"nps": 10})
    wordless = await makers.response(await makers.survey("other"), {})

    await makers.follow(happy)
    await makers.follow(wordless)

    assert await Task.all().count() == 0


async def test_a_wish_to_be_called_raises_a_task_whatever_the_score() -> None:
    await makers.team("care", is_fallback=True)
    await makers.route("unhappy", UNHAPPY)
    response = await makers.response(await makers.survey(), {"nps": 10})
    await makers.call_back(response)

    await makers.follow(response)

    assert (await the_task()).response_id == response.id


@pytest.mark.parametrize(
    "condition",
    [
        "response.survey == 'after-call' && response.channel == 'email' && response.language == 'en'",
        "response.touchpoint == 'after-call' && response.is_complete && response.has_comment && !response.wants_call_back",
        "response.submitted_at <= now && response.answers.reason == 'late' && response.answers.why.contains('lawyer')",
        "scores.nps == 2 && scores.csat <= 3 && scores.nps_band == 'detractor' && !has(scores.ces)",
        "reading.label == 'negative' && reading.score < 0 && reading.language == 'en'",
        "customer.segment == 'gold' && customer.value > 1000 && customer.currency == 'EUR' && customer.attributes.plan == 'family'",
        "contact.team == 'billing' && contact.queue == 'invoices' && contact.agent == 'sara' && contact.outcome == 'solved'",
        "contact.channel == 'phone' && contact.direction == 'inbound' && contact.attributes.wait == '12'",
    ],
)
async def test_a_route_can_speak_of_all_that_is_known(condition: str) -> None:
    billing = await makers.team("billing", is_fallback=True)
    await makers.route("everything", condition)
    facts = {"segment": "gold", "value_amount": Decimal("1250"), "value_currency": "EUR", "attributes": {"plan": "family"}}
    call = await makers.contact(await makers.customer(**facts), billing, queue="invoices", attributes={"wait": "12"})
    answers = {"nps": 2, "csat": 2, "reason": "late", "why": "Terrible service. My lawyer will write to you."}

    await makers.follow(await makers.response(await makers.survey(), answers, after=call))

    assert (await the_task()).placed_by == "contact_team"


async def test_each_route_raises_its_own_task_and_running_again_raises_no_other() -> None:
    await makers.team("care", is_fallback=True)
    await makers.route("unhappy", "scores.nps <= 6")
    await makers.route("written", "response.has_comment")
    await makers.route("gold", "customer.segment == 'gold'")
    response = await makers.response(await makers.survey(), {"nps": 3, "why": "Slow."})

    await makers.follow(response)
    before = await Task.all().values(), await rows("SELECT * FROM task_step ORDER BY id")
    await makers.follow(response)

    assert sorted(row["title"] for row in before[0]) == ["Unhappy", "Written"]
    assert (await Task.all().values(), await rows("SELECT * FROM task_step ORDER BY id")) == before


@pytest.mark.parametrize("facts", [{"is_test": True}, {"suspect": "posted within 2 seconds"}, {"state": ResponseState.OPEN}])
async def test_tests_suspects_and_answers_still_being_given_raise_nothing(facts: dict[str, Any]) -> None:
    await makers.team("care", is_fallback=True)
    await makers.route("everybody", "true")
    version = await makers.survey()
    await makers.follow(await makers.response(version, {"nps": 0}, **facts))
    assert await Task.all().count() == 0

    await makers.follow(await makers.response(version, {"nps": 0}))
    assert await Task.all().count() == 1


async def test_a_response_that_was_left_half_way_is_followed() -> None:
    await makers.team("care", is_fallback=True)
    await makers.route("unhappy", UNHAPPY)

    await makers.follow(await makers.response(await makers.survey(), {"nps": 1}, state=ResponseState.LEFT))

    assert (await the_task()).title == "Unhappy"


async def test_a_retired_route_raises_nothing() -> None:
    await makers.team("care", is_fallback=True)
    route = await makers.route("unhappy", UNHAPPY)
    await Route.filter(id=route.id).update(retired_at=TEN_TO_THREE)
    await makers.route("written", "response.has_comment")

    await makers.follow(await makers.response(await makers.survey(), {"nps": 1, "why": "Bad."}))

    assert [task.title for task in await Task.all()] == ["Written"]


async def test_what_no_choice_can_place_goes_to_the_fallback_team() -> None:
    care = await makers.team("care", is_fallback=True)
    await makers.route("unhappy", UNHAPPY)

    await makers.follow(await makers.response(await makers.survey(), {"nps": 1}, after=await makers.contact(queue="nobody's")))

    task = await the_task()
    assert (task.team_id, task.placed_by) == (care.id, "fallback")


async def test_the_answer_can_point_to_the_team() -> None:
    await makers.team("care", is_fallback=True)
    repairs = await makers.team("repairs")
    topic = {"by": "topic", "question": "reason", "teams": {"broken": "repairs"}}
    await makers.route("unhappy", UNHAPPY, teams=[topic])

    await makers.follow(await makers.response(await makers.survey(), {"nps": 1, "reason": "broken"}))

    task = await the_task()
    assert (task.team_id, task.placed_by) == (repairs.id, "topic:reason = broken")


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ("1 / size(response.answers) == 1", "fault:"),  # divides by zero where nothing was answered
        ("scores.nsp <= 6", "fault:`scores` has no `nsp`"),  # stored before the name was known to be wrong
    ],
)
async def test_a_route_that_cannot_be_decided_raises_its_task_for_the_fallback_team(when: str, reason: str) -> None:
    care, billing = await makers.team("care", is_fallback=True), await makers.team("billing")
    await makers.route("doubtful", when)

    await makers.follow(await makers.response(await makers.survey(), {}, after=await makers.contact(of=billing)))

    task = await the_task()
    assert (task.team_id, task.title) == (care.id, "Doubtful")
    assert task.placed_by.startswith(reason)


async def test_without_a_fallback_team_the_job_says_so_instead_of_losing_the_task() -> None:
    await makers.team("billing")
    await makers.route("unhappy", UNHAPPY)

    with pytest.raises(Conflict, match="fallback team"):
        await makers.follow(await makers.response(await makers.survey(), {"nps": 1}))


async def test_the_days_off_of_the_team_are_not_business_time(clock: ModuleType) -> None:
    await makers.team("care", is_fallback=True)
    await Calendar.all().update(holidays="NL", closed_on=["2026-04-28"])
    await makers.route("unhappy", UNHAPPY, due_hours=1)
    clock.freeze(datetime(2026, 4, 24, 14, 30, tzinfo=UTC))  # Friday 16:30; Monday is King's Day, Tuesday a day off

    await makers.follow(await makers.response(await makers.survey(), {"nps": 1}))

    assert (await the_task()).due_at == datetime(2026, 4, 29, 7, 30, tzinfo=UTC)


async def test_a_team_that_never_opens_counts_by_the_clock(clock: ModuleType) -> None:
    await makers.team("care", is_fallback=True)
    await Calendar.all().update(hours={}, holidays="ATLANTIS")
    await makers.route("unhappy", UNHAPPY, due_hours=6)

    await makers.follow(await makers.response(await makers.survey(), {"nps": 1}))

    assert (await the_task()).due_at == clock.now() + timedelta(hours=6)


async def test_following_takes_few_statements() -> None:
    await makers.team("care", is_fallback=True)
    await makers.route("unhappy", UNHAPPY)
    version = await makers.survey()
    happy, unhappy = await makers.response(version, {"nps": 9}), await makers.response(version, {"nps": 1, "why": "Bad."})
    for response in (happy, unhappy):
        await tag_response(makers.SYSTEM, str(response.id))

    with count_statements() as quiet:
        await follow_response(makers.SYSTEM, str(happy.id))
    with count_statements() as raising:
        await follow_response(makers.SYSTEM, str(unhappy.id))

    # facts, what was said, tasks, routes; then teams, the task, its history, the change for subscribers, and one for each reaction
    assert quiet.count == 4, quiet.texts
    assert raising.count - sum("INSERT INTO job" in text for text in raising.texts) == 8, raising.texts


async def test_subscribers_hear_of_a_new_task_and_its_customer_is_held_from_then_on() -> None:
    care, anna = await makers.team("care", is_fallback=True), await makers.customer()
    await makers.route("unhappy", UNHAPPY)

    await makers.follow(await makers.response(await makers.survey(), {"nps": 1}, customer=anna))

    task, hold = await the_task(), await Hold.get()
    (change,) = await rows("SELECT ref, team_id FROM change WHERE kind = 'task'")
    assert (UUID(change["ref"]), UUID(str(change["team_id"]))) == (task.id, care.id)
    assert (hold.customer_id, hold.source, hold.until) == (anna.id, f"task:{task.id}", None)


async def test_several_responses_are_followed_in_as_many_statements_as_one() -> None:
    await makers.team("care", is_fallback=True)
    billing, anna = await makers.team("billing"), await makers.customer()
    unhappy = await makers.route("unhappy", UNHAPPY)
    await makers.route("called", "'nps' in response.answers && response.answers['nps'] == '2'")
    version, call = await makers.survey(), await makers.contact(anna, billing)
    happy, lost = await makers.response(version, {"nps": 9}), new_id()
    low = [await makers.response(version, {"nps": number}, after=call if number else None) for number in range(3)]
    refs = [str(one) for one in (low[2].id, happy.id, lost, low[0].id, low[1].id, low[2].id)]
    await tag_responses(makers.SYSTEM, refs)

    with count_statements() as first:
        await follow_responses(makers.SYSTEM, refs[:1])
    with count_statements() as several:
        await follow_responses(makers.SYSTEM, refs)

    tasks = await Task.all().order_by("response_id", "title")
    assert [(task.response_id, task.title) for task in tasks] == [
        (low[0].id, "Unhappy"),
        (low[1].id, "Unhappy"),
        (low[2].id, "Called"),
        (low[2].id, "Unhappy"),
    ]
    by_team = {task.response_id: (task.team_id, task.customer_id) for task in tasks if task.route_id == unhappy.id}
    assert by_team[low[1].id] == by_team[low[2].id] == (billing.id, anna.id) != by_team[low[0].id]
    assert {hold.source for hold in await Hold.all()} == {f"task:{task.id}" for task in tasks if task.customer_id}
    # Low[2] has tasks by now: they are loaded, with what they were told last.
    assert several.count == first.count + 2, several.texts


async def test_a_response_that_is_gone_is_left_in_peace() -> None:
    await follow_response(makers.SYSTEM, str(new_id()))

    assert await Task.all().count() == 0
