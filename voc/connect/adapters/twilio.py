"""PURE. Twilio TaskRouter and Flex: `task.completed` and `task.canceled`, as a form or as a CloudEvent."""

from typing import Any

import orjson

from voc.connect.adapters.told import (
    ContactTold,
    Ignored,
    Payload,
    Terms,
    Told,
    a_map,
    at_ms,
    at_seconds,
    dialable,
    given,
    inner,
    mailable,
    plain_keys,
    refuse,
    touchpoint,
)

_CHANNELS = {"voice": "phone", "chat": "chat", "web": "chat", "sms": "sms", "email": "email", "whatsapp": "message", "messenger": "message"}


def read(payload: Payload, terms: Terms) -> list[Told]:
    """A contact from the end of a task; every other event is ignored."""
    event = plain_keys(a_map(inner(payload, "data", "payload")) or payload)
    kind = str(event.get("eventtype") or payload.get("type") or "").removeprefix("com.twilio.taskrouter.")
    if not kind or not event.get("tasksid"):
        if kind:
            return [Ignored(f"`{kind}` is about no task.")]
        raise refuse("This is no TaskRouter event: `EventType` and `TaskSid` are needed.")
    if kind not in ("task.completed", "task.canceled"):
        return [Ignored(f"`{kind}` is not the end of a contact.")]
    said = _attributes(event.get("taskattributes"))
    conversation = a_map(said.get("conversations"))
    how = [str(event.get("taskchanneluniquename") or "").lower(), str(said.get("channelType") or "").lower()]
    channel = next((_CHANNELS[name] for name in reversed(how) if name in _CHANNELS), "other")
    at = at_ms(event.get("timestampms")) or at_seconds(event.get("timestamp")) or payload.get("time")
    is_abandoned = kind == "task.canceled" or str(conversation.get("abandoned") or "").lower() == "yes"
    direction = str(said.get("direction") or "").lower()
    fields = given(
        system=terms.system,
        externalId=event["tasksid"],
        occurredAt=at,
        endedAt=at,
        touchpoint=touchpoint(terms, channel),
        channel=channel,
        direction=direction if direction in ("inbound", "outbound") else None,
        outcome="abandoned" if is_abandoned else None,
        queue=event.get("taskqueuename") or event.get("taskqueuesid"),
        agent=event.get("workername") or event.get("workersid"),
        customer=_customer(said, terms),
        attributes=given(
            conversationSid=said.get("conversationSid"),
            reason=event.get("taskcompletedreason") or event.get("taskcanceledreason"),
            age=event.get("taskage"),
        ),
    )
    return [ContactTold(fields)]


def _attributes(text: object) -> Payload:
    try:
        return a_map(orjson.loads(text) if isinstance(text, str) else text)
    except orjson.JSONDecodeError:
        return {}


def _customer(said: Payload, terms: Terms) -> dict[str, Any] | None:
    known = a_map(said.get("customers"))
    address = said.get("customerAddress") or said.get("from")
    return (
        given(
            externalId=known.get("external_id"),
            name=str(said.get("customerName") or "")[:300],
            phone=dialable(known.get("phone") or address, terms.country),
            email=mailable(known.get("email") or address),
        )
        or None
    )
