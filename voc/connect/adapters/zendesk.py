"""PURE. Zendesk event webhooks `ticket.status_changed`: a ticket is a contact that ends when it is solved, and is open again when not."""

from voc.connect.adapters.told import ContactTold, Ignored, Payload, Terms, Told, a_map, given, inner, refuse, touchpoint

STATUS_CHANGED = "zen:event-type:ticket.status_changed"
_CHANNELS = {
    "web": "web",
    "email": "email",
    "chat": "chat",
    "voice": "phone",
    "phone": "phone",
    "sms": "sms",
    "mobile_sdk": "app",
    "native_messaging": "message",
    "messaging": "message",
    "whatsapp": "message",
    "facebook": "message",
    "twitter": "message",
    "instagram_dm": "message",
}


def read(payload: Payload, terms: Terms) -> list[Told]:
    """A contact from one event. Closing, which follows solving by itself after days, does not move the end."""
    kind, ticket = str(payload.get("type") or ""), a_map(payload.get("detail"))
    if not kind.startswith("zen:event-type:"):
        raise refuse("This is no Zendesk event: `type` begins with zen:event-type.")
    if kind != STATUS_CHANGED:
        return [Ignored(f"Only {STATUS_CHANGED} says that a contact ended.")]
    number = ticket.get("id") or str(payload.get("subject") or "").rpartition(":")[2]
    if not number:
        raise refuse("The event names no ticket: `detail.id` is missing.")
    status = str(inner(payload, "event", "current") or ticket.get("status") or "").lower()
    if status == "deleted":
        return [Ignored("A ticket was deleted, which says nothing about how the contact went.")]
    via = str(inner(ticket, "via", "channel") or "").lower()
    channel = _CHANNELS.get(via, "other") if via else None
    fields = given(
        system=terms.system,
        externalId=str(number),
        occurredAt=payload.get("time"),
        startedAt=ticket.get("created_at"),
        touchpoint=touchpoint(terms, channel),
        channel=channel,
        queue=_text(ticket.get("group_id")),
        agent=_text(ticket.get("assignee_id")),
        customer=_customer(ticket, terms),
        attributes=given(
            status=status,
            tags=" ".join(str(tag) for tag in ticket.get("tags") or [])[:2000],
            priority=ticket.get("priority"),
            brandId=_text(ticket.get("brand_id")),
            ticketExternalId=ticket.get("external_id"),
        ),
    )
    was_solved = str(inner(payload, "event", "previous") or "").lower() == "solved"
    if status == "closed" and was_solved:
        fields |= {"outcome": "solved"}
    elif status in ("solved", "closed"):
        fields |= {"endedAt": payload.get("time"), "outcome": "solved"}
    else:
        fields |= {"endedAt": None, "outcome": None}
    return [ContactTold(fields)]


def _customer(ticket: Payload, terms: Terms) -> dict[str, object] | None:
    if not ticket.get("requester_id"):
        return None
    organisation = _text(ticket.get("organization_id"))
    account = {"system": terms.system, "externalId": organisation} if organisation else None
    return given(system=terms.system, externalId=_text(ticket["requester_id"]), account=account)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
