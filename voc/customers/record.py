"""Recording contacts: the door through which everything comes in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from voc.core import clock, events
from voc.core.access import Action, Actor
from voc.core.verb import verb
from voc.customers.bulk import Row
from voc.customers.drafts import ContactDraft, CustomerDraft
from voc.customers.events import ContactRecorded
from voc.customers.merge import News, news_of
from voc.customers.models import Channel, Contact, Direction, Outcome
from voc.customers.place_teams import TeamBook, team_book
from voc.customers.store import Recorded, Shape, check_size, moment_of, refused_future, store_by_key
from voc.customers.store_customers import store_customers

UNKNOWN_TOUCHPOINT = "unknown"
_EMPTY = {"touchpoint": UNKNOWN_TOUCHPOINT, "channel": Channel.OTHER, "direction": Direction.INBOUND, "outcome": Outcome.UNKNOWN}
_SAID = (
    "touchpoint",
    "channel",
    "direction",
    "outcome",
    "team_key",
    "queue",
    "agent_key",
    "agent_name",
    "subject",
    "started_at",
    "ended_at",
)
_BLANK = {**dict.fromkeys(_SAID), **_EMPTY, "customer_id": None, "team_id": None}


@verb(Action.RECORD_CONTACT)
async def record_contact(actor: Actor, draft: ContactDraft) -> Contact:
    """Record what is told of a contact, which is new or known. Invalid when it is refused."""
    outcome = (await record_contacts(actor, [draft]))[0]
    return await Contact.get(id=outcome.accepted_id())


@verb(Action.RECORD_CONTACT)
async def record_contacts(actor: Actor, drafts: Sequence[ContactDraft]) -> list[Recorded]:
    """Record what is told of up to 1,000 contacts and their customers; what became of each, in order. One that is refused stops no other.

    The same news twice changes nothing and says nothing. Absent fields are kept, older news never overwrites newer.
    A touchpoint, team or queue that nobody knows is kept as sent, and listed for mapping.
    """
    check_size(drafts)
    refused = refused_future([draft.occurred_at for draft in drafts])
    now = clock.now()
    at = {place: moment_of(draft.occurred_at, now) for place, draft in enumerate(drafts) if place not in refused}
    customers = await _customers(drafts, at, refused)
    kept = [place for place in at if place not in refused]
    teams = await team_book()
    shape = Shape(Contact, _BLANK, lambda row: _find_team(row, teams))
    stored = await store_by_key(shape, [(drafts[place].ref, _news(drafts[place], at[place], customers, place)) for place in kept])
    outcomes = refused | dict(zip(kept, stored, strict=True))
    await events.emit_many(ContactRecorded(one) for one in dict.fromkeys(found.id for found in stored if found.id and found.has_changed))
    return [outcomes[place] for place in range(len(drafts))]


async def _customers(drafts: Sequence[ContactDraft], at: Mapping[int, datetime], refused: dict[int, Recorded]) -> dict[int, UUID | None]:
    """The customer of each contact that says whose it is; a customer who is refused takes the contact along."""
    whose = [(place, customer) for place in at if isinstance(customer := drafts[place].customer, CustomerDraft)]
    if not whose:
        return {}
    # A contact centre's own ids say little beside the number that called: see `place_customers`.
    own_ids = {
        n for n, (place, customer) in enumerate(whose) if {ref.system for ref in customer.external_ids} == {drafts[place].ref.system}
    }
    stored = await store_customers([customer for _, customer in whose], [at[place] for place, _ in whose], own_ids)
    refused |= {place: outcome.below("customer") for (place, _), outcome in zip(whose, stored, strict=True) if outcome.faults}
    return {place: outcome.id for (place, _), outcome in zip(whose, stored, strict=True) if outcome.id}


def _news(draft: ContactDraft, at: datetime, customers: Mapping[int, UUID | None], place: int) -> News:
    said = {name: getattr(draft, name) for name in _SAID}
    if place in customers or draft.customer is None:
        said["customer_id"] = customers.get(place)
    return news_of(at, said, draft.attributes, _EMPTY)


def _find_team(row: Row, teams: TeamBook) -> None:
    row["team_id"] = teams.team_of(row["team_key"], row["queue"])
