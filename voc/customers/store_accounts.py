"""Accounts, written within a verb."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from voc.core import clock
from voc.customers.drafts import AccountDraft, ExternalId
from voc.customers.merge import News, news_of
from voc.customers.models import Account
from voc.customers.store import Recorded, Shape, Status, moment_of, refused_future, store_by_key

ACCOUNTS = Shape(
    Account,
    {"name": "", "parent_id": None, "owner": None, "segment": None, "value_amount": None, "value_currency": None},
)


async def store_accounts(drafts: Sequence[AccountDraft], at: Sequence[datetime] | None = None) -> list[Recorded]:
    """Write accounts and their parents; what became of each, in order. News without a moment is of `at`, else of now.

    Two batches may name the same accounts as parent and child the other way round: where there are parents, all rows are made and
    locked in one order first.
    """
    moments = at or [clock.now()] * len(drafts)
    refused = refused_future([draft.occurred_at for draft in drafts])
    kept = [(draft, moment) for place, (draft, moment) in enumerate(zip(drafts, moments, strict=True)) if place not in refused]
    parents = {draft.parent: News(moment, {}) for draft, moment in kept if isinstance(draft.parent, ExternalId)}
    named = {draft.ref: News(moment, {}) for draft, moment in kept} | parents if parents else {}
    made = dict(zip(named, await store_by_key(ACCOUNTS, list(named.items())), strict=True))
    ids = {ref: made[ref].accepted_id() for ref in parents}
    stored = await store_by_key(ACCOUNTS, [(draft.ref, _news(draft, moment, ids)) for draft, moment in kept])
    told = iter(_as_new(draft.ref, outcome, made) for (draft, _), outcome in zip(kept, stored, strict=True))
    return [refused[place] if place in refused else next(told) for place in range(len(drafts))]


def _as_new(ref: ExternalId, outcome: Recorded, made: dict[ExternalId, Recorded]) -> Recorded:
    """The first news of an account that was made a moment ago is told as what recorded it."""
    first = made.pop(ref, outcome)
    return first if first.status is Status.RECORDED else outcome


def _news(draft: AccountDraft, at: datetime, parents: Mapping[ExternalId, UUID]) -> News:
    said = {
        "name": draft.name,
        "parent_id": parents[draft.parent] if isinstance(draft.parent, ExternalId) else draft.parent,
        "owner": draft.owner,
        "segment": draft.segment,
        "value_amount": draft.value_amount,
        "value_currency": draft.value_currency,
    }
    return news_of(moment_of(draft.occurred_at, at), said, draft.attributes, {"name": ""})
