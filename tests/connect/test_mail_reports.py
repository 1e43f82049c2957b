"""What mail providers tell of our mails, in the shapes they publish."""

from typing import Any

import httpx
import orjson
import pytest

from tests.outreach.house import ASKED, House
from voc.app import create_app
from voc.connect.mail_providers import PROVIDERS, Event, read_events
from voc.connect.mail_reports import confirmation_in, report_addresses
from voc.core import settings
from voc.outreach.models import Delivery, DeliveryReport, DeliveryState, Invitation, InvitationState, Suppression
from voc.outreach.returning.report_kinds import ReportKind

BOUNCED, RETURNED, DELIVERED, COMPLAINED = ReportKind.BOUNCED, ReportKind.RETURNED, ReportKind.DELIVERED, ReportKind.COMPLAINED
SENT = "<01a20061-04e3-7267-b0cb-2088a87a1f52@fiber.example>"
OWN = {"message_id": SENT, "provider_id": "p1"}


def ses(kind: str, **parts: Any) -> dict[str, Any]:
    mail = {"messageId": "p1", "source": "back@x.example", "commonHeaders": {"messageId": SENT}}
    return {"Type": "Notification", "Message": orjson.dumps({"notificationType": kind, "mail": mail, **parts}).decode()}


def bounce(kind: str, **recipient: str) -> dict[str, Any]:
    return {"bounceType": kind, "feedbackId": "f1", "bouncedRecipients": [{"emailAddress": "anna@klant.example", **recipient}]}


def sendgrid(event: str, **more: str) -> list[dict[str, Any]]:
    return [{"event": event, "email": "anna@klant.example", "sg_event_id": "f1", "sg_message_id": "p1", "smtp-id": SENT, **more}]


def mailgun(event: str, **more: Any) -> dict[str, Any]:
    data = {"event": event, "id": "f1", "message": {"headers": {"message-id": SENT.strip("<>")}}, "recipient": "anna@klant.example", **more}
    return {"signature": {"token": "t"}, "event-data": data}


def postmark(record: str, **more: Any) -> dict[str, Any]:
    return {"RecordType": record, "ID": 4, "MessageID": "p1", "Email": "anna@klant.example", **more}


@pytest.mark.parametrize(
    ("provider", "document", "told"),
    [
        (
            "ses",
            ses("Bounce", bounce=bounce("Permanent", action="failed", diagnosticCode="smtp; 550 5.1.1 gone")),
            Event(BOUNCED, "f1", **OWN, wrote_from="back@x.example", said="smtp; 550 5.1.1 gone"),
        ),
        ("ses", ses("Bounce", bounce=bounce("Transient", action="failed")), Event(RETURNED, "f1", **OWN, wrote_from="back@x.example")),
        ("ses", ses("Bounce", bounce=bounce("Transient")), None),
        ("ses", ses("Complaint", complaint={"feedbackId": "f1"}), Event(COMPLAINED, "f1", **OWN, wrote_from="back@x.example")),
        ("ses", ses("Complaint", complaint={"feedbackId": "f1", "complaintFeedbackType": "not-spam"}), None),
        ("ses", ses("Delivery", delivery={}), Event(DELIVERED, "p1", **OWN, wrote_from="back@x.example")),
        ("ses", ses("Open"), None),
        ("sendgrid", sendgrid("bounce", type="bounce", reason="550 no"), Event(BOUNCED, "f1", **OWN, said="550 no")),
        ("sendgrid", sendgrid("bounce", type="blocked"), Event(RETURNED, "f1", **OWN)),
        ("sendgrid", sendgrid("dropped", reason="Bounced Address"), Event(BOUNCED, "f1", **OWN, said="Bounced Address")),
        ("sendgrid", sendgrid("deferred"), None),
        ("sendgrid", sendgrid("spamreport"), Event(COMPLAINED, "f1", **OWN)),
        ("sendgrid", sendgrid("delivered", response="250 OK"), Event(DELIVERED, "f1", **OWN, said="250 OK")),
        ("mailgun", mailgun("failed", severity="permanent", reason="bounce"), Event(BOUNCED, "f1", message_id=SENT, said="bounce")),
        ("mailgun", mailgun("failed", severity="permanent", reason="old"), Event(RETURNED, "f1", message_id=SENT, said="old")),
        ("mailgun", mailgun("failed", severity="temporary", reason="generic"), None),
        ("mailgun", mailgun("complained"), Event(COMPLAINED, "f1", message_id=SENT)),
        ("mailgun", mailgun("delivered"), Event(DELIVERED, "f1", message_id=SENT)),
        ("postmark", postmark("Bounce", Type="HardBounce"), Event(BOUNCED, "4", provider_id="p1", address="anna@klant.example")),
        ("postmark", postmark("Bounce", Type="SoftBounce"), Event(RETURNED, "4", provider_id="p1", address="anna@klant.example")),
        ("postmark", postmark("Bounce", Type="AutoResponder"), None),
        ("postmark", postmark("SpamComplaint"), Event(COMPLAINED, "4", provider_id="p1", address="anna@klant.example")),
        ("postmark", postmark("Delivery"), Event(DELIVERED, "4", provider_id="p1", address="anna@klant.example")),
    ],
)
def test_what_an_event_means(provider: str, document: object, told: Event | None) -> None:
    assert read_events(PROVIDERS[provider], document) == ([told] if told else [])


