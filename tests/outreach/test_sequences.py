"""Whatever happens in whatever order, nobody is asked too often, nor against their will, nor while something is open or stopped."""

import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import FROZEN_AT
from tests.outreach.house import SYSTEM, House
from voc.core import settings as the_settings
from voc.core.access import Actor
from voc.outreach.deciding.facts import Asked, ContactFacts, CustomerFacts, Facts, Held
from voc.outreach.deciding.policy import decide, weight_of
from voc.outreach.deciding.standing import Standing
from voc.outreach.deciding.verdicts import Verdict
from voc.outreach.delivering.last_look import what_stops
from voc.outreach.models import Invitation, InvitationState, PauseScope
from voc.outreach.policies.clocks import YEAR, Among, Clock, Otherwise, Since
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.windows import WEEKDAYS, Window
from voc.outreach.wishes.hold import hold_customer, release_hold
from voc.outreach.wishes.pause import pause, resume
from voc.outreach.wishes.preferences import Wish, set_preferences

DAY = timedelta(days=1)
POLICIES = {
    "often": Rules(touchpoints=("t",), survey="s", quiet_days=2, settle_minutes=0),
    "later": Rules(touchpoints=("t",), survey="s", quiet_days=7, settle_minutes=0, delay_minutes=2880, if_asked_recently=Otherwise.DELAY),
    "seldom": Rules(touchpoints=("t",), survey="s", quiet_days=9, settle_minutes=0, delay_minutes=60, if_held=Otherwise.ASK),
    "patient": Rules(touchpoints=("t",), survey="s", quiet_days=1, settle_minutes=0, delay_minutes=4320, if_held=Otherwise.ASK),
    "office": Rules(
        touchpoints=("t",), survey="s", quiet_days=1, quiet_days_after_answer=5, settle_minutes=0, window=Window(days=WEEKDAYS[:5])
    ),
    "sparing": Rules(touchpoints=("t",), survey="s", quiet_days=0, yearly_budget=3, settle_minutes=0, if_asked_recently=Otherwise.DELAY),
    "same": Rules(
        touchpoints=("t",), survey="same", quiet_days=0, settle_minutes=0, clocks=(Clock(since=Since.ASKED, days=6, among=Among.SURVEY),)
    ),
    "first": Rules(touchpoints=("t",), survey="s", quiet_days=3, settle_minutes=0, delay_minutes=1440, priority=5, yearly_budget=6),
    "second": Rules(touchpoints=("t",), survey="s", quiet_days=4, settle_minutes=0, delay_minutes=600, answer_worth=9),
}


@dataclass
class Planned:
    """An invitation on its way."""

    id: UUID
    policy: str
    send_at: datetime
    is_held: bool = False


