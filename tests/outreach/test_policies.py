"""Policies and touchpoints: every change is a new version, and every fault is named."""

import asyncio

import pytest

from tests.outreach.house import House
from voc.core.access import Actor, Role, held
from voc.core.errors import Conflict, Forbidden, Invalid
from voc.outreach.models import Policy, PolicyVersion, Touchpoint
from voc.outreach.policies.rules_document import parse
from voc.outreach.policies.save import retire_policy, save_policy
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.outreach.queries import current_rules, decisions_visible_to, policies_visible_to

CALLS = {"touchpoint": "after-call", "survey": "csat-after-call"}
LEAD = Actor("Lotte", held([Role.LEAD]))


async def test_a_change_is_a_new_version_and_the_same_again_is_none(house: House) -> None:
    first = await save_policy(LEAD, "calls", "After a call", CALLS)
    again = await save_policy(LEAD, "calls", "After a call", {**CALLS, "quiet_days": 30})
    renamed = await save_policy(LEAD, "calls", "After calls", CALLS)
    changed = await save_policy(LEAD, "calls", "After calls", {**CALLS, "quiet_days": 14})
    assert [policy.number for policy in (first, again, renamed, changed)] == [1, 1, 1, 2]
    assert renamed.name == "After calls"
    versions = await PolicyVersion.filter(policy_id=first.id).order_by("number")
    assert [(one.number, one.rules["quiet_days"], one.made_by) for one in versions] == [(1, 30, "Lotte"), (2, 14, "Lotte")]
    assert await current_rules([first.id]) == {first.id: parse({**CALLS, "quiet_days": 14})}


async def test_a_retired_policy_speaks_no_more_until_it_is_saved_again(house: House) -> None:
    policy = await house.policy()
    retired = await retire_policy(LEAD, policy.id)
    assert (await retire_policy(LEAD, policy.id)).retired_at == retired.retired_at
    await house.contact()
    await house.work()
    assert [seen.reason for seen in await house.decisions()] == ["no_policy"]
    assert (await house.policy()).retired_at is None
    assert (await Policy.get()).number == 1


async def test_every_fault_is_named_at_its_place(house: House) -> None:
    with pytest.raises(Invalid) as refusal:
        await save_policy(LEAD, "Calls!", " ", {"touchpoint": "nope", "survey": "nope"})
    assert [(fault.path, fault.code) for fault in refusal.value.faults] == [
        ("key", "NOT_A_KEY"),
        ("name", "WRONG_LENGTH"),
        ("rules.touchpoints[0]", "UNKNOWN"),
        ("rules.survey", "UNKNOWN"),
    ]
    with pytest.raises(Invalid) as refusal:
        await save_policy(LEAD, "Calls!", "Calls", {**CALLS, "when": "contact.outcome = 'solved'"})
    assert [fault.path for fault in refusal.value.faults] == ["key", "rules.when"]
    assert await Policy.all().count() == 0


async def test_of_two_who_save_at_once_one_is_told(house: House) -> None:
    await save_policy(LEAD, "calls", "Calls", CALLS)
    outcomes = await asyncio.gather(
        *(save_policy(LEAD, "calls", "Calls", {**CALLS, "quiet_days": days}) for days in range(1, 6)), return_exceptions=True
    )
    assert all(isinstance(one, Policy | Conflict) for one in outcomes)
    saved = [one for one in outcomes if isinstance(one, Policy)]
    assert await PolicyVersion.all().count() == 1 + len(saved)
    assert (await Policy.get()).number == 1 + len(saved)


async def test_who_may_not_edit_may_look(house: House) -> None:
    analyst = Actor("Ana", held([Role.ANALYST]))
    with pytest.raises(Forbidden):
        await save_policy(analyst, "calls", "Calls", CALLS)
    await house.policy()
    assert await policies_visible_to(analyst).count() == 1
    assert await policies_visible_to(Actor.stranger()).count() == 0
    assert await decisions_visible_to(Actor.stranger()).count() == 0


async def test_a_touchpoint_is_saved_once_and_changed_in_place(house: House) -> None:
    before = await Touchpoint.get(key="after-call")
    after = await save_touchpoint(LEAD, "after-call", {"nl": "Na een gesprek", "en": " "}, stage="help", position=9)
    assert (after.id, after.names, after.stage, after.position) == (before.id, {"nl": "Na een gesprek"}, "help", 9)
    with pytest.raises(Invalid) as refusal:
        await save_touchpoint(LEAD, "After call", {"nl": "x" * 201}, stage="s" * 65)
    assert [fault.path for fault in refusal.value.faults] == ["key", "names.nl", "stage"]
