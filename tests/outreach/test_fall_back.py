"""What cannot arrive over one channel goes over the policy's next; only when none is left it has failed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import SecretStr

from tests.outreach.house import EMAIL, SYSTEM, House
from tests.outreach.smtp import Server, mail_server
from tests.outreach.text_gateways import text_gateways
from voc.core import settings
from voc.core.access import Actor
from voc.customers.consent import set_consent
from voc.customers.models import Channel, ConsentState
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.fall_back import fall_back
from voc.outreach.invitations import decline, mark_answered, report_delivery, send_again
from voc.outreach.models import Delivery, Invitation
from voc.outreach.wishes.suppress import lift, suppress

DAY = timedelta(days=1)
NO_SUCH_USER = "550 5.1.1 no such user"
REFUSED = Reason.RECIPIENT_REFUSED


@pytest.fixture
def server() -> Iterator[Server]:
    with mail_server() as server:
        settings.install(settings.current().model_copy(update={"smtp_url": SecretStr(f"smtp://127.0.0.1:{server.port}")}))
        yield server


async def plan(house: House, *, consents: bool = True, **rules: Any) -> Invitation:
    """One invitation that leaves by mail in an hour, or else as a link, as far as the customer consents to that."""
    invitation = await house.plan_one(channels=["email", "other"], **rules)
    if consents:
        await set_consent(SYSTEM, await house.customer_id(), Channel.OTHER, ConsentState.GRANTED, "crm")
    return invitation


async def standing(house: House) -> tuple[str, str, str]:
    invitation = await house.invitation()
    return invitation.channel.value, invitation.state.value, invitation.state_reason


async def tried() -> list[tuple[int, str, str]]:
    return [(one.number, one.channel.value, one.state.value) for one in await Delivery.all().order_by("number")]


async def test_an_address_that_is_refused_is_followed_by_the_next_channel(house: House, server: Server) -> None:
    invitation = await plan(house)
    server.to_recipient.append(NO_SUCH_USER)
    await house.work(days=1)
    assert await standing(house) == ("other", "sent", "")
    assert await tried() == [(1, "email", "failed"), (2, "other", "accepted")]
    assert (await house.invitation()).sent_at == invitation.send_at


async def test_without_consent_to_the_next_channel_it_has_failed(house: House, server: Server) -> None:
    await plan(house, consents=False)
    server.to_recipient.append(NO_SUCH_USER)
    await house.work(days=1)
    assert await standing(house) == ("email", "failed", "recipient_refused")
    assert await tried() == [(1, "email", "failed")]


async def test_what_speaks_against_the_channel_meanwhile_turns_it_to_the_next_before_anything_leaves(house: House) -> None:
    await plan(house)
    await suppress(SYSTEM, EMAIL, "anna@klant.example", "asked by phone")
    await house.work(days=1)
    assert await standing(house) == ("other", "sent", "")
    assert await tried() == [(1, "other", "accepted")]


async def test_who_refuses_every_channel_is_asked_over_none(house: House) -> None:
    await plan(house)
    for channel in (EMAIL, Channel.OTHER):
        await set_consent(SYSTEM, await house.customer_id(), channel, ConsentState.REFUSED, "crm")
    await house.work(days=1)
    assert await standing(house) == ("email", "withdrawn", "consent_refused")
    assert await tried() == []


async def test_a_mail_that_comes_back_later_is_followed_by_the_next_channel_once(house: House, clock: ModuleType) -> None:
    invitation = await plan(house, reminders=[{"days": 3}])
    await house.work(days=0.1)
    clock.advance(DAY)
    await suppress(SYSTEM, EMAIL, "anna@klant.example", "bounced")
    assert await fall_back(SYSTEM, invitation.id, EMAIL, REFUSED) is Channel.OTHER
    assert await fall_back(SYSTEM, invitation.id, EMAIL, REFUSED) is None, "it goes another way by now"
    again = await house.invitation()
    assert (again.state.value, again.sent_at, again.delivered_at, again.remind_at) == ("planned", None, None, None)
    await house.work(days=20)
    assert await tried() == [(1, "email", "accepted"), (2, "other", "accepted")]
    assert await standing(house) == ("other", "sent", "")
    await report_delivery(SYSTEM, invitation.id, is_delivered=False)
    assert await standing(house) == ("other", "failed", "not_delivered"), "mail was tried already"
    await lift(SYSTEM, EMAIL, "anna@klant.example")
    await send_again(SYSTEM, invitation.id)
    await house.work()
    assert await standing(house) == ("email", "sent", "")


@pytest.mark.parametrize("react", [decline, mark_answered])
async def test_whoever_reacted_is_not_asked_another_way(house: House, react: Any) -> None:
    invitation = await plan(house)
    await house.work(days=0.1)
    await react(Actor.respondent(invitation.id), invitation.id)
    assert await fall_back(SYSTEM, invitation.id, EMAIL, REFUSED) is None
    await house.work(days=1)
    assert await standing(house) == ("email", "sent", "")
    assert await tried() == [(1, "email", "accepted")]


async def test_what_comes_back_too_late_has_failed(house: House, clock: ModuleType) -> None:
    invitation = await plan(house, ask_within_days=2)
    await house.work(days=0.1)
    clock.advance(2 * DAY)
    assert await fall_back(SYSTEM, invitation.id, EMAIL, REFUSED) is None
    assert await standing(house) == ("email", "failed", "recipient_refused")


async def test_a_text_follows_a_mail_that_came_back_and_reminds_of_one_that_did_not(house: House, tmp_path: Path) -> None:
    phones = {"anna": "+31612345678", "bart": "+31612345679"}
    await house.policy(channels=["email", "sms"], reminders=[{"days": 4, "channel": "sms"}, {"days": 4}])
    for name, phone in phones.items():
        told = {**house.customer(name), "phone": phone}
        call = await house.contact(told, ended=None)
        await set_consent(SYSTEM, await house.customer_id(name), Channel.SMS, ConsentState.GRANTED, "crm")
        await house.contact(told, name=call.external_id)
    await house.work()
    anna = await Invitation.get(customer__email="anna@klant.example")
    async with text_gateways() as gateways:
        gateways.use("twilio", tmp_path)
        assert await fall_back(SYSTEM, anna.id, EMAIL, REFUSED) is Channel.SMS
        await house.work()
        assert [text.to for text in gateways.texts] == [phones["anna"]]
        await house.work(days=5)
        ask, *reminders = gateways.texts
        assert sorted(text.to for text in reminders) == sorted(phones.values())
        assert all(text.text != ask.text for text in reminders)
        await house.work(days=5)
    assert sorted([str(mail["To"]), str(mail["Subject"])[:3]] for mail in await house.mails()) == [
        ["anna@klant.example", "Hoe"],
        ["bart@klant.example", "Hoe"],
        ["bart@klant.example", "Re:"],
    ]
    assert [text.to for text in gateways.texts[3:]] == [phones["anna"]]
    assert {(one.reminders, one.remind_at) for one in await Invitation.all()} == {(2, None)}
