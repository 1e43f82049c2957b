"""Whether to ask once more now, over which channel, or when to look again: `once_more` is total and reads only its arguments. PURE."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from voc.outreach.deciding.facts import Asked, Held, Reach
from voc.outreach.deciding.policy import quiet, speaks_against
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.policies.clocks import Otherwise
from voc.outreach.policies.reminders import in_time
from voc.outreach.policies.rules import OURS, Rules

LOOK_AGAIN = timedelta(days=1)
"""How long a reminder waits for something whose end nobody knows, before it is looked at again."""
_SAID_STOP = frozenset({Reason.SUPPRESSED, Reason.CONSENT_REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """An ask that left, as far as a reminder of it looks. `others` are the customer's other asks that left, and at their account.

    `channel` is where the ask went, `reminders` how many have followed it; `has_reacted` is an answer however partial, "not for me" or
    a reply. `is_paused` speaks of everything, the policy and its survey.
    """

    channel: str
    expires_at: datetime
    reminders: int
    has_reacted: bool
    reach: Reach
    zone: str
    survey: str = ""
    metrics: frozenset[str] = frozenset()
    others: tuple[Asked, ...] = ()
    holds: tuple[Held, ...] = ()
    is_paused: bool = False
    paused_channels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Remind:
    """Reminder `number`, from 1, may leave now over this channel; after the last there is no other."""

    channel: str
    number: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class NotNow:
    """It does not leave now; it is looked at again at that moment, or never."""

    again_at: datetime | None = None


NEVER = NotNow()


def most_reminders(rules: Rules) -> int:
    """How many reminders may follow one ask: those of the policy; a colleague may send one where it has none."""
    return max(len(rules.reminders), 1)


def once_more(invited: Invited, rules: Rules, now: datetime) -> Remind | NotNow:
    """Remind now, later or never.

    Never after any reaction, nor where the customer has said stop to the channel of the ask, whatever other channel there is.
    Where something is open with the customer, or sending is stopped, it waits, as long as the link lasts; so it does for the policy's
    window. Clocks look at the other asks only: one that was made meanwhile ends the reminders, or delays them if its clock says so.
    """
    number = invited.reminders + 1
    if invited.has_reacted or number > most_reminders(rules):
        return NEVER
    channel = _channel(invited, rules)
    opens = in_time(now, invited.expires_at, rules.window, invited.zone)
    if channel is None or opens is None:
        return NEVER
    if invited.is_paused or channel in invited.paused_channels:
        return _later(invited, now + LOOK_AGAIN)
    holds = [hold.until for hold in invited.holds if hold.until is None or hold.until > now]
    if holds and rules.if_held is not Otherwise.ASK:
        return _later(invited, now + LOOK_AGAIN if None in holds else max(until for until in holds if until))
    if opens > now:
        return NotNow(opens)
    still = quiet(invited.others, rules, now, invited.survey, invited.metrics)
    if still:
        return _later(invited, still.until) if still.otherwise is Otherwise.DELAY else NEVER
    return Remind(channel, number, number == most_reminders(rules))


def channels_open(channels: Sequence[str], tried: frozenset[str], reach: Reach) -> tuple[str, ...]:
    """The channels, in this order, that have not been tried, and over which the customer can and may be reached."""
    return tuple(channel for channel in channels if channel not in tried and speaks_against(channel, reach) is None)


def _channel(invited: Invited, rules: Rules) -> str | None:
    if speaks_against(invited.channel, invited.reach) in _SAID_STOP:
        return None
    wished = [one.channel for one in rules.reminders[invited.reminders : invited.reminders + 1] if one.channel]
    found = channels_open([*wished, invited.channel], frozenset(), invited.reach)
    return next((channel for channel in found if channel in OURS), None)


def _later(invited: Invited, at: datetime) -> NotNow:
    return NotNow(in_time(at, invited.expires_at, None, invited.zone))
