"""The emergency stop: nothing leaves, nothing is lost, and it goes on when the pause ends."""

import asyncio
from datetime import timedelta
from types import ModuleType

import pytest

from tests.outreach.house import ASKED, PLANNED, SYSTEM, House, Seen, delayed, skipped, while_open
from voc.core import jobs
from voc.core.access import Actor, Role, held
from voc.core.errors import Conflict, Forbidden, Invalid
from voc.core.ids import new_id
from voc.outreach.deciding.decide import decide_contact
from voc.outreach.delivering.claim import claim
from voc.outreach.models import Decision, Invitation, InvitationState, Pause, PauseScope
from voc.outreach.queries import active_pauses
from voc.outreach.wishes.hold import hold_customer, release_hold
from voc.outreach.wishes.pause import pause, resume

DAY = timedelta(days=1)
HELD = Seen("send", "asked", "held")
SCOPES = [
    (PauseScope.EVERYTHING, ""),
    (PauseScope.CHANNEL, "email"),
    (PauseScope.POLICY, "calls"),
    (PauseScope.SURVEY, "csat-after-call"),
]
ELSEWHERE = [(PauseScope.CHANNEL, "other"), (PauseScope.POLICY, "deliveries"), (PauseScope.SURVEY, "nps-after-delivery")]


async def two_policies(house: House) -> None:
    await house.policy("calls", delay_minutes=60)
    await house.policy("deliveries", touchpoint="delivery", survey="nps-after-delivery")


@pytest.mark.parametrize(("scope", "ref"), SCOPES)
async def test_what_is_planned_is_held_and_leaves_after_the_pause(house: House, scope: PauseScope, ref: str) -> None:
    await two_policies(house)
    await house.contact()
    await house.work()
    stop = await pause(SYSTEM, scope, ref, "wrong text")
    assert await house.decisions() == [HELD]
    await house.work(days=1)
    assert (await house.decisions(), await house.mails()) == ([HELD], [])
    await resume(SYSTEM, stop.id)
    await house.work()
    assert await house.decisions() == [ASKED]
    assert len(await house.mails()) == 1


@pytest.mark.parametrize(("scope", "ref"), SCOPES)
async def test_what_ends_during_a_pause_is_decided_after_it(house: House, scope: PauseScope, ref: str) -> None:
    await two_policies(house)
    stop = await pause(SYSTEM, scope, ref, "wrong text")
    await house.contact()
    await house.work(days=1)
    assert await house.decisions() == [delayed("policy_paused")]
    await resume(SYSTEM, stop.id)
    await house.work(days=1)
    assert await house.decisions() == [ASKED]
    assert [past["reason"] for past in (await Decision.get()).history] == ["policy_paused"]


@pytest.mark.parametrize(("scope", "ref"), ELSEWHERE)
async def test_a_pause_stops_nothing_else(house: House, scope: PauseScope, ref: str) -> None:
    await two_policies(house)
    await pause(SYSTEM, scope, ref, "wrong text")
    await house.contact()
    await house.work(days=1)
    assert await house.decisions() == [ASKED]


async def test_what_another_pause_covers_stays_held(house: House) -> None:
    await two_policies(house)
    await house.contact()
    await house.work()
    everything = await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic")
    survey = await pause(SYSTEM, PauseScope.SURVEY, "csat-after-call", "typing error")
    await resume(SYSTEM, everything.id)
    await house.work(days=1)
    assert await house.decisions() == [HELD]
    await resume(SYSTEM, survey.id)
    await house.work()
    assert await house.decisions() == [ASKED]


async def test_what_is_not_due_when_the_pause_ends_leaves_at_its_own_moment(house: House) -> None:
    await two_policies(house)
    await house.contact()
    await house.work()
    stop = await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic")
    await resume(SYSTEM, stop.id)
    await house.work()
    assert await house.decisions() == [PLANNED]
    await house.work(days=1)
    assert await house.decisions() == [ASKED]
    assert len(await house.attempts()) == 1


async def test_what_grew_too_old_in_a_pause_is_withdrawn(house: House, clock: ModuleType) -> None:
    await house.policy("calls", ask_within_days=2)
    await house.policy("late", touchpoint="delivery", survey="nps-after-delivery", ask_within_days=2, delay_minutes=60)
    await house.contact(touchpoint="delivery")
    await house.work()
    stop = await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic")
    await house.contact("bart")
    await house.work(days=4)
    await resume(SYSTEM, stop.id)
    await house.work()
    assert await house.decisions() == [Seen("send", "asked", "withdrawn"), skipped("too_late")]


