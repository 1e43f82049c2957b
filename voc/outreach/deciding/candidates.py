"""The policies that speak of a contact, with what each would ask this customer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from voc.core.db import as_uuid, marks, padded, rows
from voc.outreach.deciding.facts import NO_PACE, Weight
from voc.outreach.deciding.pace import pace_of
from voc.outreach.deciding.policy import weight_of
from voc.outreach.editions import metrics_in
from voc.outreach.policies.clocks import looks_at_metrics
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.sampling import Pace
from voc.outreach.policies.variants import Variant, assigned
from voc.outreach.policies.version_rules import stored_rules

_EDITION = """SELECT s.key, s.id AS survey_id, e.id AS version_id
    FROM survey s LEFT JOIN survey_version e ON e.survey_id = s.id AND e.number = s.last_number WHERE s.key = ?"""
_IN_FORCE = """SELECT p.id AS policy_id, p.key AS policy_key, v.rules
    FROM policy p JOIN policy_version v ON v.policy_id = p.id AND v.number = p.number WHERE p.key IN ({})"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A policy that speaks of the contact's touchpoint, with what it would ask this customer.

    `version_id` is the survey's newest edition, None before the first; `variant` is the arm of its experiment, empty without one.
    """

    policy_id: UUID
    key: str
    number: int
    rules: Rules
    survey_id: UUID
    survey_key: str
    version_id: UUID | None
    variant: str = ""
    metrics: frozenset[str] = frozenset()
    pace: Pace = NO_PACE

    @property
    def weight(self) -> Weight:
        """How much its wish counts among those that want the same customer."""
        return weight_of(self.rules, self.pace)

    @property
    def rank(self) -> tuple[float, float, str]:
        """Its place among them: the heaviest first."""
        priority, worth = self.weight
        return -priority, -worth, self.key


def candidate_in(row: Mapping[str, Any]) -> Candidate:
    """The candidate that a row of the case tells of."""
    return Candidate(
        UUID(str(row["policy_id"])),
        row["policy_key"],
        row["policy_number"],
        stored_rules(row["rules"]),
        UUID(str(row["survey_id"])),
        row["survey_key"],
        as_uuid(row["version_id"]),
    )


async def ranked(candidates: Sequence[Candidate], customer_id: UUID | None) -> list[Candidate]:
    """The candidates in the order in which they choose, with what their rules look at beyond the contact.

    That is the customer's variant of an experiment, what its survey measures, and how the policy gets on.
    """
    arms = {one.key: assigned(one.rules.variants, one.key, customer_id) for one in candidates if one.rules.variants and customer_id}
    found = [await _with_survey(one, arms[one.key]) if one.key in arms else one for one in candidates]
    priorities = [one.rules.priority for one in found]
    informed = []
    for one in found:
        is_measured = one.version_id is not None and looks_at_metrics(one.rules.all_clocks)
        metrics = (await metrics_in([one.version_id]))[one.version_id] if one.version_id and is_measured else one.metrics
        learns = one.rules.answers_a_month or priorities.count(one.rules.priority) > 1
        informed.append(replace(one, metrics=metrics, pace=await pace_of(one.policy_id, one.key) if learns else NO_PACE))
    return sorted(informed, key=lambda one: one.rank)


async def weights_of(keys: Iterable[str], candidates: Sequence[Candidate]) -> dict[str, Weight]:
    """How much the wishes of these policies count, candidates or not, beside those of the candidates; one statement where others are."""
    found = {one.key: one.weight for one in candidates}
    priorities = {one.rules.priority for one in candidates}
    others = padded(sorted(set(keys) - set(found)))
    for row in await rows(_IN_FORCE.format(marks(others)), *others) if others else []:
        rules = stored_rules(row["rules"])
        # How a policy gets on matters between equals alone.
        pace = await pace_of(UUID(str(row["policy_id"])), row["policy_key"]) if rules.priority in priorities else None
        found[row["policy_key"]] = weight_of(rules, pace)
    return found


async def _with_survey(candidate: Candidate, arm: Variant) -> Candidate:
    if arm.survey == candidate.survey_key:
        return replace(candidate, variant=arm.key)
    found = await rows(_EDITION, arm.survey)
    if not found:
        return replace(candidate, variant=arm.key, survey_key=arm.survey, version_id=None)
    survey_id, version_id = UUID(str(found[0]["survey_id"])), as_uuid(found[0]["version_id"])
    return replace(candidate, variant=arm.key, survey_key=arm.survey, survey_id=survey_id, version_id=version_id)
