"""Finding customers and contacts, and showing no more of them than may be seen."""

from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from voc.core.access import Actor, Held, Role
from voc.core.errors import Forbidden, NotFound
from voc.core.find import one
from voc.core.ids import new_id
from voc.customers import queries
from voc.customers.drafts import read_contact
from voc.customers.identify import find_by_mail, find_by_phone, find_customer, normalise_phone
from voc.customers.masking import masked_mail, masked_name, masked_phone
from voc.customers.models import Contact, Customer
from voc.customers.record import record_contacts
from voc.staff.models import Calendar, Team

CENTRE = Actor("contact centre", frozenset({Held(Role.INTEGRATION)}))
AGENT = Actor("Jan", frozenset({Held(Role.AGENT)}))
ANALYST = Actor("Ada", frozenset({Held(Role.ANALYST)}))
AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
ANNA = {"externalId": "42", "name": "Anna de Vries", "email": "anna@example.nl", "phone": "+31612345678"}
BRAM = {"externalId": "43", "name": "Bram Vriesman", "email": "bram_100%@example.nl", "occurredAt": "2026-03-01T09:00:00Z"}


async def tell(*many: dict[str, Any]) -> None:
    outcomes = await record_contacts(CENTRE, [read_contact(one) for one in many])
    assert all(outcome.id for outcome in outcomes)


@pytest.fixture
async def told(db: str, clock: ModuleType) -> None:
    """Two customers, with a contact each."""
    await tell({"externalId": "c-1", "customer": ANNA}, {"externalId": "c-2", "customer": BRAM})


async def names(actor: Actor, text: str) -> list[str | None]:
    return [customer.name for customer in await queries.search(actor, text)]


async def test_customers_are_found_by_what_is_known_of_them(told: None) -> None:
    anna, bram = "Anna de Vries", "Bram Vriesman"
    expected = {
        "vries": [anna, bram],
        "VRIES anna": [anna],
        "06-12345678": [anna],
        "ANNA@example": [anna],
        "43": [bram],
        "100%": [bram],
        "m_10": [bram],
        "%": [bram],
        "nobody": [],
        "   ": [],
    }
    assert {text: await names(AGENT, text) for text in expected} == expected


async def test_who_sees_masked_names_finds_outside_ids_only(told: None) -> None:
    assert await names(ANALYST, "anna") == []
    assert await names(ANALYST, "42") == ["Anna de Vries"]


async def test_names_are_masked_unless_they_may_be_seen(told: None) -> None:
    anna = await Customer.get(name="Anna de Vries")
    mine, other = new_id(), new_id()
    handler = Actor("Sanne", frozenset({Held(Role.HANDLER, mine)}))
    plain = ("Anna de Vries", "anna@example.nl", "+31612345678")
    masked = ("A*** d* V***", "a***@***.nl", "+31*****78")
    assert queries.masked_for(AGENT)(anna) == plain
    assert queries.masked_for(ANALYST)(anna) == masked
    assert queries.masked_for(handler)(anna) == masked
    assert queries.masked_for(handler, [other, None])(anna) == masked
    assert queries.masked_for(handler, [other, mine])(anna) == plain
    assert (masked_name(None), masked_mail(None), masked_phone(None), masked_name("")) == (None, None, None, "")


async def test_customers_are_found_by_id_phone_and_mail(told: None) -> None:
    anna = await Customer.get(name="Anna de Vries")
    assert await find_customer("crm", "42") == anna
    assert await find_customer("shop", "42") is None
    assert await find_by_phone("06 1234 5678") == [anna]
    assert await find_by_mail("Anna@Example.nl ") == [anna]
    assert (await find_by_phone("nonsense"), await find_by_mail("nonsense")) == ([], [])
    assert normalise_phone("0470 12 34 56", "BE") == "+32470123456"


async def test_strangers_see_no_rows_and_whoever_looks_for_one_is_told_there_is_none(told: None) -> None:
    anna = await Customer.get(name="Anna de Vries")
    assert (await one(queries.customers_visible_to(AGENT), anna.id)).id == anna.id
    for visible in (queries.customers_visible_to, queries.contacts_visible_to, queries.accounts_visible_to):
        assert await visible(Actor.stranger()).count() == 0
    with pytest.raises(NotFound):
        await one(queries.customers_visible_to(Actor.stranger()), anna.id)


async def test_what_belongs_to_many_is_read_at_once(told: None) -> None:
    anna, bram = await Customer.get(name="Anna de Vries"), await Customer.get(name="Bram Vriesman")
    found = await queries.identities_of([anna.id, bram.id])
    assert {customer_id: [identity.external_id for identity in many] for customer_id, many in found.items()} == {
        anna.id: ["42"],
        bram.id: ["43"],
    }
    assert await queries.consents_of([anna.id]) == {anna.id: []}


async def test_a_timeline_begins_with_the_latest_contact(told: None, clock: ModuleType) -> None:
    anna = await Customer.get(name="Anna de Vries")
    clock.advance(timedelta(hours=1))
    await tell(
        {"externalId": "yesterday", "customer": {"externalId": "42"}, "endedAt": "2026-03-02T10:00:00Z"},
        {"externalId": "now", "customer": {"externalId": "42"}},
        {"externalId": "today", "customer": {"externalId": "42"}, "endedAt": "2026-03-03T10:30:00Z"},
    )
    found = await queries.latest_contacts(AGENT, anna.id)
    assert [contact.external_id for contact in found] == ["now", "today", "c-1", "yesterday"]
    older = await queries.latest_contacts(AGENT, anna.id, 1, before=datetime(2026, 3, 3, 10, 30, tzinfo=UTC))
    assert [contact.external_id for contact in older] == ["c-1"]


async def test_what_nobody_knows_is_listed_for_mapping(db: str, clock: ModuleType) -> None:
    calendar = await Calendar.create(key="office", name="Office", time_zone="UTC", hours={})
    await Team.create(key="billing", name="Billing", calendar=calendar)
    await tell(
        {"externalId": "1", "touchpoint": "after-call", "team": "billing", "queue": "known team"},
        {"externalId": "2", "touchpoint": "after-cal", "team": "sales"},
        {"externalId": "3", "touchpoint": "after-cal", "queue": "Sales NL"},
    )
    now = clock.now()
    assert await queries.unmapped(AGENT, ["after-call"]) == [
        queries.Unmapped("touchpoint", "after-cal", 2, now),
        queries.Unmapped("queue", "Sales NL", 1, now),
        queries.Unmapped("team", "sales", 1, now),
    ]
    assert [found.key for found in await queries.unmapped(AGENT, []) if found.kind == "touchpoint"] == ["after-cal", "after-call"]
    assert await queries.unmapped(AGENT, [], since=now + timedelta(seconds=1)) == []
    with pytest.raises(Forbidden):
        await queries.unmapped(Actor("x", frozenset({Held(Role.RESPONDENT)})), [])
    assert await Contact.all().count() == 3
