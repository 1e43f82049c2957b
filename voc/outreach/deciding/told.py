"""What rows tell of a contact, its customer and their account, as the facts that rules decide on."""

from collections.abc import Iterable, Mapping
from typing import Any

from voc.core import settings
from voc.core.db import as_json, as_moment
from voc.customers.models import Channel
from voc.outreach.deciding.facts import AccountFacts, ContactFacts, CustomerFacts, Reach
from voc.outreach.wishes.phone_numbers import takes_texts


def contact_told(row: Mapping[str, Any]) -> ContactFacts | None:
    """The contact; None while it has not ended."""
    ended_at = as_moment(row["ended_at"])
    if ended_at is None:
        return None
    return ContactFacts(
        touchpoint=row["touchpoint"],
        ended_at=ended_at,
        started_at=as_moment(row["started_at"]),
        channel=row["channel"],
        direction=row["direction"],
        outcome=row["outcome"],
        team=row["team_key"],
        queue=row["queue"],
        agent=row["agent_key"],
        subject=row["subject"],
        attributes=as_json(row["attributes"]) or {},
    )


def customer_told(row: Mapping[str, Any]) -> CustomerFacts:
    """The customer."""
    return CustomerFacts(
        language=row["language"],
        time_zone=row["time_zone"],
        segment=row["segment"],
        value=None if row["value_amount"] is None else float(row["value_amount"]),
        currency=row["value_currency"],
        has_email=bool(row["email"]),
        has_phone=bool(row["phone"]),
        has_account=row["account_id"] is not None,
        known_since=as_moment(row["known_since"]),
        attributes=as_json(row["customer_attributes"]) or {},
    )


def account_told(row: Mapping[str, Any]) -> AccountFacts | None:
    """The account, if the customer belongs to one."""
    if row["account_id"] is None:
        return None
    return AccountFacts(
        segment=row["account_segment"],
        value=None if row["account_value"] is None else float(row["account_value"]),
        currency=row["account_currency"],
        owner=row["account_owner"],
        attributes=as_json(row["account_attributes"]) or {},
    )


def reach_told(email: str | None, consents: Mapping[str, str], suppressed: Iterable[str], phone: str | None = None) -> Reach:
    """Over which channels the customer can be reached: the outbox has what mail has, and a link goes with whatever delivers it.

    A number counts for texts where it can receive them and its country is allowed.
    """
    addresses = {Channel.OTHER.value, *((Channel.EMAIL.value, Channel.OUTBOX.value) if email else ())}
    if phone and takes_texts(phone, settings.current().sms_countries):
        addresses.add(Channel.SMS.value)
    said = {**consents, **({Channel.OUTBOX.value: consents["email"]} if "email" in consents else {})}
    asks_unknown = settings.current().unknown_consent == "ask"
    return Reach(addresses=frozenset(addresses), consents=said, suppressed=with_outbox(suppressed), asks_unknown=asks_unknown)


def with_outbox(channels: Iterable[str]) -> frozenset[str]:
    """The channels, with the outbox where mail is among them."""
    named = frozenset(channels)
    return named | {Channel.OUTBOX.value} if Channel.EMAIL.value in named else named
