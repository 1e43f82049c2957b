"""What other systems, and colleagues, tell of customers and accounts."""

from datetime import datetime

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.customers import Account, Customer
from voc.api.enums import Channel, ConsentState
from voc.api.exposed import field, shape, takes
from voc.api.facts import AttributeInput, MoneyInput
from voc.api.mutations import batch, mutation
from voc.api.problems import Fault
from voc.api.references import CustomerReference, ExternalIdInput, one_customer
from voc.api.told import BatchCounts, Outcomes, as_told, draft_of, tell
from voc.customers import models
from voc.customers.consent import set_consent
from voc.customers.drafts import read_account, read_customer
from voc.customers.store import Recorded, Status
from voc.customers.upsert import upsert_accounts, upsert_customer, upsert_customers


@as_told
@takes
class AccountInput:
    """What is told of an account. A field that is absent keeps its value, null clears it."""

    system: str | None = strawberry.UNSET
    """The outside system that knows it; that of the customer, or the CRM, when left out."""
    external_id: str
    """Its id there."""
    name: str | None = strawberry.UNSET
    """Its name."""
    parent: ExternalIdInput | None = strawberry.UNSET
    """The account it is part of."""
    owner: str | None = strawberry.UNSET
    """Whoever owns the relation: their mail address or name in the contact centre."""
    segment: str | None = strawberry.UNSET
    """The segment it is in."""
    value: MoneyInput | None = strawberry.UNSET
    """What it is worth to us in a year."""
    attributes: list[AttributeInput] | None = strawberry.UNSET
    """Further facts; those that are not named are kept."""
    occurred_at: datetime | None = strawberry.UNSET
    """When this was true; now when left out. Older news never overwrites newer."""


@takes
class ConsentInput:
    """What a customer said about being asked over one channel."""

    channel: Channel
    """The channel."""
    state: ConsentState
    """What they said."""


@as_told
@takes
class CustomerInput:
    """What is told of a customer. A field that is absent keeps its value, null clears it."""

    system: str | None = strawberry.UNSET
    """The outside system that `externalId` belongs to; the CRM when left out."""
    external_id: str | None = strawberry.UNSET
    """The id under which that system knows them. Needed, unless `externalIds` has one; inside a contact an address will do."""
    external_ids: list[ExternalIdInput] | None = strawberry.UNSET
    """Further ids under which outside systems know them; ids are added and never taken away."""
    name: str | None = strawberry.UNSET
    """Name."""
    first_name: str | None = strawberry.UNSET
    """First name, for greetings."""
    email: str | None = strawberry.UNSET
    """Mail address."""
    phone: str | None = strawberry.UNSET
    """Phone number; without a prefix it belongs to the country of the installation."""
    language: str | None = strawberry.UNSET
    """The language they are spoken to in, such as nl."""
    time_zone: str | None = strawberry.UNSET
    """The zone they live in, such as Europe/Amsterdam."""
    segment: str | None = strawberry.UNSET
    """The segment they are in."""
    value: MoneyInput | None = strawberry.UNSET
    """What they are worth to us in a year."""
    account: AccountInput | None = strawberry.UNSET
    """The account they belong to."""
    consents: list[ConsentInput] | None = strawberry.UNSET
    """What they said about being asked; channels that are not named are kept."""
    attributes: list[AttributeInput] | None = strawberry.UNSET
    """Further facts; those that are not named are kept."""
    occurred_at: datetime | None = strawberry.UNSET
    """When this was true; now when left out. Older news never overwrites newer."""


@takes
class UpsertCustomerInput:
    """News of one customer."""

    customer: CustomerInput
    """What is told."""


@takes
class UpsertCustomersInput:
    """News of many customers."""

    customers: list[CustomerInput]
    """What is told, at most 1,000 customers."""


@takes
class UpsertAccountsInput:
    """News of many accounts."""

    accounts: list[AccountInput]
    """What is told, at most 1,000 accounts."""


@takes
class SetConsentInput:
    """What a customer said about being asked over a channel."""

    customer: CustomerReference
    """The customer."""
    channel: Channel
    """The channel."""
    state: ConsentState
    """What they said."""
    source: str | None
    """Where this was learnt, such as crm or console; api when left out."""
    said_at: datetime | None
    """When they said it; now when left out. What was said earlier than the known word changes nothing."""


@shape
class RecordedCustomer:
    """What became of one customer of a batch."""

    status: Status
    """What became of it."""
    faults: list[Fault]
    """What to mend where it was refused."""

    @field(Customer | None)
    async def customer(found: Parent[Recorded], info: Info) -> models.Customer | None:  # noqa: N805 - the source is the outcome
        """The customer as known now; null where the item was refused."""
        return await info.context.loaders.row(models.Customer, found.id)


@shape
class RecordedAccount:
    """What became of one account of a batch."""

    status: Status
    """What became of it."""
    faults: list[Fault]
    """What to mend where it was refused."""

    @field(Account | None)
    async def account(found: Parent[Recorded], info: Info) -> models.Account | None:  # noqa: N805
        """The account as known now; null where the item was refused."""
        return await info.context.loaders.row(models.Account, found.id)


@shape
class UpsertCustomersPayload(BatchCounts):
    """What became of a batch of customers."""

    results: list[RecordedCustomer]
    """What became of each, in the order given."""


@shape
class UpsertAccountsPayload(BatchCounts):
    """What became of a batch of accounts."""

    results: list[RecordedAccount]
    """What became of each, in the order given."""


@shape
class CustomerMutations:
    """News of customers and accounts."""

    @mutation(Customer)
    async def upsert_customer(self, info: Info, input: UpsertCustomerInput) -> models.Customer:
        """Tell of one customer, new or known by one of the outside ids. The same news twice changes nothing."""
        return await upsert_customer(info.context.actor, draft_of(input.customer, read_customer, "customer"))

    @batch(UpsertCustomersPayload)
    async def upsert_customers(self, info: Info, input: UpsertCustomersInput) -> Outcomes:
        """Tell of up to 1,000 customers. One that is refused stops no other."""
        return await tell(input.customers, "customers", read_customer, lambda drafts: upsert_customers(info.context.actor, drafts))

    @batch(UpsertAccountsPayload)
    async def upsert_accounts(self, info: Info, input: UpsertAccountsInput) -> Outcomes:
        """Tell of up to 1,000 accounts. One that is refused stops no other."""
        return await tell(input.accounts, "accounts", read_account, lambda drafts: upsert_accounts(info.context.actor, drafts))

    @mutation(Customer)
    async def set_consent(self, info: Info, input: SetConsentInput) -> models.Customer:
        """Note what a customer said about being asked over a channel."""
        customer = await one_customer(info, input.customer, "customer")
        await set_consent(info.context.actor, customer.id, input.channel, input.state, input.source or "api", input.said_at)
        return customer
