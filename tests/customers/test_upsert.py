"""What the CRM tells of customers and accounts."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from voc.core.access import Actor, Held, Role
from voc.core.errors import Invalid, NotFound
from voc.core.ids import new_id
from voc.customers.consent import set_consent
from voc.customers.drafts import CustomerDraft, read_account, read_customer
from voc.customers.models import Account, Channel, Consent, ConsentState, Customer, CustomerIdentity
from voc.customers.store import Recorded
from voc.customers.upsert import upsert_account, upsert_accounts, upsert_customer, upsert_customers

CRM = Actor("crm", frozenset({Held(Role.INTEGRATION)}))
AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
Emitted = Callable[[], Awaitable[Counter[tuple[str, UUID]]]]


def minute(number: int) -> datetime:
    return AT + timedelta(minutes=number)


async def tell(*many: dict[str, Any]) -> list[Recorded]:
    return await upsert_customers(CRM, [read_customer(one) for one in many])


def statuses(outcomes: list[Recorded]) -> list[str]:
    return [str(outcome.status) for outcome in outcomes]


async def test_every_field_of_a_customer_is_kept(db: str) -> None:
    told = {
        "externalId": "42",
        "name": "Zoë Ångström",
        "firstName": "Zoë",
        "email": "Zoe@Example.nl",
        "phone": "06 12345678",
        "language": "nl_NL",
        "timeZone": "Europe/Amsterdam",
        "segment": "gold",
        "valueAmount": "1234,5",
        "valueCurrency": "eur",
        "account": {"externalId": "a-1", "name": "Acme", "parent": {"externalId": "a-0"}},
        "consents": {"email": "granted"},
        "occurredAt": minute(0),
        "birthday": "1 May",
    }
    customer = await upsert_customer(CRM, read_customer(told))
    kept = await Customer.get(id=customer.id)
    account = await Account.get(external_id="a-1")
    assert (kept.name, kept.first_name, kept.email, kept.phone) == ("Zoë Ångström", "Zoë", "zoe@example.nl", "+31612345678")
    assert (kept.language, kept.time_zone, kept.segment) == ("nl-NL", "Europe/Amsterdam", "gold")
    assert (kept.value_amount, kept.value_currency, kept.account_id) == (Decimal("1234.50"), "EUR", account.id)
    assert (kept.attributes, kept.occurred_at) == ({"birthday": "1 May"}, minute(0))
    assert kept.search == "zoe angstrom zoe@example.nl +31612345678"
    assert (account.name, account.parent_id) == ("Acme", (await Account.get(external_id="a-0")).id)
    assert await Consent.all().values_list("channel", "state", "source", "said_at") == [("email", "granted", "crm", minute(0))]


async def test_a_second_outside_id_names_the_same_customer(emitted: Emitted) -> None:
    await tell({"externalId": "42", "name": "Anna", "occurredAt": minute(0)})
    outcomes = await tell({"externalIds": [{"externalId": "42"}, {"system": "shop", "externalId": "s-1"}], "occurredAt": minute(1)})
    by_shop = await tell({"system": "shop", "externalId": "s-1", "name": "Anna de Vries", "occurredAt": minute(2)})
    customer = await Customer.get()
    assert (statuses(outcomes), statuses(by_shop)) == (["unchanged"], ["updated"])
    assert customer.name == "Anna de Vries"
    assert await CustomerIdentity.filter(customer_id=customer.id).count() == 2


async def test_the_same_new_customer_comes_once_in_a_batch(emitted: Emitted) -> None:
    outcomes = await tell(
        {"externalId": "42", "name": "Anna", "occurredAt": minute(0)},
        {"system": "shop", "externalId": "s-1", "occurredAt": minute(0)},
        {"externalId": "42", "segment": "gold", "occurredAt": minute(1)},
        {"externalIds": [{"externalId": "42"}, {"system": "app", "externalId": "p"}], "occurredAt": minute(1)},
        {"externalIds": [{"externalId": "42"}, {"system": "shop", "externalId": "s-1"}], "occurredAt": minute(1)},
    )
    assert statuses(outcomes) == ["recorded", "recorded", "updated", "unchanged", "refused"]
    assert outcomes[0].id == outcomes[2].id == outcomes[3].id
    assert await emitted() == {("customer", outcomes[0].id): 1, ("customer", outcomes[1].id): 1}


async def test_our_own_id_names_a_customer_too(db: str) -> None:
    customer = await upsert_customer(CRM, read_customer({"externalId": "42"}))
    outcomes = await tell(
        {"id": str(customer.id), "system": "shop", "externalId": "s-1", "name": "Anna"}, {"id": str(new_id()), "name": "Nobody"}
    )
    assert statuses(outcomes) == ["updated", "refused"]
    assert [fault.code for fault in outcomes[1].faults] == ["NOT_FOUND"]
    assert await CustomerIdentity.filter(customer_id=customer.id, system="shop").exists()


async def test_late_news_of_a_customer_loses(db: str) -> None:
    await tell({"externalId": "42", "email": "new@example.nl", "occurredAt": minute(5)})
    await tell({"externalId": "42", "email": "old@example.nl", "language": "nl", "occurredAt": minute(1)})
    customer = await Customer.get()
    assert (customer.email, customer.language, customer.search) == ("new@example.nl", "nl", "new@example.nl")


async def test_an_account_can_be_left(db: str) -> None:
    await tell({"externalId": "42", "account": {"externalId": "a"}, "occurredAt": minute(0)})
    await tell({"externalId": "42", "account": None, "occurredAt": minute(1)})
    assert (await Customer.get()).account_id is None


async def test_a_single_refusal_is_raised_and_nothing_is_kept(db: str) -> None:
    with pytest.raises(Invalid, match="no customer with this id"):
        await upsert_customer(CRM, CustomerDraft(id=new_id()))
    assert await Customer.all().count() == 0


async def test_accounts_are_recorded_with_parents_that_come_later(db: str) -> None:
    child = await upsert_account(
        CRM, read_account({"externalId": "b", "name": "Branch", "parent": {"externalId": "a"}, "occurredAt": minute(0)})
    )
    outcomes = await upsert_accounts(
        CRM,
        [
            read_account({"externalId": "a", "name": "Holding", "owner": "kim", "occurredAt": minute(0)}),
            read_account({"externalId": "b", "name": "Branch", "occurredAt": minute(0)}),
            read_account({"externalId": "c", "occurredAt": "2199-01-01T00:00:00Z"}),
        ],
    )
    assert statuses(outcomes) == ["updated", "unchanged", "refused"]
    holding = await Account.get(external_id="a")
    assert (holding.name, holding.owner, (await Account.get(id=child.id)).parent_id) == ("Holding", "kim", holding.id)


async def test_the_last_word_on_consent_counts_however_late_it_comes(emitted: Emitted) -> None:
    customer = await upsert_customer(CRM, read_customer({"externalId": "42"}))
    await set_consent(CRM, customer.id, Channel.EMAIL, ConsentState.GRANTED, "shop", minute(0))
    assert await set_consent(CRM, customer.id, Channel.EMAIL, ConsentState.REFUSED, "link", minute(5))
    assert not await set_consent(CRM, customer.id, Channel.EMAIL, ConsentState.REFUSED, "link", minute(9))
    assert not await set_consent(CRM, customer.id, Channel.EMAIL, ConsentState.GRANTED, "crm", minute(7))
    kept = await Consent.get()
    assert (kept.state, kept.source, kept.said_at) == (ConsentState.REFUSED, "link", minute(9))
    assert await emitted() == {("customer", customer.id): 3}


async def test_consent_in_an_upsert_is_a_change(emitted: Emitted) -> None:
    told = {"externalId": "42", "consents": {"email": "refused", "phone": "granted"}, "occurredAt": minute(0)}
    assert statuses(await tell(told)) == ["recorded"]
    assert statuses(await tell(told)) == ["unchanged"]
    assert statuses(await tell({**told, "consents": {"phone": "refused"}, "occurredAt": minute(1)})) == ["updated"]
    assert dict(await Consent.all().values_list("channel", "state")) == {"email": "refused", "phone": "refused"}


async def test_the_holder_of_a_link_may_say_no_and_nobody_may_for_a_stranger(db: str) -> None:
    customer = await upsert_customer(CRM, read_customer({"externalId": "42"}))
    assert await set_consent(Actor.respondent(new_id()), customer.id, Channel.EMAIL, ConsentState.REFUSED, "link")
    with pytest.raises(NotFound):
        await set_consent(CRM, new_id(), Channel.EMAIL, ConsentState.REFUSED, "crm")
