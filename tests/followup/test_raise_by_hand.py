"""Colleagues raise tasks too, about what they may see and for whom they may."""

from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from tests.followup import makers
from voc.core.access import Role
from voc.core.db import count_statements
from voc.core.errors import Forbidden, Invalid, NotFound
from voc.core.ids import new_id
from voc.followup.follow_response import follow_response
from voc.followup.models import Priority, Task
from voc.followup.queries import notes_of, team_that_knows, teams_that_know
from voc.followup.raise_task import raise_task
from voc.followup.routing import because
from voc.followup.work import give_task
from voc.followup.working_teams import working_teams
from voc.insight.tag import tag_response
from voc.outreach.models import Hold
from voc.staff.models import Team

pytestmark = pytest.mark.usefixtures("db", "clock")
UNHAPPY = "scores.nps <= 6 || response.wants_call_back"
TEN_TO_THREE = datetime(2026, 3, 3, 14, 50, tzinfo=UTC)


async def told(task: Task) -> list[tuple[str, dict[str, Any]]]:
    return [(what, detail) for _, what, detail in await makers.history(task)]


async def test_an_agent_raises_a_task_during_the_call(clock: ModuleType) -> None:
    billing = await makers.team("billing", is_fallback=True)
    anna = await makers.customer()
    call = await makers.contact(anna, billing)
    arie = await makers.member("Arie", Role.AGENT, billing)

    task = await raise_task(arie, title=" Send the invoice again ", contact_id=call.id, note="Graag op papier.", priority=Priority.LOW)

    assert (task.title, task.team_id, task.customer_id, task.contact_id) == ("Send the invoice again", billing.id, anna.id, call.id)
    assert (task.priority, task.placed_by, task.due_at) == (Priority.LOW, "hand", datetime(2026, 3, 4, 10, 0, tzinfo=UTC))
    assert await told(task) == [("raised", {"team": "Billing"})]
    assert [(hold.customer_id, hold.source) for hold in await Hold.all()] == [(anna.id, f"task:{task.id}")]
    (note,) = (await notes_of([task.id]))[task.id]
    assert (note.text, note.author_id, note.author_name) == ("Graag op papier.", arie.id, "Arie")


async def test_a_task_raised_by_hand_knows_its_response_and_is_told_of_changes() -> None:
    care = await makers.team("care", is_fallback=True)
    lena = await makers.member("Lena", Role.LEAD, None)
    response = await makers.response(await makers.survey(), {"nps": 9}, customer=await makers.customer())
    await tag_response(makers.SYSTEM, str(response.id))
    task = await raise_task(lena, title="Thank her", response_id=response.id, due_at=TEN_TO_THREE)
    await follow_response(makers.SYSTEM, str(response.id))
    assert (await told(task), task.due_at, task.team_id) == ([("raised", {"team": "Care", "nps": 9})], TEN_TO_THREE, care.id)
    await makers.answer(response, "nps", 4)

    await makers.follow(response)

    assert (await told(task))[1:] == [("changed", {"nps": 4, "still_applies": True})]
    assert await Task.all().count() == 1


async def test_a_handler_raises_tasks_for_their_own_team_only() -> None:
    care, billing = await makers.team("care", is_fallback=True), await makers.team("billing")
    hans = await makers.member("Hans", Role.HANDLER, billing)

    assert (await raise_task(hans, title="Look into it")).team_id == billing.id
    with pytest.raises(Forbidden, match="your own team"):
        await raise_task(hans, title="Look into it", team_id=care.id)


async def test_a_task_about_something_unseen_or_nowhere_is_not_raised() -> None:
    billing, returns = await makers.team("billing", is_fallback=True), await makers.team("returns")
    hans = await makers.member("Hans", Role.HANDLER, billing)
    theirs = await makers.response(await makers.survey(), {"nps": 1}, after=await makers.contact(of=returns))

    unknown: list[dict[str, Any]] = [{"response_id": theirs.id}, {"customer_id": new_id()}, {"contact_id": new_id()}, {"team_id": new_id()}]
    for about in unknown:
        with pytest.raises(NotFound):
            await raise_task(hans, title="Look into it", **about)
    assert await Task.all().count() == 0


async def test_a_task_needs_a_title_a_note_that_can_be_read_and_time_ahead() -> None:
    await makers.team("care", is_fallback=True)

    with pytest.raises(Invalid) as refused:
        await raise_task(makers.SYSTEM, title="  ", note="x" * 10_001, due_at=datetime(2026, 3, 3, 9, 59, tzinfo=UTC))

    assert [fault.path for fault in refused.value.faults] == ["title", "note", "dueAt"]


async def test_the_teams_are_read_in_one_statement() -> None:
    await makers.team("care", is_fallback=True)
    await makers.team("billing", queues=["invoices"])

    with count_statements() as seen:
        teams = await working_teams()

    assert seen.count == 1
    assert {(team.card.key, tuple(team.card.queues)) for team in teams.values()} == {("care", ()), ("billing", ("invoices",))}
    assert set(teams) == {team.id for team in await Team.all()}


async def test_a_task_tells_its_team_no_more_of_the_customer_than_whoever_raised_it_knew() -> None:
    care, billing = await makers.team("care", is_fallback=True), await makers.team("billing")
    hans, lena = await makers.member("Hans", Role.HANDLER, billing), await makers.member("Lena", Role.LEAD, billing)
    anna, bram = await makers.customer(), await makers.customer()
    call = await makers.contact(anna, billing)

    guessed = await raise_task(hans, title="Who is this?", customer_id=anna.id)
    borrowed = await raise_task(hans, title="And this?", customer_id=bram.id, contact_id=call.id)
    assert (team_that_knows(guessed), team_that_knows(borrowed)) == (None, None)
    assert await teams_that_know([anna.id, bram.id]) == {}

    called = await raise_task(hans, title="Call back", contact_id=call.id)
    assert (called.placed_by, await teams_that_know([anna.id])) == ("hand", {anna.id: {billing.id}})
    again = await raise_task(hans, title="And the letter", customer_id=anna.id)
    assert again.placed_by == "hand"

    passed = await give_task(hans, borrowed.id, 1, team_id=care.id, reason="Is it yours?")
    assert (team_that_knows(passed), because(passed.placed_by, "en").endswith("without seeing who the customer is.")) == (None, True)
    vouched = await give_task(lena, guessed.id, 1, team_id=care.id, reason="They know them.")
    assert team_that_knows(vouched) == care.id
    assert team_that_knows(await raise_task(makers.SYSTEM, title="As the CRM says", customer_id=bram.id, team_id=billing.id)) == billing.id
