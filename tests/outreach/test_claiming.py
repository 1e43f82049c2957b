"""Before an invitation leaves everything is looked at once more, and it is taken in hand by one job only."""

from datetime import timedelta
from types import ModuleType
from typing import Any

import pytest

from tests.outreach.house import ASKED, EMAIL, REFUSED, SYSTEM, House, Seen, while_open
from voc.core.access import Actor, Role, held
from voc.core.db import transaction
from voc.core.errors import Conflict
from voc.core.ids import new_id
from voc.customers.consent import set_consent
from voc.outreach.delivering.claim import claim
from voc.outreach.delivering.deliver import give_up
from voc.outreach.invitations import withdraw
from voc.outreach.models import Decision, Delivery, Invitation, InvitationState, PauseScope
from voc.outreach.wishes.hold import hold_customer, release_hold
from voc.outreach.wishes.pause import pause, resume
from voc.outreach.wishes.suppress import suppress

DAY = timedelta(days=1)


async def refuse_consent(house: House) -> str:
    await set_consent(SYSTEM, await house.customer_id(), EMAIL, REFUSED, "crm")
    return "consent_refused"


async def suppress_address(house: House) -> str:
    await suppress(SYSTEM, EMAIL, "anna@klant.example", "asked by phone")
    return "suppressed"


async def ask_meanwhile(house: House) -> str:
    """Another policy without quiet days of its own asks first."""
    await house.policy("other", touchpoint="delivery", survey="nps-after-delivery", quiet_days=0)
    await house.contact(touchpoint="delivery", name="delivery")
    await house.work()
    return "within_quiet_days"


@pytest.mark.parametrize("forbid", [refuse_consent, suppress_address, ask_meanwhile])
async def test_everything_is_looked_at_again_before_it_leaves(house: House, forbid: Any) -> None:
    invitation = await house.plan_one()
    reason = await forbid(house)
    mails = len(await house.mails())
    await house.work(days=1)
    withdrawn = await Invitation.get(id=invitation.id)
    assert (withdrawn.state, withdrawn.state_reason) == (InvitationState.WITHDRAWN, reason)
    assert len(await house.mails()) == mails


async def test_a_message_that_could_not_leave_for_days_is_not_sent_late(house: House, clock: ModuleType) -> None:
    await house.plan_one(ask_within_days=2)
    clock.advance(3 * DAY)
    await house.work()
    assert await house.decisions() == [Seen("send", "asked", "withdrawn")]
    assert (await house.invitation()).state_reason == "too_late"


async def test_a_customer_who_is_held_meanwhile_gets_it_when_released(house: House) -> None:
    await house.plan_one()
    customer_id = await house.customer_id()
    await hold_customer(SYSTEM, customer_id, "task:1", "an open task")
    await house.work(days=1)
    assert await house.decisions() == [Seen("send", "asked", "held")]
    await release_hold(SYSTEM, customer_id, "task:1")
    await house.work()
    assert await house.decisions() == [ASKED]
    assert len(await house.mails()) == 1


async def test_a_customer_who_is_held_for_too_long_does_not_get_it_any_more(house: House) -> None:
    await house.plan_one(ask_within_days=2)
    await hold_customer(SYSTEM, await house.customer_id(), "task:1", "an open task")
    await house.work(days=1)
    assert await house.decisions() == [Seen("send", "asked", "held")]
    await house.work(days=2)
    assert await house.decisions() == [Seen("send", "asked", "withdrawn")]
    assert (await house.invitation()).state_reason == "too_late"


async def test_a_policy_that_asks_nevertheless_does_not_wait_for_holds(house: House) -> None:
    await house.plan_one(if_held="ask")
    await hold_customer(SYSTEM, await house.customer_id(), "task:1", "an open task")
    await house.work(days=1)
    assert await house.decisions() == [ASKED]


async def test_a_hold_with_an_end_lets_it_go_by_itself(house: House, clock: ModuleType) -> None:
    await house.plan_one()
    await hold_customer(SYSTEM, await house.customer_id(), "promise:1", "a promise", until=clock.now() + DAY)
    await house.work(days=0.9)
    assert await house.decisions() == [Seen("send", "asked", "held")]
    await house.work(days=0.2)
    assert await house.decisions() == [ASKED]


