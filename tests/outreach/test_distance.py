"""Customers are left alone: for their quiet days, while something is open, and however many contacts come at once."""

import asyncio
from datetime import datetime, timedelta
from types import ModuleType

from tests.outreach.house import ASKED, PLANNED, SYSTEM, House, Seen, delayed, skipped, while_open
from voc.core.db import count_statements
from voc.outreach.deciding.decide import decide_contact
from voc.outreach.models import Decision, Invitation, InvitationState
from voc.outreach.wishes.hold import hold_customer, release_hold

DAY = timedelta(days=1)


async def test_a_customer_has_quiet_days(house: House, clock: ModuleType) -> None:
    await house.policy(quiet_days=14)
    for days, expected in ((0, ASKED), (13, skipped("within_quiet_days")), (14, ASKED)):
        clock.freeze(datetime.fromisoformat("2026-03-03T10:00:00+00:00") + days * DAY)
        contact = await house.contact()
        await house.work()
        assert await house.decisions(contact) == [expected], days


async def test_other_customers_are_not_quiet(house: House) -> None:
    await house.policy()
    for name in ("anna", "bart"):
        await house.contact(name)
    await house.work()
    assert await house.decisions() == [ASKED, ASKED]


async def test_a_planned_invitation_keeps_others_away(house: House) -> None:
    await house.policy(delay_minutes=1440)
    await house.contact()
    await house.contact()
    await house.work()
    assert sorted(await house.decisions(), key=str) == sorted([PLANNED, skipped("within_quiet_days")], key=str)


async def test_an_invitation_that_never_left_keeps_nobody_away(house: House) -> None:
    await house.policy(delay_minutes=60)
    await house.contact(name="spam")
    await house.work()
    await house.contact(name="spam", outcome="spam")
    await house.contact(name="real")
    await house.work()
    assert await house.decisions() == [Seen("skip", "contact_spam", "withdrawn"), PLANNED]


async def test_of_two_policies_the_one_of_higher_priority_asks(house: House) -> None:
    await house.policy("calls")
    await house.policy("relation", survey="nps-after-delivery", priority=5)
    contact = await house.contact()
    await house.work()
    found = {one.policy_key: one for one in await Decision.filter(contact_id=contact.id)}
    assert {key: one.reason.value for key, one in found.items()} == {"relation": "asked", "calls": "outranked"}
    assert found["calls"].detail == "asked by relation on 2026-03-03, 30 quiet days"


async def test_two_contacts_of_one_customer_at_once_are_asked_about_once(house: House) -> None:
    await house.policy()
    contacts = [await house.contact() for _ in range(8)]
    await asyncio.gather(*(decide_contact(SYSTEM, contact.id) for contact in contacts))
    assert await Invitation.all().count() == 1
    assert sorted(seen.reason for seen in await house.decisions()) == ["asked", *["within_quiet_days"] * 7]


async def test_a_second_contact_waits_for_the_decision_about_the_first(house: House) -> None:
    await house.policy()
    contacts = [await house.contact() for _ in range(2)]
    await while_open(*(decide_contact(SYSTEM, contact.id) for contact in contacts))
    assert [await house.decisions(contact) for contact in contacts] == [[PLANNED], [skipped("within_quiet_days")]]


async def test_a_hold_that_ends_while_a_contact_is_decided_is_noticed(house: House) -> None:
    await house.policy()
    await house.contact(ended=None, name="call")
    customer_id = await house.customer_id()
    await hold_customer(SYSTEM, customer_id, "task:1", "an open task")
    contact = await house.contact(name="call")
    await house.forget_jobs()
    await while_open(decide_contact(SYSTEM, contact.id), release_hold(SYSTEM, customer_id, "task:1"))
    await house.work()
    assert await house.decisions(contact) == [ASKED]


async def test_one_contact_decided_by_many_at_once_has_one_decision(house: House) -> None:
    await house.policy()
    known, nobody = await house.contact(), await house.contact(customer=None)
    await asyncio.gather(*(decide_contact(SYSTEM, contact.id) for contact in [known, nobody] * 6))
    assert await Invitation.all().count() == 1
    assert sorted(seen.reason for seen in await house.decisions()) == ["asked", "no_customer"]


async def test_a_held_customer_waits_and_is_asked_once_released(house: House) -> None:
    await house.policy()
    await house.contact(ended=None, name="call")
    customer_id = await house.customer_id()
    await hold_customer(SYSTEM, customer_id, "task:1", "an open task")
    contact = await house.contact(name="call")
    await house.work(days=1)
    assert await house.decisions(contact) == [delayed("held")]
    assert await release_hold(SYSTEM, customer_id, "task:1")
    await house.work()
    assert await house.decisions(contact) == [ASKED]
    assert [(past["verdict"], past["reason"]) for past in (await Decision.get()).history] == [("delay", "held")]


async def test_a_hold_with_an_end_is_looked_at_again_by_itself(house: House, clock: ModuleType) -> None:
    await house.policy()
    await house.contact(ended=None, name="call")
    await hold_customer(SYSTEM, await house.customer_id(), "promise:1", "a promise", until=clock.now() + DAY)
    contact = await house.contact(name="call")
    await house.work(days=0.9)
    assert await house.decisions(contact) == [delayed("held")]
    await house.work(days=0.2)
    assert await house.decisions(contact) == [ASKED]


async def test_a_hold_that_lasts_too_long_ends_in_silence(house: House) -> None:
    await house.policy(ask_within_days=2)
    await house.contact(ended=None, name="call")
    await hold_customer(SYSTEM, await house.customer_id(), "task:1", "an open task")
    contact = await house.contact(name="call")
    await house.work(days=3)
    assert await house.decisions(contact) == [skipped("too_late")]
    assert [past["reason"] for past in (await Decision.get()).history] == ["held"]


async def test_a_policy_may_wait_for_the_quiet_days(house: House) -> None:
    await house.policy(quiet_days=2, if_asked_recently="delay")
    first, second = await house.contact(), await house.contact()
    await house.work()
    assert await house.decisions(first) == [ASKED]
    assert await house.decisions(second) == [delayed("within_quiet_days")]
    await house.work(days=2)
    assert await house.decisions(second) == [ASKED]


async def test_a_changed_policy_decides_from_now_on_and_rewrites_nothing(house: House) -> None:
    await house.policy(quiet_days=0)
    await house.contact()
    await house.work()
    await house.policy(quiet_days=0, when="contact.queue == 'billing'")
    await house.contact()
    await house.work()
    found = await Decision.all().order_by("decided_at", "id")
    assert [(one.policy_number, one.reason.value) for one in found] == [(1, "asked"), (2, "condition_not_met")]


async def test_a_decision_costs_few_statements(house: House) -> None:
    await house.policy(delay_minutes=60)
    await decide_contact(SYSTEM, (await house.contact("anna")).id)
    contact = await house.contact("bart")
    with count_statements() as seen:
        await decide_contact(SYSTEM, contact.id)
    assert await Invitation.filter(state=InvitationState.PLANNED).count() == 2
    assert seen.count <= 6, seen.texts
