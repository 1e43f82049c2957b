"""Webhooks: what is planned with an event is told, signed, until somebody has it; and never to an address inside."""

from collections.abc import AsyncIterator
from datetime import timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import orjson
import pytest
from pydantic import SecretStr

from tests.connect.receiver import Receiver, receiver
from tests.followup import makers
from voc.api.global_ids import global_id
from voc.connect import plan_hooks, tell_hook
from voc.connect.hook_signature import verify
from voc.connect.models import HookDelivery, HookState, Webhook
from voc.connect.queries import hook_deliveries_visible_to, webhooks_visible_to
from voc.connect.webhooks import purge_hook_deliveries, renew_secret, replay, save_webhook, secret_of, stop_webhook
from voc.core import settings as the_settings
from voc.core.access import Actor, Held, Role
from voc.core.db import rows, transaction
from voc.core.errors import Conflict, Forbidden, Invalid, NotFound
from voc.core.ids import new_id
from voc.core.jobs.handlers import Retry
from voc.customers.models import CustomerIdentity
from voc.insight.models import Label, Metric, Reading, Score
from voc.responses.models import Response

ADMIN = Actor("Ada", frozenset({Held(Role.ADMIN)}))
WORKER = Actor.system("test")


@pytest.fixture
async def listening(db: str, clock: ModuleType) -> AsyncIterator[Receiver]:
    """A receiver on this machine, where private addresses are allowed."""
    the_settings.install(the_settings.Settings(database_url=db, secret=SecretStr("s" * 40), webhook_private=True))
    async with receiver() as made:
        yield made


async def response() -> Response:
    """An unhappy response after a call, tagged."""
    anna = await makers.customer()
    await CustomerIdentity.create(customer=anna, system="crm", external_id="42")
    call = await makers.contact(anna, await makers.team("billing"), external_id="c-1")
    made = await makers.response(await makers.survey(), {"nps": 2, "why": "Nobody called back, call 0612345678."}, after=call)
    of: dict[str, Any] = {"response_id": made.id, "survey_id": made.survey_id, "version_id": made.version_id}
    of |= {"channel": "email", "language": "en"}
    await Score.create(question="nps", metric=Metric.NPS, value=2, low=0, high=10, band="detractor", answered_at=made.submitted_at, **of)
    await Reading.create(
        response_id=made.id, question="why", language="en", language_from="survey", label=Label.NEGATIVE, score=-0.54321,
        sentence="Nobody called back.", analyser="vader", analyser_version="3.3.2",
    )  # fmt: skip
    return made


async def due() -> list[UUID]:
    return [UUID(row["ref"]) for row in await rows("SELECT ref FROM job WHERE kind = 'connect.tell_hook' ORDER BY id")]


async def tell(delivery_id: UUID) -> None:
    """Do the job as the worker does: act, then end in a transaction."""
    finish = await tell_hook.tell_hook(WORKER, str(delivery_id), "key")
    if finish:
        async with transaction():
            await finish()


async def test_a_response_is_told_with_its_ids_and_scores_and_without_words(listening: Receiver, clock: ModuleType) -> None:
    hook = await save_webhook(ADMIN, "CRM", listening.url, ["response.submitted"])
    made = await response()
    await plan_hooks.response_submitted(WORKER, str(made.id))
    delivery = await HookDelivery.get()
    assert await due() == [delivery.id]

    await tell(delivery.id)

    (got,) = listening.received
    body = orjson.loads(got.body)
    contact_id, customer_id = (made.contact_id, made.customer_id)
    assert contact_id
    assert customer_id
    assert body == {
        "type": "response.submitted",
        "timestamp": "2026-03-03T10:00:00.000Z",
        "data": {
            "response": {
                "id": global_id("Response", made.id),
                "state": "complete",
                "channel": "email",
                "language": "en",
                "submittedAt": "2026-03-03T10:00:00.000Z",
                "changedAt": None,
            },
            "survey": {"key": "after-call", "version": 1},
            "invitation": None,
            "customer": {"id": global_id("Customer", customer_id), "externalIds": [{"system": "crm", "externalId": "42"}]},
            "contact": {
                "id": global_id("Contact", contact_id),
                "system": "genesys",
                "externalId": "c-1",
                "touchpoint": "after-call",
                "team": "billing",
            },
            "scores": [{"question": "nps", "metric": "nps", "value": 2.0, "band": "detractor"}],
            "readings": [{"question": "why", "label": "negative", "score": -0.5432, "analyser": "vader"}],
        },
    }
    assert b"called back" not in got.body
    assert (got.path, got.headers["host"], got.headers["content-type"]) == (
        "/hook?tenant=1",
        f"127.0.0.1:{listening.port}",
        "application/json",
    )
    assert got.headers["webhook-id"] == str(delivery.id)
    verify(secret_of(hook), got.headers, got.body, clock.now())
    told = await HookDelivery.get()
    assert (told.state, told.attempts, told.answer, told.finished_at) == (HookState.TOLD, 1, "It answered 204.", clock.now())


