"""A rehearsal decides with the function that decides live: the past rehearsed with its own policy gives the decisions that were made."""

from collections import Counter
from datetime import timedelta
from random import Random
from types import ModuleType
from typing import Any

import pytest

from tests.outreach.house import House
from voc.core import clock
from voc.core.access import Actor
from voc.core.errors import Forbidden, Invalid, SignInNeeded
from voc.customers.models import Channel
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.outreach.models import Decision, Invitation
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.rules_document import parse
from voc.outreach.rehearsing.rehearsal import Tally
from voc.outreach.rehearsing.rehearse import only_in, rehearse
from voc.outreach.wishes.suppress import PAUSED, suppress

SYSTEM = Actor.system("test")
RULES: dict[str, Any] = {
    "touchpoint": "after-call",
    "survey": "csat-after-call",
    "settle_minutes": 0,
    "quiet_days": 6,
    "quiet_days_after_answer": 9,
    "sample_percent": 80,
    "yearly_budget": 3,
    "when": "contact.queue != 'billing'",
    "window": {"opens": "09:00", "closes": "18:00", "days": ["mon", "tue", "wed", "thu", "fri"]},
    "clocks": [{"since": "asked", "days": 2, "whose": "account"}],
}

PLAIN: dict[str, Any] = {"touchpoint": "after-call", "survey": "csat-after-call", "settle_minutes": 0}


async def played(*policies: Rules, days: int = 60) -> tuple[Tally, ...]:
    """What comes of rehearsing them."""
    end = clock.now() + timedelta(minutes=1)
    steps = [step async for step in rehearse(SYSTEM, "calls", *policies, days=days, until=end, as_reported=True)]
    assert [step.total for step in steps] == [steps[-1].done] * len(steps)
    return steps[-1].tallies


async def pass_time(house: House, clock: ModuleType, span: timedelta) -> None:
    """Every job runs at its moment meanwhile."""
    until = clock.now() + span
    await house.work(days=span / timedelta(days=1))
    clock.freeze(until)


async def live_for_weeks(house: House, clock: ModuleType, seed: int, delay_minutes: int = 0) -> None:
    """Contacts of a few customers over six weeks, some of whom answer, decided as they come."""
    chance = Random(seed)
    own = {name: value for name, value in RULES.items() if name not in ("touchpoint", "survey")}
    await house.policy(**{**own, "delay_minutes": delay_minutes})
    await house.policy("deliveries", touchpoint="delivery", survey="nps-after-delivery", quiet_days=3, priority=1)
    for number in range(45):
        await pass_time(house, clock, timedelta(hours=chance.randint(4, 40)))
        name = chance.choice(["anna", "bram", "cees", "dirk"])
        account = {"account": {"externalId": "acme", "name": "Acme"}} if name in ("anna", "bram") else {}
        await house.contact(
            {**house.customer(name), **account},
            touchpoint=chance.choice(["after-call"] * 3 + ["delivery"]),
            queue=chance.choice(["billing", "sales", "help"]),
            outcome=chance.choice(["solved"] * 5 + ["spam"]),
        )
        await house.work()
        if number % 4 == 0:
            await Invitation.filter(answered_at=None, sent_at__isnull=False).update(answered_at=clock.now())
    for touchpoint in ("after-call", "delivery"):
        for name in ("eva", "fred", "gijs", "hans", "ivo", "joke"):
            await house.contact(name, touchpoint=touchpoint, queue="help")
        await house.work()
        await pass_time(house, clock, timedelta(hours=1))
    await house.work(days=6)