@dataclass
class World:
    """One customer, played with the two pure functions that rule: `decide`, and `what_stops` at the moment of sending."""

    now: datetime = FROZEN_AT
    planned: list[Planned] = field(default_factory=list)
    sent: list[tuple[datetime, str, UUID]] = field(default_factory=list)
    answered: dict[UUID, datetime] = field(default_factory=dict)
    declined: dict[UUID, datetime] = field(default_factory=dict)
    waiting: list[tuple[datetime, str, datetime]] = field(default_factory=list)
    outranked: dict[UUID, tuple[str, str]] = field(default_factory=dict)
    refused: bool = False
    suppressed: bool = False
    held: bool = False
    paused: bool = False
    ids: Any = field(default_factory=lambda: (UUID(int=number) for number in count(1)))

    def standing(self) -> Standing:
        asked = {one.id: self.asked(one.id, one.policy, max(one.send_at, self.now)) for one in self.planned}
        return Standing(
            pauses=frozenset({(PauseScope.EVERYTHING, "")} if self.paused else ()),
            holds=(Held("task"),) if self.held else (),
            consents={"email": "refused" if self.refused else "granted"},
            suppressed=frozenset({"email"} if self.suppressed else ()),
            asked={**asked, **{number: self.asked(number, policy, at) for at, policy, number in self.sent}},
            left=frozenset(number for _, _, number in self.sent),
        )

    def asked(self, number: UUID, policy: str, at: datetime) -> Asked:
        return Asked(at, policy, self.answered.get(number), self.declined.get(number), survey=POLICIES[policy].survey)

    def weighed(self, number: UUID, one: Asked) -> Asked:
        """As a decision sees it: what is only planned says how much it counts."""
        if number not in {planned.id for planned in self.planned}:
            return one
        return replace(one, id=number, weight=weight_of(POLICIES[one.policy], None))

    def react(self, reactions: dict[UUID, datetime]) -> None:
        """The customer answers what was sent last, or says that it is not for them."""
        if self.sent:
            reactions[self.sent[-1][2]] = self.now

    def contact(self, policy: str, ended: datetime) -> None:
        standing, rules = self.standing(), POLICIES[policy]
        facts = Facts(
            contact=ContactFacts(touchpoint="t", ended_at=ended),
            customer=CustomerFacts(),
            asked=tuple(self.weighed(number, one) for number, one in standing.asked.items()),
            weight=weight_of(rules, None),
            holds=standing.holds,
            reach=standing.reach("anna@klant.example"),
            paused=standing.paused(policy, "s"),
            survey=rules.survey,
            zone="Europe/Amsterdam",
        )
        ruling = decide(facts, rules, self.now)
        if ruling.verdict is Verdict.SEND and ruling.act_at:
            self.outranked |= {one.id: (one.policy, policy) for one in self.planned if one.id in ruling.instead_of}
            self.planned = [one for one in self.planned if one.id not in ruling.instead_of]
            self.planned.append(Planned(next(self.ids), policy, ruling.act_at))
        elif ruling.verdict is Verdict.DELAY and ruling.act_at:
            self.waiting.append((ruling.act_at, policy, ended))

    def advance(self, hours: float) -> None:
        """Let time pass, from one thing that is due to the next."""
        until = self.now + timedelta(hours=hours)
        while True:
            due = [(one.send_at, 0, one) for one in self.planned if not one.is_held] + [(at, 1, None) for at, _, _ in self.waiting]
            moment, kind, one = min(due, key=lambda found: found[:2], default=(until + DAY, 0, None))
            if moment > until:
                break
            self.now = max(self.now, moment)
            if one:
                self.leave(one)
            elif kind:
                again = min(self.waiting)
                self.waiting.remove(again)
                self.contact(again[1], again[2])
        self.now = until

    def leave(self, one: Planned) -> None:
        row = {"id": one.id, "send_at": one.send_at, "expires_at": one.send_at + 30 * DAY, "email": "anna@klant.example", "phone": None}
        row |= {"customer_id": UUID(int=99), "channel": "email", "policy_key": one.policy, "time_zone": None}
        row |= {"survey_key": POLICIES[one.policy].survey, "version_id": UUID(int=98)}
        stop = what_stops(row, POLICIES[one.policy], self.standing(), self.now)
        if stop and stop.state is InvitationState.HELD:
            one.is_held = True
            return
        if stop and stop.again_at:
            one.send_at = stop.again_at
            return
        self.planned.remove(one)
        if stop is None:
            self.check(one.policy)
            self.sent.append((self.now, one.policy, one.id))

    def check(self, policy: str) -> None:
        assert not self.refused
        assert not self.suppressed
        assert not self.paused
        assert not self.held or POLICIES[policy].if_held is Otherwise.ASK
        rules = POLICIES[policy]
        assert all(self.now - at >= rules.quiet_days * DAY for at, _, _ in self.sent)
        assert all(self.now - at >= rules.quiet_days_after_answer * DAY for at in self.answered.values())
        assert all(self.now - at >= rules.quiet_days_after_decline * DAY for at in self.declined.values())
        assert not rules.yearly_budget or sum(at > self.now - YEAR for at, _, _ in self.sent) < rules.yearly_budget
        assert rules.window is None or rules.window.next_open(self.now, "Europe/Amsterdam") == self.now
        for clock in rules.clocks:
            same = [at for at, other, _ in self.sent if POLICIES[other].survey == rules.survey]
            assert all(self.now - at >= clock.days * DAY for at in same)

    def free(self) -> None:
        """A hold or a pause is over: everything looks again."""
        for one in self.planned:
            one.is_held = False
        self.waiting = [(self.now, policy, ended) for _, policy, ended in self.waiting]


