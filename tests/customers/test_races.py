"""Two who tell at the same time: one customer, one contact, no lost news. On PostgreSQL they really run side by side."""

import asyncio
from contextvars import Context

from voc.core.access import Actor, Held, Role
from voc.core.db import rows
from voc.customers.drafts import ContactDraft, read_contact
from voc.customers.models import Contact, Customer, CustomerIdentity
from voc.customers.record import record_contacts
from voc.customers.store import Status

CENTRE = Actor("contact centre", frozenset({Held(Role.INTEGRATION)}))
TELLERS = 6
NUMBERS = 40


def batch(teller: int) -> list[ContactDraft]:
    """Each tells of the same contacts and customers in an order of its own, and of one field of its own."""
    order = range(NUMBERS) if teller % 2 else reversed(range(NUMBERS))
    return [
        read_contact(
            {
                "externalId": f"c-{number}",
                "customer": {
                    "externalIds": [{"externalId": str(number)}, {"system": f"s{teller}", "externalId": str(number)}],
                    "segment": "gold",
                },
                "attributes": {f"from{teller}": "told"},
                "occurredAt": "2026-03-03T09:00:00Z",
            }
        )
        for number in order
    ]


async def test_many_who_tell_of_the_same_things_at_once_lose_nothing(db: str) -> None:
    tellers = [asyncio.create_task(record_contacts(CENTRE, batch(teller)), context=Context()) for teller in range(TELLERS)]
    outcomes = [outcome for many in await asyncio.gather(*tellers) for outcome in many]

    assert sum(outcome.status is Status.RECORDED for outcome in outcomes) == NUMBERS
    assert sum(outcome.status is Status.UPDATED for outcome in outcomes) == NUMBERS * (TELLERS - 1)
    assert await Customer.all().count() == await Contact.all().count() == NUMBERS
    assert await CustomerIdentity.all().count() == NUMBERS * (TELLERS + 1)
    everything = {f"from{teller}": "told" for teller in range(TELLERS)}
    assert all(contact.attributes == everything for contact in await Contact.all())
    ids = {row["n"] for row in await rows("SELECT count(DISTINCT customer_id) AS n FROM customer_identity GROUP BY external_id")}
    assert ids == {1}
