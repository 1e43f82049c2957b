"""Policies over GraphQL: everything they may say, and what they would have done with the past."""

from typing import Any

import pytest

from tests.api import loop
from tests.api.loop import House
from tests.api.test_views import heard
from voc.core.access import Actor, Held, Role
from voc.core.settings import Settings, install
from voc.outreach.models import Invitation

EVERYTHING: dict[str, Any] = {
    "touchpoints": ["delivery"],
    "survey": "nps-after-delivery",
    "when": "contact.outcome != 'unsolved' && account.segment != 'staff'",
    "variants": [{"key": "a", "survey": "nps-after-delivery", "weight": 3}, {"key": "b", "survey": "nps-after-delivery"}],
    "channels": ["OUTBOX", "EMAIL"],
    "language": "contact",
    "window": {"days": ["MON", "TUE"], "opens": "10:00", "closes": "24:00", "holidays": "NL"},
    "samplePercent": 40,
    "quietDays": 10,
    "clocks": [{"since": "DECLINED", "days": 60, "whose": "ACCOUNT", "among": "METRIC", "otherwise": "DELAY"}],
    "yearlyBudget": 4,
    "excludeOutcomes": ["SOLVED_BY_BOT"],
    "ifNoMarketing": "SKIP",
    "answerWorth": 5,
}

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
async def made(db: str, settings: Settings) -> House:
    """An organisation in which the loop has run."""
    install(settings)
    return await loop.lived_in(db)


async def test_everything_a_policy_says_comes_back(made: House) -> None:
    await made.change("SavePolicy", key="everything", name="Everything", rules=EVERYTHING)
    rules = next(one["rules"] for one in await made.ask("Policies") if one["key"] == "everything")
    assert {name: rules[name] for name in EVERYTHING} == {
        **EVERYTHING,
        "variants": [EVERYTHING["variants"][0], {**EVERYTHING["variants"][1], "weight": 1}],
    }


async def test_faults_of_rules_name_their_place(made: House) -> None:
    wrong = {**EVERYTHING, "window": {"opens": "20:00", "closes": "09:00", "holidays": "XX"}, "clocks": [{"since": "ASKED", "days": 0}]}
    refused = await made.ask("SavePolicy", input={"key": "wrong", "name": "Wrong", "rules": wrong})
    assert {(one["path"], one["code"]) for one in refused["faults"]} == {
        ("rules.window.closes", "NEVER_OPEN"),
        ("rules.window.holidays", "UNKNOWN_COUNTRY"),
        ("rules.clocks[0].days", "OUT_OF_RANGE"),
    }


async def test_a_dry_run_sets_a_proposal_beside_the_policy_as_it_stands(made: House) -> None:
    before = await Invitation.all().count()
    rules = {"touchpoints": ["delivery"], "survey": "nps-after-delivery", "samplePercent": 1, "quietDays": 0}
    found = await made.ask("PolicyDryRun", policy="after-delivery", rules=rules)
    assert found["live"]["asked"] > found["proposed"]["asked"]
    assert found["onlyLive"] == found["live"]["asked"] - found["proposed"]["asked"]
    assert sum(one["count"] for one in found["live"]["days"]) == found["live"]["asked"]
    drawn = next(one for one in found["proposed"]["reasons"] if one["reason"] == "NOT_SAMPLED")
    assert drawn["sentence"] == "Only a share is asked, and the draw fell on others."
    assert len(drawn["contactIds"]) == min(5, drawn["count"])
    assert found["live"]["expectedTasks"] > 0
    alone = await made.ask("PolicyDryRun", policy="after-delivery")
    assert alone["live"] is None
    assert alone["proposed"] == found["live"]
    assert await Invitation.all().count() == before


async def test_a_dry_run_tells_how_far_it_is_and_ends_with_its_result(made: House) -> None:
    lead = Actor("Lea", frozenset({Held(Role.LEAD)}), is_member=True)
    first, last = await heard(made, "WatchPolicyDryRun", lead, 2, policy="after-delivery")
    assert first["result"] is None
    assert last["result"]["contacts"] == last["total"] == last["done"]