async def test_a_task_is_told_with_its_team_and_due_time(listening: Receiver, clock: ModuleType) -> None:
    await save_webhook(ADMIN, "CRM", listening.url, ["*"])
    team = await makers.team("billing")
    task = await makers.task(team, title="Call Anna de Vries back")
    await plan_hooks.task_raised(WORKER, str(task.id))
    await tell((await due())[0])
    body = orjson.loads(listening.received[0].body)
    assert body["type"] == "task.raised"
    assert body["data"]["task"] == {
        "id": global_id("Task", task.id),
        "state": "open",
        "priority": "normal",
        "version": 1,
        "team": "billing",
        "owner": None,
        "route": None,
        "solved": None,
        "cause": None,
        "dueAt": "2026-03-03T18:00:00.000Z",
        "raisedAt": "2026-03-03T10:00:00.000Z",
        "doneAt": None,
    }
    assert (body["data"]["response"], body["data"]["customer"], body["data"]["contact"]) == (None, None, None)
    assert b"Anna" not in listening.received[0].body


async def test_only_who_wants_to_hear_is_told_and_tests_are_told_to_nobody(listening: Receiver) -> None:
    stopped = await save_webhook(ADMIN, "old", listening.url, ["*"])
    await stop_webhook(ADMIN, stopped.id)
    await save_webhook(ADMIN, "tasks", listening.url, ["task.raised", "task.changed"])
    both = await save_webhook(ADMIN, "both", listening.url, ["response.tagged", "response.changed"])
    made = await response()
    await plan_hooks.response_submitted(WORKER, str(made.id))
    await plan_hooks.response_tagged(WORKER, str(made.id))
    await plan_hooks.response_changed(WORKER, str(made.id))
    await plan_hooks.task_changed(WORKER, str(new_id()))
    await Response.filter(id=made.id).update(is_test=True)
    await plan_hooks.response_tagged(WORKER, str(made.id))
    planned = await HookDelivery.all().order_by("id")
    assert [(one.webhook_id, one.kind) for one in planned] == [(both.id, "response.tagged"), (both.id, "response.changed")]
    assert await due() == [one.id for one in planned]


async def planned(listening: Receiver) -> HookDelivery:
    """A task event that waits to be told."""
    await save_webhook(ADMIN, "CRM", listening.url, ["*"])
    task = await makers.task(await makers.team("billing"))
    await plan_hooks.task_raised(WORKER, str(task.id))
    return await HookDelivery.get()


@pytest.mark.parametrize("answer", [b"500 Oops", b"302 Found\r\nLocation: http://127.0.0.1:1/", b"404 Not Found", b"100"])
async def test_any_other_answer_is_tried_again_under_the_same_id(listening: Receiver, answer: bytes) -> None:
    delivery = await planned(listening)
    listening.answers[:] = [answer, b"200 OK"]
    with pytest.raises(Retry):
        await tell(delivery.id)
    waiting = await HookDelivery.get()
    assert (waiting.state, waiting.attempts) == (HookState.WAITING, 1)
    await tell(delivery.id)
    assert (await HookDelivery.get()).state == HookState.TOLD
    assert len({got.headers["webhook-id"] for got in listening.received}) == 1
    await tell(delivery.id)
    assert len(listening.received) == 2


async def test_a_receiver_may_ask_for_time(listening: Receiver) -> None:
    delivery = await planned(listening)
    listening.answers[:] = [b"429 Slow\r\nRetry-After: 120"]
    with pytest.raises(Retry) as asked:
        await tell(delivery.id)
    assert (asked.value.after, asked.value.reason) == (timedelta(seconds=120), "It answered 429.")
    listening.answers[:] = [b"503 Slow\r\nRetry-After: 999999"]
    with pytest.raises(Retry) as asked:
        await tell(delivery.id)
    assert asked.value.after == timedelta(hours=1)


