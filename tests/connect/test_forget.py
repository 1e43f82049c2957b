"""When a customer deletes their answers, every room forgets what it made of them."""

from types import ModuleType

from tests.makers import SYSTEM, WHY, Story
from voc.connect import forget
from voc.connect.hook_bodies import body_of
from voc.connect.hook_kinds import HookKind
from voc.connect.models import HookDelivery, HookState, Webhook
from voc.core.access import Actor
from voc.core.db import rows
from voc.core.ids import new_id
from voc.followup.models import Task, TaskStep
from voc.insight.models import Reading, Score
from voc.insight.tag import tag_response
from voc.outreach.invitations import create_invitation
from voc.responses.erase import erase_own_answers
from voc.responses.models import Response
from voc.surveys.models import Survey


async def let_down_over_a_link(story: Story) -> tuple[Task, Actor]:
    """A customer who was asked, answered badly and got a task; whoever holds their link."""
    task = await story.let_down()
    made = await create_invitation(SYSTEM, (await Survey.get()).id, customer_id=task.customer_id)
    await Response.filter(id=task.response_id).update(invitation_id=made.invitation.id)
    return task, Actor.respondent(made.invitation.id)


async def test_nothing_that_was_made_of_deleted_answers_stays(db: str, clock: ModuleType) -> None:
    story = Story(db)
    task, holder = await let_down_over_a_link(story)
    assert task.response_id
    hook = await Webhook.create(name="CRM", url="https://crm.example/", kinds=["*"], stopped_at=clock.now())
    told = {"data": {"scores": [{"value": 1}]}}
    await HookDelivery.create(webhook_id=hook.id, kind="response.tagged", ref=task.response_id, body=told, state=HookState.TOLD)
    assert (await Reading.all().count(), await Score.all().count()) == (1, 1)
    assert holder.id
    for _ in range(2):
        await erase_own_answers(holder, holder.id)
        await story.let_reactions_run()
    await tag_response(SYSTEM, str(task.response_id))  # one that was late
    await story.let_reactions_run()
    assert (await Reading.all().count(), await Score.all().count(), await HookDelivery.all().count()) == (0, 0, 0)
    steps = await TaskStep.filter(task_id=task.id).order_by("at", "id")
    assert [(step.what, sorted(step.detail)) for step in steps] == [("raised", ["route", "team"]), ("erased", [])]
    for table in ("answer", "task", "task_step", "note", "job", "change", "response"):
        assert WHY not in str(await rows(f"SELECT * FROM {table}"))
    assert (await Task.get(id=task.id)).state == task.state


async def test_whoever_listens_hears_that_answers_were_deleted(db: str, clock: ModuleType) -> None:
    story = Story(db)
    task, holder = await let_down_over_a_link(story)
    await Webhook.create(name="CRM", url="https://crm.example/", kinds=["response.erased"])
    assert holder.id
    assert task.response_id
    assert await erase_own_answers(holder, holder.id)
    await forget.forget_response(SYSTEM, str(task.response_id))
    (delivery,) = await HookDelivery.all()
    assert (delivery.kind, delivery.ref, sorted(delivery.body["data"])) == ("response.erased", task.response_id, ["response", "survey"])
    assert await body_of(HookKind.RESPONSE_TAGGED, task.response_id) is None  # told late


async def test_who_has_nothing_to_delete_deletes_nothing(db: str, clock: ModuleType) -> None:
    stranger = new_id()
    assert not await erase_own_answers(Actor.respondent(stranger), stranger)
