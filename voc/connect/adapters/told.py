"""PURE. What an adapter makes of a payload, and the small things that all adapters need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from voc.core.errors import Invalid
from voc.customers import values
from voc.customers.values import Unreadable

Payload: TypeAlias = Mapping[str, Any]
TOUCHPOINTS = {"phone": "after-call", "chat": "after-chat", "email": "after-mail", "message": "after-message", "sms": "after-message"}


@dataclass(frozen=True, slots=True)
class ContactTold:
    """Fields of a contact, for `read_contact`."""

    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class CustomerTold:
    """Fields of a customer, for `read_customer`."""

    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AccountTold:
    """Fields of an account, for `read_account`."""

    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ignored:
    """A payload that is understood and changes nothing here, and why."""

    why: str


Told: TypeAlias = ContactTold | CustomerTold | AccountTold | Ignored


@dataclass(frozen=True, slots=True)
class Terms:
    """How a source is read: the system its ids belong to, the touchpoint where the payload tells none, the country of its numbers."""

    system: str
    touchpoint: str = ""
    country: str = "NL"


Adapter: TypeAlias = Callable[[Payload, Terms], list[Told]]


def refuse(what: str) -> Invalid:
    """The refusal of a payload that is not of this source."""
    return Invalid.at("", "NOT_OF_THIS_SOURCE", what)


def given(**fields: Any) -> dict[str, Any]:
    """The fields of which something was said."""
    return {name: value for name, value in fields.items() if value not in (None, "")}


def inner(payload: object, *path: str) -> Any:
    """What lies at a path of maps, or None."""
    for name in path:
        if not isinstance(payload, Mapping):
            return None
        payload = payload.get(name)
    return payload


def a_map(value: object) -> Payload:
    """The value where it is a map, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def plain_keys(payload: Payload) -> dict[str, Any]:
    """The same map with keys in lower case and without underscores: some sources spell them in several ways."""
    return {str(key).lower().replace("_", ""): value for key, value in payload.items()}


def dialable(number: object, country: str) -> str | None:
    """A telephone number, also behind `tel:` or `whatsapp:`; None where it is none, such as for anonymous callers."""
    if not isinstance(number, str):
        return None
    try:
        return values.phone(number.rpartition(":")[2], country)
    except Unreadable:
        return None


def mailable(address: object) -> str | None:
    """A mail address; None where it is none."""
    try:
        return values.mail(address) if isinstance(address, str) else None
    except Unreadable:
        return None


def at_ms(value: object) -> str | None:
    """A moment told in milliseconds since 1970."""
    return _at(value, 1000)


def at_seconds(value: object) -> str | None:
    """A moment told in seconds since 1970."""
    return _at(value, 1)


def touchpoint(terms: Terms, channel: str | None) -> str | None:
    """The touchpoint asked for, else the usual one after this channel."""
    return terms.touchpoint or TOUCHPOINTS.get(channel or "")


def _at(value: object, parts: int) -> str | None:
    try:
        return datetime.fromtimestamp(int(str(value)) / parts, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None
