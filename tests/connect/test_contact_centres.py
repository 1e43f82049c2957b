"""Golden: what contact centres send, and what our drafts make of it."""

from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from voc.connect.adapters.sources import SOURCES, adapter_of
from voc.connect.adapters.told import ContactTold, Ignored, Terms, Told
from voc.core import settings as the_settings
from voc.core.errors import Invalid
from voc.customers.drafts import AccountDraft, ContactDraft, CustomerDraft, ExternalId, read_contact
from voc.customers.models import Channel, Direction, Outcome

END = datetime(2026, 3, 3, 9, 7, tzinfo=UTC)
END_MS = int(END.timestamp() * 1000)


@pytest.fixture(autouse=True)
def installed() -> None:
    """The settings that defaults come from."""
    the_settings.install(the_settings.Settings())


def told(source: str, payload: Any, **terms: str) -> list[Told]:
    return adapter_of(source)(payload, Terms(**{"system": source, **terms}))


def contact(source: str, payload: Any, **terms: str) -> ContactDraft:
    (one,) = told(source, payload, **terms)
    assert isinstance(one, ContactTold), one
    return read_contact(one.fields)


GENESYS = {
    "eventTime": END_MS,
    "conversationId": "8f2f6a3e-5f0e-4b0a-9a39-1a2b3c4d5e6f",
    "participantId": "p-1",
    "sessionId": "s-1",
    "disconnectType": "ENDPOINT",
    "mediaType": "VOICE",
    "direction": "INBOUND",
    "ani": "tel:+31612345678",
    "dnis": "tel:+31333030700",
    "externalContactId": "ec-7",
    "interactingDurationMs": 240000,
    "provider": "Edge",
    "divisionId": "div-1",
}
SYSTEM_ID = ExternalId("genesys", "8f2f6a3e-5f0e-4b0a-9a39-1a2b3c4d5e6f")


def test_genesys_a_call_has_ended() -> None:
    expected = ContactDraft(
        ref=SYSTEM_ID,
        customer=CustomerDraft(external_ids=(ExternalId("genesys", "ec-7"),), phone="+31612345678"),
        touchpoint="after-call",
        channel=Channel.PHONE,
        direction=Direction.INBOUND,
        ended_at=END,
        occurred_at=END,
        attributes={"disconnectType": "ENDPOINT", "divisionId": "div-1"},
    )
    topic = "v2.detail.events.conversation.8f2f6a3e.customer.end"
    assert contact("genesys", GENESYS) == expected
    assert contact("genesys", {"topicName": topic, "eventBody": GENESYS}) == expected
    assert contact("genesys", {"source": "aws.partner/genesys", "detail": {"topicName": topic, "eventBody": GENESYS}}) == expected


def test_genesys_queue_and_agent_come_with_other_events_which_end_nothing() -> None:
    topic = "v2.detail.events.conversation.8f2f6a3e.acd.end"
    event = {"eventTime": END_MS, "conversationId": SYSTEM_ID.external_id, "mediaType": "VOICE", "queueId": "q-1", "userId": "u-1"}
    for payload in ({"topicName": topic, "eventBody": event}, event):
        draft = contact("genesys", payload)
        assert (draft.queue, draft.agent_key) == ("q-1", "u-1")
        assert read_contact({"externalId": "x"}).ended_at == draft.ended_at == draft.outcome


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"disconnectType": "SPAM"}, {"outcome": Outcome.SPAM}),
        ({"disconnectType": "CONSULT_TRANSFER"}, {"outcome": Outcome.TRANSFERRED}),
        ({"disconnectType": "ERROR"}, {"outcome": Outcome.ABANDONED}),
        ({"disconnectType": "DND_GEO"}, {"outcome": Outcome.ABANDONED}),
        ({"mediaType": "MESSAGE", "messageType": "WHATSAPP"}, {"channel": Channel.MESSAGE, "touchpoint": "after-message"}),
        ({"mediaType": "MESSAGE", "messageType": "SMS"}, {"channel": Channel.SMS}),
        ({"mediaType": "SCREENSHARE"}, {"channel": Channel.OTHER}),
        (
            {"mediaType": "EMAIL", "ani": None, "externalContactId": None, "addressFrom": "Anna@Example.nl", "subject": "Invoice"},
            {"channel": Channel.EMAIL, "customer": CustomerDraft(email="anna@example.nl"), "subject": "Invoice"},
        ),
        (
            {"direction": "OUTBOUND", "ani": "tel:+31333030700", "dnis": "tel:+31612345678", "externalContactId": None},
            {"direction": Direction.OUTBOUND, "customer": CustomerDraft(phone="+31612345678")},
        ),
        ({"ani": "anonymous", "externalContactId": None}, {}),
        ({"ani": "sip:1234@local"}, {"customer": CustomerDraft(external_ids=(ExternalId("genesys", "ec-7"),))}),
    ],
)
def test_genesys_kinds_of_ends(change: dict[str, Any], expected: dict[str, Any]) -> None:
    draft = contact("genesys", {**GENESYS, **change})
    assert {name: getattr(draft, name) for name in expected} == expected
    if change.get("ani") == "anonymous":
        assert not isinstance(draft.customer, CustomerDraft)


