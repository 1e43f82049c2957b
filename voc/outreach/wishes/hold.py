"""Leaving a customer alone for now: for an open task, a promise, or because somebody asked."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import execute_many, rows
from voc.core.errors import Invalid, NotFound
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.customers.models import Customer
from voc.outreach.deciding.decide import look_again
from voc.outreach.deciding.standing import keep_customer, keep_customers
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.outreach.delivering.plan import Leaving, add_deliveries
from voc.outreach.models import Hold

_PUT = """
    INSERT INTO hold (id, customer_id, source, reason, since, until) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (customer_id, source) DO UPDATE SET reason = excluded.reason, until = excluded.until"""


@verb(Action.HOLD_CUSTOMER)
async def hold_customer(actor: Actor, customer_id: UUID, source: str, reason: str, until: datetime | None = None) -> Hold:
    """Leave the customer alone until a moment, or until the source (such as `task:…`) releases them; one hold per customer and source.

    Invitations that are planned wait when their turn comes, unless their policy asks nevertheless.
    """
    if not source.strip() or len(source) > 100:
        raise Invalid.at("source", "WRONG_LENGTH", "Say in at most 100 characters what holds the customer, such as `task:` and its id.")
    if not await Customer.filter(id=customer_id).exists():
        raise NotFound("There is no such customer.")
    await _hold({source: customer_id}, reason, until)
    return await Hold.get(customer_id=customer_id, source=source)


@verb(Action.HOLD_CUSTOMER)
async def hold_customers(actor: Actor, customers: Mapping[str, UUID], reason: str) -> None:
    """Leave each customer alone until its source (the keys) releases them, as `hold_customer` does; each of them must be there."""
    await _hold(customers, reason, None)


@verb(Action.HOLD_CUSTOMER)
async def release_hold(actor: Actor, customer_id: UUID, source: str) -> bool:
    """Take a hold away: what waited for it goes on its way. Says whether there was one."""
    await keep_customer(customer_id)
    if not await Hold.filter(customer_id=customer_id, source=source).delete():
        return False
    freed = await rows(
        """UPDATE invitation SET state = 'planned', state_reason = '' WHERE customer_id = ? AND state = 'held' AND state_reason = ?
            RETURNING id, channel""",
        *(customer_id, Reason.HELD),
    )
    mark = new_id()
    await add_deliveries(Leaving(row["id"], row["channel"], mark=mark) for row in freed)
    waiting = await rows(
        "SELECT contact_id FROM decision WHERE customer_id = ? AND verdict = ? AND reason = ?", customer_id, Verdict.DELAY, Reason.HELD
    )
    await look_again([row["contact_id"] for row in waiting])
    return True


async def _hold(customers: Mapping[str, UUID], reason: str, until: datetime | None) -> None:
    if customers:
        await keep_customers(customers.values())
        now, why = clock.now(), reason.strip()[:200]
        await execute_many(_PUT, [(new_id(), customer_id, source, why, now, until) for source, customer_id in customers.items()])
