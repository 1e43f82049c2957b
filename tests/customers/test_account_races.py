"""Two batches that name the same accounts as parent and child the other way round wait for each other and never for ever."""

import asyncio
from contextvars import Context

from voc.core.access import Actor, Held, Role
from voc.customers.drafts import AccountDraft, read_account
from voc.customers.models import Account
from voc.customers.store import Status
from voc.customers.upsert import upsert_accounts

CRM = Actor("crm", frozenset({Held(Role.INTEGRATION)}))
PAIRS = 60
ROUNDS = 4


def batch(parent: str, child: str) -> list[AccountDraft]:
    """Accounts of which each names a parent of the other kind."""
    return [
        read_account({"externalId": f"{child}-{number}", "name": child, "parent": {"externalId": f"{parent}-{number}"}})
        for number in range(PAIRS)
    ]


async def test_swapped_parents_and_children_never_wait_for_each_other_for_ever(db: str) -> None:
    for _ in range(ROUNDS):
        batches = [batch("a", "b"), batch("b", "a")] * 2
        told = [asyncio.create_task(upsert_accounts(CRM, one), context=Context()) for one in batches]
        for outcomes in await asyncio.wait_for(asyncio.gather(*told), 60):
            assert Status.REFUSED not in {outcome.status for outcome in outcomes}
    assert await Account.all().count() == 2 * PAIRS
    assert await Account.filter(parent_id=None).count() == 0


async def test_what_is_new_is_told_as_recorded_also_where_it_is_a_parent(db: str) -> None:
    first = await upsert_accounts(CRM, [*batch("a", "b")[:1], read_account({"externalId": "a-0", "name": "Holding"})])
    again = await upsert_accounts(CRM, batch("a", "b")[:2])

    assert [outcome.status for outcome in first] == [Status.RECORDED, Status.RECORDED]
    assert [outcome.status for outcome in again] == [Status.UNCHANGED, Status.RECORDED]
    assert sorted(account.external_id for account in await Account.all()) == ["a-0", "a-1", "b-0", "b-1"]
    assert (await Account.get(external_id="a-0")).name == "Holding"
