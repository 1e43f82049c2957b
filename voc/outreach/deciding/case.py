"""Contacts with their customers, the policies that speak of them and what these have said already: read in two statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from voc.core import clock, settings
from voc.core.db import as_json, as_moment, as_uuid, dialect, marks, padded, rows
from voc.outreach.deciding.candidates import Candidate, candidate_in, ranked, weights_of
from voc.outreach.deciding.facts import AccountFacts, Asked, ContactFacts, CustomerFacts, Facts
from voc.outreach.deciding.standing import Somebody, Standing, standings_for
from voc.outreach.deciding.told import account_told, contact_told, customer_told
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.outreach.policies.clocks import Clock, looks_at_account
from voc.outreach.policies.sampling import draw

_CUSTOMERS = """SELECT c.id AS contact_id, u.id, u.email, u.phone, u.language, u.time_zone, u.segment, u.value_amount, u.value_currency,
        u.attributes AS customer_attributes, u.account_id, u.created_at AS known_since, a.segment AS account_segment,
        a.value_amount AS account_value, a.value_currency AS account_currency, a.owner AS account_owner,
        a.attributes AS account_attributes
    FROM contact c JOIN customer u ON u.id = c.customer_id LEFT JOIN account a ON a.id = u.account_id
    WHERE c.id IN ({ids}) ORDER BY u.id"""
KNOWN = "d.id AS decision_id, d.policy_key AS decided_key, d.verdict, d.reason, d.detail, d.act_at, d.decided_at, d.history"
"""What `known_in` reads of a decision."""
_CASES = f"""SELECT c.id AS contact_id, c.customer_id, c.touchpoint, c.channel, c.direction, c.outcome, c.team_key, c.queue, c.agent_key,
        c.subject, c.started_at, c.ended_at, c.attributes, p.id AS policy_id, p.key AS policy_key,
        v.number AS policy_number, v.rules, s.id AS survey_id, s.key AS survey_key, e.id AS version_id,
        {KNOWN}
    FROM contact c
    LEFT JOIN policy_touchpoint t ON t.touchpoint = c.touchpoint
    LEFT JOIN policy p ON p.id = t.policy_id AND p.retired_at IS NULL
    LEFT JOIN policy_version v ON v.policy_id = p.id AND v.number = p.number
    LEFT JOIN survey s ON s.id = p.survey_id
    LEFT JOIN survey_version e ON e.survey_id = s.id AND e.number = s.last_number
    LEFT JOIN decision d ON d.contact_id = c.id
    WHERE c.id IN ({{ids}})"""


@dataclass(frozen=True, slots=True)
class Known:
    """A decision that was made before."""

    id: UUID
    verdict: Verdict
    reason: Reason
    detail: str
    act_at: datetime | None
    decided_at: datetime
    history: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Person:
    """The customer, locked until the transaction ends, so that two of their contacts are decided one after the other."""

    id: UUID
    email: str | None
    phone: str | None
    facts: CustomerFacts
    account_id: UUID | None
    account: AccountFacts | None


@dataclass(frozen=True, slots=True)
class Case:
    """Everything about one contact. `contact` is None while it has not ended; candidates come in the order in which they choose."""

    contact_id: UUID
    touchpoint: str
    contact: ContactFacts | None
    person: Person | None
    candidates: tuple[Candidate, ...]
    known: Mapping[str, Known]

    def facts(self, candidate: Candidate, standing: Standing, asked: tuple[Asked, ...]) -> Facts:
        """What the candidate's rules decide on."""
        if self.contact is None:
            raise ValueError("A contact is decided when it has ended.")
        return Facts(
            contact=self.contact,
            customer=self.person.facts if self.person else None,
            account=self.person.account if self.person else None,
            asked=asked,
            holds=standing.holds,
            reach=standing.reach(self.person.email, self.person.phone) if self.person else standing.reach(None),
            paused_channels=standing.paused_channels(),
            paused=standing.paused(candidate.key, candidate.survey_key),
            is_published=candidate.version_id is not None,
            survey=candidate.survey_key,
            variant=candidate.variant,
            metrics=candidate.metrics,
            lot=draw(candidate.key, self.contact_id),
            pace=candidate.pace,
            weight=candidate.weight,
            zone=settings.current().default_time_zone,
        )

    @property
    def clocks(self) -> list[Clock]:
        """Those of all its candidates."""
        return [clock for candidate in self.candidates for clock in candidate.rules.all_clocks]

    @property
    def somebody(self) -> Somebody:
        """The customer, as far as their standing is looked up."""
        person = self.person
        return Somebody(person.id, person.email, person.phone, person.account_id) if person else Somebody(None, None, None)

    async def asked(self, standing: Standing) -> tuple[Asked, ...]:
        """What the customer, and where clocks look there their account, was asked before; what is planned says how much it counts."""
        planned = {one: asked for one, asked in standing.asked.items() if asked.policy and one not in standing.left}
        own = {one: asked for one, asked in planned.items() if not asked.of_colleague}
        weights = await weights_of((asked.policy for asked in own.values()), self.candidates) if own else {}
        return tuple(
            replace(asked, id=one, weight=weights.get(asked.policy)) if one in own else asked for one, asked in standing.asked.items()
        )


