"""Customers and the accounts they belong to."""

from collections.abc import Awaitable
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import Parent

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.enums import Channel, ConsentState
from voc.api.exposed import computed, exposes, field, shape
from voc.api.facts import Attribute, ExternalId, Money, attributes_of, money_of
from voc.api.identities import shown
from voc.api.listings import CONTACTS, CUSTOMERS, RESPONSES, TASKS, ended_responses
from voc.api.nodes import Node
from voc.api.paging import Page, Paging
from voc.api.related import within
from voc.api.timeline import EVENTS, Event, TimelineItem, events_of
from voc.core import settings
from voc.customers import models
from voc.customers.queries import (
    Shown,
    accounts_visible_to,
    consents_of,
    contacts_visible_to,
    customers_visible_to,
    identities_of,
)
from voc.followup.queries import tasks_visible_to

if TYPE_CHECKING:
    from voc.api.contacts import Contact
    from voc.api.responses import Response
    from voc.api.tasks import Task

Text = Awaitable[str | None] | str | None


@shape
class Consent:
    """What a customer said about being asked over one channel. A channel that is not there: nobody knows."""

    channel: Channel
    """The channel."""
    state: ConsentState
    """What they said."""
    source: str
    """Where that was learnt, such as crm."""
    said_at: datetime
    """When they said it."""


@exposes(models.Account, visible=accounts_visible_to)
class Account(Node):
    """The company a customer belongs to."""

    system: str
    """The outside system that knows it."""
    external_id: str
    """Its id there."""
    name: str
    """Its name; empty when only its id is known."""
    owner: str | None
    """Whoever owns the relation: their mail address or name in the contact centre."""
    segment: str | None
    """The segment it is in."""
    created_at: datetime
    """When it became known here."""
    updated_at: datetime
    """When something about it last changed."""

    @computed
    def value(row: models.Account) -> Money | None:  # noqa: N805 - the source is the row
        """What it is worth to us in a year, as the CRM says."""
        return money_of(row.value_amount, row.value_currency)

    @computed
    def attributes(row: models.Account) -> list[Attribute]:  # noqa: N805
        """Further facts that other systems told."""
        return attributes_of(row.attributes)

    @field(Annotated["Account", strawberry.lazy("voc.api.customers")] | None)
    async def parent(row: Parent[models.Account], info: Info) -> models.Account | None:  # noqa: N805
        """The account it is part of."""
        return await info.context.loaders.row(models.Account, row.parent_id)

    @field(Connection[Annotated["Customer", strawberry.lazy("voc.api.customers")]])
    async def customers(
        row: Parent[models.Account],  # noqa: N805
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Page:
        """Its customers, who became known last first."""
        paging = Paging(first, after, last, before)
        return await within(info, CUSTOMERS, lambda: customers_visible_to(info.context.actor), "account_id", row.id, paging)


@exposes(models.Customer, visible=customers_visible_to)
class Customer(Node):
    """A person or company we serve. Name, mail address and phone number are masked for whoever need not know them."""

    language: str | None
    """The language they are spoken to in, such as nl."""
    time_zone: str | None
    """The zone they live in, such as Europe/Amsterdam."""
    segment: str | None
    """The segment they are in."""
    created_at: datetime
    """When they became known here."""
    updated_at: datetime
    """When something about them last changed."""

    @field(str | None)
    def name(row: Parent[models.Customer], info: Info) -> Text:  # noqa: N805
        """Name, masked like `A*** d* V***` where you may not see it."""
        return shown(row, info, lambda who: who.name)

    @field(str | None)
    def first_name(row: Parent[models.Customer], info: Info) -> Text:  # noqa: N805
        """First name; null also where names are masked."""
        return shown(row, info, lambda who: row.first_name if who == _plain(row) else None)

    @field(str | None)
    def email(row: Parent[models.Customer], info: Info) -> Text:  # noqa: N805
        """Mail address, masked like `a***@***.nl` where you may not see it."""
        return shown(row, info, lambda who: who.email)

    @field(str | None)
    def phone(row: Parent[models.Customer], info: Info) -> Text:  # noqa: N805
        """Phone number in international form, masked like `+31*****78` where you may not see it."""
        return shown(row, info, lambda who: who.phone)

    @field(bool)
    def is_masked(row: Parent[models.Customer], info: Info) -> Awaitable[bool] | bool:  # noqa: N805
        """Whether name, mail address and phone number are masked for you."""
        return shown(row, info, lambda who: who != _plain(row))

    @computed
    def value(row: models.Customer) -> Money | None:  # noqa: N805
        """What they are worth to us in a year, as the CRM says."""
        return money_of(row.value_amount, row.value_currency)

    @computed
    def attributes(row: models.Customer) -> list[Attribute]:  # noqa: N805
        """Further facts that other systems told."""
        return attributes_of(row.attributes)

    @field(list[ExternalId])
    async def external_ids(row: Parent[models.Customer], info: Info) -> list[models.CustomerIdentity]:  # noqa: N805
        """The ids under which outside systems know them."""
        return await info.context.loaders.of(identities_of, row.id) or []

    @field(str | None)
    async def crm_id(row: Parent[models.Customer], info: Info) -> str | None:  # noqa: N805
        """Their id in the CRM; null when the CRM does not know them."""
        known = await info.context.loaders.of(identities_of, row.id) or []
        return next((identity.external_id for identity in known if identity.system == settings.current().crm_system), None)

    @field(list[Consent])
    async def consents(row: Parent[models.Customer], info: Info) -> list[models.Consent]:  # noqa: N805
        """What they said about being asked, by channel."""
        return await info.context.loaders.of(consents_of, row.id) or []

    @field(Account | None)
    async def account(row: Parent[models.Customer], info: Info) -> models.Account | None:  # noqa: N805
        """The account they belong to."""
        return row.account if isinstance(row.account, models.Account) else await info.context.loaders.row(models.Account, row.account_id)

    @field(list[TimelineItem])
    async def timeline(row: Parent[models.Customer], info: Info, first: EVENTS = 50) -> list[Event]:  # noqa: N805
        """What happened with them, newest first: contacts, decisions, invitations, responses and tasks that you may see."""
        return await events_of(info, row.id, first)

    @field(Connection[Annotated["Contact", strawberry.lazy("voc.api.contacts")]])
    async def contacts(
        row: Parent[models.Customer],  # noqa: N805
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Page:
        """Their contacts, newest first."""
        paging = Paging(first, after, last, before)
        return await within(info, CONTACTS, lambda: contacts_visible_to(info.context.actor), "customer_id", row.id, paging)

    @field(Connection[Annotated["Response", strawberry.lazy("voc.api.responses")]])
    async def responses(
        row: Parent[models.Customer],  # noqa: N805
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Page:
        """Their responses that were sent, or left, newest first."""
        paging = Paging(first, after, last, before)
        return await within(info, RESPONSES, lambda: ended_responses(info.context.actor), "customer_id", row.id, paging)

    @field(Connection[Annotated["Task", strawberry.lazy("voc.api.tasks")]])
    async def tasks(
        row: Parent[models.Customer],  # noqa: N805
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Page:
        """Their tasks, also those that are done, the one due first first."""
        paging = Paging(first, after, last, before)
        return await within(info, TASKS, lambda: tasks_visible_to(info.context.actor), "customer_id", row.id, paging)


def _plain(row: models.Customer) -> Shown:
    return Shown(row.name, row.email, row.phone)
