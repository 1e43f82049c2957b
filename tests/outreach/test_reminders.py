"""Who has not reacted is reminded: in the thread of the ask, as often as the policy says, and never after any reaction."""

from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from pydantic import SecretStr

from tests.outreach.house import EMAIL, REFUSED, SYSTEM, House
from tests.outreach.smtp import Server, mail_server
from voc.core import settings
from voc.core.access import Actor
from voc.customers.consent import set_consent
from voc.outreach.delivering.claim import claim
from voc.outreach.delivering.remind import Reminded, WhyNot, remind_invitations, stop_reminders
from voc.outreach.invitations import decline, mark_answered, mark_begun
from voc.outreach.models import Delivery, Invitation, InvitationState
from voc.outreach.wishes.hold import hold_customer, release_hold
from voc.outreach.wishes.preferences import unsubscribe
from voc.outreach.wishes.suppress import suppress

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TWICE = [{"days": 4}, {"days": 3}]


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as server:
        settings.install(settings.current().model_copy(update={"smtp_url": SecretStr(f"smtp://127.0.0.1:{server.port}")}))
        yield server


async def ask_one(house: House, **rules: Any) -> Invitation:
    """One invitation that left just now."""
    await house.policy(**{"reminders": [{"days": 4}], **rules})
    await house.contact()
    await house.work()
    invitation = await house.invitation()
    assert invitation.state is InvitationState.SENT
    return invitation


async def test_two_reminders_follow_an_ask_in_its_thread_and_then_none(house: House) -> None:
    invitation = await ask_one(house, reminders=TWICE, quiet_days=30)
    asked_at = invitation.send_at
    assert (invitation.reminders, invitation.remind_at) == (0, asked_at + 4 * DAY)
    await house.work(days=25)
    ask, first, last = await house.mails()
    thread = [str(mail["Message-ID"]) for mail in (ask, first, last)]
    assert thread == [f"<{invitation.id}{which}@fiber.example>" for which in ("", ".r1", ".r2")]
    assert (str(first["In-Reply-To"]), str(last["References"]).split()) == (thread[0], thread[:2])
    assert [str(mail["Subject"]) for mail in (first, last)] == [f"Re: {ask['Subject']}"] * 2
    assert ["laatste herinnering" in mail.as_string().replace("=\n", "") for mail in (first, last)] == [False, True]
    attempts = await Delivery.all().order_by("number")
    assert [(one.number, one.reminder, one.message_id, one.started_at - asked_at) for one in attempts] == [
        (1, 0, thread[0], 0 * DAY),
        (2, 1, thread[1], 4 * DAY),
        (3, 2, thread[2], 7 * DAY),
    ]
    ended = await house.invitation()
    assert (ended.state, ended.sent_at, ended.reminders, ended.remind_at) == (InvitationState.SENT, asked_at, 2, None)


async def refuse(respondent: Actor, invitation_id: UUID) -> None:
    asked = await Invitation.get(id=invitation_id)
    await set_consent(SYSTEM, asked.customer_id or invitation_id, EMAIL, REFUSED, "crm")


async def bounce(respondent: Actor, invitation_id: UUID) -> None:
    asked = await Invitation.get(id=invitation_id).select_related("customer")
    await suppress(SYSTEM, EMAIL, asked.customer.email or "" if asked.customer else "", "bounced")


async def write_back(respondent: Actor, invitation_id: UUID) -> None:
    await stop_reminders(SYSTEM, invitation_id)


async def test_any_reaction_ends_them(house: House) -> None:
    await house.policy(reminders=[{"days": 4}])
    reactions: list[Any] = [mark_begun, mark_answered, decline, unsubscribe, refuse, bounce, write_back]
    names = {reaction.__name__.replace("_", ""): reaction for reaction in reactions}
    for name in ("nobody", *names):
        await house.contact(name)
    await house.work()
    asked = {str(mail["To"]).split("@")[0]: UUID(str(mail["Message-ID"])[1:37]) for mail in await house.mails()}
    assert await Invitation.filter(remind_at=None).count() == 0
    for name, react in names.items():
        await react(Actor.respondent(asked[name]), asked[name])
    await house.work(days=25)
    assert [str(mail["To"]) for mail in (await house.mails())[len(asked) :]] == ["nobody@klant.example"]
    assert await Invitation.filter(remind_at=None).count() == len(asked)


