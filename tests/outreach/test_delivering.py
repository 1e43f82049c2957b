"""An invitation leaves once, over a real mail server or into the outbox; what goes wrong is tried again, and then said."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from types import ModuleType
from typing import Any

import pytest
from pydantic import SecretStr

from tests.outreach.house import ASKED, EMAIL, PLANNED, REFUSED, SYSTEM, House, Seen, skipped, while_open
from tests.outreach.smtp import Server, mail_server
from voc.core import events, settings
from voc.core.access import Actor, Role, held
from voc.core.db import transaction
from voc.core.errors import Conflict
from voc.core.ids import new_id
from voc.core.jobs import Effect, Reaction, Terms, queries
from voc.customers.consent import set_consent
from voc.customers.events import ContactRecorded
from voc.outreach.claim import claim
from voc.outreach.decide import DECIDE, decide_contact
from voc.outreach.deliver import ATTEMPTS, WAITS, deliver, give_up
from voc.outreach.events import InvitationFailed, InvitationSent
from voc.outreach.hold import hold_customer, release_hold
from voc.outreach.invitations import send_again, withdraw
from voc.outreach.models import Decision, Delivery, DeliveryState, Invitation, InvitationState, Suppression
from voc.outreach.plan import DELIVER
from voc.outreach.suppress import suppress
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

    delivering = Effect(DELIVER, deliver, Terms(attempts=ATTEMPTS, on_dead=give_up))
    events.install(
        {
            ContactRecorded: (Reaction(DECIDE, decide_contact),),
            InvitationSent: (Reaction("test.sent", partial(hear, "sent")),),
            InvitationFailed: (Reaction("test.failed", partial(hear, "failed")),),
        },
        others=(delivering,),
    )
    return heard


async def plan_one(house: House, **rules: Any) -> Invitation:
    await house.policy(**{"delay_minutes": 60, **rules})
    await house.contact()
    await house.work()
    assert await house.decisions() == [PLANNED]
    return await house.invitation()


async def test_without_a_relay_mail_goes_to_the_outbox(house: House, told: list[tuple[str, str]]) -> None:
    invitation = await plan_one(house)
    await house.work(days=1)
    mail, *more = await house.mails()
    assert (mail["To"], mail["Message-ID"], more) == ("anna@klant.example", f"<{invitation.id}@fiber.example>", [])
    assert await house.decisions() == [ASKED]
    assert await house.attempts() == [(1, "accepted", "kept in the outbox")]
    assert told == [("sent", str(invitation.id))]


async def test_it_leaves_at_its_moment_and_its_link_lives_from_then(house: House, clock: ModuleType) -> None:
    invitation = await plan_one(house, expire_days=30)
    await house.work(days=0.04)
    assert await house.mails() == []
    await house.work(days=1)
    sent = await house.invitation()
    assert (sent.sent_at, sent.expires_at) == (invitation.send_at, invitation.send_at + 30 * DAY)


async def test_a_real_mail_server_receives_it(house: House, server: Server) -> None:
    invitation = await plan_one(house)
    await house.work(days=1)
    (received,) = server.received
    assert (received.sender, received.to) == ("vraag@fiber.example", ["anna@klant.example"])
    assert received.message["Message-ID"] == f"<{invitation.id}@fiber.example>"
    assert received.message.get_content_type() == "multipart/alternative"
    assert await house.attempts() == [(1, "accepted", "250 OK queued")]


async def test_a_relay_that_is_busy_is_asked_again_with_the_same_message(house: House, server: Server, told: list[tuple[str, str]]) -> None:
    server.to_recipient += ["450 4.2.0 greylisted"]
    server.to_message += ["451 4.3.0 later"]
    invitation = await plan_one(house)
    await house.work(days=1)
    assert await house.attempts() == [
        (1, "failed", "450 4.2.0 greylisted"),
        (2, "failed", "451 4.3.0 later"),
        (3, "accepted", "250 OK queued"),
    ]
    assert {one.message_id for one in await Delivery.all()} == {f"<{invitation.id}@fiber.example>"}
    starts = [one.started_at - invitation.send_at for one in await Delivery.all().order_by("number")]
    assert starts == [timedelta(), WAITS[0], WAITS[0] + WAITS[1]]
    assert (len(server.received), told) == (1, [("sent", str(invitation.id))])


async def test_a_relay_that_never_takes_it_ends_in_a_failure_that_is_said(
    house: House, server: Server, told: list[tuple[str, str]]
) -> None:
    server.to_message += ["451 4.3.0 later"] * ATTEMPTS
    invitation = await plan_one(house)
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
    invitation = await plan_one(house)
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
    await plan_one(house)
    await house.work(days=1)
    assert await house.decisions() == [Seen("send", "asked", "failed")]
    assert await Suppression.all().count() == 0


async def test_what_failed_can_be_sent_again(house: House, server: Server) -> None:
    server.to_message += ["554 5.6.0 content refused"]
    invitation = await plan_one(house)
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


async def refuse_consent(house: House) -> str:
    await set_consent(SYSTEM, await house.customer_id(), EMAIL, REFUSED, "crm")
    return "consent_refused"


async def suppress_address(house: House) -> str:
    await suppress(SYSTEM, EMAIL, "anna@klant.example", "asked by phone")
    return "suppressed"


async def ask_meanwhile(house: House) -> str:
    """Another policy without quiet days of its own asks first."""
    await house.policy("other", touchpoint="delivery", survey="nps-after-delivery", quiet_days=0)
    await house.contact(touchpoint="delivery", name="delivery")
    await house.work()
    return "within_quiet_days"


@pytest.mark.parametrize("forbid", [refuse_consent, suppress_address, ask_meanwhile])
async def test_everything_is_looked_at_again_before_it_leaves(house: House, forbid: Any) -> None:
    invitation = await plan_one(house)
    reason = await forbid(house)
    mails = len(await house.mails())
    await house.work(days=1)
    withdrawn = await Invitation.get(id=invitation.id)
    assert (withdrawn.state, withdrawn.state_reason) == (InvitationState.WITHDRAWN, reason)
    assert len(await house.mails()) == mails


async def test_a_message_that_could_not_leave_for_days_is_not_sent_late(house: House, clock: ModuleType) -> None:
    await plan_one(house, ask_within_days=2)
    clock.advance(3 * DAY)
    await house.work()
    assert await house.decisions() == [Seen("send", "asked", "withdrawn")]
    assert (await house.invitation()).state_reason == "too_late"


async def test_a_customer_who_is_held_meanwhile_gets_it_when_released(house: House) -> None:
    await plan_one(house)
    customer_id = await house.customer_id()
    await hold_customer(SYSTEM, customer_id, "task:1", "an open task")
    await house.work(days=1)
    assert await house.decisions() == [Seen("send", "asked", "held")]
    await release_hold(SYSTEM, customer_id, "task:1")
    await house.work()
    assert await house.decisions() == [ASKED]
    assert len(await house.mails()) == 1


async def test_a_customer_who_is_held_for_too_long_does_not_get_it_any_more(house: House) -> None:
    await plan_one(house, ask_within_days=2)
    await hold_customer(SYSTEM, await house.customer_id(), "task:1", "an open task")
    await house.work(days=1)
    assert await house.decisions() == [Seen("send", "asked", "held")]
    await house.work(days=2)
    assert await house.decisions() == [Seen("send", "asked", "withdrawn")]
    assert (await house.invitation()).state_reason == "too_late"


async def test_a_policy_that_asks_nevertheless_does_not_wait_for_holds(house: House) -> None:
    await plan_one(house, if_held="ask")
    await hold_customer(SYSTEM, await house.customer_id(), "task:1", "an open task")
    await house.work(days=1)
    assert await house.decisions() == [ASKED]


async def test_a_hold_with_an_end_lets_it_go_by_itself(house: House, clock: ModuleType) -> None:
    await plan_one(house)
    await hold_customer(SYSTEM, await house.customer_id(), "promise:1", "a promise", until=clock.now() + DAY)
    await house.work(days=0.9)
    assert await house.decisions() == [Seen("send", "asked", "held")]
    await house.work(days=0.2)
    assert await house.decisions() == [ASKED]


async def test_an_attempt_whose_process_died_is_closed_and_made_again_with_the_same_message(house: House, clock: ModuleType) -> None:
    invitation = await plan_one(house)
    clock.advance(timedelta(hours=1))
    job = str(new_id())
    first = await claim(SYSTEM, invitation.id, job)
    second = await claim(SYSTEM, invitation.id, job)
    assert first
    assert second
    assert first.ask.message_id == second.ask.message_id
    assert await house.attempts() == [(1, "failed", "the process ended in between; it may have left"), (2, "started", "")]


async def test_two_jobs_for_one_invitation_send_it_once(house: House, clock: ModuleType) -> None:
    invitation = await plan_one(house)
    clock.advance(timedelta(hours=1))
    first, second = await while_open(claim(SYSTEM, invitation.id, str(new_id())), claim(SYSTEM, invitation.id, str(new_id())))
    assert first
    assert second is None
    assert await Delivery.all().count() == 1


async def test_two_invitations_of_one_customer_that_leave_at_once_keep_their_distance(house: House, clock: ModuleType) -> None:
    await house.policy("calls", quiet_days=0, delay_minutes=60)
    for _ in range(2):
        await house.contact()
    await house.work()
    await house.policy("calls", quiet_days=5, delay_minutes=60)
    clock.advance(timedelta(hours=1))
    await Decision.all().update(policy_number=2)
    planned = await Invitation.all()
    first, second = await while_open(*(claim(SYSTEM, invitation.id, str(new_id())) for invitation in planned))
    assert first
    assert second is None
    assert sorted(one.state.value for one in await Invitation.all()) == ["planned", "withdrawn"]


async def test_it_never_leaves_before_its_moment(house: House) -> None:
    invitation = await plan_one(house)
    assert await claim(SYSTEM, invitation.id, str(new_id())) is None
    assert await house.attempts() == []


async def test_what_is_leaving_cannot_be_withdrawn_any_more(house: House, clock: ModuleType) -> None:
    invitation = await plan_one(house)
    clock.advance(timedelta(hours=1))
    await claim(SYSTEM, invitation.id, str(new_id()))
    lead = Actor("Lotte", held([Role.LEAD]))
    with pytest.raises(Conflict, match="leaving"):
        await withdraw(lead, invitation.id)


async def test_a_lead_withdraws_what_waits(house: House) -> None:
    invitation = await plan_one(house)
    await withdraw(Actor("Lotte", held([Role.LEAD])), invitation.id)
    await house.work(days=1)
    assert await house.decisions() == [Seen("send", "asked", "withdrawn")]
    assert await house.mails() == []


async def test_an_attempt_with_an_unexpected_error_is_made_again(house: House, server: Server) -> None:
    invitation = await plan_one(house)
    await Brand.all().update(from_email="no address")
    await house.work(days=0.05)
    assert (await Delivery.all().order_by("number"))[-1].state is DeliveryState.STARTED
    await Brand.all().update(from_email="vraag@fiber.example")
    await house.work(days=1)
    assert await house.decisions() == [ASKED]
    assert [state for _, state, _ in await house.attempts()][-1] == "accepted"
    assert len(server.received) == 1
    assert invitation.id == (await house.invitation()).id


async def test_giving_up_leaves_no_attempt_open(house: House, clock: ModuleType) -> None:
    invitation = await plan_one(house)
    clock.advance(timedelta(hours=1))
    await claim(SYSTEM, invitation.id, str(new_id()))
    async with transaction():
        await give_up(SYSTEM, str(invitation.id))
    assert await house.attempts() == [(1, "failed", "")]
    assert (await house.invitation()).state is InvitationState.FAILED


def test_the_waits_grow_and_cover_a_night() -> None:
    assert list(WAITS) == sorted(WAITS)
    assert sum(WAITS, timedelta()) > timedelta(hours=20)
