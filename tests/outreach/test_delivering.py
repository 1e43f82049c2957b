"""An invitation leaves once, over a real mail server or into the outbox; what goes wrong is tried again, and then said."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from types import ModuleType

import pytest
from pydantic import SecretStr

from tests.outreach.house import ASKED, SYSTEM, House, Seen, skipped
from tests.outreach.smtp import Server, mail_server
from voc.core import events, settings
from voc.core.access import Actor
from voc.core.errors import Conflict
from voc.core.jobs import Reaction, queries
from voc.customers.events import ContactRecorded
from voc.outreach.deciding.conclusions import DECIDE
from voc.outreach.deciding.decide import decide_contact
from voc.outreach.delivering.deliver import ATTEMPTS, WAITS, handlers
from voc.outreach.delivering.plan import DELIVER
from voc.outreach.events import InvitationFailed, InvitationSent
from voc.outreach.invitations import send_again
from voc.outreach.models import Delivery, DeliveryState, InvitationState, Suppression
from voc.surveys.models import Brand

DAY = timedelta(days=1)


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as server:
        settings.install(settings.current().model_copy(update={"smtp_url": SecretStr(f"smtp://127.0.0.1:{server.port}")}))
        yield server


@pytest.fixture
def told(house: House) -> list[tuple[str, str]]:
    """The events of this room, as somebody hears them."""
    heard: list[tuple[str, str]] = []

    async def hear(what: str, actor: Actor, ref: str) -> None:
        heard.append((what, ref))

    events.install(
        {
            ContactRecorded: (Reaction(DECIDE, decide_contact),),
            InvitationSent: (Reaction("test.sent", partial(hear, "sent")),),
            InvitationFailed: (Reaction("test.failed", partial(hear, "failed")),),
        },
        others=handlers(),
    )
    return heard


async def test_without_a_relay_mail_goes_to_the_outbox(house: House, told: list[tuple[str, str]]) -> None:
    invitation = await house.plan_one()
    await house.work(days=1)
    mail, *more = await house.mails()
    assert (mail["To"], mail["Message-ID"], more) == ("anna@klant.example", f"<{invitation.id}@fiber.example>", [])
    assert await house.decisions() == [ASKED]
    assert await house.attempts() == [(1, "accepted", "kept in the outbox")]
    assert told == [("sent", str(invitation.id))]


async def test_it_leaves_at_its_moment_and_its_link_lives_from_then(house: House, clock: ModuleType) -> None:
    invitation = await house.plan_one(expire_days=30)
    await house.work(days=0.04)
    assert await house.mails() == []
    await house.work(days=1)
    sent = await house.invitation()
    assert (sent.sent_at, sent.expires_at) == (invitation.send_at, invitation.send_at + 30 * DAY)


async def test_a_real_mail_server_receives_it(house: House, server: Server) -> None:
    invitation = await house.plan_one()
    await house.work(days=1)
    (received,) = server.received
    assert (received.sender, received.to) == ("vraag@fiber.example", ["anna@klant.example"])
    assert received.message["Message-ID"] == f"<{invitation.id}@fiber.example>"
    assert received.message.get_content_type() == "multipart/alternative"
    assert await house.attempts() == [(1, "accepted", "250 OK queued")]


async def test_a_relay_that_is_busy_is_asked_again_with_the_same_message(house: House, server: Server, told: list[tuple[str, str]]) -> None:
    server.to_recipient += ["450 4.2.0 greylisted"]
    server.to_message += ["451 4.3.0 later"]
    invitation = await house.plan_one()
    await house.work(days=1)
    assert await house.attempts() == [
        (1, "failed", "450 4.2.0 greylisted"),
        (2, "failed", "451 4.3.0 later"),
        (3, "accepted", "250 OK queued"),
    ]
    assert {one.message_id for one in await Delivery.all()} == {f"<{invitation.id}@fiber.example>"}
    starts = [one.started_at - invitation.send_at for one in await Delivery.all().order_by("number")]
    assert starts[0] == timedelta()
    assert all(0.8 * wait <= after - before <= 1.2 * wait for before, after, wait in zip(starts, starts[1:], WAITS, strict=False))
    assert (len(server.received), told) == (1, [("sent", str(invitation.id))])


async def test_a_relay_that_never_takes_it_ends_in_a_failure_that_is_said(
    house: House, server: Server, told: list[tuple[str, str]]
) -> None:
    server.to_message += ["451 4.3.0 later"] * ATTEMPTS
    invitation = await house.plan_one()
    await house.work(days=3)
    assert len(await house.attempts()) == ATTEMPTS
    assert await house.decisions() == [Seen("send", "asked", "failed")]
    assert (await house.invitation()).state_reason == "not_delivered"
    assert told == [("failed", str(invitation.id))]
    (dead,) = await queries.dead()
    assert (dead.kind, dead.error) == (DELIVER, "Retry: 451 4.3.0 later")


async def test_a_mailbox_that_does_not_exist_fails_at_once_and_gets_no_more_mail(
    house: House, server: Server, told: list[tuple[str, str]]
) -> None:
    server.to_recipient += ["550 5.1.1 <anna@klant.example>: no such mailbox"]
    invitation = await house.plan_one()
    await house.work(days=1)
    assert await house.attempts() == [(1, "failed", "550 5.1.1 …: no such mailbox")]
    assert ((await house.invitation()).state, (await house.invitation()).state_reason) == (InvitationState.FAILED, "recipient_refused")
    assert told == [("failed", str(invitation.id))]
    await house.contact(name="next")
    await house.work()
    assert (await house.decisions())[1] == skipped("suppressed")
    assert "anna" not in str(await Suppression.all().values())


async def test_a_full_mailbox_fails_at_once_but_may_get_mail_again(house: House, server: Server) -> None:
    server.to_recipient += ["552 5.2.2 mailbox is full"]
    await house.plan_one()
    await house.work(days=1)
    assert await house.decisions() == [Seen("send", "asked", "failed")]
    assert await Suppression.all().count() == 0


async def test_what_failed_can_be_sent_again(house: House, server: Server) -> None:
    server.to_message += ["554 5.6.0 content refused"]
    invitation = await house.plan_one()
    await house.work(days=1)
    assert (await house.invitation()).state_reason == "message_refused"
    await send_again(SYSTEM, invitation.id)
    await house.work()
    assert await house.decisions() == [ASKED]
    assert [state for _, state, _ in await house.attempts()] == ["failed", "accepted"]
    with pytest.raises(Conflict, match="failed"):
        await send_again(SYSTEM, invitation.id)


async def test_an_address_that_is_none_fails_without_a_relay_being_asked(house: House, server: Server) -> None:
    await house.policy()
    await house.contact({**house.customer("anna"), "email": "jörg@klant.example"})
    await house.work()
    assert await house.decisions() == [Seen("send", "asked", "failed")]
    assert (await house.invitation()).state_reason == "no_address"
    assert server.sessions == 0


async def test_an_attempt_with_an_unexpected_error_is_made_again(house: House, server: Server) -> None:
    invitation = await house.plan_one()
    await Brand.all().update(from_email="no address")
    await house.work(days=0.05)
    assert (await Delivery.all().order_by("number"))[-1].state is DeliveryState.STARTED
    await Brand.all().update(from_email="vraag@fiber.example")
    await house.work(days=1)
    assert await house.decisions() == [ASKED]
    assert [state for _, state, _ in await house.attempts()][-1] == "accepted"
    assert len(server.received) == 1
    assert invitation.id == (await house.invitation()).id


def test_the_waits_grow_and_cover_a_night() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert sum(WAITS, timedelta()) > timedelta(hours=20)
