"""How the arms of a policy's experiment get on.

The unit is the customer, for each keeps one arm: of the invitations to one customer the first counts, and of their answers to a metric
the first that was given. What a customer says later tells nothing new of the arm, and would be counted as if it did.

An answer counts for the share that answers when it came within `RIPE_DAYS` of leaving, and whoever was asked counts once these are
over; else young invitations would lower the share of whoever was asked last. Tests and suspect answers are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import dialect, marks, rows
from voc.insight.experiment_rule import Comparison, Measure, Measured, alpha_of_each, compared, is_drawn_wrongly, run_of, values_of
from voc.insight.metrics import bar_of
from voc.insight.scores import Bar, Metric, csat, figure
from voc.outreach.editions import metrics_in
from voc.outreach.models import PolicyVersion
from voc.outreach.policies.rules_document import parse
from voc.outreach.policies.variants import Variant
from voc.outreach.queries import policies_visible_to

RIPE_DAYS = 7
_IN_TIME = {
    "sqlite": f"julianday(a.answered_at) <= julianday(a.sent_at) + {RIPE_DAYS}",
    "postgres": f"a.answered_at <= a.sent_at + interval '{RIPE_DAYS} days'",
}
_ASKED = """WITH asked AS (
    SELECT i.id, COALESCE(i.customer_id, i.id) AS whose, i.variant, i.state, i.sent_at, i.answered_at,
        ROW_NUMBER() OVER (PARTITION BY COALESCE(i.customer_id, i.id) ORDER BY i.created_at, i.id) AS turn
    FROM invitation i JOIN decision d ON d.id = i.decision_id
    WHERE i.policy_id = ? AND d.policy_number BETWEEN ? AND ? AND i.variant <> '' AND i.state <> 'withdrawn' AND NOT i.is_test)"""
_LEFT = "a.sent_at IS NOT NULL AND a.state <> 'failed'"
_ANSWERED = "a.answered_at IS NOT NULL AND COALESCE(r.suspect, '') = ''"
_COUNTED = """{asked} SELECT a.variant, COUNT(*) AS asked,
        COALESCE(SUM(CASE WHEN {left} THEN 1 ELSE 0 END), 0) AS delivered,
        COALESCE(SUM(CASE WHEN {answered} THEN 1 ELSE 0 END), 0) AS answered,
        COALESCE(SUM(CASE WHEN {left} AND a.sent_at <= ? THEN 1 ELSE 0 END), 0) AS ripe,
        COALESCE(SUM(CASE WHEN {left} AND a.sent_at <= ? AND {answered} AND {in_time} THEN 1 ELSE 0 END), 0) AS in_time
    FROM asked a LEFT JOIN response r ON r.invitation_id = a.id WHERE a.turn = 1 GROUP BY a.variant"""
_SAID = """{asked} SELECT said.variant, said.metric, said.value, said.band, said.low, said.high, COUNT(*) AS n FROM (
        SELECT a.variant, s.metric, s.value, s.band, s.low, s.high,
            ROW_NUMBER() OVER (PARTITION BY a.whose, s.metric ORDER BY s.answered_at, s.question) AS turn
        FROM asked a JOIN response r ON r.invitation_id = a.id JOIN score s ON s.response_id = r.id
        WHERE s.superseded_at IS NULL AND s.is_counted = ?) said
    WHERE said.turn = 1 GROUP BY said.variant, said.metric, said.value, said.band, said.low, said.high"""
_NOBODY = {"asked": 0, "delivered": 0, "answered": 0, "ripe": 0, "in_time": 0}


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm: its survey and its share against the others', how many customers were asked, reached and answered, and its figures."""

    key: str
    survey: str
    weight: int
    asked: int
    delivered: int
    answered: int
    figures: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class Experiment:
    """The arms of the versions from `first` to `last` of a policy, which all have the same, and what can be said of them.

    `until` is None while it goes on. `is_drawn_wrongly`: the arms' shares are not those of their weights; trust nothing then.
    """

    first: int
    last: int
    since: datetime
    until: datetime | None
    arms: tuple[Arm, ...]
    comparisons: tuple[Comparison, ...]
    is_drawn_wrongly: bool