async def test_one_waits_while_something_is_open_and_until_the_window_opens(house: House, clock: ModuleType) -> None:
    invitation = await ask_one(house, window={"days": ["mon", "tue", "wed"], "opens": "10:00", "closes": "12:00"})
    assert invitation.remind_at == invitation.send_at + 6 * DAY - HOUR  # asked on a Tuesday at eleven, Amsterdam's time
    customer_id = await house.customer_id()
    await hold_customer(SYSTEM, customer_id, "task:1", "an open task")
    await house.work(days=6.5)
    assert (len(await house.mails()), (await house.invitation()).remind_at) == (1, invitation.send_at + 7 * DAY - HOUR)
    await release_hold(SYSTEM, customer_id, "task:1")
    await house.work(days=1)
    assert [one.started_at - invitation.send_at for one in await Delivery.filter(reminder=1)] == [7 * DAY - HOUR]


async def test_whoever_was_asked_something_else_meanwhile_is_not_reminded(house: House) -> None:
    await ask_one(house, quiet_days=3)
    await house.policy("other", touchpoint="delivery", survey="nps-after-delivery", quiet_days=1)
    await house.work(days=2)
    await house.contact(touchpoint="delivery")
    await house.work(days=20)
    asked = await Invitation.all().order_by("sent_at")
    assert [(one.state.value, one.reminders, one.remind_at) for one in asked] == [("sent", 0, None)] * 2
    assert len(await house.mails()) == 2


async def test_a_reminder_repeated_after_a_crash_is_the_same_message(house: House, clock: ModuleType) -> None:
    invitation = await ask_one(house)
    clock.advance(4 * DAY)
    before = await claim(SYSTEM, invitation.id, "job")
    assert before
    assert await claim(SYSTEM, invitation.id, "another job") is None
    after = await claim(SYSTEM, invitation.id, "job")
    assert after
    assert (after.reminder, after.ask.message_id) == (1, before.ask.message_id)
    attempts = await Delivery.filter(reminder=1).order_by("number")
    assert [(one.state.value, one.message_id) for one in attempts] == [("failed", after.ask.message_id), ("started", after.ask.message_id)]


async def test_an_address_that_no_longer_works_ends_reminders_and_the_ask_stays_sent(house: House, server: Server) -> None:
    await ask_one(house, reminders=TWICE)
    server.to_recipient.append("550 5.1.1 no such user")
    await house.work(days=20)
    ended = await house.invitation()
    assert (ended.state, ended.reminders, ended.remind_at, len(server.received)) == (InvitationState.SENT, 0, None, 1)


async def test_the_rest_are_reminded_at_once_as_far_as_the_cap_allows(house: House, clock: ModuleType) -> None:
    policy = await house.policy(reminders=[], expire_days=9)
    for name in ("anna", "bart", "cora", "dirk"):
        await house.contact(name)
    await house.work()
    asked = {str(one.customer_id): one for one in await Invitation.all()}
    ids = {name: asked[str(await house.customer_id(name))].id for name in ("anna", "bart", "cora", "dirk")}
    assert await remind_invitations(SYSTEM, policy_id=policy.id) == Reminded(0, {WhyNot.TOO_SOON: 4})
    clock.advance(5 * DAY)
    await mark_answered(Actor.respondent(ids["bart"]), ids["bart"])
    await Invitation.filter(id=ids["cora"]).update(state=InvitationState.FAILED)
    assert await remind_invitations(SYSTEM, survey_id=policy.survey_id) == Reminded(2, {WhyNot.REACTED: 1, WhyNot.NOT_SENT: 1})
    await house.work()
    assert sorted(str(mail["To"]) for mail in (await house.mails())[4:]) == ["anna@klant.example", "dirk@klant.example"]
    clock.advance(2 * DAY)
    assert await remind_invitations(SYSTEM, policy_id=policy.id) == Reminded(0, {WhyNot.REACTED: 1, WhyNot.NOT_SENT: 1, WhyNot.ENOUGH: 2})
    clock.advance(1.5 * DAY)
    assert (await remind_invitations(SYSTEM, policy_id=policy.id)).left_out[WhyNot.ENDS_SOON] == 2
    clock.advance(DAY)
    assert await remind_invitations(SYSTEM, policy_id=policy.id) == Reminded(0, {})
