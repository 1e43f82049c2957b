"""The list of those who get no messages, and taking somebody off it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.errors import Conflict, Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.customers.values import Unreadable
from voc.outreach.models import Suppression
from voc.outreach.queries import suppressions_visible_to
from voc.outreach.wishes.addresses import address_hash, address_on, customer_hash, kept_under

BOUNCED = "bounced"
COMPLAINED = "complained"
STOPPED = "stopped"
PAUSED = "paused"
OWN_WORDS = (STOPPED, PAUSED)


@verb(Action.SUPPRESS)
async def suppress(
    actor: Actor, channel: Channel, address: str, reason: str, customer_id: UUID | None = None, until: datetime | None = None
) -> Suppression:
    """Write nothing to this address over this channel, for ever or until a moment; saying it again changes the reason and the moment.

    Refuses what is no address of the channel, and to say nothing of why (Invalid).
    """
    if not reason.strip():
        raise Invalid.at("reason", "MISSING", "Say why this address gets no more messages.")
    try:
        hashed = address_hash(address_on(channel, address))
    except Unreadable as unreadable:
        raise Invalid.at("address", unreadable.code, f"`address` {unreadable.message}") from None
    await put([hashed], [channel], reason, customer_id, until, by=actor.name)
    return await Suppression.get(channel=kept_under(channel), address_hash=hashed)


@verb(Action.SUPPRESS)
async def suppress_customer(
    actor: Actor, customer_id: UUID, channels: Sequence[Channel], reason: str, until: datetime | None = None
) -> None:
    """Write nothing to this customer over these channels, whatever their address is now or will be."""
    await put([customer_hash(customer_id)], channels, reason, customer_id, until, by=actor.name)


@verb(Action.SUPPRESS)
async def lift(actor: Actor, channel: Channel, address: str) -> bool:
    """Take an address off the list, such as one that works again; says whether it was on it."""
    on_it = Suppression.filter(_still(), channel=kept_under(channel), address_hash=address_hash(address))
    return await on_it.update(until=clock.now(), lifted_by=actor.name[:200]) > 0


@verb(Action.EDIT_OUTREACH)
async def lift_suppression(actor: Actor, suppression_id: UUID, reason: str) -> Suppression:
    """End an entry of the list before its time; it stays to be read, with who did it and why.

    What the customer said about being asked is not touched. Refuses without a reason (Invalid) and what has ended (Conflict).
    """
    entry = await one(suppressions_visible_to(actor), suppression_id)
    if not reason.strip():
        raise Invalid.at("reason", "MISSING", "Say why this address may get messages again.")
    open_one = Suppression.filter(_still(), id=entry.id)
    if not await open_one.update(until=clock.now(), lifted_by=actor.name[:200], lift_reason=" ".join(reason.split())[:300]):
        raise Conflict("HAS_ENDED", "This entry has ended already.")
    return await Suppression.get(id=entry.id)


async def put(
    hashes: Iterable[str],
    channels: Iterable[Channel],
    reason: str,
    customer_id: UUID | None,
    until: datetime | None,
    *,
    detail: str = "",
    by: str = "",
) -> None:
    """Write every pair of address and channel down, within a verb.

    What customers say themselves never takes the place of what keeps messages away at least as long for another reason: once they take
    their word back, that still holds.
    """
    now, hashes, channels = clock.now(), sorted(set(hashes)), sorted({kept_under(channel) for channel in channels})
    kept = await _kept(hashes, channels, until) if reason in OWN_WORDS and not by else frozenset()
    told = {"reason": reason[:64], "detail": detail[:300], "customer_id": customer_id, "since": now, "until": until, "by": by[:200]}
    new = [
        Suppression(channel=channel, address_hash=hashed, **told)
        for channel in channels
        for hashed in hashes
        if (channel, hashed) not in kept
    ]
    changed = [*told, "lifted_by", "lift_reason"]
    if new:
        await Suppression.bulk_create(new, on_conflict=["channel", "address_hash"], update_fields=changed)


async def _kept(hashes: Sequence[str], channels: Sequence[Channel], until: datetime | None) -> frozenset[tuple[Channel, str]]:
    longer = Q(until=None) | Q(until__gte=until) if until else Q(until=None)
    found = Suppression.filter(longer, channel__in=channels, address_hash__in=hashes).exclude(reason__in=OWN_WORDS)
    return frozenset([(one.channel, one.address_hash) for one in await found])


def _still() -> Q:
    return Q(until=None) | Q(until__gt=clock.now())