async def experiment(actor: Actor, policy_key: str, version: int | None = None) -> Experiment | None:
    """The experiment of a version of a policy, that in force when none is named; None where it never was in force, or has no arms.

    Five statements, and one for each questionnaire that was not read before in this process.
    """
    actor.must(Action.SEE_METRICS)
    policy = await policies_visible_to(actor).get_or_none(key=policy_key)
    if policy is None:
        return None
    versions = await PolicyVersion.filter(policy_id=policy.id, started_at__isnull=False).order_by("number")
    variants = {one.number: parse(one.rules).variants for one in versions}
    run = run_of(list(variants.items()), policy.number if version is None else version)
    if run is None:
        return None
    arms = await _arms(policy.id, run, variants[run[0]])
    begun = {one.number: one.started_at or one.made_at for one in versions}
    after = next((one.started_at for one in versions if one.number > run[1]), None)
    return Experiment(
        first=run[0],
        last=run[1],
        since=begun[run[0]],
        until=after or policy.retired_at,
        arms=tuple(arm for arm, _ in arms),
        comparisons=tuple(_compared(arms)),
        is_drawn_wrongly=is_drawn_wrongly({arm.key: arm.asked for arm, _ in arms}, variants[run[0]]),
    )


_Values = Mapping[Measure, Mapping[float, int]]


async def _arms(policy_id: UUID, run: tuple[int, int], variants: Sequence[Variant]) -> list[tuple[Arm, _Values]]:
    whose = (policy_id, *run)
    ripe = clock.now() - timedelta(days=RIPE_DAYS)
    parts = {"asked": _ASKED, "left": _LEFT, "answered": _ANSWERED, "in_time": _IN_TIME[dialect()]}
    counted = {row["variant"]: row for row in await rows(_COUNTED.format(**parts), *whose, ripe, ripe)}
    said: dict[tuple[str, Metric], list[Bar]] = {}
    for row in await rows(_SAID.format(asked=_ASKED), *whose, True):
        said.setdefault((row["variant"], Metric(row["metric"])), []).append(bar_of(row))
    metrics = await _metrics(variants)
    return [_arm(one, counted.get(one.key, _NOBODY), {metric: said.get((one.key, metric), []) for metric in metrics}) for one in variants]


async def _metrics(variants: Sequence[Variant]) -> list[Metric]:
    """What the first arm's survey and at least one other measure in their newest editions."""
    keys = list(dict.fromkeys(one.survey for one in variants))
    found = await rows(
        f"""SELECT s.key, e.id FROM survey s JOIN survey_version e ON e.survey_id = s.id AND e.number = s.last_number
            WHERE s.key IN ({marks(keys)})""",
        *keys,
    )
    editions = {row["key"]: UUID(str(row["id"])) for row in found}
    measured = await metrics_in(editions.values())
    first, *others = (measured.get(editions[one.survey], frozenset()) if one.survey in editions else frozenset() for one in variants)
    return [metric for metric in Metric if metric in first and any(metric in one for one in others)]


def _arm(variant: Variant, row: Mapping[str, Any], said: Mapping[Metric, list[Bar]]) -> tuple[Arm, _Values]:
    asked, delivered, answered, ripe, in_time = (int(row[name]) for name in _NOBODY)
    share = Measured(Measure.ANSWERED, csat(in_time, ripe))
    figures = (share, *(Measured(Measure(metric), figure(metric, bars)) for metric, bars in said.items()))
    values = {Measure.ANSWERED: {100.0: in_time, 0.0: ripe - in_time}, **{Measure(one): values_of(one, bars) for one, bars in said.items()}}
    return Arm(variant.key, variant.survey, variant.weight, asked, delivered, answered, figures), values


def _compared(arms: Sequence[tuple[Arm, _Values]]) -> list[Comparison]:
    (_, first), *others = arms
    alpha = alpha_of_each(len(arms), len(first))
    return [compared(arm.key, measure, first[measure], values[measure], alpha) for arm, values in others for measure in first]
