"""A year of five policies and four customers, played through the real worker; then somebody else looks for a broken promise."""

import random
from collections import Counter
from datetime import datetime, timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from tests.outreach.house import EMAIL, SYSTEM, House
from tests.outreach.year_checker import Message, Person, Records, Told, violations
from voc.core.access import Actor
from voc.customers.consent import set_consent
from voc.customers.models import Channel, ConsentState, Contact
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.outreach.delivering.fall_back import fall_back
from voc.outreach.invitations import decline, mark_answered, mark_begun
from voc.outreach.models import Decision, Delivery, DeliveryState, Invitation, InvitationState, PauseScope
from voc.outreach.wishes.hold import hold_customer, release_hold
from voc.outreach.wishes.pause import pause, resume
from voc.outreach.wishes.preferences import Wish, set_preferences, unsubscribe
from voc.outreach.wishes.suppress import suppress

DAY = timedelta(days=1)
OFFICE = {"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "17:00", "holidays": "NL"}
EVENINGS = {"days": ["tue", "wed", "thu", "fri", "sat", "sun"], "opens": "17:00", "closes": "21:30", "holidays": ""}
CALL, ORDER = {"touchpoint": "after-call", "survey": "csat-after-call"}, {"touchpoint": "delivery", "survey": "nps-after-delivery"}
POLICIES: dict[str, dict[str, Any]] = {
    "calls": {**CALL, "quiet_days": 8, "window": OFFICE, "reminders": [{"days": 4}], "exclude_outcomes": ["unsolved"]},
    "urgent": {
        **CALL,
        **{"quiet_days": 5, "quiet_days_after_answer": 20, "priority": 5, "yearly_budget": 3, "delay_minutes": 1440},
        **{"reminders": [{"days": 2}, {"days": 3}, {"days": 2}], "if_held": "ask", "expire_days": 20},
    },
    "orders": {
        **ORDER,
        **{"quiet_days": 6, "if_asked_recently": "delay", "ask_within_days": 21, "window": EVENINGS, "channels": ["email", "other"]},
        **{"clocks": [{"since": "asked", "days": 40, "among": "survey"}], "reminders": [{"days": 3}, {"days": 2}]},
    },
    "account": {
        **ORDER,
        **{"quiet_days": 3, "priority": 3, "delay_minutes": 4320, "channels": ["other", "email"], "if_held": "skip"},
        **{"clocks": [{"since": "asked", "days": 9, "whose": "account"}, {"since": "declined", "days": 60}]},
    },
    "metric": {
        **ORDER,
        **{"quiet_days": 1, "yearly_budget": 4, "if_asked_recently": "delay", "expire_days": 7, "reminders": [{"days": 5}]},
        **{"clocks": [{"since": "answered", "days": 50, "among": "metric", "otherwise": "delay"}]},
    },
}
METRICS = {"csat-after-call": frozenset({"csat"}), "nps-after-delivery": frozenset({"nps"})}
PEOPLE = {
    "anna": Person(zone="Europe/Amsterdam", account="acme"),
    "bart": Person(zone="Pacific/Auckland", account="acme"),
    "cora": Person(zone="America/Anchorage", account="acme"),
    "dirk": Person(zone="Asia/Kolkata"),
}
OUTCOMES = ("solved", "solved", "solved", "transferred", "unsolved", "spam", "supplier")


class Year:
    """The story: what happens is drawn from a seed, and whatever is said is written down as it is said."""

    def __init__(self, house: House, clock: ModuleType, seed: int) -> None:
        self.house, self.clock, self.chance = house, clock, random.Random(seed)
        self.told: list[Told] = []
        self.stop: UUID | None = None
        self.held: set[str] = set()

    async def play(self, until: datetime) -> None:
        """From now until then, something every few days."""
        for key, rules in POLICIES.items():
            await self.house.policy(key, **rules)
        while self.clock.now() < until:
            self.clock.advance(timedelta(seconds=1))
            name = self.chance.choice(list(PEOPLE))
            step = self.chance.choices([self.contact, self.react, self.wish, self.agree, self.hold, self.halt, self.bounce], WEIGHTS)[0]
            await step(name)
            await self.house.work(days=self.chance.choice([0.1, 1.5, 3, 6]))

    def say(self, register: str, value: str, name: str = "", *channels: str, invitation: str = "") -> None:
        """Write down what was said just now."""
        for channel in channels or ("",):
            said = Told(at=self.clock.now(), register=register, value=value, customer=name, channel=channel, invitation=invitation)
            self.told.append(said)

    async def contact(self, name: str) -> None:
        person = PEOPLE[name]
        account = {"account": {"externalId": person.account, "name": "Acme"}} if person.account else {}
        customer = {**self.house.customer(name), "timeZone": person.zone, **account}
        touchpoint, outcome = self.chance.choice(["after-call", "delivery"]), self.chance.choice(OUTCOMES)
        await self.house.contact(customer, touchpoint=touchpoint, outcome=outcome)

    async def react(self, name: str) -> None:
        asked = await self._newest(name)
        what, react = self.chance.choice([("begun", mark_begun), ("answered", mark_answered), ("declined", decline)])
        if asked and getattr(asked, f"{what}_at") is None:
            await react(Actor.respondent(asked.id), asked.id)
            self.say("reaction", what, name, invitation=str(asked.id))

    async def wish(self, name: str) -> None:
        asked = await self._newest(name)
        if asked is None:
            return
        respondent, goes_on = Actor.respondent(asked.id), self.chance.random() < 0.6
        if not goes_on and asked.channel is EMAIL:
            await unsubscribe(respondent, asked.id)
            self.say("stop", "no", name, "email")
        else:
            await set_preferences(respondent, asked.id, Wish.GO_ON if goes_on else Wish.STOP)
            self.say("stop", "yes" if goes_on else "no", name, "email", "other")
            self.say("consent", "yes" if goes_on else "no", name, "email", "other")

    async def agree(self, name: str) -> None:
        customer_id = await self._customer_id(name)
        if customer_id:
            channel, agrees = self.chance.choice(["email", "other", "other"]), self.chance.random() < 0.8
            state = ConsentState.GRANTED if agrees else ConsentState.REFUSED
            await set_consent(SYSTEM, customer_id, Channel(channel), state, "crm")
            self.say("consent", "yes" if agrees else "no", name, channel)

    async def hold(self, name: str) -> None:
        customer_id = await self._customer_id(name)
        if customer_id and name in self.held:
            self.held.remove(name)
            await release_hold(SYSTEM, customer_id, "task:1")
            self.say("hold", "off", name)
        elif customer_id:
            self.held.add(name)
            await hold_customer(SYSTEM, customer_id, "task:1", "an open task")
            self.say("hold", "on", name)

    async def halt(self, name: str) -> None:
        if self.stop:
            await resume(SYSTEM, self.stop)
        self.say("pause", "off" if self.stop else "on")
        self.stop = None if self.stop else (await pause(SYSTEM, PauseScope.EVERYTHING, "", "panic")).id

    async def bounce(self, name: str) -> None:
        """The last mail comes back, and whoever moved gets another address soon after."""
        asked = await self._newest(name)
        if asked and asked.channel is EMAIL and asked.begun_at is None and asked.answered_at is None and asked.declined_at is None:
            await Delivery.filter(invitation_id=asked.id, channel=EMAIL, reminder=0).update(state=DeliveryState.BOUNCED)
            await suppress(SYSTEM, EMAIL, f"{name}@klant.example", "bounced", until=self.clock.now() + 9 * DAY)
            self.say("address", "no", name, "email")
            await fall_back(SYSTEM, asked.id, EMAIL, Reason.RECIPIENT_REFUSED)
            await self.house.work(days=9)
            self.say("address", "yes", name, "email")

    async def _newest(self, name: str) -> Invitation | None:
        sent = Invitation.filter(customer__email=f"{name}@klant.example", state=InvitationState.SENT)
        return await sent.order_by("-sent_at").first()

    async def _customer_id(self, name: str) -> UUID | None:
        known = await Contact.filter(customer__email=f"{name}@klant.example").first()
        return known.customer_id if known else None


WEIGHTS = (30, 7, 3, 3, 4, 2, 2)


async def left() -> list[Message]:
    """Every message that left, as the rows tell."""
    found = (
        await Delivery.filter(state__not=DeliveryState.FAILED)
        .order_by("started_at", "number")
        .select_related("invitation__customer", "invitation__policy", "invitation__contact")
    )
    return [
        Message(
            at=one.started_at,
            customer=str(one.invitation.customer.email).split("@")[0] if one.invitation.customer else "",
            invitation=str(one.invitation_id),
            policy=one.invitation.policy.key if one.invitation.policy else "",
            channel=one.channel.value,
            reminder=one.reminder,
            came_back=one.state is DeliveryState.BOUNCED,
            ended_at=one.invitation.contact.ended_at or one.started_at if one.invitation.contact else one.started_at,
            outcome=one.invitation.contact.outcome.value if one.invitation.contact else "",
        )
        for one in found
    ]


@pytest.mark.parametrize("seed", [2])
async def test_a_year_of_five_policies_breaks_no_promise(house: House, clock: ModuleType, seed: int) -> None:
    year = Year(house, clock, seed)
    await year.play(clock.now() + 365 * DAY)
    messages = await left()
    assert violations(Records(people=PEOPLE, policies=POLICIES, metrics=METRICS, messages=messages, told=year.told)) == []

    asks = Counter(one.policy for one in messages if not one.reminder)
    assert set(asks) == set(POLICIES)
    assert {one.reminder for one in messages} == {0, 1, 2, 3}
    assert {one.channel for one in messages} == {"email", "other"}
    assert any(one.came_back for one in messages)
    mails = [str(mail["Message-ID"]) for mail in await house.mails()]
    by_mail = await Delivery.filter(channel=EMAIL).exclude(state=DeliveryState.FAILED)
    assert sorted(mails) == sorted(one.message_id for one in by_mail), "every mail left once"

    decided = await Decision.all()
    skipped = {one.reason for one in decided if one.verdict is Verdict.SKIP}
    assert {Reason.WITHIN_QUIET_DAYS, Reason.OUTRANKED, Reason.BUDGET_SPENT, Reason.HELD, Reason.CONTACT_SPAM} <= skipped
    contacts = {one.id: one.touchpoint for one in await Contact.all()}
    speak = {
        touchpoint: sorted(key for key, rules in POLICIES.items() if rules["touchpoint"] == touchpoint) for touchpoint in contacts.values()
    }
    assert {one: sorted(two.policy_key for two in decided if two.contact_id == one) for one in contacts} == {
        one: speak[touchpoint] for one, touchpoint in contacts.items()
    }, "one decision for each contact and policy"