def test_genesys_colleagues_among_themselves_are_ignored() -> None:
    assert told("genesys", {**GENESYS, "mediaType": "INTERNALMESSAGE"}) == [Ignored("Colleagues spoke among themselves.")]


ARN = "arn:aws:connect:eu-central-1:123456789012:instance/i-1"
AMAZON = {
    "version": "0",
    "source": "aws.connect",
    "detail-type": "Amazon Connect Contact Event",
    "time": "2026-03-03T09:07:02Z",
    "detail": {
        "eventType": "COMPLETED",
        "contactId": "c-1",
        "initialContactId": "c-1",
        "channel": "VOICE",
        "instanceArn": ARN,
        "initiationMethod": "INBOUND",
        "initiationTimestamp": "2026-03-03T09:00:00.123Z",
        "connectedToSystemTimestamp": "2026-03-03T09:00:00.200Z",
        "disconnectTimestamp": "2026-03-03T09:07:00Z",
        "queueInfo": {"queueArn": f"{ARN}/queue/q-1", "queueType": "STANDARD", "enqueueTimestamp": "2026-03-03T09:01:00Z"},
        "agentInfo": {"agentArn": f"{ARN}/agent/a-1", "connectedToAgentTimestamp": "2026-03-03T09:02:00Z"},
        "attributes": {"customerId": "42"},
    },
}


def amazon(**change: Any) -> dict[str, Any]:
    return {**AMAZON, "detail": {**AMAZON["detail"], **change}}  # type: ignore[dict-item]


def test_amazon_connect_a_call_has_ended() -> None:
    assert contact("amazon-connect", AMAZON) == ContactDraft(
        ref=ExternalId("amazon-connect", "c-1"),
        customer=CustomerDraft(external_ids=(ExternalId("crm", "42"),)),
        touchpoint="after-call",
        channel=Channel.PHONE,
        direction=Direction.INBOUND,
        queue="q-1",
        agent_key="a-1",
        started_at=datetime(2026, 3, 3, 9, 0, 0, 123000, tzinfo=UTC),
        ended_at=END,
        occurred_at=datetime(2026, 3, 3, 9, 7, 2, tzinfo=UTC),
        attributes={"contactId": "c-1", "instance": "i-1"},
    )


def test_amazon_connect_a_transfer_belongs_to_the_first_contact() -> None:
    draft = contact("amazon-connect", amazon(contactId="c-2", previousContactId="c-1", initiationMethod="TRANSFER"))
    assert draft.ref == ExternalId("amazon-connect", "c-1")
    assert draft.attributes == {"contactId": "c-2", "previousContactId": "c-1", "instance": "i-1"}
    assert not isinstance(draft.started_at, datetime)