async def standings(cases: Sequence[Case]) -> list[Standing]:
    """What stands between us and each customer now, as far as the clocks of the candidates look, in one statement."""
    return await standings_for([(case.somebody, case.clocks) for case in cases])


def apart(cases: Sequence[Case]) -> list[list[Case]]:
    """The cases in rounds: in none of them one decision is in view of another, and those of one customer keep their order. PURE."""
    by_account = any(looks_at_account(case.clocks) for case in cases)
    rounds: list[list[Case]] = []
    turns: dict[UUID, int] = {}
    for case in cases:
        somebody = case.somebody
        seen = [one for one in (somebody.customer_id, somebody.account_id if by_account else None) if one]
        turn = max((turns.get(one, 0) for one in seen), default=0)
        turns.update(dict.fromkeys(seen, turn + 1))
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(case)
    return rounds


async def load_cases(contact_ids: Sequence[UUID]) -> list[Case]:
    """The cases of these contacts as far as there are such, in their order, all their customers locked."""
    if not contact_ids:
        return []
    people = await _locked(contact_ids)
    ids = padded(sorted(set(contact_ids)))
    told: dict[UUID, list[dict[str, Any]]] = {}
    for row in await rows(_CASES.format(ids=marks(ids)), *ids):
        told.setdefault(UUID(str(row["contact_id"])), []).append(row)
    moved = [one for one, found in told.items() if as_uuid(found[0]["customer_id"]) != (people[one].id if one in people else None)]
    if moved:
        people = {one: person for one, person in people.items() if one not in moved} | await _locked(moved)
    return [await _case(one, told[one], people.get(one)) for one in dict.fromkeys(contact_ids) if one in told]


async def _case(contact_id: UUID, found: Sequence[Mapping[str, Any]], person: Person | None) -> Case:
    known = {row["decided_key"]: known_in(row) for row in found if row["decision_id"]}
    candidates = {row["policy_key"]: candidate_in(row) for row in found if row["policy_id"]}
    ordered = await ranked(list(candidates.values()), person.id if person else None)
    return Case(contact_id, found[0]["touchpoint"], contact_told(found[0]), person, tuple(ordered), known)


async def _locked(contact_ids: Sequence[UUID]) -> dict[UUID, Person]:
    """The customers of the contacts, locked in one order, so that no two transactions wait for each other."""
    ids = padded(sorted(set(contact_ids)))
    locking = " FOR NO KEY UPDATE OF u" if dialect() == "postgres" else ""
    found = await rows(_CUSTOMERS.format(ids=marks(ids)) + locking, *ids)
    return {UUID(str(row["contact_id"])): _person(row) for row in found}


def _person(row: Mapping[str, Any]) -> Person:
    return Person(UUID(str(row["id"])), row["email"], row["phone"], customer_told(row), as_uuid(row["account_id"]), account_told(row))


def known_in(row: Mapping[str, Any]) -> Known:
    """The decision that a row with the columns of `KNOWN` tells of."""
    decided_at = as_moment(row["decided_at"])
    return Known(
        UUID(str(row["decision_id"])),
        Verdict(row["verdict"]),
        Reason(row["reason"]),
        row["detail"],
        as_moment(row["act_at"]),
        decided_at or clock.now(),
        as_json(row["history"]) or [],
    )