async def test_a_mail_that_is_being_handed_over_still_counts_as_sent(house: House, clock: ModuleType) -> None:
    await house.policy(delay_minutes=60)
    await house.contact()
    await house.work()
    clock.advance(timedelta(hours=1))
    invitation = await house.invitation()
    assert await claim(SYSTEM, invitation.id, str(new_id()))
    await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic")
    assert (await Invitation.get(id=invitation.id)).state.value == "held"


async def test_a_pause_and_a_hold_together_hold_until_both_are_over(house: House) -> None:
    await house.policy(delay_minutes=60)
    await house.contact()
    await house.work()
    customer_id = await house.customer_id()
    await hold_customer(SYSTEM, customer_id, "task:1", "an open task")
    stop = await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic")
    await house.work(days=1)
    await resume(SYSTEM, stop.id)
    await house.work()
    assert await house.decisions() == [HELD]
    await release_hold(SYSTEM, customer_id, "task:1")
    await house.work()
    assert await house.decisions() == [ASKED]


async def test_pausing_twice_is_one_pause_and_ending_it_twice_is_told(house: House) -> None:
    first = await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic")
    assert await pause(SYSTEM, PauseScope.EVERYTHING, "", "more panic") == first
    assert await active_pauses() == [first]
    ended = await resume(SYSTEM, first.id)
    assert ended.ended_by == SYSTEM.name
    assert await active_pauses() == []
    with pytest.raises(Conflict, match="ended already"):
        await resume(SYSTEM, first.id)
    assert (await pause(SYSTEM, PauseScope.EVERYTHING, "", "again")).id != first.id


@pytest.mark.parametrize(
    ("scope", "ref"),
    [(PauseScope.EVERYTHING, "all"), (PauseScope.CHANNEL, "pigeon"), (PauseScope.POLICY, "nope"), (PauseScope.SURVEY, "nope")],
)
async def test_nobody_pauses_what_does_not_exist(house: House, scope: PauseScope, ref: str) -> None:
    with pytest.raises(Invalid) as refusal:
        await pause(SYSTEM, scope, ref, "panic")
    assert [fault.path for fault in refusal.value.faults] == ["ref"]
    assert await Pause.all().count() == 0


async def test_a_lead_may_stop_everything_and_an_analyst_may_not(house: House) -> None:
    await pause(Actor("Lotte", held([Role.LEAD])), PauseScope.EVERYTHING, "", "panic")
    with pytest.raises(Forbidden):
        await pause(Actor("Ana", held([Role.ANALYST])), PauseScope.EVERYTHING, "", "panic")


async def test_a_pause_that_ends_while_a_contact_is_decided_is_noticed(house: House) -> None:
    await house.policy()
    stop = await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic")
    contact = await house.contact()
    await house.forget_jobs()
    await while_open(decide_contact(SYSTEM, contact.id), resume(SYSTEM, stop.id))
    await house.work()
    assert await house.decisions() == [ASKED]


async def test_a_pause_that_ends_while_an_invitation_is_taken_in_hand_is_noticed(house: House, clock: ModuleType) -> None:
    await house.policy(delay_minutes=60)
    await house.contact()
    await house.work()
    invitation = await house.invitation()
    stop = await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic")
    await Invitation.filter(id=invitation.id).update(state=InvitationState.PLANNED)
    clock.advance(timedelta(hours=1))
    assert await jobs.cancel(f"deliver:{invitation.id}"), "so that nothing but the end of the pause can bring it on its way"
    claimed, _ = await while_open(claim(SYSTEM, invitation.id, str(new_id())), resume(SYSTEM, stop.id))
    assert claimed is None
    await house.work()
    assert await house.decisions() == [ASKED]


async def test_nothing_is_lost_when_pause_and_resume_race_with_the_worker(house: House) -> None:
    await house.policy(quiet_days=0)
    for number in range(12):
        await house.contact(f"customer{number}")

    async def stop_and_go() -> None:
        for _ in range(4):
            stop = await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic")
            await resume(SYSTEM, stop.id)

    await asyncio.gather(stop_and_go(), house.work())
    await house.work(days=1)
    assert await house.decisions() == [ASKED] * 12
    assert len(await house.mails()) == 12
