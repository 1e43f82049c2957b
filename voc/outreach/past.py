"""Contacts of the past with what was known of them then, read in batches for a rehearsal."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from voc.core import clock, settings
from voc.core.db import as_json, as_moment, as_uuid, marks, padded, rows
from voc.outreach.addresses import address_hash, customer_hash
from voc.outreach.editions import metrics_in
from voc.outreach.facts import NO_PACE, NOWHERE, Held, Reach
from voc.outreach.rehearsal import PastAsk, PastContact, SurveyFacts
from voc.outreach.sampling import Pace
from voc.outreach.told import account_told, contact_told, customer_told, reach_told

BATCH = 2000
_CONTACTS = """SELECT c.id, c.customer_id, c.touchpoint, c.channel, c.direction, c.outcome, c.team_key, c.queue, c.agent_key, c.subject,
        c.started_at, c.ended_at, c.attributes, c.created_at, u.email, u.phone, u.language, u.time_zone, u.segment, u.value_amount,
        u.value_currency, u.attributes AS customer_attributes, u.account_id, u.created_at AS known_since, a.segment AS account_segment,
        a.value_amount AS account_value, a.value_currency AS account_currency, a.owner AS account_owner,
        a.attributes AS account_attributes, d.inputs, d.policy_number
    FROM contact c LEFT JOIN customer u ON u.id = c.customer_id LEFT JOIN account a ON a.id = u.account_id
    LEFT JOIN decision d ON d.contact_id = c.id AND d.policy_key = ?
    WHERE c.touchpoint IN ({}) AND c.ended_at >= ? AND c.ended_at < ? AND (c.ended_at, c.id) > (?, ?)
    ORDER BY c.ended_at, c.id LIMIT ?"""
_ASKS = """SELECT {} AS of, i.contact_id, i.customer_id, COALESCE(p.key, '') AS policy, i.created_at, i.send_at, i.sent_at,
        i.answered_at, i.declined_at, i.version_id, s.key AS survey
    FROM invitation i JOIN survey s ON s.id = i.survey_id JOIN customer u ON u.id = i.customer_id LEFT JOIN policy p ON p.id = i.policy_id
    WHERE {} IN ({}) AND NOT i.is_test AND i.state IN ('planned', 'held', 'sent')"""
_POLICIES = """SELECT p.key, p.number AS newest, v.number, v.rules FROM policy p JOIN policy_version v ON v.policy_id = p.id
    WHERE p.key = ? OR v.number = p.number"""
_EDITIONS = (
    """SELECT s.key, e.id FROM survey s JOIN survey_version e ON e.survey_id = s.id AND e.number = s.last_number WHERE s.key IN ({})"""
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Contacts in the order in which they ended, with what was ever asked of their customers, by customer and by account."""

    contacts: Sequence[PastContact]
    asks: Mapping[UUID, list[PastAsk]]


async def surveys_named(keys: Iterable[str]) -> dict[str, SurveyFacts]:
    """Of each survey that has an edition, what it measures."""
    wanted = padded(sorted(set(keys)))
    found = await rows(_EDITIONS.format(marks(wanted)), *wanted)
    measured = await metrics_in(UUID(str(row["id"])) for row in found)
    return {row["key"]: SurveyFacts(is_published=True, metrics=measured[UUID(str(row["id"]))]) for row in found}


async def contacts_between(
    key: str, touchpoints: Sequence[str], since: datetime, until: datetime, *, by_account: bool
) -> AsyncIterator[Batch]:
    """The contacts of some touchpoints that ended in that time, with what the policy of that key saw of them where it decided.

    Where it did not, consent and addresses are those of today, and nothing was held.
    """
    priorities, wanted = await _said_by_policies(key)
    after: tuple[object, object] = (since, UUID(int=0))
    seen: set[UUID] = set()
    while True:
        found = await rows(_CONTACTS.format(marks(touchpoints)), key, *touchpoints, since, until, *after, BATCH)
        if not found:
            return
        after = (found[-1]["ended_at"], found[-1]["id"])
        reach = await _reach_today([row for row in found if row["inputs"] is None])
        customers = {one for row in found if (one := as_uuid(row["customer_id"]))} - seen
        accounts = {one for row in found if by_account and (one := as_uuid(row["account_id"]))} - seen
        asks = await _asks_of(customers, "i.customer_id", priorities) | await _asks_of(accounts, "u.account_id", priorities)
        seen |= customers | accounts
        yield Batch([_contact(row, reach, wanted) for row in found], asks)


