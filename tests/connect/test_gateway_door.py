"""What a gateway brings: receipts in any order, a stop, a score, and whatever else somebody writes; and nothing from anybody else."""

import base64
import hmac
from collections.abc import AsyncIterator
from datetime import timedelta
from hashlib import md5, sha256
from pathlib import Path
from types import ModuleType

import httpx
import pytest
from starlette.applications import Starlette

from tests.outreach.house import House
from tests.outreach.test_texts import asked_by_text
from tests.outreach.text_gateways import KEY, SIGNING_KEY, Gateways, text_gateways
from voc.connect.endpoints import routes
from voc.connect.gateway_signature import Call, is_genuine
from voc.core.access import Actor
from voc.core.db import rows
from voc.customers.models import Channel, Consent, ConsentState
from voc.outreach.channels import close_channels
from voc.outreach.channels.gateway import door_address
from voc.outreach.gateways.template import Signature
from voc.outreach.models import Became, Delivery, DeliveryState, InboundMessage, Invitation, InvitationState, Receipt, Suppression
from voc.outreach.wishes.odd_presses import forget_evidence
from voc.responses.models import Response, ResponseState
from voc.responses.queries import values_of

PHONE = "+31612345678"


@pytest.fixture
async def gateways() -> AsyncIterator[Gateways]:
    async with text_gateways() as made:
        yield made


@pytest.fixture
async def home(db: str, clock: ModuleType) -> AsyncIterator[House]:
    """A furnished house in which everything follows that follows."""
    house = House(db)
    await house.furnish()
    await house.policy(channels=["sms"])
    yield house
    await close_channels()


@pytest.fixture
async def door(db: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(Starlette(routes=list(routes())))) as client:
        yield client


def twilio_signature(url: str, form: dict[str, str], key: str = KEY) -> dict[str, str]:
    signed = url + "".join(f"{name}{form[name]}" for name in sorted(form))
    return {"X-Twilio-Signature": base64.b64encode(hmac.digest(key.encode(), signed.encode(), "sha1")).decode()}


async def from_twilio(door: httpx.AsyncClient, what: str, **form: str) -> httpx.Response:
    url = door_address(what, "twilio")
    return await door.post(url, data=form, headers=twilio_signature(url, form))


async def writes(door: httpx.AsyncClient, home: House, text: str, sender: str = PHONE, **form: str) -> InboundMessage:
    sid = f"SM-{await InboundMessage.all().count()}"
    answer = await from_twilio(door, "replies", MessageSid=sid, From=sender, Body=text, **form)
    assert (answer.status_code, answer.text, answer.headers["content-type"]) == (200, "<Response/>", "text/xml; charset=utf-8")
    await home.work()
    return await InboundMessage.get(provider_id=sid)


def test_signatures_are_those_that_the_providers_publish() -> None:
    form = {"CallSid": "CA1234567890ABCDE", "Digits": "1234", "From": "+14158675309", "To": "+18005551212", "Caller": "+14158675309"}
    headers = {"x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="}
    call = Call("https://mycompany.com/myapp.php?foo=1&bar=2", headers, b"", form)
    assert is_genuine(Signature.TWILIO, "12345", call)
    assert not is_genuine(Signature.TWILIO, "12345", Call(call.url, headers, b"", {**form, "Digits": "1235"}))

    signed = {"a": "1", "b": "2", "timestamp": "1461605396", "sig": "6af838ef94998832dbfc29020b564830"}
    assert is_genuine(Signature.VONAGE, "secret", Call("", {}, b"", signed))
    keyed = {"a": "1&2=3", "sig": hmac.digest(b"secret", b"&a=1_2_3", "sha256").hex().upper()}
    assert is_genuine(Signature.VONAGE, "secret", Call("", {}, b"", keyed))
    assert not is_genuine(Signature.VONAGE, "secret", Call("", {}, b"", {"a": "1", "sig": md5(b"&a=1").hexdigest()}))

    url, body = "https://voice.example/replies/sms/bird/x", b'{"payload":{}}'
    digest = hmac.digest(b"key", b"\n".join((b"1719823259", url.encode(), sha256(body).digest())), "sha256")
    bird = {"messagebird-signature": base64.b64encode(digest).decode(), "messagebird-request-timestamp": "1719823259"}
    assert is_genuine(Signature.BIRD, "key", Call(url, bird, body, {}))
    assert not is_genuine(Signature.BIRD, "key", Call(url, bird, body + b" ", {}))
    assert not any(is_genuine(one, "key", Call(url, {}, b"", {})) for one in Signature if one is not Signature.NONE)


