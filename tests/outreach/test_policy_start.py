"""Policies are switched on when somebody says so, at once or at a moment, and each version at most once."""

import asyncio
from datetime import datetime, timedelta
from types import ModuleType

import pytest

from tests.outreach.house import ASKED, SYSTEM, House, skipped
from voc.core.errors import Conflict, Invalid
from voc.core.models import Job
from voc.outreach.models import Decision, Policy, PolicyTouchpoint, PolicyVersion
from voc.outreach.policies.save import draft_policy, retire_policy, save_policy
from voc.outreach.policies.start import activate_policy, start_at_its_moment, withdraw_policy_start
from voc.outreach.policies.version_states import VersionState, state_of

CALLS = {"touchpoint": "after-call", "survey": "csat-after-call", "settle_minutes": 0}
HOUR = timedelta(hours=1)


async def states() -> list[str]:
    """Where the versions of the only policy stand, in order."""
    policy = await Policy.get()
    versions = await PolicyVersion.all().order_by("number")
    return [state_of(one.number, one.starts_at, one.started_at, in_force=policy.number, newest=policy.last_number) for one in versions]


async def test_a_draft_asks_nobody_until_it_is_switched_on(house: House) -> None:
    policy = await draft_policy(SYSTEM, "calls", "Calls", CALLS)
    early = await house.contact()
    await house.work()
    assert (policy.number, await states()) == (0, [VersionState.DRAFT])
    assert await house.decisions(early) == [skipped("no_policy")]
    await activate_policy(SYSTEM, policy.id)
    with pytest.raises(Conflict):
        await activate_policy(SYSTEM, policy.id)
    later = await house.contact("bart")
    await house.work()
    assert await house.decisions(later) == [ASKED]
    assert await states() == [VersionState.IN_FORCE]


async def test_a_draft_of_a_policy_leaves_what_is_in_force(house: House) -> None:
    await save_policy(SYSTEM, "calls", "Calls", CALLS)
    await draft_policy(SYSTEM, "calls", "Calls", {**CALLS, "touchpoint": "delivery"})
    calls, delivery = await house.contact(), await house.contact("bart", touchpoint="delivery")
    await house.work()
    assert (await house.decisions(calls), await house.decisions(delivery)) == ([ASKED], [skipped("no_policy")])
    assert await states() == [VersionState.IN_FORCE, VersionState.DRAFT]
    await save_policy(SYSTEM, "calls", "Calls", CALLS)
    assert await states() == [VersionState.PAST, VersionState.REPLACED, VersionState.IN_FORCE]


async def test_a_policy_speaks_of_several_touchpoints_and_each_version_of_its_own(house: House) -> None:
    both = {**CALLS, "touchpoints": ["after-call", "delivery"]}
    del both["touchpoint"]
    await save_policy(SYSTEM, "calls", "Calls", both)
    contacts = [await house.contact(), await house.contact("bart", touchpoint="delivery")]
    await house.work()
    assert [await house.decisions(one) for one in contacts] == [[ASKED], [ASKED]]
    await save_policy(SYSTEM, "calls", "Calls", CALLS)
    assert [one.touchpoint for one in await PolicyTouchpoint.all()] == ["after-call"]


async def test_a_version_comes_into_force_at_its_moment_and_once(house: House, clock: ModuleType) -> None:
    await save_policy(SYSTEM, "calls", "Calls", {**CALLS, "quiet_days": 0})
    moment = clock.now() + HOUR
    await save_policy(SYSTEM, "calls", "Calls", {**CALLS, "quiet_days": 0, "when": "contact.queue == 'billing'"}, moment)
    before = await house.contact()
    await house.work()
    assert await states() == [VersionState.IN_FORCE, VersionState.WAITING]
    await house.work(days=0.1)
    after = await house.contact()
    await house.work()
    assert (await house.decisions(before), await house.decisions(after)) == ([ASKED], [skipped("condition_not_met")])
    newest = await PolicyVersion.get(number=2)
    assert (newest.starts_at, newest.started_by) == (moment, "test")
    started_at = newest.started_at
    # A worker that was killed right after it did the job does it again.
    clock.advance(HOUR)
    await start_at_its_moment(SYSTEM, newest.id)
    await newest.refresh_from_db()
    assert (newest.started_at, (await Policy.get()).number) == (started_at, 2)
    assert {one.policy_number for one in await Decision.all()} == {1, 2}


async def test_what_waits_is_replaced_moved_or_withdrawn(house: House, clock: ModuleType) -> None:
    moment = clock.now() + HOUR
    await save_policy(SYSTEM, "calls", "Calls", CALLS, moment)
    await save_policy(SYSTEM, "calls", "Calls", {**CALLS, "quiet_days": 3}, moment + HOUR)
    assert await states() == [VersionState.REPLACED, VersionState.WAITING]
    policy = await save_policy(SYSTEM, "calls", "Calls", {**CALLS, "quiet_days": 3}, moment)
    assert [job.due for job in await Job.filter(kind="outreach.start_policy", state="ready")] == [moment]
    await withdraw_policy_start(SYSTEM, policy.id)
    with pytest.raises(Conflict):
        await withdraw_policy_start(SYSTEM, policy.id)
    await house.work(days=1)
    assert await states() == [VersionState.REPLACED, VersionState.DRAFT]
    await activate_policy(SYSTEM, policy.id, clock.now() + HOUR)
    await retire_policy(SYSTEM, policy.id)
    await house.work(days=1)
    assert ((await Policy.get()).number, await states()) == (0, [VersionState.REPLACED, VersionState.DRAFT])
    assert (await activate_policy(SYSTEM, policy.id)).retired_at is None


async def test_moments_that_cannot_be_are_refused(house: House, clock: ModuleType) -> None:
    for moment in (clock.now(), clock.now() + timedelta(days=400), datetime.fromisoformat("2027-01-01T00:00:00")):
        with pytest.raises(Invalid):
            await save_policy(SYSTEM, "calls", "Calls", CALLS, moment)
    assert not await Policy.exists()


async def test_a_moment_that_is_withdrawn_while_it_comes_ends_one_way(house: House, clock: ModuleType) -> None:
    policy = await save_policy(SYSTEM, "calls", "Calls", CALLS, clock.now() + HOUR)
    clock.advance(2 * HOUR)
    withdrawn, _ = await asyncio.gather(withdraw_policy_start(SYSTEM, policy.id), house.work(), return_exceptions=True)
    came = (await Policy.get()).number == 1
    assert came == isinstance(withdrawn, Conflict)
    assert await states() == [VersionState.IN_FORCE if came else VersionState.DRAFT]
