"""Recording contacts: once, in any order, whoever is named."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from voc.core import clock as the_clock
from voc.core.access import Actor, Held, Role
from voc.core.db import count_statements
from voc.core.errors import Forbidden, Invalid
from voc.customers.drafts import read_contact, read_customer
from voc.customers.models import Contact, Customer, CustomerIdentity, Outcome
from voc.customers.place_teams import place_contacts
from voc.customers.record import record_contact, record_contacts
from voc.customers.store import Recorded, Status
from voc.customers.upsert import upsert_customer
from voc.staff.models import Calendar, Team

CENTRE = Actor("contact centre", frozenset({Held(Role.INTEGRATION)}))
AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
Emitted = Callable[[], Awaitable[Counter[tuple[str, UUID]]]]


async def tell(*many: dict[str, Any]) -> list[Recorded]:
    return await record_contacts(CENTRE, [read_contact(one) for one in many])


def statuses(outcomes: list[Recorded]) -> list[str]:
    return [str(outcome.status) for outcome in outcomes]


def minute(number: int) -> str:
    return (AT + timedelta(minutes=number)).isoformat()


async def team(key: str, *queues: str) -> Team:
    calendar, _ = await Calendar.get_or_create(key="office", defaults={"name": "Office", "time_zone": "UTC", "hours": {}})
    return await Team.create(key=key, name=key.title(), calendar=calendar, queues=list(queues))


async def test_a_contact_is_kept_with_its_customer(db: str, clock: ModuleType) -> None:
    billing = await team("billing")
    contact = await record_contact(
        CENTRE,
        read_contact(
            {
                "externalId": "c-1",
                "customer": {"externalId": "42", "name": "Anna de Vries", "email": "Anna@Example.nl"},
                "touchpoint": "after-call",
                "channel": "phone",
                "team": "billing",
                "endedAt": minute(7),
                "case": 9001,
            }
        ),
    )
    kept = await Contact.get(id=contact.id)
    customer = await Customer.get(id=kept.customer_id)
    assert (kept.system, kept.external_id, kept.touchpoint, kept.team_id) == ("contact-centre", "c-1", "after-call", billing.id)
    assert (kept.outcome, kept.ended_at, kept.attributes) == (Outcome.UNKNOWN, AT + timedelta(minutes=7), {"case": "9001"})
    assert (kept.occurred_at, kept.created_at, kept.updated_at) == (the_clock.now(),) * 3
    assert (customer.name, customer.email, customer.search) == ("Anna de Vries", "anna@example.nl", "anna de vries anna@example.nl")
    assert await CustomerIdentity.filter(customer_id=customer.id).values_list("system", "external_id") == [("crm", "42")]


async def test_the_same_contact_twice_is_one_and_says_nothing_the_second_time(emitted: Emitted) -> None:
    news = {"externalId": "c-1", "customer": {"externalId": "42", "name": "Anna"}, "channel": "phone", "occurredAt": minute(0)}
    first = await tell(news)
    second = await tell(news)
    assert (statuses(first), statuses(second)) == (["recorded"], ["unchanged"])
    assert first[0].id == second[0].id
    customer = await Customer.get()
    assert await emitted() == {("contact", first[0].id): 1, ("customer", customer.id): 1}


async def test_absent_is_kept_null_clears_and_change_is_told(emitted: Emitted) -> None:
    first = await tell({"externalId": "c-1", "channel": "phone", "agent": "jan", "subject": "Invoice", "occurredAt": minute(0)})
    outcomes = await tell({"externalId": "c-1", "subject": None, "channel": None, "outcome": "solved", "occurredAt": minute(1)})
    kept = await Contact.get()
    assert statuses(outcomes) == ["updated"]
    assert (kept.agent_key, kept.subject, kept.channel, kept.outcome) == ("jan", None, "other", "solved")
    assert await emitted() == {("contact", first[0].id): 2}


async def test_late_news_never_overwrites_newer_but_fills_gaps(emitted: Emitted) -> None:
    await tell({"externalId": "c-1", "outcome": "solved", "occurredAt": minute(9)})
    late = await tell({"externalId": "c-1", "outcome": "unknown", "agent": "jan", "occurredAt": minute(1)})
    too_late = await tell({"externalId": "c-1", "outcome": "abandoned", "occurredAt": minute(2)})
    kept = await Contact.get()
    assert (statuses(late), statuses(too_late)) == (["updated"], ["unchanged"])
    assert (kept.outcome, kept.agent_key, kept.occurred_at) == ("solved", "jan", AT + timedelta(minutes=9))


async def test_duplicates_in_one_batch_merge_in_order(emitted: Emitted) -> None:
    outcomes = await tell(
        {"externalId": "c-1", "channel": "phone", "occurredAt": minute(0)},
        {"externalId": "c-2", "channel": "chat", "occurredAt": minute(0)},
        {"externalId": "c-1", "outcome": "solved", "occurredAt": minute(1)},
        {"externalId": "c-1", "outcome": "solved", "occurredAt": minute(1)},
    )
    assert statuses(outcomes) == ["recorded", "recorded", "updated", "unchanged"]
    assert (await Contact.get(external_id="c-1")).outcome == "solved"
    assert await emitted() == {("contact", outcomes[0].id): 1, ("contact", outcomes[1].id): 1}


async def test_one_that_is_refused_stops_no_other(emitted: Emitted) -> None:
    await upsert_customer(CENTRE, read_customer({"externalId": "1"}))
    await tell({"externalId": "y", "customer": {"externalId": "2"}})
    tomorrow = (the_clock.now() + timedelta(days=2)).isoformat()
    outcomes = await tell(
        {"externalId": "c-1", "occurredAt": tomorrow, "customer": {"externalId": "3"}},
        {"externalId": "c-2", "customer": {"externalIds": [{"externalId": "1"}, {"externalId": "2"}]}},
        {"externalId": "c-3", "customer": {"id": "00000000-0000-7000-8000-000000000000"}},
        {"externalId": "c-4", "customer": {"externalId": "1"}},
    )
    assert statuses(outcomes) == ["refused", "refused", "refused", "recorded"]
    assert [[(fault.path, fault.code) for fault in outcome.faults] for outcome in outcomes] == [
        [("occurredAt", "IN_THE_FUTURE")],
        [("customer.externalId", "IDS_OF_TWO_CUSTOMERS")],
        [("customer.id", "NOT_FOUND")],
        [],
    ]
    assert await CustomerIdentity.filter(external_id="3").count() == 0
    assert {contact.external_id for contact in await Contact.all()} == {"c-4", "y"}


async def test_a_single_refusal_is_raised(db: str) -> None:
    with pytest.raises(Invalid, match="lies in the future"):
        await record_contact(CENTRE, read_contact({"externalId": "c", "occurredAt": "2199-01-01T00:00:00Z"}))


async def test_a_contact_may_have_no_customer_and_get_one_later(db: str) -> None:
    await tell({"externalId": "c-1", "occurredAt": minute(0)})
    assert (await Contact.get()).customer_id is None
    assert statuses(await tell({"externalId": "c-1", "customer": {"externalId": "42"}, "occurredAt": minute(1)})) == ["updated"]
    assert (await Contact.get()).customer_id == (await Customer.get()).id
    assert statuses(await tell({"externalId": "c-1", "customer": None, "occurredAt": minute(2)})) == ["updated"]
    assert (await Contact.get()).customer_id is None


async def test_an_address_alone_links_the_one_customer_who_has_it_without_changing_them(db: str) -> None:
    await tell({"externalId": "c-0", "customer": {"externalId": "42", "name": "Anna", "phone": "0612345678"}})
    await tell({"externalId": "c-1", "customer": {"phone": "+31 6 12345678", "name": "A. Caller"}})
    customer = await Customer.get()
    assert (await Contact.get(external_id="c-1")).customer_id == customer.id
    assert customer.name == "Anna"


async def test_an_address_that_several_have_links_nobody(db: str) -> None:
    await tell({"externalId": "c-0", "customer": {"externalId": "1", "phone": "0612345678"}})
    await tell({"externalId": "c-1", "customer": {"externalId": "2", "phone": "0612345678"}})
    assert statuses(await tell({"externalId": "c-2", "customer": {"phone": "0612345678"}})) == ["recorded"]
    assert (await Contact.get(external_id="c-2")).customer_id is None
    assert await Customer.all().count() == 2


async def test_an_address_that_nobody_has_becomes_a_customer_known_by_it(db: str) -> None:
    outcomes = await tell(
        {"externalId": "c-1", "customer": {"email": "Anna@example.nl", "phone": "0612345678"}},
        {"externalId": "c-2", "customer": {"email": "anna@example.nl", "name": "Anna"}},
    )
    assert statuses(outcomes) == ["recorded", "recorded"]
    customer = await Customer.get()
    assert (customer.email, customer.phone, customer.name) == ("anna@example.nl", "+31612345678", "Anna")
    assert await CustomerIdentity.all().values_list("system", "external_id") == [("email", "anna@example.nl")]


async def test_a_contact_centres_own_id_belongs_to_whoever_has_the_number_that_called(db: str) -> None:
    await tell({"externalId": "c-0", "customer": {"externalId": "42", "name": "Anna", "phone": "0612345678"}})
    call = {"system": "genesys", "customer": {"system": "genesys", "externalId": "g-7", "phone": "0612345678", "name": "ANNA V"}}
    await tell({**call, "externalId": "c-1"}, {**call, "externalId": "c-2", "customer": {"system": "genesys", "externalId": "g-7"}})
    anna = await Customer.get()
    assert anna.name == "Anna"
    assert {contact.customer_id for contact in await Contact.all()} == {anna.id}
    assert {identity.system for identity in await CustomerIdentity.filter(customer_id=anna.id)} == {"crm", "genesys"}


async def test_an_id_of_the_crm_is_a_customer_of_its_own_whatever_number_called(db: str) -> None:
    await tell({"externalId": "c-0", "customer": {"externalId": "42", "phone": "0612345678"}})
    await tell({"externalId": "c-1", "customer": {"externalId": "43", "phone": "0612345678"}})
    assert await Customer.all().count() == 2


async def test_teams_are_found_by_key_or_queue_and_unknown_ones_wait(emitted: Emitted) -> None:
    billing = await team("billing", "Invoices NL")
    outcomes = await tell(
        {"externalId": "by-key", "team": "billing", "queue": "other"},
        {"externalId": "by-queue", "team": "nobody", "queue": "Invoices NL"},
        {"externalId": "waits", "team": "sales", "queue": "Sales NL"},
        {"externalId": "silent"},
    )
    by_name = {contact.external_id: contact.team_id for contact in await Contact.all()}
    assert by_name == {"by-key": billing.id, "by-queue": billing.id, "waits": None, "silent": None}
    sales = await team("sales")
    assert await place_contacts(Actor.system("test")) == 1
    assert (await Contact.get(external_id="waits")).team_id == sales.id
    assert (await emitted())["contact", outcomes[2].id or UUID(int=0)] == 2


async def test_a_touchpoint_can_be_told_later_by_older_news(db: str) -> None:
    await tell({"externalId": "c-1", "outcome": "solved", "occurredAt": minute(5)})
    assert (await Contact.get()).touchpoint == "unknown"
    await tell({"externalId": "c-1", "touchpoint": "after-call", "occurredAt": minute(1)})
    assert (await Contact.get()).touchpoint == "after-call"


async def test_a_full_batch_takes_few_statements(emitted: Emitted) -> None:
    await team("billing", "q1")
    batch = [
        read_contact(
            {
                "externalId": f"c-{number}",
                "customer": {
                    "externalId": str(number % 400),
                    "name": f"Customer {number % 400}",
                    "account": {"externalId": str(number % 10)},
                },
                "queue": "q1",
                "occurredAt": minute(number % 60),
                "attributes": {"note": "café ☕ 'quoted' \"twice\" \\ {}"},
            }
        )
        for number in range(1000)
    ]
    with count_statements() as seen:
        first = await record_contacts(CENTRE, batch)
    assert {outcome.status for outcome in first} == {Status.RECORDED}
    assert seen.count <= 12, seen.texts
    with count_statements() as seen:
        again = await record_contacts(CENTRE, batch)
    assert {outcome.status for outcome in again} == {Status.UNCHANGED}
    assert seen.count <= 10, seen.texts
    assert [outcome.id for outcome in again] == [outcome.id for outcome in first]
    assert await Customer.all().count() == 400
    assert (await Contact.get(external_id="c-999")).attributes == {"note": "café ☕ 'quoted' \"twice\" \\ {}"}
    assert sum((await emitted()).values()) == 1400


async def test_a_batch_has_an_end(db: str) -> None:
    draft = read_contact({"externalId": "c"})
    with pytest.raises(Invalid, match="at most 1000"):
        await record_contacts(CENTRE, [draft] * 1001)
    assert await record_contacts(CENTRE, []) == []


async def test_who_may_not_record_is_refused(db: str) -> None:
    analyst = Actor("Ada", frozenset({Held(Role.ANALYST)}))
    with pytest.raises(Forbidden):
        await record_contacts(analyst, [read_contact({"externalId": "c"})])
    assert await Contact.all().count() == 0
