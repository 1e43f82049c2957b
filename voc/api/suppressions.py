"""The list of those who get no messages, and changing it. It holds no addresses: one is found back by asking for it."""

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent
from tortoise.expressions import Q

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.customers import Customer
from voc.api.enums import Channel
from voc.api.exposed import computed, exposes, field, shape, takes
from voc.api.global_ids import row_id
from voc.api.listings import SUPPRESSIONS
from voc.api.mutations import mutation
from voc.api.narrowing import id_of, narrowed
from voc.api.nodes import Node
from voc.api.outreach_queries import InOrder
from voc.api.paging import Page, Paging
from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.errors import Forbidden
from voc.customers.models import Customer as CustomerRow
from voc.outreach import models
from voc.outreach.queries import suppressions_visible_to
from voc.outreach.wishes.addresses import hashes_of
from voc.outreach.wishes.suppress import lift_suppression, suppress


@exposes(models.Suppression, visible=suppressions_visible_to)
class Suppression(Node):
    """An address, or a customer whatever their address, that gets no messages over a channel."""

    channel: Channel
    """The channel; the outbox has what mail has."""
    reason: str
    """Why: `bounced`, `complained`, `stopped` and `paused` are written by themselves, anything else by whoever did it."""
    detail: str
    """What the other side said, without addresses; empty where it said nothing."""
    since: datetime
    """Since when."""
    until: datetime | None
    """Until when; null is for ever. One that was lifted ended then."""
    by: str
    """Who put it on the list; empty where it happened by itself."""
    lifted_by: str
    """Who took it off before its time; empty while nobody did."""
    lift_reason: str
    """Why it was taken off."""

    @computed
    def is_in_force(row: models.Suppression) -> bool:  # noqa: N805 - the source is the row
        """Whether nothing is sent now."""
        return row.until is None or row.until > clock.now()

    @field(Customer | None)
    async def customer(row: Parent[models.Suppression], info: Info) -> CustomerRow | None:  # noqa: N805
        """Whose it is, as far as that is known."""
        return await info.context.loaders.row(CustomerRow, row.customer_id)


@takes
class SuppressionFilter:
    """Which entries of the list."""

    address: str | None
    """Only those of this mail address or phone number, as people write it; for whoever may see those of all customers."""
    channel: Channel | None
    """Only those of this channel."""
    reason: str | None
    """Only those for this reason, such as `bounced`."""
    customer_id: strawberry.ID | None
    """Only those of this customer."""
    is_in_force: bool | None
    """Only those that hold, or only those that have ended."""


@takes
class SuppressAddressInput:
    """An address that gets no more messages."""

    channel: Channel
    """The channel to write nothing over."""
    address: str
    """The mail address, or the phone number. It is kept as a hash only."""
    reason: str
    """Why, such as `asked in a call`."""
    until: datetime | None
    """Until when; for ever when left out."""


@takes
class LiftSuppressionInput:
    """An entry to end before its time."""

    suppression_id: strawberry.ID
    """The entry."""
    reason: str
    """Why messages may go there again, for colleagues; it stays written."""


def may_look_up(actor: Actor) -> bool:
    """Whether an entry is found by its address: it tells whose the address is, so for those who may know that of everybody."""
    return actor.reach(Action.SEE_IDENTITY).all


@shape
class SuppressionQueries:
    """The list of those who get no messages."""

    @field(Connection[Suppression] | None)
    async def suppressions(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: InOrder = None,
        filter: Annotated[SuppressionFilter | None, strawberry.argument(description="Which entries.")] = None,
    ) -> Page:
        """Who gets no messages, since when and why; also what has ended, unless the filter says otherwise."""
        rows = suppressions_visible_to(info.context.actor)
        if filter and filter.address and not may_look_up(info.context.actor):
            raise Forbidden("Your roles do not allow to look up whose address this is.")
        if filter:
            rows = narrowed(
                rows,
                address_hash__in=hashes_of(filter.address) if filter.address else None,
                channel=filter.channel,
                reason=filter.reason,
                customer_id=id_of(filter.customer_id, "Customer", "filter.customerId"),
            )
        if filter and filter.is_in_force is not None:
            open_ones = Q(until=None) | Q(until__gt=clock.now())
            rows = rows.filter(open_ones if filter.is_in_force else ~open_ones)
        return await SUPPRESSIONS.page(rows, Paging(first, after, last, before), order_by)


@shape
class SuppressionMutations:
    """Changing the list of those who get no messages."""

    @mutation(Suppression)
    async def suppress_address(self, info: Info, input: SuppressAddressInput) -> models.Suppression:
        """Write nothing to this address over this channel; saying it again changes the reason and the moment."""
        return await suppress(info.context.actor, input.channel, input.address, input.reason, until=input.until)

    @mutation(Suppression)
    async def lift_suppression(self, info: Info, input: LiftSuppressionInput) -> models.Suppression:
        """Let messages go there again. What the customer said about being asked is not touched; a Conflict where it has ended."""
        entry_id = row_id(input.suppression_id, "Suppression", path="suppressionId")
        return await lift_suppression(info.context.actor, entry_id, input.reason)
