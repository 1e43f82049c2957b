"""Texts over gateways: a real server speaks the four shapes; what it says of a number, a text or itself has its consequence."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType

import pytest

from tests.outreach.house import SYSTEM, House
from tests.outreach.text_gateways import AWAY, BUSY, KEY, LANDLINE, STOPPED, Gateways, text_gateways
from voc.core import settings
from voc.core.db import rows
from voc.core.gsm7 import messages_for
from voc.customers.consent import set_consent
from voc.customers.models import Channel, ConsentState, Customer
from voc.outreach.models import Delivery, DeliveryState, Invitation, InvitationState, OutboxMail, Suppression


@pytest.fixture
async def gateways() -> AsyncIterator[Gateways]:
    async with text_gateways() as made:
        yield made


async def asked_by_text(house: House, name: str = "anna", phone: str = "+31612345678", email: str | None = None) -> Invitation:
    """Somebody who agreed to texts is asked by one."""
    told = {**house.customer(name), "phone": phone, "email": email}
    contact = await house.contact(customer=told, endedAt=None)
    customer = await Customer.get(phone=phone)
    await set_consent(SYSTEM, customer.id, Channel.SMS, ConsentState.GRANTED, "test")
    await house.contact(customer=told, name=contact.external_id)
    await house.work()
    return await Invitation.get(customer_id=customer.id)


@pytest.mark.parametrize("key", ["twilio", "bird", "cm", "vonage"])
async def test_a_text_leaves_in_the_shape_of_its_gateway(
    key: str, gateways: Gateways, house: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    await house.policy(channels=["sms"])
    gateways.use(key, tmp_path)
    invitation = await asked_by_text(house)

    [text] = gateways.texts
    assert (text.to, messages_for(text.text).count) == ("+31612345678", 1)
    assert text.text.startswith("Fiber & Zo: Hoe tevreden bent u over ons telefoongesprek")
    assert f"{settings.current().base_url}/s/" in text.text
    delivery = await Delivery.get(invitation_id=invitation.id)
    assert (delivery.state, delivery.channel, delivery.provider_id) == (DeliveryState.ACCEPTED, Channel.SMS, text.id)
    assert (invitation.state, invitation.delivered_at) == (InvitationState.SENT, None)
    for table in ("delivery", "invitation", "job"):
        assert KEY not in str(await rows(f"SELECT * FROM {table}"))
    assert KEY not in caplog.text


async def test_what_a_gateway_says_of_a_number_is_heeded(gateways: Gateways, house: House, clock: ModuleType, tmp_path: Path) -> None:
    await house.policy(channels=["sms"])
    gateways.use("twilio", tmp_path)
    wrong, stopped = await asked_by_text(house, "wrong", LANDLINE), await asked_by_text(house, "stopped", STOPPED)
    busy, away = await asked_by_text(house, "busy", BUSY), await asked_by_text(house, "away", AWAY)

    assert [(one.state.value, one.state_reason) for one in (wrong, stopped, busy, away)] == [
        ("failed", "recipient_refused"),
        ("failed", "suppressed"),
        ("planned", ""),
        ("planned", ""),
    ]
    assert {one.reason for one in await Suppression.all()} == {"bounced", "stopped"}
    details = {one.invitation_id: one.detail for one in await Delivery.all()}
    assert details[wrong.id] == "400 Invalid 'To' Phone Number: …"
    assert details[away.id] == "307"
    assert gateways.texts == []
    clock.advance(timedelta(seconds=89))
    await house.work()
    assert await Delivery.filter(invitation_id=busy.id).count() == 1
    clock.advance(timedelta(seconds=31))
    await house.work()
    assert await Delivery.filter(invitation_id=busy.id).count() == 2


async def test_a_landline_is_no_address_and_without_a_gateway_texts_go_to_the_outbox(house: House) -> None:
    await house.policy(channels=["sms"])
    told = {**house.customer("carla"), "phone": "+31201234567"}
    await house.contact(customer=told)
    await house.work()
    assert [one.reason for one in await house.decisions()] == ["no_address"]

    invitation = await asked_by_text(house)
    [kept] = await OutboxMail.all()
    assert (kept.channel, kept.to, kept.subject) == (Channel.SMS, "+31612345678", "")
    assert kept.source.endswith("Afmelden: STOP")
    assert invitation.delivered_at is not None
