"""A planned ask gives way to a policy that counts more, and its decision says to whom; what has left stays."""

from datetime import timedelta
from types import ModuleType

from tests.outreach.house import ASKED, PLANNED, House, Seen, skipped
from voc.outreach.models import Decision, Invitation


async def low_and_high(house: House, high_quiet_days: int = 30) -> None:
    """A policy about calls that asks two days later, and one about deliveries that counts more and asks after an hour."""
    await house.policy("calls", delay_minutes=2880)
    await house.policy(
        "relation", touchpoint="delivery", survey="nps-after-delivery", priority=5, delay_minutes=60, quiet_days=high_quiet_days
    )


async def test_a_planned_ask_gives_way_and_its_decision_says_to_whom(house: House) -> None:
    await low_and_high(house)
    call = await house.contact()
    await house.work()
    assert await house.decisions(call) == [PLANNED]
    delivery = await house.contact(touchpoint="delivery")
    await house.work()
    assert await house.decisions(call) == [Seen("skip", "outranked", "withdrawn")]
    assert await house.decisions(delivery) == [PLANNED]
    loser = await Decision.get(contact_id=call.id)
    assert loser.detail == "gives way to relation, which asks on 2026-03-03"
    assert [(past["verdict"], past["reason"]) for past in loser.history] == [("send", "asked")]
    assert (await Invitation.get(decision_id=loser.id)).state_reason == "outranked"
    await house.work(days=40)
    assert [await house.decisions(one) for one in (call, delivery)] == [[Seen("skip", "outranked", "withdrawn")], [ASKED]]
    assert len(await house.mails()) == 1


async def test_what_has_left_does_not_give_way(house: House) -> None:
    await low_and_high(house)
    call = await house.contact()
    await house.work(days=3)
    delivery = await house.contact(touchpoint="delivery")
    await house.work()
    assert (await house.decisions(call), await house.decisions(delivery)) == ([ASKED], [skipped("within_quiet_days")])


async def test_what_leaves_room_stays(house: House) -> None:
    await low_and_high(house, high_quiet_days=1)
    call = await house.contact()
    await house.work()
    await house.contact(touchpoint="delivery")
    await house.work()
    assert await house.decisions(call) == [PLANNED]
    assert await Invitation.filter(state="planned").count() == 2


async def test_nobody_gives_way_to_a_lower_or_to_the_same_policy_nor_to_a_draw_that_fell_on_others(house: House) -> None:
    await house.policy("calls", delay_minutes=2880, priority=5)
    await house.policy("relation", touchpoint="delivery", survey="nps-after-delivery")
    first, second = await house.contact(), await house.contact()
    await house.work()
    lower = await house.contact(touchpoint="delivery")
    await house.work()
    assert sorted(map(str, await house.decisions(first) + await house.decisions(second))) == sorted(
        map(str, [PLANNED, skipped("within_quiet_days")])
    )
    assert await house.decisions(lower) == [skipped("within_quiet_days")]


async def test_a_planned_ask_that_waits_for_its_clock_leaves_when_it_allows(house: House, clock: ModuleType) -> None:
    """Two asks were planned so far apart that both may leave; the first is late, and the second waits for its own clock to run out."""
    await house.policy("calls", delay_minutes=60, quiet_days=2, if_asked_recently="delay")
    await house.policy("relation", touchpoint="delivery", survey="nps-after-delivery", delay_minutes=3 * 1440, quiet_days=0)
    await house.contact(touchpoint="delivery")
    await house.work()
    call = await house.contact()
    await house.work()
    await Invitation.filter(contact_id=call.id).update(send_at=clock.now() + timedelta(days=4))
    await house.work(days=3.5)
    await house.work(days=0.6)
    waits = await Invitation.get(contact_id=call.id)
    assert (waits.state, waits.state_reason) == ("planned", "within_quiet_days")
    await house.work(days=1.5)
    assert (await Invitation.get(contact_id=call.id)).state == "sent"
