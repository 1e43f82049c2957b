"""What customers say about being asked over a channel. Whoever said it last counts, also when it is told late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voc.core import clock, events
from voc.core.access import Action, Actor
from voc.core.errors import NotFound
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.customers.bulk import Row, find_by, insert_new, update_by_id
from voc.customers.events import CustomerChanged
from voc.customers.models import Channel, Consent, ConsentState, Customer

KEY = ("customer_id", "channel")


@dataclass(frozen=True, slots=True)
class ConsentNews:
    """What a customer said about a channel, when, and who told us."""

    customer_id: UUID
    channel: Channel
    state: ConsentState
    source: str
    said_at: datetime


@verb(Action.SET_CONSENT)
async def set_consent(
    actor: Actor, customer_id: UUID, channel: Channel, state: ConsentState, source: str, said_at: datetime | None = None
) -> bool:
    """Note what a customer said about a channel; says whether it changes anything. What was said before the known word changes nothing.

    The holder of a secret link speaks for the customer the link was sent to: whoever reads the link passes that customer on.
    """
    if not await Customer.filter(id=customer_id).exists():
        raise NotFound("There is no such customer.")
    changed = await store_consents([ConsentNews(customer_id, channel, state, source, said_at or clock.now())])
    await events.emit_many(CustomerChanged(one) for one in changed)
    return bool(changed)


async def store_consents(news: Sequence[ConsentNews]) -> set[UUID]:
    """Write what was said, within a verb; gives the customers for whom something is different now."""
    newest: dict[tuple[UUID, Channel], ConsentNews] = {}
    for one in news:
        key = (one.customer_id, one.channel)
        if key not in newest or newest[key].said_at <= one.said_at:
            newest[key] = one
    new: list[Row] = [
        {
            "id": new_id(),
            "customer_id": one.customer_id,
            "channel": one.channel,
            "state": one.state,
            "source": one.source,
            "said_at": one.said_at,
        }
        for _, one in sorted(newest.items(), key=lambda item: (str(item[0][0]), item[0][1]))
    ]
    made = await insert_new(Consent, new, unless=KEY)
    changed = {row["customer_id"] for row in new if row["id"] in made}
    told_again = [(row["customer_id"], row["channel"]) for row in new if row["id"] not in made]
    written = []
    for row in await find_by(Consent, told_again, KEY, lock=True):
        one = newest[row["customer_id"], Channel(row["channel"])]
        if row["said_at"] > one.said_at or (row["state"], row["said_at"]) == (one.state, one.said_at):
            continue
        if row["state"] != one.state:
            changed.add(row["customer_id"])
        written.append({"id": row["id"], "state": one.state, "source": one.source, "said_at": one.said_at})
    await update_by_id(Consent, written)
    return changed
