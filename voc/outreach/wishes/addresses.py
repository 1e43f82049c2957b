"""How customers are found back in the list of those who get no messages, without the list holding an address."""

from contextlib import suppress
from uuid import UUID

from voc.core import settings
from voc.core.ids import signed
from voc.customers import values
from voc.customers.models import Channel

OUTGOING = (Channel.EMAIL, Channel.SMS, Channel.MESSAGE, Channel.APP, Channel.OTHER)
"""The channels a customer can be asked over, one day or today; the outbox is mail that does not leave."""


def kept_under(channel: Channel) -> Channel:
    """The channel under which consent and suppressions for this one are kept."""
    return Channel.EMAIL if channel is Channel.OUTBOX else channel


def address_on(channel: Channel, written: str) -> str:
    """An address in its one spelling, as customers have it; an Unreadable says why it is none."""
    match kept_under(channel):
        case Channel.EMAIL:
            return values.mail(written)
        case Channel.SMS:
            return values.phone(written, settings.current().default_country)
        case _:
            return written.strip()


def hashes_of(written: str) -> list[str]:
    """What the list may hold of an address of which nobody says whether it is a mail address or a number."""
    found = {address_hash(written)}
    with suppress(values.Unreadable):
        found.add(address_hash(address_on(Channel.SMS, written)))
    return sorted(found)


def address_hash(address: str) -> str:
    """What the list holds of an address: the same for every way of writing it, useless without the server's key."""
    return signed(settings.current().key(), "address", address.strip().casefold()).hex()


def customer_hash(customer_id: UUID) -> str:
    """What the list holds of a customer who said stop, whatever address they have tomorrow."""
    return address_hash(f"customer:{customer_id}")
