"""Recording what the CRM tells of accounts and customers."""

from collections.abc import Sequence

from voc.core.access import Action, Actor
from voc.core.verb import verb
from voc.customers.drafts import AccountDraft, CustomerDraft
from voc.customers.models import Account, Customer
from voc.customers.store import Recorded, check_size
from voc.customers.store_accounts import store_accounts
from voc.customers.store_customers import store_customers


@verb(Action.UPSERT_CUSTOMER)
async def upsert_customer(actor: Actor, draft: CustomerDraft) -> Customer:
    """Record what is told of a customer, who is new or known. Invalid when the ids belong to two customers."""
    outcome = (await upsert_customers(actor, [draft]))[0]
    return await Customer.get(id=outcome.accepted_id())


@verb(Action.UPSERT_CUSTOMER)
async def upsert_customers(actor: Actor, drafts: Sequence[CustomerDraft]) -> list[Recorded]:
    """Record what is told of up to 1,000 customers; what became of each, in order. One that is refused stops no other.

    Absent fields are kept, older news never overwrites newer, outside ids are added and never taken away.
    """
    check_size(drafts)
    return await store_customers(drafts)


@verb(Action.UPSERT_CUSTOMER)
async def upsert_account(actor: Actor, draft: AccountDraft) -> Account:
    """Record what is told of an account, which is new or known. A parent that is not known yet is made."""
    outcome = (await upsert_accounts(actor, [draft]))[0]
    return await Account.get(id=outcome.accepted_id())


@verb(Action.UPSERT_CUSTOMER)
async def upsert_accounts(actor: Actor, drafts: Sequence[AccountDraft]) -> list[Recorded]:
    """Record what is told of up to 1,000 accounts; what became of each, in order."""
    check_size(drafts)
    return await store_accounts(drafts)
