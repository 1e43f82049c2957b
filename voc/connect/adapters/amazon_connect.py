"""PURE. Amazon Connect contact events, as EventBridge brings them: unordered, repeated, and in more than one spelling.

Transfers are segments of one contact: all of them are told under the id of the first.
"""

from typing import Any

from voc.connect.adapters.told import (
    ContactTold,
    Ignored,
    Payload,
    Terms,
    Told,
    a_map,
    dialable,
    given,
    mailable,
    plain_keys,
    refuse,
    touchpoint,
)

_CHANNELS = {"VOICE": "phone", "CHAT": "chat", "EMAIL": "email"}
_ENDS = ("COMPLETED", "DISCONNECTED")


def read(payload: Payload, terms: Terms) -> list[Told]:
    """A contact from one event, in its envelope or bare."""
    event = plain_keys(a_map(payload.get("detail")) or payload)
    contact = event.get("contactid")
    if not contact or not event.get("eventtype"):
        raise refuse("This is no Amazon Connect contact event: `contactId` and `eventType` are needed.")
    told_channel = str(event.get("channel") or "").upper()
    if told_channel == "TASK":
        return [Ignored("A task is no contact with a customer.")]
    if str(event.get("initiationmethod") or "").upper() in ("MONITOR", "AGENT_REPLY"):
        return [Ignored("Somebody listened in.")]
    channel = _CHANNELS.get(told_channel, "other" if told_channel else None)
    queue, agent = plain_keys(a_map(event.get("queueinfo"))), plain_keys(a_map(event.get("agentinfo")))
    is_end = str(event["eventtype"]).upper() in _ENDS
    ended = event.get("disconnecttimestamp")
    fields = given(
        system=terms.system,
        externalId=event.get("initialcontactid") or contact,
        occurredAt=payload.get("time") or ended or event.get("connectedtosystemtimestamp") or event.get("initiationtimestamp"),
        startedAt=event.get("initiationtimestamp")
        if not event.get("initialcontactid") or event.get("initialcontactid") == contact
        else None,
        endedAt=ended if is_end else None,
        touchpoint=touchpoint(terms, channel),
        channel=channel,
        direction=_direction(event),
        outcome="abandoned" if is_end and queue and not agent else None,
        queue=_name(queue.get("queuearn")),
        agent=_name(agent.get("agentarn")),
        customer=_customer(event, terms),
        attributes=given(contactId=contact, previousContactId=event.get("previouscontactid"), instance=_name(event.get("instancearn"))),
    )
    return [ContactTold(fields)]


def _direction(event: Payload) -> str | None:
    method = str(event.get("initiationmethod") or "").upper()
    return None if not method else "outbound" if method.endswith("OUTBOUND") else "inbound"


def _name(arn: object) -> str | None:
    return str(arn).rpartition("/")[2] if arn else None


def _customer(event: Payload, terms: Terms) -> dict[str, Any] | None:
    """Amazon Connect knows no customers: their id and addresses come in attributes that the contact flow sets."""
    said = plain_keys(a_map(event.get("attributes")))
    endpoint = plain_keys(a_map(event.get("customerendpoint"))).get("address")
    return (
        given(
            externalId=said.get("customerid"),
            phone=dialable(said.get("customerphone") or endpoint, terms.country),
            email=mailable(said.get("customeremail") or endpoint),
        )
        or None
    )