async def test_nobody_else_gets_in_and_nothing_is_written(door: httpx.AsyncClient, home: House, gateways: Gateways, tmp_path: Path) -> None:
    form = {"MessageSid": "SM1", "MessageStatus": "delivered", "From": PHONE, "Body": "STOP"}
    nowhere = door_address("reports", "twilio")
    assert (await door.post(nowhere, data=form, headers=twilio_signature(nowhere, form))).status_code == 404  # no gateway is set
    gateways.use("twilio", tmp_path)
    for what in ("reports", "replies"):
        right = door_address(what, "twilio")
        guessed = right[:-1] + ("A" if right[-1] != "A" else "B")
        other = door_address(what, "vonage")
        statuses = [
            (await door.post(url, data=form, headers=headers)).status_code
            for url, headers in (
                (guessed, twilio_signature(guessed, form)),
                (other, twilio_signature(other, form)),
                (right, {}),
                (right, twilio_signature(right, form, "another key")),
                (right, twilio_signature(right, {**form, "Body": "10"})),
            )
        ]
        assert statuses == [404, 404, 403, 403, 403]
        assert (await door.get(right)).status_code == 405
        assert (await door.post(right, content=b"x" * 70_000)).status_code == 413
    assert await Receipt.all().count() == await InboundMessage.all().count() == await Suppression.all().count() == 0
    assert await rows("SELECT id FROM job WHERE kind LIKE '%receipt' OR kind LIKE '%reply'") == []


async def test_receipts_count_once_in_any_order_and_none_is_lost_that_comes_early(
    door: httpx.AsyncClient, home: House, gateways: Gateways, tmp_path: Path, clock: ModuleType
) -> None:
    gateways.use("twilio", tmp_path)
    assert (await from_twilio(door, "reports", MessageSid="id-1", MessageStatus="sent")).status_code == 200
    await from_twilio(door, "reports", MessageSid="id-1", MessageStatus="delivered")
    await home.work()
    assert await Receipt.all().count() == 1  # nobody knows that text yet

    invitation = await asked_by_text(home)
    clock.advance(timedelta(seconds=5))
    await home.work()
    assert (await Delivery.get()).state is DeliveryState.DELIVERED
    assert (await Invitation.get(id=invitation.id)).delivered_at == clock.now()
    assert await Receipt.all().count() == 0

    for status in ("undelivered", "delivered", "failed", "sent"):
        await from_twilio(door, "reports", MessageSid="id-1", MessageStatus=status, ErrorCode="30005")
    await home.work()
    assert (await Delivery.get()).state is DeliveryState.DELIVERED
    assert (await Invitation.get(id=invitation.id)).state is InvitationState.SENT


async def test_a_number_that_is_no_good_gets_no_more_texts_and_arriving_late_still_counts(
    door: httpx.AsyncClient, home: House, gateways: Gateways, tmp_path: Path
) -> None:
    gateways.use("twilio", tmp_path)
    invitation = await asked_by_text(home)
    await from_twilio(door, "reports", MessageSid="id-1", MessageStatus="undelivered", ErrorCode="30006")
    await home.work()
    failed = await Invitation.get(id=invitation.id)
    assert (failed.state, failed.state_reason, (await Delivery.get()).state) == (
        InvitationState.FAILED,
        "recipient_refused",
        DeliveryState.BOUNCED,
    )
    assert [(one.channel, one.reason) for one in await Suppression.all()] == [(Channel.SMS, "bounced")]

    await from_twilio(door, "reports", MessageSid="id-1", MessageStatus="delivered")
    await home.work()
    assert (await Invitation.get(id=invitation.id)).state is InvitationState.SENT


async def test_a_text_that_never_arrives_is_followed_by_a_mail(
    door: httpx.AsyncClient, home: House, gateways: Gateways, tmp_path: Path
) -> None:
    await home.policy(channels=["sms", "email"])
    gateways.use("twilio", tmp_path)
    invitation = await asked_by_text(home, email="anna@klant.example")
    await from_twilio(door, "reports", MessageSid="id-1", MessageStatus="failed", ErrorCode="30008")
    await home.work()
    again = await Invitation.get(id=invitation.id)
    assert (again.channel, again.state) == (Channel.EMAIL, InvitationState.SENT)
    assert [mail["To"] for mail in await home.mails()] == ["anna@klant.example"]
    assert await Suppression.all().count() == 0


async def test_a_stop_is_obeyed_also_of_a_number_nobody_knows_and_can_be_taken_back(
    door: httpx.AsyncClient, home: House, gateways: Gateways, tmp_path: Path
) -> None:
    gateways.use("twilio", tmp_path)
    invitation = await asked_by_text(home)
    message = await writes(door, home, "Stop", OptOutType="STOP")
    assert (message.became, message.invitation_id, message.customer_id) == (Became.STOPPED, invitation.id, invitation.customer_id)
    assert (await Consent.get(customer_id=invitation.customer_id, channel=Channel.SMS)).state is ConsentState.REFUSED
    assert await Suppression.filter(channel=Channel.SMS, reason="stopped").count() == 2
    assert (await Invitation.get(id=invitation.id)).stopped_at is not None

    unknown = await writes(door, home, "ARRÊT", sender="+33612345678")
    assert (unknown.became, unknown.customer_id) == (Became.STOPPED, None)
    assert await Suppression.filter(channel=Channel.SMS, reason="stopped").count() == 3

    assert (await writes(door, home, "START")).became is Became.RESUMED
    assert await Suppression.filter(channel=Channel.SMS, reason="stopped").count() == 1
    assert (await Consent.get(customer_id=invitation.customer_id, channel=Channel.SMS)).state is ConsentState.GRANTED


