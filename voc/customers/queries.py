"""Reads of the customers room: who may see which rows, and with which names."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from tortoise.expressions import F, Q, Subquery
from tortoise.functions import Coalesce
from tortoise.queryset import QuerySet

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import as_moment, marks, rows
from voc.customers.identify import normalise_phone
from voc.customers.masking import masked_mail, masked_name, masked_phone
from voc.customers.models import Account, Consent, Contact, Customer, CustomerIdentity
from voc.customers.values import folded

MOST_FOUND = 50
LOOK_BACK = timedelta(days=90)


def contacts_visible_to(actor: Actor) -> QuerySet[Contact]:
    """The contacts within the actor's reach."""
    reach = actor.reach(Action.SEE_CUSTOMERS)
    if reach.all:
        return Contact.all()
    return Contact.filter(team_id__in=list(reach.teams)) if reach else Contact.filter(id=None)


def customers_visible_to(actor: Actor) -> QuerySet[Customer]:
    """The customers within the actor's reach; whose reach is a team sees those who had contact with it."""
    reach = actor.reach(Action.SEE_CUSTOMERS)
    if reach.all:
        return Customer.all()
    if not reach:
        return Customer.filter(id=None)
    return Customer.filter(id__in=Subquery(Contact.filter(team_id__in=list(reach.teams)).values("customer_id")))


def accounts_visible_to(actor: Actor) -> QuerySet[Account]:
    """The accounts, for whoever sees all customers."""
    return Account.all() if actor.reach(Action.SEE_CUSTOMERS).all else Account.filter(id=None)


class Shown(NamedTuple):
    """What an actor is shown of who a customer is."""

    name: str | None
    email: str | None
    phone: str | None


def masked_for(actor: Actor, team_ids: Collection[UUID | None] = ()) -> Callable[[Customer], Shown]:
    """How the actor is shown who customers are: plainly or masked. `team_ids` are the teams the customer now concerns, such as a task's."""
    reach = actor.reach(Action.SEE_IDENTITY)
    if reach.all or any(reach.covers(team_id) for team_id in team_ids):
        return lambda customer: Shown(customer.name, customer.email, customer.phone)
    return lambda customer: Shown(masked_name(customer.name), masked_mail(customer.email), masked_phone(customer.phone))


async def identities_of(customer_ids: Iterable[UUID]) -> dict[UUID, list[CustomerIdentity]]:
    """The outside ids of each customer, in one statement."""
    found: dict[UUID, list[CustomerIdentity]] = {one: [] for one in customer_ids}
    for identity in await CustomerIdentity.filter(customer_id__in=list(found)).order_by("system", "external_id"):
        found[identity.customer_id].append(identity)
    return found


async def consents_of(customer_ids: Iterable[UUID]) -> dict[UUID, list[Consent]]:
    """What each customer said about channels, in one statement. A channel that is not there: nobody knows."""
    found: dict[UUID, list[Consent]] = {one: [] for one in customer_ids}
    for consent in await Consent.filter(customer_id__in=list(found)).order_by("channel"):
        found[consent.customer_id].append(consent)
    return found


async def latest_contacts(actor: Actor, customer_id: UUID, limit: int = 20, before: datetime | None = None) -> list[Contact]:
    """A customer's contacts for their timeline, newest first; those that have not ended yet come by when they were first told of."""
    contacts = contacts_visible_to(actor).filter(customer_id=customer_id).annotate(at=Coalesce("ended_at", F("created_at")))
    return await (contacts.filter(at__lt=before) if before else contacts).order_by("-at", "-id").limit(limit)


async def search(actor: Actor, text: str, limit: int = 20) -> list[Customer]:
    """Customers by any part of name, mail or phone, or by the start of an outside id; the one last heard of comes first.

    Who is shown masked names searches outside ids only: a name that is found would be a name that is told.
    """
    words = folded(text).split()[:6]
    if not words:
        return []
    by_id = CustomerIdentity.filter(external_id__istartswith=text.strip()).limit(MOST_FOUND).values("customer_id")
    wanted = Q(id__in=[row["customer_id"] for row in await by_id])
    if actor.reach(Action.SEE_IDENTITY).all:
        wanted |= Q(*(Q(search__contains=word) for word in words), join_type="AND")
        if number := normalise_phone(text):
            wanted |= Q(phone=number)
    return await customers_visible_to(actor).filter(wanted).order_by("-occurred_at", "-id").limit(min(limit, MOST_FOUND))


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A touchpoint, team or queue that contacts name and nobody knows: how often, and when last."""

    kind: str
    key: str
    count: int
    last_at: datetime | None


async def unmapped(actor: Actor, known_touchpoints: Collection[str], since: datetime | None = None) -> list[Unmapped]:
    """What the contacts of the last 90 days (or since a moment) name that waits for mapping, most frequent first."""
    actor.must(Action.SEE_CUSTOMERS)
    from_when = since or clock.now() - LOOK_BACK
    known = list(known_touchpoints) or [""]
    found = await rows(
        f"""SELECT 'touchpoint' AS kind, touchpoint AS key, count(*) AS n, max(created_at) AS last_at FROM contact
              WHERE created_at >= ? AND touchpoint NOT IN ({marks(known)}) GROUP BY touchpoint
            UNION ALL SELECT 'team', team_key, count(*), max(created_at) FROM contact
              WHERE created_at >= ? AND team_id IS NULL AND team_key IS NOT NULL GROUP BY team_key
            UNION ALL SELECT 'queue', queue, count(*), max(created_at) FROM contact
              WHERE created_at >= ? AND team_id IS NULL AND queue IS NOT NULL GROUP BY queue
            ORDER BY 3 DESC, 1, 2""",
        from_when,
        *known,
        from_when,
        from_when,
    )
    return [Unmapped(row["kind"], row["key"], int(row["n"]), as_moment(row["last_at"])) for row in found]
