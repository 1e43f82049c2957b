"""Asking once more: how often a policy reminds, when, over which channel, and what ends it. PURE.

A reminder is one more message of the same ask, with the same link. It is counted apart from asks: no budget is spent by it, and the
quiet days between two asks do not start with it. They stop it all the same where somebody else asked this customer in between: who
has just been asked something new is not reminded of something old, and who answered or refused that ask is left alone as the policy
says. So a reminder never makes a customer hear more of one policy than its clocks allow, only the same thing once more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from voc.outreach.policies.windows import Window

MOST_REMINDERS = 3
LEAST_LEFT = timedelta(days=1)
"""How long the link still works at least when a reminder of it leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One reminder of a policy: so many `days` after the message before it, over `channel` or, when None, over that of the ask."""

    days: int
    channel: str | None = None


def next_reminder(
    reminders: Sequence[Reminder], left: int, after: datetime, expires_at: datetime, window: Window | None, zone: str
) -> datetime | None:
    """When the next one is due, after `left` of them have left and the last message left at `after`.

    None when there are no more, or when none fits into the window a day before the link ends.
    """
    if left >= len(reminders):
        return None
    return in_time(after + timedelta(days=reminders[left].days), expires_at, window, zone)


def in_time(at: datetime, expires_at: datetime, window: Window | None, zone: str) -> datetime | None:
    """The first moment from `at` at which a reminder may leave; None when the link would end within a day of it."""
    moment = window.next_open(at, zone) if window else at
    return moment if moment and moment + LEAST_LEFT <= expires_at else None
