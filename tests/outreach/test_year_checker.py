"""The checker of the year finds what it is there for: a good year passes, and each broken promise is named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.outreach.year_checker import Message, Person, Records, Told, violations

DAY = timedelta(days=1)
NOON = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)  # a Tuesday
KINGS_DAY = datetime(2026, 4, 27, 11, 0, tzinfo=UTC)
OFFICE = {"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "09:00", "closes": "17:00", "holidays": "NL"}
POLICIES = {
    "calls": {"survey": "csat", "quiet_days": 10, "window": OFFICE, "reminders": [{"days": 4}], "exclude_outcomes": ["unsolved"]},
    "rare": {"survey": "nps", "quiet_days": 1, "yearly_budget": 2, "clocks": [{"since": "asked", "days": 7, "whose": "account"}]},
}
PEOPLE = {"anna": Person(zone="Europe/Amsterdam", account="acme"), "bart": Person(zone="Asia/Tokyo", account="acme")}
ASK = Message(at=NOON, customer="anna", invitation="1", policy="calls", ended_at=NOON - DAY)
REMINDER = replace(ASK, at=NOON + 6 * DAY, reminder=1)
GOOD = Records(people=PEOPLE, policies=POLICIES, metrics={"csat": frozenset(), "nps": frozenset()}, messages=[ASK, REMINDER], told=[])


def rare(day: float, invitation: str, customer: str = "anna") -> Message:
    at = NOON + day * DAY
    return Message(at=at, customer=customer, invitation=invitation, policy="rare", ended_at=at)


def told(register: str, value: str, at: datetime = NOON - DAY, **about: str) -> Told:
    return Told(at=at, register=register, value=value, **{"customer": "anna", **about})


def found(messages: list[Message], *said: Told) -> list[str]:
    return [line.split(": ", 1)[1] for line in violations(replace(GOOD, messages=messages, told=said))]


def test_a_good_year_passes() -> None:
    assert violations(GOOD) == []
    assert found([rare(0, "2"), rare(8, "3"), rare(366, "4")]) == []
    assert found([ASK], told("consent", "no", channel="email"), told("consent", "yes", at=NOON, channel="email")) == []
    assert (
        found([replace(ASK, came_back=True), replace(ASK, at=NOON + DAY, channel="other")], told("consent", "yes", channel="other")) == []
    )


@pytest.mark.parametrize(
    ("messages", "said", "broken"),
    [
        ([ASK], [told("stop", "no", channel="email")], ["stop of email said no"]),
        ([ASK], [told("hold", "on")], ["something was open with the customer"]),
        ([ASK], [told("pause", "on", customer="")], ["sending was stopped"]),
        ([replace(ASK, channel="other")], [], ["nobody agreed to be asked over another channel"]),
        ([replace(ASK, outcome="unsolved")], [], ["contacts that end unsolved are not asked about"]),
        ([replace(ASK, at=NOON - 0.2 * DAY)], [], ["it was 07:12 there"]),
        ([replace(ASK, at=NOON + 5 * DAY)], [], ["it was Sunday there"]),
        ([replace(ASK, customer="bart")], [], ["it was 20:00 there"]),
        ([replace(ASK, at=KINGS_DAY, ended_at=KINGS_DAY)], [], ["2026-04-27 is a holiday"]),
        ([replace(ASK, at=NOON + 13 * DAY)], [], ["long after the contact"]),
        ([ASK, replace(ASK, invitation="2", at=NOON + 9 * DAY)], [], ["calls asked 9 days, 0:00:00 before, of 10 days"]),
        ([ASK, replace(ASK, invitation="2")], [], ["calls asked 0:00:00 before, of 10 days"] * 2),
        ([rare(0, "2"), rare(6, "3", "bart")], [], ["rare asked 6 days, 0:00:00 before, of 7 days"]),
        ([rare(0, "2"), rare(8, "3"), rare(364, "4")], [], ["3 asks in a year, of 2"]),
        ([replace(ASK, ended_at=NOON + DAY)], [], ["before its delay was over"]),
        ([ASK, REMINDER], [told("reaction", "begun", invitation="1")], ["the customer had reacted"]),
        ([ASK, replace(REMINDER, at=NOON + 3 * DAY)], [], ["sooner after the message before it than said"]),
        ([ASK, REMINDER, replace(REMINDER, at=NOON + 13 * DAY, reminder=2)], [], ["reminder 2 of 1, after 2 messages"]),
        ([ASK, rare(7, "2"), replace(REMINDER, at=NOON + 8 * DAY)], [], ["rare asked 1 day, 0:00:00 before, of 10 days"]),
        ([ASK, replace(REMINDER, at=NOON + 35 * DAY)], [], ["its link had ended"]),
        ([REMINDER], [], ["a reminder of no ask"]),
    ],
)
def test_every_broken_promise_is_named(messages: list[Message], said: list[Told], broken: list[str]) -> None:
    assert found(messages, *said) == broken
