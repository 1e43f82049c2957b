"""Contacts of the past with what was known of them then, read in batches for a rehearsal."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from voc.core import settings
from voc.core.db import as_json, as_moment, marks, padded, rows
from voc.core.waiting import end
from voc.outreach.deciding.facts import NO_PACE, NOWHERE, Held, Reach, Weight
from voc.outreach.deciding.told import contact_told
from voc.outreach.editions import metrics_in
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.sampling import Pace
from voc.outreach.policies.version_rules import stored_rules
from voc.outreach.rehearsing.past_facts import PastContact, SurveyFacts
from voc.outreach.rehearsing.past_people import Asks, People

BATCH = 2000
# Of each touchpoint as many as a batch takes, along its own index; the first of them all together are the batch.
_OF_ONE = """SELECT * FROM (SELECT c.id, c.customer_id, c.touchpoint, c.channel, c.direction, c.outcome, c.team_key, c.queue, c.agent_key,
        c.subject, c.started_at, c.ended_at, c.attributes, c.created_at, d.inputs, d.policy_number
    FROM contact c LEFT JOIN decision d ON d.contact_id = c.id AND d.policy_key = ?
    WHERE c.touchpoint = ? AND c.ended_at >= ? AND c.ended_at < ? AND (c.ended_at > ? OR c.id > ?)
    ORDER BY c.ended_at, c.id LIMIT ?) AS told"""
_IN_FORCE = """SELECT p.id, p.key, v.rules FROM policy p JOIN policy_version v ON v.policy_id = p.id AND v.number = p.number"""
_TARGETS = "SELECT v.number, v.rules FROM policy_version v JOIN policy p ON p.id = v.policy_id WHERE p.key = ?"
_EDITIONS = (
    """SELECT s.key, e.id FROM survey s JOIN survey_version e ON e.survey_id = s.id AND e.number = s.last_number WHERE s.key IN ({})"""
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Contacts in the order in which they ended, with what was ever asked of those who are met first here, and at their accounts."""

    contacts: Sequence[PastContact]
    asks: Asks
    asks_at_accounts: Asks


async def surveys_named(keys: Iterable[str]) -> dict[str, SurveyFacts]:
    """Of each survey that has an edition, what it measures."""
    wanted = padded(sorted(set(keys)))
    found = await rows(_EDITIONS.format(marks(wanted)), *wanted)
    measured = await metrics_in(UUID(str(row["id"])) for row in found)
    return {row["key"]: SurveyFacts(is_published=True, metrics=measured[UUID(str(row["id"]))]) for row in found}


async def policies_in_force() -> dict[str, tuple[UUID, Rules]]:
    """The id and the rules of every policy that is, or was when it was retired, in force, by its key."""
    return {row["key"]: (UUID(str(row["id"])), stored_rules(row["rules"])) for row in await rows(_IN_FORCE)}


async def contacts_between(
    key: str, touchpoints: Sequence[str], since: datetime, until: datetime, weights: Mapping[str, Weight], *, by_account: bool
) -> AsyncIterator[Batch]:
    """The contacts of some touchpoints that ended in that time, with what the policy of that key saw of them where it decided.

    Where it did not, consent and addresses are those of today, and nothing was held. While a batch is looked at, the next is read
    already: not for within a transaction.
    """
    wanted = {row["number"]: stored_rules(row["rules"]).answers_a_month for row in await rows(_TARGETS, key)}
    people = People(weights, by_account=by_account)
    sql = " UNION ALL ".join(_OF_ONE for _ in touchpoints) + " ORDER BY ended_at, id LIMIT ?"

    def read_on(*after: object) -> "asyncio.Task[list[dict[str, Any]]]":
        each = [(key, one, after[0], until, *after, BATCH) for one in touchpoints]
        return asyncio.create_task(rows(sql, *(value for values in each for value in values), BATCH))

    coming = read_on(since, UUID(int=0))
    try:
        while found := await coming:
            coming = read_on(found[-1]["ended_at"], found[-1]["id"])
            asks, at_accounts = await people.meet(row["customer_id"] for row in found)
            yield Batch([_contact(row, people, wanted) for row in found], asks, at_accounts)
    finally:
        await end(coming)


def _contact(row: Mapping[str, Any], people: People, wanted: Mapping[int, int]) -> PastContact:
    contact, known_at = contact_told(row), as_moment(row["created_at"])
    if contact is None or known_at is None:
        raise ValueError("A contact of the past has ended, and was recorded.")
    person = people[row["customer_id"]]
    if row["inputs"] is None:
        return PastContact(UUID(str(row["id"])), person, known_at, contact, person.reach if person else NOWHERE)
    inputs = as_json(row["inputs"])
    return PastContact(
        UUID(str(row["id"])),
        person,
        known_at,
        contact,
        _reach_then(inputs),
        holds=tuple(Held(source) for source in inputs.get("holds", ())),
        paced_for=wanted.get(row["policy_number"], 0),
        pace=Pace(**inputs["pace"]) if "pace" in inputs else NO_PACE,
    )


def _reach_then(inputs: Mapping[str, Any]) -> Reach:
    consents = tuple(sorted(inputs.get("consents", {}).items()))
    asks_unknown = settings.current().unknown_consent == "ask"
    return _reach(tuple(inputs.get("addresses", ())), consents, tuple(inputs.get("suppressed", ())), asks_unknown)


@lru_cache(maxsize=4096)
def _reach(addresses: tuple[str, ...], consents: tuple[tuple[str, str], ...], suppressed: tuple[str, ...], asks_unknown: bool) -> Reach:
    return Reach(addresses=frozenset(addresses), consents=dict(consents), suppressed=frozenset(suppressed), asks_unknown=asks_unknown)
