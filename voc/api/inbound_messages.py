"""What customers wrote back to a text, and what followed from it."""

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.customers import Customer
from voc.api.exposed import enum, exposes, field, shape, takes
from voc.api.invitations import Invitation
from voc.api.listings import INBOUND_MESSAGES
from voc.api.narrowing import id_of, narrowed
from voc.api.nodes import Node
from voc.api.paging import Page, Paging
from voc.core.access import Action
from voc.customers.masking import masked_phone
from voc.customers.models import Customer as CustomerRow
from voc.outreach import models
from voc.outreach.models import Became
from voc.outreach.queries import inbound_messages_visible_to

enum(
    Became,
    "What followed from something a customer wrote back to a text.",
    name="InboundMessageOutcome",
    STOPPED="They get no more texts.",
    RESUMED="They get texts again.",
    ANSWERED="It was an answer: a score, perhaps with words.",
    KEPT="Nothing by itself: it waits for somebody to read it.",
)


@exposes(models.InboundMessage, visible=inbound_messages_visible_to)
class InboundMessage(Node):
    """Something a customer wrote to the number we ask from. All of it is kept, also from numbers that nobody knows."""

    text: str
    """What was written."""
    became: Became
    """What followed from it."""
    at: datetime
    """When it came."""

    @field(str)
    def sender(row: Parent[models.InboundMessage], info: Info) -> str:  # noqa: N805 - the source is the row
        """The number it came from, masked like `+31*****78` where you may not see it."""
        is_open = info.context.actor.reach(Action.SEE_IDENTITY).all
        return row.sender if is_open else masked_phone(row.sender) or ""

    @field(Invitation | None)
    async def invitation(row: Parent[models.InboundMessage], info: Info) -> models.Invitation | None:  # noqa: N805
        """The last ask that this number had been sent by text; null where there was none."""
        return await info.context.loaders.row(models.Invitation, row.invitation_id)

    @field(Customer | None)
    async def customer(row: Parent[models.InboundMessage], info: Info) -> CustomerRow | None:  # noqa: N805
        """Who wrote; null where the number is nobody's, or of several."""
        return await info.context.loaders.row(CustomerRow, row.customer_id)


@takes
class InboundMessageFilter:
    """Which messages to list."""

    became: list[Became] | None
    """Only those that this followed from; KEPT are those that wait for somebody to read them."""
    customer_id: strawberry.ID | None
    """Only those of this customer."""
    since: datetime | None
    """Only those that came at or after this moment."""


@shape
class InboundMessageQueries:
    """Reads of what customers wrote back."""

    @field(Connection[InboundMessage] | None)
    async def inbound_messages(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        filter: Annotated[InboundMessageFilter | None, strawberry.argument(description="Which messages.")] = None,
    ) -> Page:
        """What customers wrote back to texts, the newest first."""
        rows = inbound_messages_visible_to(info.context.actor)
        if filter:
            rows = narrowed(
                rows,
                became__in=filter.became,
                customer_id=id_of(filter.customer_id, "Customer", "filter.customerId"),
                at__gte=filter.since,
            )
        return await INBOUND_MESSAGES.page(rows, Paging(first, after, last, before))
