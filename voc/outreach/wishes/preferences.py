"""What a customer wants: to go on being asked, not for some months, or not at all; for one channel or for all."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor, Role
from voc.core.db import as_moment, marks, rows
from voc.core.errors import NotFound
from voc.core.find import one
from voc.core.verb import verb
from voc.customers.consent import set_consent
from voc.customers.models import Channel, Consent, ConsentState, Customer
from voc.outreach.models import Delivery, Invitation, Suppression
from voc.outreach.wishes.addresses import OUTGOING, address_hash, customer_hash, kept_under
from voc.outreach.wishes.suppress import OWN_WORDS, PAUSED, STOPPED, put

_ASKED = "customer page"


class Wish(StrEnum):
    """What can be chosen."""

    GO_ON = "go_on"
    PAUSE_3 = "pause_3"
    PAUSE_12 = "pause_12"
    STOP = "stop"


_MONTHS: Mapping[Wish, int] = {Wish.PAUSE_3: 3, Wish.PAUSE_12: 12}


@dataclass(frozen=True, slots=True)
class Preference:
    """How one channel stands: `until` is the end of a pause, None with `is_stopped` is for good."""

    channel: Channel
    is_stopped: bool
    until: datetime | None


@verb(Action.SUPPRESS)
async def unsubscribe(actor: Actor, invitation_id: UUID) -> None:
    """Stop all messages over the channels that this invitation came by: the one click in a mail program. At once; again changes nothing."""
    invitation = await _own(actor, invitation_id)
    came_by = await Delivery.filter(invitation_id=invitation.id).distinct().values("channel")
    channels = {invitation.channel, *(Channel(row["channel"]) for row in came_by)}
    await _set(actor, invitation, Wish.STOP, sorted({kept_under(one) for one in channels}))


@verb(Action.SUPPRESS)
async def set_preferences(actor: Actor, invitation_id: UUID, wish: Wish, channel: Channel | None = None) -> None:
    """Do as the customer wishes, for one channel or for all of them; the holder of a link speaks for whom it was sent to.

    Planned invitations that this stops are withdrawn when their turn comes.
    """
    invitation = await _own(actor, invitation_id)
    await _set(actor, invitation, wish, [kept_under(channel)] if channel else list(OUTGOING))


async def preferences_of(invitation: Invitation) -> tuple[Preference, ...]:
    """How each channel stands for whom the invitation was sent to."""
    if invitation.customer_id is None:
        return tuple(Preference(channel, False, None) for channel in OUTGOING)
    found = await rows(
        f"""SELECT channel, until FROM suppression
                WHERE channel IN ({marks(OUTGOING)}) AND address_hash = ? AND (until IS NULL OR until > ?)
            UNION ALL SELECT channel, NULL FROM consent WHERE customer_id = ? AND state = 'refused'""",
        *(*OUTGOING, customer_hash(invitation.customer_id), clock.now(), invitation.customer_id),
    )
    ends = {channel: [as_moment(row["until"]) for row in found if row["channel"] == channel] for channel in OUTGOING}
    return tuple(
        Preference(channel, bool(of), None if None in of else max((end for end in of if end), default=None)) for channel, of in ends.items()
    )


async def _own(actor: Actor, invitation_id: UUID) -> Invitation:
    if actor.has(Role.RESPONDENT) and actor.id != invitation_id:
        raise NotFound
    return await one(Invitation.all(), invitation_id)


async def _set(actor: Actor, invitation: Invitation, wish: Wish, channels: list[Channel]) -> None:
    if wish is Wish.STOP:
        await Invitation.filter(id=invitation.id, stopped_at=None).update(stopped_at=clock.now())
    customer = await Customer.get_or_none(id=invitation.customer_id) if invitation.customer_id else None
    if customer is None:
        return
    hashes = [customer_hash(customer.id), *(address_hash(address) for address in (customer.email, customer.phone) if address)]
    if wish is Wish.GO_ON:
        await Suppression.filter(channel__in=channels, address_hash__in=hashes, reason__in=OWN_WORDS).delete()
    else:
        months = _MONTHS.get(wish)
        until = months_later(clock.now(), months) if months else None
        await put(hashes, channels, PAUSED if months else STOPPED, customer.id, until)
    refused = {consent.channel for consent in await Consent.filter(customer_id=customer.id, state=ConsentState.REFUSED)}
    for channel in channels:
        # Who changes from "stop" to "not for some months" agrees to be asked after those.
        if wish not in _MONTHS or channel in refused:
            state = ConsentState.REFUSED if wish is Wish.STOP else ConsentState.GRANTED
            await set_consent(actor, customer.id, channel, state, _ASKED)


def months_later(moment: datetime, months: int) -> datetime:
    """The same day some months later, or the last day of that month."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
