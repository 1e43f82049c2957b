"""What a year of asking must not have done, worked out from plain records alone: nothing of the house that asked is used here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from holidays import country_holidays

DAY = timedelta(days=1)
USUAL: Mapping[str, Any] = {
    "quiet_days": 30,
    "quiet_days_after_answer": 0,
    "quiet_days_after_decline": 30,
    "clocks": [],
    "yearly_budget": 0,
    "delay_minutes": 0,
    "ask_within_days": 7,
    "expire_days": 30,
    "reminders": [],
    "window": None,
    "if_held": "delay",
    "exclude_outcomes": [],
}
NEVER_ASKED = ("spam", "abandoned", "supplier")


@dataclass(frozen=True, kw_only=True)
class Person:
    """A customer of the story."""

    zone: str
    account: str = ""


@dataclass(frozen=True, kw_only=True)
class Message:
    """A message that left: an ask (`reminder` 0) or a reminder of it, and the contact it is about."""

    at: datetime
    customer: str
    invitation: str
    policy: str
    channel: str = "email"
    reminder: int = 0
    came_back: bool = False
    ended_at: datetime
    outcome: str = "solved"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was said: about a customer (all when empty), over a channel or about an invitation; `register` names what it changes."""

    at: datetime
    register: str
    value: str
    customer: str = ""
    channel: str = ""
    invitation: str = ""


@dataclass(frozen=True, kw_only=True)
class Records:
    """Everything that happened, and what was promised. `surveys` says what each policy asks, `metrics` what each survey measures."""

    people: Mapping[str, Person]
    policies: Mapping[str, Mapping[str, Any]]
    metrics: Mapping[str, frozenset[str]]
    messages: Sequence[Message]
    told: Sequence[Told]

    def rule(self, policy: str, name: str) -> Any:
        """What a policy says, or the usual."""
        return self.policies[policy].get(name, USUAL[name])

    def last(self, at: datetime, register: str, **about: str) -> str:
        """The last word of a register at a moment."""
        words = [one for one in self.told if one.at <= at and one.register == register]
        return next((one.value for one in reversed(words) if all(getattr(one, name) == value for name, value in about.items())), "")


def violations(records: Records) -> list[str]:
    """Every promise that a message broke, one a line."""
    return [
        f"{one.at:%Y-%m-%d %H:%M} {one.customer} {one.policy}: {broken}" for one in records.messages for broken in _broken(records, one)
    ]


def _broken(records: Records, one: Message) -> Iterator[str]:
    yield from _unwelcome(records, one)
    yield from _outside_window(records, one)
    yield from _too_soon(records, one)
    yield from (_reminder if one.reminder else _ask)(records, one)


def _unwelcome(records: Records, one: Message) -> Iterator[str]:
    for register in ("stop", "consent", "address"):
        if records.last(one.at, register, customer=one.customer, channel=one.channel) == "no":
            yield f"{register} of {one.channel} said no"
    if one.channel == "other" and records.last(one.at, "consent", customer=one.customer, channel="other") != "yes":
        yield "nobody agreed to be asked over another channel"
    if records.last(one.at, "hold", customer=one.customer) == "on" and records.rule(one.policy, "if_held") != "ask":
        yield "something was open with the customer"
    if records.last(one.at, "pause") == "on":
        yield "sending was stopped"
    if one.outcome in (*NEVER_ASKED, *records.rule(one.policy, "exclude_outcomes")):
        yield f"contacts that end {one.outcome} are not asked about"


def _outside_window(records: Records, one: Message) -> Iterator[str]:
    window = records.rule(one.policy, "window")
    if not window:
        return
    local = one.at.astimezone(ZoneInfo(records.people[one.customer].zone))
    if local.strftime("%a").lower() not in window["days"]:
        yield f"it was {local:%A} there"
    if not window["opens"] <= local.strftime("%H:%M") < window["closes"]:
        yield f"it was {local:%H:%M} there"
    if window.get("holidays") and local.date() in country_holidays(window["holidays"], years=local.year):
        yield f"{local:%Y-%m-%d} is a holiday"


def _too_soon(records: Records, one: Message) -> Iterator[str]:
    """Distances to other asks that arrived, as far as the policy's clocks look; those at the very same moment count too."""
    asks = [ask for ask in records.messages if not ask.reminder and not ask.came_back and ask.invitation != one.invitation]
    for clock in _clocks(records, one.policy):
        for ask in asks:
            if not _looks_at(records, clock, one, ask):
                continue
            for started in _starts(records, clock["since"], ask):
                if started <= one.at < started + clock["days"] * DAY:
                    yield f"{ask.policy} {clock['since']} {one.at - started} before, of {clock['days']} days"


def _clocks(records: Records, policy: str) -> Iterator[Mapping[str, Any]]:
    usual = {"asked": "quiet_days", "answered": "quiet_days_after_answer", "declined": "quiet_days_after_decline"}
    yield from ({"since": since, "days": records.rule(policy, name)} for since, name in usual.items())
    yield from records.rule(policy, "clocks")


def _looks_at(records: Records, clock: Mapping[str, Any], one: Message, ask: Message) -> bool:
    mine, theirs = records.people[one.customer], records.people[ask.customer]
    at_account = clock.get("whose") == "account" and bool(mine.account) and mine.account == theirs.account
    if ask.customer != one.customer and not at_account:
        return False
    ours, other = records.policies[one.policy]["survey"], records.policies[ask.policy]["survey"]
    if clock.get("among") == "survey":
        return bool(ours == other)
    return clock.get("among") != "metric" or bool(records.metrics[ours] & records.metrics[other])


def _starts(records: Records, since: str, ask: Message) -> list[datetime]:
    if since == "asked":
        return [ask.at]
    return [one.at for one in records.told if one.invitation == ask.invitation and (one.register, one.value) == ("reaction", since)]


def _ask(records: Records, one: Message) -> Iterator[str]:
    own = [ask for ask in records.messages if ask.customer == one.customer and not ask.reminder and not ask.came_back]
    within = len({ask.invitation for ask in own if one.at - 365 * DAY < ask.at <= one.at})
    budget = records.rule(one.policy, "yearly_budget")
    if budget and within > budget and not one.came_back:
        yield f"{within} asks in a year, of {budget}"
    if one.at < one.ended_at + timedelta(minutes=records.rule(one.policy, "delay_minutes")):
        yield "before its delay was over"
    # What is planned in time may wait as long again for what is open, but no longer.
    if one.at >= one.ended_at + 2 * records.rule(one.policy, "ask_within_days") * DAY:
        yield "long after the contact"


def _reminder(records: Records, one: Message) -> Iterator[str]:
    same = [other for other in records.messages if other.invitation == one.invitation and other.at < one.at]
    asked = max((other.at for other in same if not other.reminder), default=None)
    promised = records.rule(one.policy, "reminders")
    if asked is None:
        yield "a reminder of no ask"
        return
    if one.reminder > len(promised) or one.reminder != 1 + max(other.reminder for other in same):
        yield f"reminder {one.reminder} of {len(promised)}, after {len(same)} messages"
    elif one.at - max(other.at for other in same) < promised[one.reminder - 1]["days"] * DAY:
        yield "sooner after the message before it than said"
    if one.at >= asked + records.rule(one.policy, "expire_days") * DAY:
        yield "its link had ended"
    if [told for told in records.told if told.invitation == one.invitation and told.register == "reaction" and told.at <= one.at]:
        yield "the customer had reacted"
