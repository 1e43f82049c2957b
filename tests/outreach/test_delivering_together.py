"""Invitations that leave together: each is looked at for itself, one that fails fails alone, and who hangs keeps nobody waiting."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest
from pydantic import SecretStr

from tests.outreach.house import SYSTEM, House
from tests.outreach.smtp import mail_server
from voc.core import bus, events, jobs, settings
from voc.core.db import count_statements, execute, transaction
from voc.core.ids import new_id
from voc.core.jobs import Errand, claims, engine
from voc.core.jobs.claims import Room
from voc.core.jobs.perform import Turnstile, perform_bundle
from voc.core.jobs.worker import Worker
from voc.core.models import Job
from voc.customers.consent import set_consent
from voc.customers.models import Channel, ConsentState, Customer
from voc.outreach.delivering.claim import claim_many
from voc.outreach.delivering.plan import DELIVER, DELIVER_LINK, DELIVER_MESSAGE, delivered_by
from voc.outreach.models import Decision, Delivery, Invitation, OutboxMail

HOUR = timedelta(hours=1)


async def plan(house: House, *names: str, **rules: Any) -> list[Invitation]:
    """An invitation for each of them, that leaves in an hour."""
    await house.policy(delay_minutes=60, **rules)
    for name in names:
        await house.contact(name)
    await house.work()
    return await Invitation.all().order_by("created_at", "id")


async def leave_together() -> None:
    """Every invitation whose turn has come leaves in one bundle, as a worker makes them."""
    async with transaction():
        claimed = [one for one in await claims.claim(events.handlers(), Room(0, 50, 50)) if one.kind == DELIVER]
    await perform_bundle(claimed, events.handlers(), Turnstile())


def use_relay(port: int) -> None:
    settings.install(settings.current().model_copy(update={"smtp_url": SecretStr(f"smtp://127.0.0.1:{port}")}))


async def test_two_invitations_of_one_customer_in_one_batch_keep_their_distance(house: House, clock: ModuleType) -> None:
    planned = await plan(house, "anna", "bert", "anna", quiet_days=0)
    await house.policy(quiet_days=5, delay_minutes=60)
    await Decision.all().update(policy_number=2)
    clock.advance(HOUR)

    claimed = await claim_many(SYSTEM, [Errand(str(one.id), str(new_id())) for one in planned])

    assert [one.invitation_id if one else None for one in claimed] == [planned[0].id, planned[1].id, None]
    assert [(one.state.value, one.state_reason) for one in await Invitation.all().order_by("created_at", "id")] == [
        ("planned", ""),
        ("planned", ""),
        ("withdrawn", "within_quiet_days"),
    ]


async def test_two_jobs_for_one_invitation_in_one_batch_send_it_once(house: House, clock: ModuleType) -> None:
    (planned,) = await plan(house, "anna")
    clock.advance(HOUR)
    first, second = await claim_many(SYSTEM, [Errand(str(planned.id), str(new_id())) for _ in range(2)])
    assert first
    assert second is None
    assert await Delivery.all().count() == 1


async def test_a_batch_costs_few_statements_and_who_fails_in_it_fails_alone(house: House, clock: ModuleType) -> None:
    names = [f"guest{number}" for number in range(12)]
    planned = await plan(house, *names)
    clock.advance(HOUR)
    with mail_server() as server:
        use_relay(server.port)
        server.to_recipient += ["450 4.2.0 greylisted", "550 5.1.1 no such mailbox"]
        with count_statements() as statements:
            await leave_together()
        assert len(server.received) == 10

    states = [one.state.value for one in await Invitation.all()]
    assert [states.count(state) for state in ("sent", "planned", "failed")] == [10, 1, 1]
    assert sorted([detail for _, _, detail in await house.attempts()])[:2] == ["250 OK queued"] * 2
    assert {one.message_id for one in await Delivery.all()} == {f"<{one.id}@fiber.example>" for one in planned}
    left = await Job.filter(kind=DELIVER).exclude(state="done")
    assert [(one.state, one.failures, one.error) for one in left] == [("ready", 1, "Retry: 450 4.2.0 greylisted")]
    assert statements.count < 4 * len(names)


async def test_what_cannot_be_prepared_together_is_prepared_alone(house: House, clock: ModuleType) -> None:
    await house.policy("broken", touchpoint="delivery", survey="nps-after-delivery", delay_minutes=60)
    await house.contact("bert", touchpoint="delivery")
    await plan(house, "anna", "carla")
    await execute("UPDATE policy_version SET rules = '{}' WHERE policy_id = (SELECT id FROM policy WHERE key = 'broken')")
    clock.advance(HOUR)

    await leave_together()

    assert sorted(mail["To"] for mail in await house.mails()) == ["anna@klant.example", "carla@klant.example"]
    assert [one.failures for one in await Job.filter(kind=DELIVER, state="ready")] == [1]


async def test_what_has_not_left_when_the_worker_is_stopped_is_given_back(house: House, clock: ModuleType) -> None:
    await plan(house, *(f"guest{number}" for number in range(8)))
    clock.advance(HOUR)
    async with hanging_relay(greets=1) as port:
        use_relay(port)
        leaving = asyncio.create_task(leave_together())
        while await Delivery.all().count() < 8:
            await asyncio.sleep(0.02)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
    assert {one.state for one in await Job.filter(kind=DELIVER)} == {"ready"}


async def test_a_relay_that_hangs_keeps_neither_texts_nor_decisions_waiting(
    house: House, clock: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "ACTS_TOGETHER", 2)  # so that thirty mails are more than a worker takes at a time
    await house.policy("texts", touchpoint="delivery", survey="nps-after-delivery", channels=["sms"], delay_minutes=60)
    told = {**house.customer("tess"), "phone": "+31612345678", "email": None}
    contact = await house.contact(told, endedAt=None, touchpoint="delivery")
    await set_consent(SYSTEM, (await Customer.get(phone="+31612345678")).id, Channel.SMS, ConsentState.GRANTED, "test")
    await house.contact(told, name=contact.external_id, touchpoint="delivery")
    await plan(house, *(f"guest{number}" for number in range(30)))
    clock.advance(HOUR)
    async with hanging_relay() as port:
        use_relay(port)
        worker = Worker(house.database_url)
        await worker.start()
        try:
            async with asyncio.timeout(15):
                while not await Delivery.filter(channel=Channel.EMAIL, state="started").count():
                    await asyncio.sleep(0.05)
                await house.contact("late")
                jobs.wake()
                while await OutboxMail.all().count() < 1 or await Decision.all().count() < 32:
                    await asyncio.sleep(0.05)
        finally:
            await worker.stop(0.1)
            await bus.stop()
    assert await Delivery.filter(channel=Channel.SMS, state="accepted").count() == 1
    assert await Delivery.filter(channel=Channel.EMAIL).exclude(state="started").count() == 0
    assert {one.state for one in await Job.filter(kind=DELIVER)} <= {"ready", "sent"}


@asynccontextmanager
async def hanging_relay(greets: int = 0) -> AsyncIterator[int]:
    """A server that takes every connection and never answers, after so many greetings."""
    left = greets
    done = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal left
        if left:
            left -= 1
            writer.write(b"220 hanging\r\n")
        await done.wait()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        done.set()
        server.close()


def test_channels_that_may_hang_have_lanes_of_their_own() -> None:
    kinds = {channel: delivered_by(channel) for channel in (Channel.EMAIL, Channel.OUTBOX, Channel.SMS, Channel.MESSAGE, Channel.OTHER)}
    assert list(kinds.values()) == [DELIVER, DELIVER, DELIVER_MESSAGE, DELIVER_MESSAGE, DELIVER_LINK]
    lanes = [handler.lane for handler in events.handlers().values() if isinstance(handler, jobs.Effect) and handler.kind in kinds.values()]
    assert len(set(lanes)) == 3