STEPS = st.lists(
    st.tuples(st.sampled_from([*POLICIES] * 2 + ["refused", "suppressed", "held", "paused", "answer", "decline"]), st.integers(0, 24 * 4)),
    min_size=1,
    max_size=40,
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
@example([("later", 10), ("held", 40), ("patient", 71), ("held", 2)])
def test_no_sequence_breaks_a_promise(steps: list[tuple[str, int]]) -> None:
    the_settings.install(the_settings.Settings())
    world = World()
    for what, hours in steps:
        if what in POLICIES:
            world.contact(what, world.now)
        elif what in ("answer", "decline"):
            world.react(world.answered if what == "answer" else world.declined)
        else:
            setattr(world, what, not getattr(world, what))
            if what in ("held", "paused") and not getattr(world, what):
                world.free()
        world.advance(hours)
    assert len({number for _, _, number in world.sent}) == len(world.sent)
    assert not world.outranked.keys() & {number for _, _, number in world.sent}
    for loser, winner in world.outranked.values():
        assert weight_of(POLICIES[winner], None) > weight_of(POLICIES[loser], None)


def test_a_planned_ask_gives_way_to_one_that_counts_more_and_to_no_other() -> None:
    the_settings.install(the_settings.Settings())
    world = World()
    for policy in ("patient", "second", "often", "first", "seldom"):
        world.contact(policy, world.now)
    assert [one.policy for one in world.planned] == ["first"]
    assert list(world.outranked.values()) == [("patient", "second"), ("second", "first")]
    world.advance(24 * 2)
    world.contact("first", world.now)
    assert [policy for _, policy, _ in world.sent] == ["first"]
    assert not world.planned


def test_the_sequences_do_ask_people() -> None:
    the_settings.install(the_settings.Settings())
    world = World()
    for _ in range(40):
        world.contact("often", world.now)
        world.advance(24)
    assert [at - FROZEN_AT for at, _, _ in world.sent] == [2 * DAY * number for number in range(20)]


class Played:
    """The same story with customers in the database: what was wished when is remembered, to be compared with what was sent."""

    def __init__(self, house: House, seed: int, clock: ModuleType) -> None:
        self.house, self.chance, self.clock = house, random.Random(seed), clock
        self.stopped: dict[str, list[tuple[datetime, bool]]] = {name: [] for name in ("anna", "bart")}
        self.halted: list[tuple[datetime, bool]] = []
        self.stop: Any = None

    async def step(self) -> None:
        self.clock.advance(timedelta(seconds=1))
        name = self.chance.choice(list(self.stopped))
        what = self.chance.choices(["contact", "wish", "hold", "pause"], [12, 2, 2, 1])[0]
        if what == "contact":
            await self.house.contact(name, touchpoint=self.chance.choice(["after-call", "delivery"]))
        elif what == "pause":
            self.halted.append((self.clock.now(), self.stop is None))
            self.stop = await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic") if self.stop is None else await resume(SYSTEM, self.stop.id)
            self.stop = None if self.stop.ended_at else self.stop
        elif what == "hold":
            await self._hold(name)
        else:
            await self._wish(name)
        await self.house.work(days=self.chance.choice([0.01, 0.5, 3]))

    async def _hold(self, name: str) -> None:
        await self.house.contact(name, ended=None, name=f"known-{name}")
        customer_id = await self.house.customer_id(name)
        if not await release_hold(SYSTEM, customer_id, "task:1"):
            await hold_customer(SYSTEM, customer_id, "task:1", "an open task", until=self.clock.now() + self.chance.choice([1, 4]) * DAY)

    async def _wish(self, name: str) -> None:
        asked = await Invitation.filter(customer__email=f"{name}@klant.example").first()
        if asked:
            stops = self.chance.random() < 0.5
            self.stopped[name].append((self.clock.now(), stops))
            await set_preferences(Actor.respondent(asked.id), asked.id, Wish.STOP if stops else Wish.GO_ON)


def was_on(changes: list[tuple[datetime, bool]], at: datetime) -> bool:
    return next((state for since, state in reversed(changes) if since <= at), False)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_no_story_of_customers_breaks_a_promise(house: House, clock: ModuleType, seed: int) -> None:
    quiet = {"calls": 2, "deliveries": 5}
    await house.policy("calls", quiet_days=2)
    await house.policy(
        "deliveries", touchpoint="delivery", survey="nps-after-delivery", quiet_days=5, delay_minutes=1440, if_asked_recently="delay"
    )
    story = Played(house, seed, clock)
    for _ in range(40):
        await story.step()
    sent = await Invitation.filter(sent_at__not_isnull=True).order_by("sent_at").select_related("policy", "customer")
    assert len(sent) == len(await house.mails()) > 4
    for one in sent:
        assert one.sent_at
        assert one.policy
        assert one.customer
        assert not was_on(story.stopped[str(one.customer.email).split("@")[0]], one.sent_at)
        assert not was_on(story.halted, one.sent_at)
        earlier = [
            other.sent_at for other in sent if other.customer_id == one.customer_id and other.sent_at and other.sent_at < one.sent_at
        ]
        assert all(one.sent_at - at >= quiet[one.policy.key] * DAY for at in earlier)