@pytest.mark.parametrize(("seed", "delay_minutes"), [(1, 0), (2, 2880)])
async def test_the_past_rehearsed_with_its_policy_gives_the_decisions_that_were_made(
    house: House, clock: ModuleType, seed: int, delay_minutes: int
) -> None:
    """Also where asks that were only planned gave way to a policy that counts more."""
    await live_for_weeks(house, clock, seed, delay_minutes)
    made = [one for one in await Decision.filter(policy_key="calls") if one.verdict is not Verdict.DELAY]
    [tally] = await played(parse({**RULES, "delay_minutes": delay_minutes}))
    assert (Reason.OUTRANKED in tally.reasons) == (delay_minutes > 0)
    assert tally.asked == {one.contact_id for one in made if one.verdict is Verdict.SEND}
    assert tally.reasons == Counter(one.reason for one in made)
    assert len(tally.reasons) >= 4
    assert sum(tally.by_day.values()) == sum(tally.by_hour.values()) == len(tally.asked)
    assert all(9 <= hour < 18 for hour in tally.by_hour)


async def test_a_difference_between_two_is_told(house: House, clock: ModuleType) -> None:
    await live_for_weeks(house, clock, 3)
    live, wider = await played(parse(RULES), parse({**RULES, "sample_percent": 100, "quiet_days": 0, "clocks": [], "yearly_budget": 0}))
    assert len(wider.asked) > len(live.asked)
    assert only_in(wider, live)
    assert wider.customers >= live.customers
    assert await Invitation.all().count() == await Invitation.filter(created_at__lte=clock.now()).count()


async def test_whoever_wants_nothing_for_some_months_is_not_asked_in_a_rehearsal_either(house: House) -> None:
    await house.contact()
    await suppress(SYSTEM, Channel.EMAIL, "anna@klant.example", PAUSED, until=clock.now() + timedelta(days=90))
    [tally] = await played(parse(PLAIN), days=1)
    assert tally.reasons == {Reason.SUPPRESSED: 1}


async def test_nobody_is_asked_by_a_rehearsal_and_strangers_have_none(house: House) -> None:
    await house.contact()
    [tally] = await played(parse({**RULES, "sample_percent": 100}), days=1)
    assert not await Invitation.exists()
    assert tally.waiting + sum(tally.reasons.values()) == 1
    with pytest.raises(Invalid):
        await played(parse(RULES), days=400)
    with pytest.raises((Forbidden, SignInNeeded)):
        await anext(aiter(rehearse(Actor.stranger(), "calls", parse(RULES))))


async def test_of_one_contact_the_higher_priority_speaks_first_in_a_rehearsal_too(house: House, clock: ModuleType) -> None:
    """As in life the job comes some seconds late: what it asked then is known to whoever speaks second, and not to whoever was first."""
    await house.policy("first", priority=1, quiet_days=0)
    await house.policy("calls", quiet_days=1)
    for _ in range(2):
        await house.contact()
        clock.advance(timedelta(seconds=3))
        await house.work(days=2)
    made = Counter(one.reason for one in await Decision.filter(policy_key="calls"))
    [second] = await played(parse({**PLAIN, "quiet_days": 1}))
    assert second.reasons == made == {Reason.OUTRANKED: 2}
    assert len((await played(parse({**PLAIN, "quiet_days": 1, "priority": 2})))[0].asked) == 2


async def test_a_target_of_answers_is_rehearsed_on_a_policy_that_had_none(house: House, clock: ModuleType) -> None:
    await house.policy(quiet_days=0)
    for number in range(30):
        await house.contact(f"customer{number}")
        clock.advance(timedelta(hours=2))
    everybody, enough = await played(parse({**PLAIN, "quiet_days": 0}), parse({**PLAIN, "quiet_days": 0, "answers_a_month": 1}))
    assert len(everybody.asked) == 30
    assert 1 <= len(enough.asked) <= 10


async def test_several_touchpoints_are_rehearsed_beside_one(house: House) -> None:
    for touchpoint in ("after-call", "delivery"):
        for number in range(2):
            await house.contact(f"customer{number}", touchpoint=touchpoint)
    wider = {"touchpoints": ["delivery", "after-call"], "survey": "csat-after-call", "settle_minutes": 0, "quiet_days": 0}
    one, both = await played(parse({**PLAIN, "quiet_days": 0}), parse(wider))
    assert (len(one.asked), len(both.asked), len(only_in(both, one))) == (2, 4, 2)