async def test_a_stop_is_obeyed_also_when_its_words_are_deleted_before_anybody_read_them(
    door: httpx.AsyncClient, home: House, gateways: Gateways, tmp_path: Path
) -> None:
    gateways.use("twilio", tmp_path)
    invitation = await asked_by_text(home)
    await from_twilio(door, "replies", MessageSid="SM-stop", From=PHONE, Body="Stop. Bedankt")

    await forget_evidence(Actor.respondent(invitation.id), invitation.id)
    await home.work()

    message = await InboundMessage.get()
    assert (message.text, message.became) == ("", Became.STOPPED)
    assert await Suppression.filter(channel=Channel.SMS, reason="stopped").count() == 2


async def test_a_score_that_is_texted_back_is_an_answer_with_its_words(
    door: httpx.AsyncClient, home: House, gateways: Gateways, tmp_path: Path
) -> None:
    gateways.use("twilio", tmp_path)
    invitation = await asked_by_text(home)
    assert (await writes(door, home, "4 omdat de medewerker vriendelijk was")).became is Became.ANSWERED
    again = await from_twilio(door, "replies", MessageSid="SM-0", From=PHONE, Body="1")
    assert again.status_code == 200  # the same message again
    await home.work()

    response = await Response.get(invitation_id=invitation.id)
    assert (response.suspect, response.state) == ("", ResponseState.COMPLETE)
    answers = (await values_of([response.id]))[response.id]
    assert tuple(answers.values())[:2] == (4, "omdat de medewerker vriendelijk was")
    assert (await Invitation.get(id=invitation.id)).answered_at is not None
    assert [one.text for one in await InboundMessage.all()] == ["4 omdat de medewerker vriendelijk was"]


async def test_whatever_else_is_written_is_kept_to_be_read(
    door: httpx.AsyncClient, home: House, gateways: Gateways, tmp_path: Path, clock: ModuleType
) -> None:
    gateways.use("twilio", tmp_path)
    invitation = await asked_by_text(home)
    await Invitation.filter(id=invitation.id).update(remind_at=clock.now() + timedelta(days=2))
    for text, sender in (("Bel mij even", PHONE), ("9", PHONE), ("8", "+33612345678"), ("", PHONE)):  # the scale ends at 5
        message = await writes(door, home, text, sender)
        assert (message.became, message.text, message.sender) == (Became.KEPT, text, sender)
        assert message.invitation_id == (invitation.id if sender == PHONE else None)
    assert await Response.all().count() == 0
    assert (await Invitation.get(id=invitation.id)).remind_at is None


async def test_a_score_counts_only_where_the_gateway_proved_that_it_brought_it(
    door: httpx.AsyncClient, home: House, gateways: Gateways, tmp_path: Path
) -> None:
    gateways.use("cm", tmp_path)
    await asked_by_text(home)
    body = {"reference": "mo-1", "from": {"number": "0031612345678"}, "message": {"text": "4 prima"}}
    assert (await door.post(door_address("replies", "cm"), json=body)).status_code == 200
    await home.work()
    message = await InboundMessage.get()
    assert (message.sender, message.text, message.became, message.is_signed) == (PHONE, "4 prima", Became.KEPT, False)
    assert await Response.all().count() == 0

    report = {"messages": {"msg": {"reference": gateways.texts[0].id, "status": {"code": "2"}}}}
    assert (await door.post(door_address("reports", "cm"), json=report)).status_code == 200
    await home.work()
    assert (await Delivery.get()).state is DeliveryState.DELIVERED


async def test_vonage_and_bird_are_read_in_their_own_shapes(
    door: httpx.AsyncClient, home: House, gateways: Gateways, tmp_path: Path
) -> None:
    gateways.use("vonage", tmp_path)
    await asked_by_text(home)
    form = {"messageId": gateways.texts[0].id, "status": "delivered", "msisdn": "31612345678", "timestamp": "1", "err-code": "0"}
    text = "".join(f"&{name}={form[name]}" for name in sorted(form)).encode()
    form["sig"] = hmac.digest(SIGNING_KEY.encode(), text, "sha512").hex()
    assert (await door.post(door_address("reports", "vonage"), data=form)).status_code == 200
    await home.work()
    assert (await Delivery.get()).state is DeliveryState.DELIVERED

    gateways.use("bird", tmp_path)
    url = door_address("replies", "bird")
    sender = {"contact": {"identifierKey": "phonenumber", "identifierValue": PHONE}}
    body = httpx.Request("POST", url, json={"payload": {"id": "b1", "sender": sender, "body": {"text": {"text": "5"}}}}).content
    digest = hmac.digest(SIGNING_KEY.encode(), b"\n".join((b"17", url.encode(), sha256(body).digest())), "sha256")
    headers = {"messagebird-signature": base64.b64encode(digest).decode(), "messagebird-request-timestamp": "17"}
    answer = await door.post(url, content=body, headers={**headers, "Content-Type": "application/json"})
    assert answer.status_code == 200
    await home.work()
    assert (await InboundMessage.get()).became is Became.ANSWERED