def test_amazon_connect_who_never_reached_an_agent_gave_up() -> None:
    assert contact("amazon-connect", amazon(agentInfo=None)).outcome is Outcome.ABANDONED
    assert not isinstance(contact("amazon-connect", amazon(agentInfo=None, queueInfo=None)).outcome, Outcome)
    assert not isinstance(contact("amazon-connect", amazon(agentInfo=None, eventType="QUEUED")).outcome, Outcome)


def test_amazon_connect_events_before_the_end_end_nothing_and_old_spellings_are_read() -> None:
    draft = contact(
        "amazon-connect",
        {"EventType": "CONNECTED_TO_AGENT", "ContactId": "c-1", "Channel": "CHAT", "DisconnectTimestamp": "2026-03-03T09:07:00Z"},
    )
    assert (draft.ref.external_id, draft.channel) == ("c-1", Channel.CHAT)
    assert not isinstance(draft.ended_at, datetime)
    calling = amazon(attributes=None, customerEndpoint={"Type": "TELEPHONE_NUMBER", "Address": "+31612345678"})
    assert contact("amazon-connect", calling).customer == CustomerDraft(phone="+31612345678")


def test_amazon_connect_tasks_and_listeners_are_ignored() -> None:
    for change in ({"channel": "TASK"}, {"initiationMethod": "MONITOR"}):
        assert isinstance(told("amazon-connect", amazon(**change))[0], Ignored)


ZENDESK = {
    "type": "zen:event-type:ticket.status_changed",
    "account_id": 12514403,
    "id": "2b24ef10",
    "time": "2026-03-03T09:07:00Z",
    "zendesk_event_version": "2022-06-20",
    "subject": "zen:ticket:5158",
    "detail": {
        "id": "5158",
        "status": "SOLVED",
        "requester_id": "8447388090494",
        "assignee_id": "8447388090495",
        "group_id": "8447320466430",
        "organization_id": "8447346621310",
        "brand_id": "8447320465790",
        "actor_id": "8447388090495",
        "priority": "LOW",
        "tags": ["billing", "vip"],
        "via": {"channel": "email"},
        "is_public": True,
        "created_at": "2026-03-02T09:00:00Z",
        "updated_at": "2026-03-03T09:07:00Z",
    },
    "event": {"current": "SOLVED", "previous": "OPEN"},
}


def zendesk(current: str, previous: str, **detail: Any) -> dict[str, Any]:
    return {**ZENDESK, "event": {"current": current, "previous": previous}, "detail": {**ZENDESK["detail"], **detail}}  # type: ignore[dict-item]


def test_zendesk_a_ticket_is_solved() -> None:
    assert contact("zendesk", ZENDESK) == ContactDraft(
        ref=ExternalId("zendesk", "5158"),
        customer=CustomerDraft(
            external_ids=(ExternalId("zendesk", "8447388090494"),),
            account=AccountDraft(ref=ExternalId("zendesk", "8447346621310")),
        ),
        touchpoint="after-mail",
        channel=Channel.EMAIL,
        outcome=Outcome.SOLVED,
        queue="8447320466430",
        agent_key="8447388090495",
        started_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        ended_at=END,
        occurred_at=END,
        attributes={"status": "solved", "tags": "billing vip", "priority": "LOW", "brandId": "8447320465790"},
    )


def test_zendesk_opened_again_the_contact_goes_on() -> None:
    draft = contact("zendesk", zendesk("open", "solved"))
    assert (draft.ended_at, draft.outcome) == (None, None)


def test_zendesk_closing_after_days_does_not_move_the_end() -> None:
    assert not isinstance(contact("zendesk", zendesk("CLOSED", "SOLVED")).ended_at, datetime)
    assert contact("zendesk", zendesk("CLOSED", "OPEN")).ended_at == END


def test_zendesk_other_channels_and_events() -> None:
    assert contact("zendesk", zendesk("SOLVED", "OPEN", via={"channel": "whatsapp"})).channel is Channel.MESSAGE
    assert contact("zendesk", zendesk("SOLVED", "OPEN", via={"channel": "api"})).channel is Channel.OTHER
    assert isinstance(told("zendesk", {**ZENDESK, "type": "zen:event-type:ticket.comment_added"})[0], Ignored)
    assert isinstance(told("zendesk", zendesk("DELETED", "OPEN"))[0], Ignored)


