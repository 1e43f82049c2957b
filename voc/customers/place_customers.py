"""Whom a draft is about: a customer who is known by one of its ids, or one who is new."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from voc.core.ids import new_id
from voc.customers.drafts import CustomerDraft, ExternalId
from voc.customers.identify import customers_known_as, customers_reached_at
from voc.customers.store import Recorded

TWO_CUSTOMERS = "These ids belong to different customers: send each customer apart, or correct the ids."


@dataclass(slots=True)
class Placed:
    """The customers of a batch of drafts, by the draft's place; who is linked is found by an address alone, and not changed."""

    customers: dict[int, UUID] = field(default_factory=dict)
    refused: dict[int, Recorded] = field(default_factory=dict)
    linked: set[int] = field(default_factory=set)
    new: set[UUID] = field(default_factory=set)
    new_refs: dict[ExternalId, UUID] = field(default_factory=dict)

    def add(self, place: int, refs: Sequence[ExternalId], ids: set[UUID], known: dict[ExternalId, UUID]) -> None:
        """Place a draft with the customer who has these ids, or with a new one; what no longer fits one customer is refused."""
        if len(ids) > 1:
            self.refused[place] = Recorded.refused("externalId", "IDS_OF_TWO_CUSTOMERS", TWO_CUSTOMERS)
            return
        customer_id = next(iter(ids)) if ids else new_id()
        if not ids:
            self.new.add(customer_id)
        self.customers[place] = customer_id
        for ref in refs:
            if ref not in known:
                known[ref] = self.new_refs[ref] = customer_id


async def place_customers(drafts: Sequence[CustomerDraft], by_address: Collection[int] = ()) -> Placed:
    """Find the customer of each draft, in at most three statements. Drafts are placed in order, so that the same new customer comes once.

    A draft with only a mail address or telephone number is linked to the one customer who has it; where several have it, it has no
    customer; where nobody has it, the address itself becomes the outside id. The same holds for the drafts at `by_address`
    as long as nobody knows their outside ids, and whoever they are linked to gets those ids: they are a contact centre's own, which
    the CRM has never heard of.
    """
    known = await customers_known_as([ref for draft in drafts for ref in _names(draft)])
    unknown = [place for place, draft in enumerate(drafts) if not draft.id and not any(ref in known for ref in _names(draft))]
    searching = {place for place in unknown if place in by_address or not drafts[place].external_ids}
    reached = await customers_reached_at([ref.external_id for place in searching for ref in _addresses(drafts[place])])
    placed = Placed()
    for place, draft in enumerate(drafts):
        names = _names(draft)
        is_named = bool(draft.id or draft.external_ids)
        found = [known[ref] for ref in names if ref in known]
        ids = set(found if is_named else found[:1]) | ({draft.id} if draft.id else set())
        if not ids and place in searching:
            behind = [reached[ref.external_id] for ref in _addresses(draft) if ref.external_id in reached]
            ids = next((whose for whose in behind if len(whose) == 1), set())
            if ids:
                placed.linked.add(place)
            elif behind or not names:
                continue
        placed.add(place, names if is_named else () if ids else names[:1], ids, known)
    return placed


def _names(draft: CustomerDraft) -> tuple[ExternalId, ...]:
    """What a customer is known by: outside ids or, where there are none, addresses."""
    return draft.external_ids if draft.external_ids or draft.id else _addresses(draft)


def _addresses(draft: CustomerDraft) -> tuple[ExternalId, ...]:
    mail = [ExternalId("email", draft.email)] if isinstance(draft.email, str) else []
    phone = [ExternalId("phone", draft.phone)] if isinstance(draft.phone, str) else []
    return (*mail, *phone)
