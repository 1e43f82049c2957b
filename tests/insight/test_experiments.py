"""The arms of an experiment are counted by customer: each once, and once what they had time for is over."""

import pytest

from tests.makers import SYSTEM, Story
from tests.trials import DISSATISFIED, SATISFIED, ask, trial
from voc.core.access import Actor
from voc.core.db import count_statements
from voc.core.errors import SignInNeeded
from voc.insight.experiment_rule import Measure, Standing
from voc.insight.experiments import Experiment, experiment
from voc.outreach.models import Invitation, Policy
from voc.outreach.policies.save import draft_policy, save_policy
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.responses.models import Response


@pytest.fixture
async def policy(db: str) -> Policy:
    """A policy with two arms, long and short."""
    await save_touchpoint(SYSTEM, "after-call", names={"en": "A call"})
    await Story(db).survey()
    return await trial("csat-after-call", "after-call")


async def seen(version: int | None = None) -> Experiment:
    found = await experiment(SYSTEM, "trial", version)
    assert found is not None
    return found


async def test_customers_count_once_and_only_those_who_had_their_time(policy: Policy) -> None:
    long = await ask(policy, "long", [SATISFIED] * 4 + [DISSATISFIED] + [None] * 15)
    await ask(policy, "long", [DISSATISFIED] * 5, days_ago=1, customers=long[:5])  # asked again, and said something else
    await ask(policy, "long", [None] * 3, days_ago=2)
    short = await ask(policy, "short", [SATISFIED] * 12 + [None] * 12)
    await Invitation.filter(customer_id=short[-1]).update(is_test=True)
    await Response.filter(customer_id=short[0]).update(suspect="two scores of one invitation within a minute")

    found = await seen()

    assert [(one.key, one.asked, one.delivered, one.answered) for one in found.arms] == [("long", 23, 23, 5), ("short", 23, 23, 11)]
    figures = {(arm.key, one.measure): (one.value, one.n) for arm in found.arms for one in arm.figures}
    assert figures == {
        ("long", Measure.ANSWERED): (25.0, 20),
        ("long", Measure.CSAT): (80.0, 5),
        ("short", Measure.ANSWERED): (pytest.approx(100 * 11 / 23), 23),
        ("short", Measure.CSAT): (100.0, 12),
    }
    assert [(one.measure, one.standing, one.to_go) for one in found.comparisons] == [
        (Measure.ANSWERED, Standing.TOO_FEW, 17),
        (Measure.CSAT, Standing.TOO_FEW, 43),
    ]
    assert (found.first, found.last, found.until, found.is_drawn_wrongly) == (1, 1, None, False)


async def test_a_better_arm_is_named_and_wrong_shares_are_told(policy: Policy) -> None:
    await ask(policy, "long", [SATISFIED] * 20 + [DISSATISFIED] * 80 + [None] * 100)
    await ask(policy, "short", [SATISFIED] * 35 + [DISSATISFIED] * 5 + [None] * 60)

    with count_statements() as statements:
        found = await seen()

    assert {one.measure: one.standing for one in found.comparisons} == {Measure.ANSWERED: Standing.GO_ON, Measure.CSAT: Standing.HIGHER}
    assert found.is_drawn_wrongly
    assert statements.count <= 6


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_other_arms_are_another_experiment_and_drafts_are_none(policy: Policy) -> None:
    rules = {"touchpoints": ["after-call"], "survey": "csat-after-call"}
    arms = [{"key": arm, "survey": "csat-after-call"} for arm in ("long", "short")]
    await ask(policy, "long", [SATISFIED] * 6)
    await draft_policy(SYSTEM, "trial", "Trial", {**rules, "variants": [{**arms[0], "weight": 9}, arms[1]]})
    third = await save_policy(SYSTEM, "trial", "Trial", {**rules, "variants": arms, "quiet_days": 3})
    await ask(third, "long", [SATISFIED] * 2)
    fourth = await save_policy(SYSTEM, "trial", "Trial", {**rules, "variants": [arms[0], {**arms[1], "weight": 2}]})
    await ask(fourth, "short", [SATISFIED])
    await save_policy(SYSTEM, "trial", "Trial", rules)

    first, second = await seen(3), await seen(4)

    assert ((first.first, first.last, first.arms[0].asked), (second.first, second.last)) == ((1, 3, 8), (4, 4))
    assert [one.asked for one in second.arms] == [0, 1]
    assert first.until is not None
    assert [await experiment(SYSTEM, "trial", version) for version in (None, 2, 5, 9)] == [None] * 4
    assert await experiment(SYSTEM, "nope") is None
    with pytest.raises(SignInNeeded):
        await experiment(Actor.stranger(), "trial")
