"""Asking only some: a share of all, or as many as bring a number of answers a month, spread evenly. PURE."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

_USUAL_RATE = 0.15  # how many of those asked answer, until a policy knows better
_WEIGHT = 20  # as many invitations speak for the usual rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a policy gets on in its month: `answers` since it began, `open` invitations that may still be answered.

    `asked` and `answered` are those of the last ninety days, `contacts` how many of the last `over_days` days came as far as the draw.
    `of_month` is the part of its month in which the policy is at work: one that begins on the 28th owes three days' answers.
    """

    answers: int = 0
    open: int = 0
    asked: int = 0
    answered: int = 0
    contacts: int = 0
    over_days: float = 28.0
    of_month: float = 1.0


def draw(*of: object) -> float:
    """A number from 0 up to 1 that is always the same for the same ids, and alike often everywhere."""
    digest = blake2b("\0".join(str(one) for one in of).encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48


def answer_rate(pace: Pace | None) -> float:
    """Which share of those asked is expected to answer; the usual one until the policy has asked enough to know better."""
    pace = pace or Pace()
    return (pace.answered + _WEIGHT * _USUAL_RATE) / (pace.asked + _WEIGHT)


def share_to_ask(answers_a_month: int, pace: Pace, now: datetime) -> float:
    """Which share of the contacts to ask from now on, 0 to 1, so that the rest of the calendar month (UTC) brings what is still missing.

    What is missing is the target, as far as the policy is at work in this month, less what was answered and what open invitations will
    bring; it is divided over the contacts that the rest of the month will bring, at the rate at which people answer. Without contacts to
    learn from everybody is asked.
    """
    rate = answer_rate(pace)
    missing = answers_a_month * pace.of_month - pace.answers - pace.open * rate
    if missing <= 0:
        return 0.0
    expected = pace.contacts / pace.over_days * _days_left(now)
    return 1.0 if expected <= 0 else min(1.0, missing / (expected * rate))


def month_of(now: datetime) -> datetime:
    """When the calendar month began, in UTC."""
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def part_of_month(began: datetime | None, now: datetime) -> float:
    """The part of the month of `now`, 0 to 1, that was still to come when a policy began; all of it when it began before."""
    begins, ends = month_of(now), _month_after(now)
    return 1.0 if began is None or began <= begins else max(ends - began, timedelta()) / (ends - begins)


def _days_left(now: datetime) -> float:
    return (_month_after(now) - now) / timedelta(days=1)


def _month_after(now: datetime) -> datetime:
    return month_of(month_of(now) + timedelta(days=32))
