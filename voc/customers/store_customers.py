"""Customers, written within a verb: together with their outside ids, accounts and consents, in few statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from voc.core import clock, events
from voc.core.db import transaction
from voc.core.errors import Conflict
from voc.core.ids import new_id
from voc.customers.bulk import Row, find_by, insert_new, update_by_id
from voc.customers.consent import ConsentNews, store_consents
from voc.customers.drafts import AccountDraft, CustomerDraft, ExternalId
from voc.customers.events import CustomerChanged
from voc.customers.merge import News, news_of
from voc.customers.models import Customer, CustomerIdentity
from voc.customers.place_customers import Placed, place_customers
from voc.customers.store import KEY, Recorded, Shape, Status, change, moment_of, refused_future
from voc.customers.store_accounts import store_accounts
from voc.customers.values import folded

ATTEMPTS = 5
_COLUMNS = ("name", "first_name", "email", "phone", "language", "time_zone", "segment", "value_amount", "value_currency")
_NOBODY = Recorded.refused("id", "NOT_FOUND", "There is no customer with this id.")


def _derive(row: Row) -> None:
    row["search"] = folded(" ".join(row[name] for name in ("name", "email", "phone") if row[name]))[:700]


CUSTOMERS = Shape(Customer, {**dict.fromkeys(_COLUMNS), "account_id": None, "search": ""}, _derive)


class Told(NamedTuple):
    """What a draft says, with its place in the batch."""

    place: int
    draft: CustomerDraft
    news: News


async def store_customers(
    drafts: Sequence[CustomerDraft], at: Sequence[datetime] | None = None, by_address: Collection[int] = ()
) -> list[Recorded]:
    """Write customers; what became of each, in order. News without a moment is of `at`, else of now.

    For `by_address` see `place_customers`. An item that is accepted without an id has no customer: several have its address.
    """
    moments = at or [clock.now()] * len(drafts)
    for _ in range(ATTEMPTS):
        try:
            async with transaction():
                return await _store(drafts, moments, by_address)
        except _Overtaken:
            continue
    raise Conflict("BUSY", "Others are changing the same customers at this very moment: send it again.")


class _Overtaken(Exception):
    """Another transaction gave a new outside id to its customer first, or erased one of ours: look again."""


async def _store(drafts: Sequence[CustomerDraft], at: Sequence[datetime], by_address: Collection[int]) -> list[Recorded]:
    placed = await place_customers(drafts, by_address)
    placed.refused |= refused_future([draft.occurred_at for draft in drafts])
    told = await _told(drafts, at, placed)
    outcomes = {**await _change_known(placed, told), **await _make_new(placed, told)}
    there = {one for one, many in told.items() if outcomes[many[0].place].id}
    await _add_ids([(ref, whose) for ref, whose in sorted(placed.new_refs.items()) if whose in there])
    spoken = await store_consents(
        [said for one in there for each in told[one] if each.place not in placed.linked for said in _consents(one, each)]
    )
    for each in [each for one in spoken for each in told[one] if each.draft.consents]:
        if outcomes[each.place].status is Status.UNCHANGED:
            outcomes[each.place] = Recorded(Status.UPDATED, outcomes[each.place].id)
    await events.emit_many(
        CustomerChanged(one) for one in sorted(there, key=str) if any(outcomes[each.place].has_changed for each in told[one])
    )
    return [placed.refused.get(place) or outcomes.get(place) or Recorded(Status.UNCHANGED) for place in range(len(drafts))]


async def _told(drafts: Sequence[CustomerDraft], at: Sequence[datetime], placed: Placed) -> dict[UUID, list[Told]]:
    """What the accepted drafts say of each customer. Whoever was found by an address alone is linked, and not changed."""
    accepted = [place for place in placed.customers if place not in placed.refused]
    moments = {place: moment_of(drafts[place].occurred_at, at[place]) for place in accepted}
    belonging = [(place, account) for place in accepted if isinstance(account := drafts[place].account, AccountDraft)]
    stored = await store_accounts([account for _, account in belonging], [moments[place] for place, _ in belonging])
    placed.refused |= {place: outcome for (place, _), outcome in zip(belonging, stored, strict=True) if not outcome.id}
    accounts = {place: outcome.id for (place, _), outcome in zip(belonging, stored, strict=True)}
    told: dict[UUID, list[Told]] = {}
    for place in accepted:
        if place not in placed.refused:
            draft = drafts[place]
            said = {name: getattr(draft, name) for name in _COLUMNS}
            said["account_id"] = accounts.get(place, draft.account)
            news = News(moments[place], {}) if place in placed.linked else news_of(moments[place], said, draft.attributes)
            told.setdefault(placed.customers[place], []).append(Told(place, draft, news))
    return told


async def _change_known(placed: Placed, told: Mapping[UUID, Sequence[Told]]) -> dict[int, Recorded]:
    known = {one: many for one, many in told.items() if one not in placed.new}
    to_read = {one: many for one, many in known.items() if any(each.news or each.draft.id or each.draft.consents for each in many)}
    found = {row["id"]: row for row in await find_by(Customer, [(one,) for one in to_read], ("id",), lock=True)}
    outcomes = {each.place: Recorded(Status.UNCHANGED, one) for one, many in known.items() for each in many}
    written: list[Row] = []
    for one, many in to_read.items():
        if one in found:
            changes, row = change(CUSTOMERS, found[one], [each.news for each in many])
            outcomes |= {each.place: Recorded(Status.UPDATED, one) for each, changed in zip(many, changes, strict=True) if changed}
            written += [row] if row else []
        elif any(each.draft.id == one for each in many):
            outcomes |= {each.place: _NOBODY for each in many}
        else:
            raise _Overtaken
    await update_by_id(Customer, written)
    return outcomes


async def _make_new(placed: Placed, told: Mapping[UUID, Sequence[Told]]) -> dict[int, Recorded]:
    new: list[Row] = []
    outcomes: dict[int, Recorded] = {}
    for one in sorted(placed.new & set(told), key=str):
        row = CUSTOMERS.new_row(told[one][0].news.at, id=one)
        changes = [True, *CUSTOMERS.fold(row, [each.news for each in told[one]])[1:]]
        new.append(row)
        for each, changed in zip(told[one], changes, strict=True):
            first = each is told[one][0]
            outcomes[each.place] = Recorded(Status.RECORDED if first else Status.UPDATED if changed else Status.UNCHANGED, one)
    await insert_new(Customer, new, unless=("id",))
    return outcomes


async def _add_ids(new_refs: Sequence[tuple[ExternalId, UUID]]) -> None:
    rows = [{"id": new_id(), "customer_id": whose, "system": ref.system, "external_id": ref.external_id} for ref, whose in new_refs]
    if len(await insert_new(CustomerIdentity, rows, unless=KEY)) < len(rows):
        raise _Overtaken


def _consents(customer_id: UUID, told: Told) -> Iterable[ConsentNews]:
    source = told.draft.external_ids[0].system if told.draft.external_ids else "contact"
    for channel, state in told.draft.consents.items():
        yield ConsentNews(customer_id, channel, state, source, told.news.at)
