"""The list of those who get no messages, and taking somebody off it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.errors import Invalid
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.outreach.addresses import address_hash, customer_hash, kept_under
from voc.outreach.models import Suppression

BOUNCED = "bounced"
STOPPED = "stopped"
PAUSED = "paused"


@verb(Action.SUPPRESS)
async def suppress(
    actor: Actor, channel: Channel, address: str, reason: str, customer_id: UUID | None = None, until: datetime | None = None
) -> Suppression:
    """Write nothing to this address over this channel, for ever or until a moment; saying it again changes the reason and the moment."""
    if not address.strip():
        raise Invalid.at("address", "MISSING", "Name the address that gets no more messages.")
    await put([address_hash(address)], [channel], reason, customer_id, until)
    return await Suppression.get(channel=kept_under(channel), address_hash=address_hash(address))


@verb(Action.SUPPRESS)
async def suppress_customer(
    actor: Actor, customer_id: UUID, channels: Sequence[Channel], reason: str, until: datetime | None = None
) -> None:
    """Write nothing to this customer over these channels, whatever their address is now or will be."""
    await put([customer_hash(customer_id)], channels, reason, customer_id, until)


@verb(Action.SUPPRESS)
async def lift(actor: Actor, channel: Channel, address: str) -> bool:
    """Take an address off the list, such as one that works again; says whether it was on it."""
    return await Suppression.filter(channel=kept_under(channel), address_hash=address_hash(address)).delete() > 0


async def put(hashes: Iterable[str], channels: Iterable[Channel], reason: str, customer_id: UUID | None, until: datetime | None) -> None:
    """Write every pair of address and channel down, within a verb."""
    now = clock.now()
    new = [
        Suppression(channel=channel, address_hash=hashed, reason=reason[:64], customer_id=customer_id, since=now, until=until)
        for channel in sorted({kept_under(channel) for channel in channels})
        for hashed in sorted(set(hashes))
    ]
    await Suppression.bulk_create(new, on_conflict=["channel", "address_hash"], update_fields=["reason", "since", "until", "customer_id"])