@pytest.mark.parametrize(
    "document", [None, [], "x", 5, {}, [None, 1, {"event": {}}], {"event-data": []}, {"Type": "Notification", "Message": "{"}]
)
def test_nonsense_means_nothing(document: object) -> None:
    assert [read_events(provider, document) for provider in PROVIDERS.values()] == [[]] * 4


@pytest.mark.parametrize(
    ("address", "is_theirs"),
    [
        ("https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2", True),
        ("http://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription", False),
        ("https://sns.eu-west-1.amazonaws.com.evil.example/?Action=ConfirmSubscription", False),
        ("https://a@169.254.169.254/?Action=ConfirmSubscription", False),
        ("https://sns.eu-west-1.amazonaws.com:8443/?Action=ConfirmSubscription", False),
        ("https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe", False),
    ],
)
def test_only_amazon_is_asked_to_confirm(address: str, is_theirs: bool) -> None:
    assert confirmation_in({"Type": "SubscriptionConfirmation", "SubscribeURL": address}) == (address if is_theirs else None)


@pytest.fixture
async def asked(db: str, clock: object) -> Invitation:
    """Somebody was asked by mail, and the whole application listens."""
    house = House(db)
    create_app(settings.current())
    await house.furnish()
    await house.policy()
    await house.contact()
    await house.work(days=1)
    assert await house.decisions() == [ASKED]
    return await house.invitation()


async def told(address: str, document: object) -> int:
    transport = httpx.ASGITransport(app=create_app(settings.current()))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return (await client.post(address.removeprefix(settings.current().base_url), json=document)).status_code


async def test_a_provider_tells_once_however_often_it_says_it(asked: Invitation) -> None:
    addresses, sent = report_addresses(), (await Delivery.get()).message_id
    arrived = [*sendgrid("delivered"), *sendgrid("open"), *sendgrid("bounce", type="bounce", **{"smtp-id": "<other@elsewhere.example>"})]
    assert await told(addresses["sendgrid"], [{**one, "smtp-id": sent} if one["event"] == "delivered" else one for one in arrived]) == 200
    assert (await Delivery.get()).state is DeliveryState.DELIVERED
    back = mailgun("failed", severity="permanent", reason="bounce", message={"headers": {"message-id": sent.strip("<>")}})
    assert [await told(addresses["mailgun"], back) for _ in range(2)] == [200, 200]
    invitation = await Invitation.get()
    assert ((await Delivery.get()).state, invitation.state, invitation.delivered_at) == (
        DeliveryState.BOUNCED,
        InvitationState.FAILED,
        None,
    )
    assert (await DeliveryReport.all().count(), await Suppression.all().count()) == (2, 1)


async def test_whoever_does_not_know_the_address_is_not_heard(asked: Invitation) -> None:
    addresses = report_addresses()
    document = postmark("SpamComplaint", Email="anna@klant.example")
    for wrong in (
        addresses["postmark"][:-1] + "!",
        addresses["ses"].replace("/ses/", "/postmark/"),
        addresses["ses"].replace("/ses/", "/none/"),
    ):
        assert await told(wrong, document) == 404
    assert await Suppression.all().count() == 0
    await Delivery.all().update(state=DeliveryState.STARTED)
    assert await told(addresses["postmark"], document) == 503
    await Delivery.all().update(state=DeliveryState.ACCEPTED)
    assert await told(addresses["postmark"], document) == 200
    assert {one.reason for one in await Suppression.all()} == {"complained"}