async def _said_by_policies(key: str) -> tuple[dict[str, int], dict[int, int]]:
    """The priority of each policy as it stands, and how many answers a month the versions of this one wanted, by their number."""
    found = [(row, as_json(row["rules"])) for row in await rows(_POLICIES, key)]
    priorities = {row["key"]: rules.get("priority", 0) for row, rules in found if row["number"] == row["newest"]}
    return priorities, {row["number"]: rules.get("answers_a_month", 0) for row, rules in found if row["key"] == key}


async def _asks_of(groups: set[UUID], column: str, priorities: Mapping[str, int]) -> dict[UUID, list[PastAsk]]:
    if not groups:
        return {}
    ids = padded(sorted(groups))
    found = await rows(_ASKS.format(column, column, marks(ids)), *ids)
    measured = await metrics_in(UUID(str(row["version_id"])) for row in found)
    asks: dict[UUID, list[PastAsk]] = {}
    for row in found:
        asks.setdefault(UUID(str(row["of"])), []).append(_ask(row, measured, priorities.get(row["policy"], 0)))
    return asks


async def _reach_today(found: Sequence[Mapping[str, Any]]) -> dict[UUID, Reach]:
    """Over which channels these customers can be asked now."""
    customers = {UUID(str(row["customer_id"])): row for row in found if row["customer_id"]}
    if not customers:
        return {}
    ids = padded(list(customers))
    consents: dict[UUID, dict[str, str]] = {}
    for row in await rows(f"SELECT customer_id, channel, state FROM consent WHERE customer_id IN ({marks(ids)})", *ids):
        consents.setdefault(UUID(str(row["customer_id"])), {})[row["channel"]] = row["state"]
    hashes = {
        one: {customer_hash(one), *(address_hash(row[name]) for name in ("email", "phone") if row[name])} for one, row in customers.items()
    }
    stopped = await _suppressed(sorted({text for texts in hashes.values() for text in texts if text}))
    return {
        one: reach_told(
            row["email"], consents.get(one, {}), {channel for text in hashes[one] for channel in stopped.get(text, ())}, row["phone"]
        )
        for one, row in customers.items()
    }


async def _suppressed(hashes: Sequence[str]) -> dict[str, set[str]]:
    wanted = padded(hashes)
    sql = f"SELECT channel, address_hash FROM suppression WHERE (until IS NULL OR until > ?) AND address_hash IN ({marks(wanted)})"
    found = await rows(sql, clock.now(), *wanted)
    stopped: dict[str, set[str]] = {}
    for row in found:
        stopped.setdefault(row["address_hash"], set()).add(row["channel"])
    return stopped


def _contact(row: Mapping[str, Any], today: Mapping[UUID, Reach], wanted: Mapping[int, int]) -> PastContact:
    contact, known_at = contact_told(row), as_moment(row["created_at"])
    if contact is None or known_at is None:
        raise ValueError("A contact of the past has ended, and was recorded.")
    customer_id = as_uuid(row["customer_id"])
    inputs = as_json(row["inputs"])
    reach = today.get(customer_id, NOWHERE) if customer_id else NOWHERE
    return PastContact(
        id=UUID(str(row["id"])),
        customer_id=customer_id,
        account_id=as_uuid(row["account_id"]),
        known_at=known_at,
        contact=contact,
        customer=customer_told(row) if customer_id else None,
        account=account_told(row) if customer_id else None,
        reach=reach if inputs is None else _reach_then(inputs),
        holds=tuple(Held(source) for source in (inputs or {}).get("holds", ())),
        paced_for=wanted.get(row["policy_number"], 0),
        pace=Pace(**inputs["pace"]) if inputs and "pace" in inputs else NO_PACE,
    )


def _reach_then(inputs: Mapping[str, Any]) -> Reach:
    return Reach(
        addresses=frozenset(inputs.get("addresses", ())),
        consents=inputs.get("consents", {}),
        suppressed=frozenset(inputs.get("suppressed", ())),
        asks_unknown=settings.current().unknown_consent == "ask",
    )


def _ask(row: Mapping[str, Any], measured: Mapping[UUID, frozenset[str]], priority: int) -> PastAsk:
    made_at, send_at = as_moment(row["created_at"]), as_moment(row["send_at"])
    if made_at is None or send_at is None:
        raise ValueError("Every invitation has its moments.")
    return PastAsk(
        contact_id=as_uuid(row["contact_id"]),
        customer_id=UUID(str(row["customer_id"])),
        policy=row["policy"],
        made_at=made_at,
        send_at=send_at,
        sent_at=as_moment(row["sent_at"]),
        answered_at=as_moment(row["answered_at"]),
        declined_at=as_moment(row["declined_at"]),
        survey=row["survey"],
        metrics=measured[UUID(str(row["version_id"]))],
        priority=priority,
    )
