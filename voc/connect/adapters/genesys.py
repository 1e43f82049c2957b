"""PURE. Genesys Cloud: `v2.detail.events.conversation.{id}.customer.end`, and what other detail events of a conversation add to it.

The end of a conversation tells no queue and no agent: `acd.end`, `user.end` and `acw` of the same conversation do, in whatever order.
"""

from typing import Any

from voc.connect.adapters.told import (
    ContactTold,
    Ignored,
    Payload,
    Terms,
    Told,
    at_ms,
    dialable,
    given,
    inner,
    mailable,
    refuse,
    touchpoint,
)

_CHANNELS = {"VOICE": "phone", "CALLBACK": "phone", "CHAT": "chat", "EMAIL": "email", "MESSAGE": "message", "COBROWSE": "web"}
_NOT_REACHED = ("ERROR", "TRANSPORT_FAILURE", "UNCALLABLE")


def read(payload: Payload, terms: Terms) -> list[Told]:
    """A contact from one event, bare or in the envelope of EventBridge or of the notification service."""
    topic = str(inner(payload, "detail", "topicName") or payload.get("topicName") or "")
    event = inner(payload, "detail", "eventBody") or payload.get("eventBody") or payload
    conversation = inner(event, "conversationId")
    if not conversation:
        raise refuse("This is no event of a Genesys Cloud conversation: `conversationId` is missing.")
    media = str(event.get("mediaType") or "").upper()
    if media == "INTERNALMESSAGE":
        return [Ignored("Colleagues spoke among themselves.")]
    channel = "sms" if event.get("messageType") == "SMS" else _CHANNELS.get(media, "other" if media else None)
    is_end = topic.endswith("customer.end") if topic else "disconnectType" in event and "queueId" not in event
    at = at_ms(event.get("eventTime"))
    fields = given(
        system=terms.system,
        externalId=conversation,
        occurredAt=at,
        endedAt=at if is_end else None,
        touchpoint=touchpoint(terms, channel),
        channel=channel,
        direction=_direction(event),
        outcome=_outcome(str(event.get("disconnectType") or "").upper()) if is_end else None,
        queue=event.get("queueId"),
        agent=event.get("userId"),
        subject=str(event.get("subject") or "")[:300],
        customer=_customer(event, terms),
        attributes=given(**{name: event.get(name) for name in ("disconnectType", "messageType", "divisionId", "wrapupCode")}),
    )
    return [ContactTold(fields)]


def _direction(event: Payload) -> str | None:
    found = str(event.get("direction") or "").lower()
    return found if found in ("inbound", "outbound") else None


def _outcome(disconnect: str) -> str | None:
    if disconnect == "SPAM":
        return "spam"
    if disconnect.endswith("TRANSFER"):
        return "transferred"
    return "abandoned" if disconnect in _NOT_REACHED or disconnect.startswith("DND") else None


def _customer(event: Payload, terms: Terms) -> dict[str, Any] | None:
    ours_first = _direction(event) == "outbound"
    numbers = [event.get("dnis" if ours_first else "ani"), event.get("addressTo" if ours_first else "addressFrom")]
    several = event.get("conversationExternalContactIds")
    known_as = event.get("externalContactId") or (several[0] if isinstance(several, list) and several else None)
    found = given(
        externalId=known_as,
        system=terms.system if known_as else None,
        phone=next((phone for one in numbers if (phone := dialable(one, terms.country))), None),
        email=next((mail for one in numbers if (mail := mailable(one))), None),
    )
    return found or None