TWILIO = {
    "EventType": "task.completed",
    "AccountSid": "AC1",
    "WorkspaceSid": "WS1",
    "ResourceType": "task",
    "ResourceSid": "WT1",
    "Timestamp": str(END_MS // 1000),
    "TimestampMs": str(END_MS),
    "TaskSid": "WT1",
    "TaskAttributes": orjson.dumps(
        {
            "customerAddress": "whatsapp:+31612345678",
            "customerName": "Anna",
            "conversationSid": "CH1",
            "channelType": "whatsapp",
            "direction": "inbound",
            "customers": {"external_id": "42"},
        }
    ).decode(),
    "TaskAge": "420",
    "TaskCompletedReason": "resolved",
    "TaskQueueName": "Billing",
    "TaskChannelUniqueName": "chat",
    "WorkerSid": "WK1",
    "WorkerName": "jan",
}


def test_twilio_a_task_is_completed() -> None:
    assert contact("twilio", TWILIO) == ContactDraft(
        ref=ExternalId("twilio", "WT1"),
        customer=CustomerDraft(external_ids=(ExternalId("crm", "42"),), name="Anna", phone="+31612345678"),
        touchpoint="after-message",
        channel=Channel.MESSAGE,
        direction=Direction.INBOUND,
        queue="Billing",
        agent_key="jan",
        ended_at=END,
        occurred_at=END,
        attributes={"conversationSid": "CH1", "reason": "resolved", "age": "420"},
    )


def test_twilio_as_a_cloud_event_and_with_broken_attributes() -> None:
    event = {
        "specversion": "1.0",
        "type": "com.twilio.taskrouter.task.completed",
        "time": "2026-03-03T09:07:00Z",
        "data": {
            "schema": "TaskRouter.WDSEvent/4",
            "payload": {"task_sid": "WT1", "task_channel_unique_name": "voice", "task_attributes": "{"},
        },
    }
    draft = contact("twilio", event)
    assert (draft.ref.external_id, draft.channel, draft.ended_at) == ("WT1", Channel.PHONE, END)


def test_twilio_given_up_or_not_an_end() -> None:
    assert contact("twilio", {**TWILIO, "EventType": "task.canceled"}).outcome is Outcome.ABANDONED
    given_up = {**TWILIO, "TaskAttributes": '{"conversations": {"abandoned": "Yes"}}'}
    assert contact("twilio", given_up).outcome is Outcome.ABANDONED
    for kind in ("task.wrapup", "reservation.accepted", "worker.activity.update"):
        assert isinstance(told("twilio", {**TWILIO, "EventType": kind})[0], Ignored)


def test_our_own_shape_is_taken_as_it_is() -> None:
    draft = contact("", {"externalId": "c-1", "touchpoint": "delivery"}, system="shop", touchpoint="after-call")
    assert (draft.ref, draft.touchpoint) == (ExternalId("shop", "c-1"), "delivery")
    assert contact("", {"externalId": "c-1"}, system="").ref == ExternalId("contact-centre", "c-1")


def test_the_touchpoint_and_system_can_be_asked_for() -> None:
    draft = contact("genesys", GENESYS, touchpoint="complaint-call", system="genesys-eu")
    assert (draft.touchpoint, draft.ref.system) == ("complaint-call", "genesys-eu")


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("payload", [{}, {"hello": "world"}, {"detail": []}, {"data": {"payload": 7}}, {"meta": []}])
def test_what_is_of_no_source_is_refused_with_a_reason(source: str, payload: Any) -> None:
    with pytest.raises(Invalid) as refused:
        told(source, payload)
    assert refused.value.faults[0].code == "NOT_OF_THIS_SOURCE"


def test_an_unknown_source_names_the_known_ones() -> None:
    with pytest.raises(Invalid, match="genesys, amazon-connect, zendesk"):
        adapter_of("avaya")
