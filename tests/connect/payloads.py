"""What contact centres really send, as their documentation shows it, and reading it."""

from datetime import UTC, datetime
from typing import Any

import orjson

from voc.connect.adapters.sources import adapter_of
from voc.connect.adapters.told import ContactTold, Terms, Told
from voc.customers.drafts import ContactDraft, read_contact

END = datetime(2026, 3, 3, 9, 7, tzinfo=UTC)
END_MS = int(END.timestamp() * 1000)


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


def told(source: str, payload: Any, **terms: str) -> list[Told]:
    return adapter_of(source)(payload, Terms(**{"system": source, **terms}))


def contact(source: str, payload: Any, **terms: str) -> ContactDraft:
    (one,) = told(source, payload, **terms)
    assert isinstance(one, ContactTold), one
    return read_contact(one.fields)