async def test_a_receiver_that_never_answers_is_left_in_time(listening: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = await planned(listening)
    monkeypatch.setattr(tell_hook, "SECONDS", 0.3)
    listening.answers[:] = [b""]
    with pytest.raises(Retry, match="No answer within"):
        await tell(delivery.id)


async def test_a_receiver_that_is_gone_is_told_nothing_more(listening: Receiver, clock: ModuleType) -> None:
    delivery = await planned(listening)
    listening.answers[:] = [b"410 Gone"]
    await tell(delivery.id)
    assert ((await HookDelivery.get()).state, (await Webhook.get()).stopped_at) == (HookState.FAILED, clock.now())


async def test_nothing_is_posted_to_an_inside_address_whatever_the_name_says(db: str, listening: Receiver) -> None:
    delivery = await planned(listening)
    the_settings.install(the_settings.Settings(database_url=db, secret=SecretStr("s" * 40)))
    with pytest.raises(Retry, match="private address"):
        await tell(delivery.id)
    await Webhook.all().update(url=f"https://localhost:{listening.port}/")
    with pytest.raises(Retry, match="private address"):
        await tell(delivery.id)
    assert listening.received == []


async def test_when_all_attempts_failed_it_is_said_and_can_be_replayed(listening: Receiver) -> None:
    delivery = await planned(listening)
    with pytest.raises(Conflict, match="still waits"):
        await replay(ADMIN, delivery.id)
    await tell_hook.give_up(WORKER, str(delivery.id))
    assert (await HookDelivery.get()).state == HookState.FAILED
    again = await replay(ADMIN, delivery.id)
    assert (again.id, again.state, again.finished_at) == (delivery.id, HookState.WAITING, None)
    await tell((await due())[-1])
    assert (await HookDelivery.get()).state == HookState.TOLD
    await stop_webhook(ADMIN, again.webhook_id)
    with pytest.raises(Conflict, match="stopped"):
        await replay(ADMIN, delivery.id)


async def test_what_waits_for_a_stopped_webhook_is_not_told(listening: Receiver) -> None:
    delivery = await planned(listening)
    await stop_webhook(ADMIN, delivery.webhook_id)
    await tell(delivery.id)
    assert ((await HookDelivery.get()).state, listening.received) == (HookState.FAILED, [])


async def test_saving_again_changes_and_starts_a_webhook(listening: Receiver) -> None:
    hook = await save_webhook(ADMIN, "CRM", listening.url, ["task.raised"])
    await stop_webhook(ADMIN, hook.id)
    again = await save_webhook(ADMIN, " CRM ", "http://127.0.0.1:9/other", ["response.submitted", "*"])
    assert (again.id, again.url, again.kinds, again.stopped_at) == (hook.id, "http://127.0.0.1:9/other", ["*", "response.submitted"], None)
    renewed = await renew_secret(ADMIN, hook.id)
    assert secret_of(again) == secret_of(hook)
    assert secret_of(renewed) != secret_of(hook)
    assert secret_of(hook).startswith("whsec_")
    assert "whsec" not in str([dict(row) for row in await rows("SELECT * FROM webhook")])


async def test_wrong_webhooks_are_refused(db: str) -> None:
    for name, url, kinds, path in (
        ("", "https://crm.example.com/", ["*"], "name"),
        ("CRM", "https://10.0.0.1/", ["*"], "url"),
        ("CRM", "https://crm.example.com/", ["response.lost"], "kinds"),
        ("CRM", "https://crm.example.com/", [], "kinds"),
    ):
        with pytest.raises(Invalid) as refused:
            await save_webhook(ADMIN, name, url, kinds)
        assert refused.value.faults[0].path == path
    assert await Webhook.all().count() == 0


async def test_only_an_admin_decides_where_facts_are_sent(listening: Receiver) -> None:
    delivery = await planned(listening)
    analyst = Actor("Bo", frozenset({Held(Role.ANALYST)}))
    with pytest.raises(Forbidden):
        await save_webhook(analyst, "CRM", listening.url, ["*"])
    assert await webhooks_visible_to(analyst).count() == await hook_deliveries_visible_to(analyst).count() == 0
    with pytest.raises(NotFound):
        await replay(ADMIN, new_id())
    assert await hook_deliveries_visible_to(ADMIN).get(id=delivery.id)


async def test_old_deliveries_are_forgotten(listening: Receiver, clock: ModuleType) -> None:
    delivery = await planned(listening)
    await tell(delivery.id)
    clock.advance(timedelta(days=29))
    await purge_hook_deliveries(WORKER)
    assert await HookDelivery.all().count() == 1
    clock.advance(timedelta(days=2))
    await purge_hook_deliveries(WORKER)
    assert await HookDelivery.all().count() == 0