async def test_an_attempt_whose_process_died_is_closed_and_made_again_with_the_same_message(house: House, clock: ModuleType) -> None:
    invitation = await house.plan_one()
    clock.advance(timedelta(hours=1))
    job = str(new_id())
    first = await claim(SYSTEM, invitation.id, job)
    second = await claim(SYSTEM, invitation.id, job)
    assert first
    assert second
    assert first.ask.message_id == second.ask.message_id
    assert await house.attempts() == [(1, "failed", "the process ended in between; it may have left"), (2, "started", "")]


async def test_two_jobs_for_one_invitation_send_it_once(house: House, clock: ModuleType) -> None:
    invitation = await house.plan_one()
    clock.advance(timedelta(hours=1))
    first, second = await while_open(claim(SYSTEM, invitation.id, str(new_id())), claim(SYSTEM, invitation.id, str(new_id())))
    assert first
    assert second is None
    assert await Delivery.all().count() == 1


async def test_two_invitations_of_one_customer_that_leave_at_once_keep_their_distance(house: House, clock: ModuleType) -> None:
    await house.policy("calls", quiet_days=0, delay_minutes=60)
    for _ in range(2):
        await house.contact()
    await house.work()
    await house.policy("calls", quiet_days=5, delay_minutes=60)
    clock.advance(timedelta(hours=1))
    await Decision.all().update(policy_number=2)
    planned = await Invitation.all()
    first, second = await while_open(*(claim(SYSTEM, invitation.id, str(new_id())) for invitation in planned))
    assert first
    assert second is None
    assert sorted(one.state.value for one in await Invitation.all()) == ["planned", "withdrawn"]


async def test_it_never_leaves_before_its_moment(house: House) -> None:
    invitation = await house.plan_one()
    assert await claim(SYSTEM, invitation.id, str(new_id())) is None
    assert await house.attempts() == []


async def test_what_is_leaving_cannot_be_withdrawn_any_more(house: House, clock: ModuleType) -> None:
    invitation = await house.plan_one()
    clock.advance(timedelta(hours=1))
    await claim(SYSTEM, invitation.id, str(new_id()))
    lead = Actor("Lotte", held([Role.LEAD]))
    with pytest.raises(Conflict, match="leaving"):
        await withdraw(lead, invitation.id)


async def test_a_lead_withdraws_what_waits(house: House) -> None:
    invitation = await house.plan_one()
    await withdraw(Actor("Lotte", held([Role.LEAD])), invitation.id)
    await house.work(days=1)
    assert await house.decisions() == [Seen("send", "asked", "withdrawn")]
    assert await house.mails() == []


async def test_giving_up_leaves_no_attempt_open(house: House, clock: ModuleType) -> None:
    invitation = await house.plan_one()
    clock.advance(timedelta(hours=1))
    await claim(SYSTEM, invitation.id, str(new_id()))
    async with transaction():
        await give_up(SYSTEM, str(invitation.id))
    assert await house.attempts() == [(1, "failed", "")]
    assert (await house.invitation()).state is InvitationState.FAILED


async def test_an_attempt_that_died_does_not_block_what_is_paused_and_resumed(house: House, clock: ModuleType) -> None:
    invitation = await house.plan_one()
    clock.advance(timedelta(hours=1))
    job = str(new_id())
    assert await claim(SYSTEM, invitation.id, job)
    stop = await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic")
    assert await claim(SYSTEM, invitation.id, job) is None
    await house.forget_jobs()
    await resume(SYSTEM, stop.id)
    await house.work()
    assert await house.decisions() == [ASKED]
    assert [state for _, state, _ in await house.attempts()] == ["failed", "accepted"]


async def test_an_attempt_of_a_job_that_is_gone_is_taken_over(house: House, clock: ModuleType) -> None:
    invitation = await house.plan_one()
    clock.advance(timedelta(hours=1))
    assert await claim(SYSTEM, invitation.id, str(new_id()))
    clock.advance(timedelta(minutes=59))
    assert await claim(SYSTEM, invitation.id, str(new_id())) is None
    clock.advance(timedelta(minutes=2))
    assert await claim(SYSTEM, invitation.id, str(new_id()))
    assert [state for _, state, _ in await house.attempts()] == ["failed", "started"]
