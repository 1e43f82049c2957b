"""A rehearsal says which tasks the real answer will raise."""

import pytest

from tests.followup import makers
from voc.followup.expected_tasks import Somebody, expected_tasks
from voc.followup.models import Task
from voc.responses.rehearsal import rehearse
from voc.surveys.queries import questionnaire_of

pytestmark = pytest.mark.usefixtures("db", "clock")


async def test_the_tasks_of_a_rehearsal_are_those_that_the_same_answers_raise() -> None:
    await makers.team("care", is_fallback=True)
    billing = await makers.team("billing", queues=["invoices"])
    await makers.route("unhappy", "scores.nps <= 6 && reading.label == 'negative'", due_hours=8, priority="high", title="Call back")
    await makers.route("late", "response.answers.reason == 'late' && contact.queue == 'invoices'", due_hours=2)
    await makers.route("glad", "scores.nps >= 9")
    version, answers = await makers.survey(), {"nps": 2, "reason": "late", "why": "This was horrible, I hate it."}

    rehearsed = rehearse(questionnaire_of(version), answers, "en")
    expected = await expected_tasks("after-call", rehearsed, Somebody(team="billing", queue="invoices"))
    call = await makers.contact(await makers.customer(), billing, queue="invoices")
    await makers.follow(await makers.response(version, answers, after=call))

    raised = [(task.title, task.team_id, task.placed_by, task.priority, task.due_at) for task in await Task.all().order_by("due_at")]
    assert len(raised) == 2
    assert sorted((one.title, billing.id, one.reason, one.priority, one.due_at) for one in expected) == sorted(raised)
    assert {one.team for one in expected} == {"Billing"}
    assert await expected_tasks("after-call", rehearse(questionnaire_of(version), {"nps": 7}, "en"), Somebody()) == []
