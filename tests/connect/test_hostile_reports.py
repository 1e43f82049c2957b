"""Odd letters, long texts, large batches and other shapes: nothing that a gateway or mail provider tells is lost by them."""

from pathlib import Path

import httpx

from tests.connect.test_gateway_door import PHONE, door, from_twilio, gateways, home
from tests.connect.test_mail_reports import asked, sendgrid, told
from tests.outreach.house import House
from tests.outreach.test_texts import asked_by_text
from tests.outreach.text_gateways import Gateways
from voc.connect.mail_providers import PROVIDERS, read_events
from voc.connect.mail_reports import report_addresses
from voc.outreach.channels.gateway import door_address
from voc.outreach.models import Became, Delivery, DeliveryReport, DeliveryState, InboundMessage, Invitation

__all__ = ("asked", "door", "gateways", "home")


async def test_a_stop_with_letters_that_no_database_keeps_is_obeyed(
    door: httpx.AsyncClient, home: House, gateways: Gateways, tmp_path: Path
) -> None:
    gateways.use("twilio", tmp_path)
    await asked_by_text(home)
    said = f"\0no {PHONE}, 06-1234 5678"
    assert (await from_twilio(door, "reports", MessageSid="id\0-1", MessageStatus="failed", ErrorCode=said)).status_code == 200
    answer = await from_twilio(door, "replies", MessageSid="SM\0-1", From=f"{PHONE}\0", Body="STOP\0")
    assert answer.status_code == 200
    await home.work()
    assert (await Delivery.get()).detail == "refused no …, …"
    message = await InboundMessage.get()
    assert (message.provider_id, message.sender, message.became) == ("SM-1", PHONE, Became.STOPPED)


async def test_a_shape_that_we_do_not_read_is_refused_and_never_forgotten(
    door: httpx.AsyncClient, gateways: Gateways, tmp_path: Path
) -> None:
    gateways.use("cm", tmp_path)
    where = door_address("replies", "cm")
    body = b'{"reference": "mo-1", "from": {"number": "0031612345678"}, "message": {"text": "stop"}}'
    statuses = {
        kind: (await door.post(where, content=body, headers={"Content-Type": kind})).status_code
        for kind in ("text/plain", "multipart/form-data; boundary=x", "text/json; charset=utf-8")
    }
    assert statuses == {"text/plain": 415, "multipart/form-data; boundary=x": 415, "text/json; charset=utf-8": 200}
    assert (await InboundMessage.get()).sender == PHONE
    for broken in (b"{", b"\xff", b'"\\ud800"', b"[" * 5000):
        assert (await door.post(where, content=broken, headers={"Content-Type": "application/json"})).status_code == 400


async def test_one_odd_event_does_not_keep_back_those_beside_it(asked: Invitation) -> None:
    sent = (await Delivery.get()).message_id
    odd = sendgrid(
        "bounce", type="bounce", **{"smtp-id": sent, "sg_event_id": "f\0", "sg_message_id": "p\0", "reason": "550\0 " + "no " * 9000}
    )
    assert await told(report_addresses()["sendgrid"], [*odd, *sendgrid("delivered", **{"smtp-id": sent})]) == 200
    assert ((await Delivery.get()).state, await DeliveryReport.all().count()) == (DeliveryState.BOUNCED, 2)


def test_a_batch_is_read_to_its_end() -> None:
    assert len(read_events(PROVIDERS["sendgrid"], sendgrid("delivered") * 1999 + sendgrid("bounce", type="bounce"))) == 2000
