"""Reads of customers, accounts and contacts."""

from datetime import datetime
from enum import Enum
from typing import Annotated

import strawberry
from tortoise.queryset import QuerySet

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.contacts import Contact
from voc.api.context import Info
from voc.api.customers import Account, Customer
from voc.api.enums import Channel, Outcome
from voc.api.exposed import computed, enum, field, shape, takes
from voc.api.listings import ACCOUNTS, CONTACTS, CUSTOMERS, Order
from voc.api.narrowing import id_of, narrowed
from voc.api.paging import Page, Paging
from voc.api.references import ContactReference, CustomerReference, contact_named, customer_named
from voc.customers import models, queries
from voc.customers.queries import accounts_visible_to, contacts_visible_to, customers_visible_to, search
from voc.outreach.queries import touchpoints_visible_to

InOrder = Annotated[Order | None, strawberry.argument(description="In which order; the newest first unless said.")]
WhichCustomer = Annotated[CustomerReference, strawberry.argument(description="The customer.")]
WhichContact = Annotated[ContactReference, strawberry.argument(description="The contact.")]


class UnmappedKind(Enum):
    """What contacts name that may not be known here."""

    TOUCHPOINT = "touchpoint"
    TEAM = "team"
    QUEUE = "queue"


enum(
    UnmappedKind,
    "What contacts name that is not known here.",
    TOUCHPOINT="The key of a touchpoint.",
    TEAM="The key of a team.",
    QUEUE="A queue that no team answers.",
)


@shape
class UnmappedValue:
    """A touchpoint, team or queue that contacts name and nobody here knows. Give it a counterpart, and later contacts find it."""

    kind: UnmappedKind
    """What it is."""

    @computed
    def value(found: queries.Unmapped) -> str:  # noqa: N805 - the source is what was found
        """What was sent."""
        return found.key

    @computed
    def contacts(found: queries.Unmapped) -> int:  # noqa: N805
        """How many contacts of the last 90 days name it."""
        return found.count

    @computed
    def last_seen_at(found: queries.Unmapped) -> datetime | None:  # noqa: N805
        """When the newest of them became known."""
        return found.last_at


@takes
class CustomerFilter:
    """Which customers to list."""

    search: str | None
    """Any part of name, mail address or phone number, or the start of an outside id; at most 50 are found. Whoever is shown masked
    names finds outside ids only."""
    segment: str | None
    """Only those in this segment."""


@takes
class ContactFilter:
    """Which contacts to list."""

    touchpoint: str | None
    """Only those of this touchpoint, by its key."""
    channel: Channel | None
    """Only those that came in this way."""
    outcome: Outcome | None
    """Only those that ended so."""
    team_id: strawberry.ID | None
    """Only those of this team."""
    customer_id: strawberry.ID | None
    """Only those with this customer."""
    since: datetime | None
    """Only those that ended at or after this moment."""
    until: datetime | None
    """Only those that ended before this moment."""


@shape
class CustomerQueries:
    """Reads of customers, accounts and contacts."""

    @field(Connection[Customer] | None)
    async def customers(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: InOrder = None,
        filter: Annotated[CustomerFilter | None, strawberry.argument(description="Which customers.")] = None,
    ) -> Page:
        """Customers."""
        rows = customers_visible_to(info.context.actor)
        if filter is not None:
            rows = narrowed(rows, segment=filter.segment)
        if filter is not None and filter.search:
            rows = rows.filter(id__in=[customer.id for customer in await search(info.context.actor, filter.search, queries.MOST_FOUND)])
        return await CUSTOMERS.page(rows, Paging(first, after, last, before), order_by)

    @field(Customer | None)
    async def customer(self, info: Info, by: WhichCustomer) -> models.Customer | None:
        """One customer."""
        return await customer_named(info, by, "by")

    @field(Connection[Account] | None)
    async def accounts(
        self, info: Info, first: First = None, after: After = None, last: Last = None, before: Before = None, order_by: InOrder = None
    ) -> Page:
        """Accounts."""
        return await ACCOUNTS.page(accounts_visible_to(info.context.actor), Paging(first, after, last, before), order_by)

    @field(Connection[Contact] | None)
    async def contacts(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: InOrder = None,
        filter: Annotated[ContactFilter | None, strawberry.argument(description="Which contacts.")] = None,
    ) -> Page:
        """Contacts."""
        rows = contacts_visible_to(info.context.actor)
        return await CONTACTS.page(_asked(rows, filter) if filter else rows, Paging(first, after, last, before), order_by)

    @field(Contact | None)
    async def contact(self, info: Info, by: WhichContact) -> models.Contact | None:
        """One contact."""
        return await contact_named(info, by, "by")

    @field(list[UnmappedValue])
    async def unmapped_values(self, info: Info) -> list[queries.Unmapped]:
        """What the contacts of the last 90 days name and nobody here knows, most frequent first."""
        known = await touchpoints_visible_to(info.context.actor).values_list("key", flat=True)
        return await queries.unmapped(info.context.actor, [str(key) for key in known])


def _asked(rows: QuerySet[models.Contact], filter: ContactFilter) -> QuerySet[models.Contact]:
    return narrowed(
        rows,
        touchpoint=filter.touchpoint,
        channel=filter.channel,
        outcome=filter.outcome,
        team_id=id_of(filter.team_id, "Team", "filter.teamId"),
        customer_id=id_of(filter.customer_id, "Customer", "filter.customerId"),
        ended_at__gte=filter.since,
        ended_at__lt=filter.until,
    )
