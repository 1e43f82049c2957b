"""Finding out whom an outside id, a telephone number or a mail address belongs to."""

from collections.abc import Iterable
from uuid import UUID

from voc.core import settings
from voc.customers import values
from voc.customers.bulk import find_by
from voc.customers.drafts import ExternalId
from voc.customers.models import Customer, CustomerIdentity
from voc.customers.values import Unreadable


def normalise_phone(text: str, country: str | None = None) -> str | None:
    """A telephone number as E.164, or None when it is none; without a prefix it belongs to `country`, else the one in the settings."""
    try:
        return values.phone(text, country or settings.current().default_country)
    except Unreadable:
        return None


def normalise_mail(text: str) -> str | None:
    """A mail address in our spelling, or None when it is none."""
    try:
        return values.mail(text)
    except Unreadable:
        return None


async def find_customer(system: str, external_id: str) -> Customer | None:
    """The customer whom an outside system knows by this id."""
    known = await customers_known_as([ExternalId(system, external_id)])
    return await Customer.get_or_none(id=next(iter(known.values()))) if known else None


async def find_by_phone(text: str) -> list[Customer]:
    """The customers with this telephone number, however it is written; the one last heard of comes first."""
    number = normalise_phone(text)
    return await Customer.filter(phone=number).order_by("-occurred_at") if number else []


async def find_by_mail(text: str) -> list[Customer]:
    """The customers with this mail address; the one last heard of comes first."""
    address = normalise_mail(text)
    return await Customer.filter(email=address).order_by("-occurred_at") if address else []


async def customers_known_as(refs: Iterable[ExternalId]) -> dict[ExternalId, UUID]:
    """The customer of each outside id that is known, in one statement."""
    found = await find_by(CustomerIdentity, list(refs), ("system", "external_id"))
    return {ExternalId(row["system"], row["external_id"]): row["customer_id"] for row in found}


async def customers_reached_at(addresses: Iterable[str]) -> dict[str, set[UUID]]:
    """The customers behind each mail address or telephone number (both in our spelling), in at most two statements."""
    every = set(addresses)
    behind: dict[str, set[UUID]] = {}
    for column in ("email", "phone"):
        keys = [(address,) for address in every if ("@" in address) == (column == "email")]
        for row in await find_by(Customer, keys, (column,)):
            behind.setdefault(row[column], set()).add(row["id"])
    return behind
