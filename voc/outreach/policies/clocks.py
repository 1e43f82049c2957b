"""Quarantine: how much distance an ask keeps to everything that the customer, or their account, was asked before. PURE."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from voc.outreach.deciding.facts import Asked

YEAR = timedelta(days=365)


class Otherwise(StrEnum):
    """What to do with a customer whom something speaks against asking now."""

    SKIP = "skip"
    DELAY = "delay"
    ASK = "ask"


class Since(StrEnum):
    """What starts a clock."""

    ASKED = "asked"
    ANSWERED = "answered"
    DECLINED = "declined"


class Whose(StrEnum):
    """Whose invitations a clock looks at: the customer's, or those of everybody at the same account."""

    CUSTOMER = "customer"
    ACCOUNT = "account"


class Among(StrEnum):
    """Which invitations a clock looks at: all, those of the same survey, or those of surveys that measure the same metric."""

    ALL = "all"
    SURVEY = "survey"
    METRIC = "metric"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """`days` of distance. One that starts with an invitation keeps it on both sides; the others count from the answer or the refusal."""

    since: Since
    days: int
    whose: Whose = Whose.CUSTOMER
    among: Among = Among.ALL
    otherwise: Otherwise = Otherwise.SKIP

    def looks_at(self, asked: Asked, survey: str, metrics: frozenset[str]) -> bool:
        """Whether the clock is started by this invitation, for an ask with that survey and the metrics it measures."""
        if asked.of_colleague and self.whose is Whose.CUSTOMER:
            return False
        if self.among is Among.SURVEY:
            return asked.survey == survey
        return self.among is Among.ALL or bool(asked.metrics & metrics)


@dataclass(frozen=True, slots=True)
class Quiet:
    """A clock that still runs: until when, what it says to do, by whose ask, and a sentence without personal data."""

    until: datetime
    otherwise: Otherwise
    by: Asked
    detail: str


def running(
    asked: Sequence[Asked], clocks: Iterable[Clock], at: datetime, survey: str = "", metrics: frozenset[str] = frozenset()
) -> Quiet | None:
    """The clock that forbids asking at `at`, if one does: one that says "skip" before those that wait, and of these the longest."""
    worst: Quiet | None = None
    for clock in clocks if asked else ():
        span = timedelta(days=clock.days)
        for one in asked:
            moment = _start(clock.since, one)
            if moment is None or not moment - span < at < moment + span or not clock.looks_at(one, survey, metrics):
                continue
            found = Quiet(moment + span, clock.otherwise, one, _detail(clock, one, moment))
            if worst is None or _weight(found) > _weight(worst):
                worst = found
    return worst


def looks_at_account(clocks: Iterable[Clock]) -> bool:
    """Whether one of them looks at what others at the account were asked."""
    return any(clock.whose is Whose.ACCOUNT for clock in clocks)


def looks_at_metrics(clocks: Iterable[Clock]) -> bool:
    """Whether one of them looks at what surveys measure."""
    return any(clock.among is Among.METRIC for clock in clocks)


def budget_again(asked: Sequence[Asked], budget: int, at: datetime) -> datetime | None:
    """When there is budget for one more ask, if there is none at `at`: no 365 days ever hold more than `budget` asks."""
    if len(asked) < budget:
        return None
    own = sorted(one.at for one in asked if not one.of_colleague)
    if len(own) < budget or _is_within(budget, own, at):
        return None
    return next(moment for moment in (one + YEAR for one in own) if moment > at and _is_within(budget, own, moment))


def _is_within(budget: int, asked: Sequence[datetime], at: datetime) -> bool:
    """Whether one more ask at `at` leaves every 365 days around it within the budget."""
    near = sorted([at, *(one for one in asked if at - YEAR < one < at + YEAR)])
    return all(later - first >= YEAR for first, later in zip(near, near[budget:], strict=False))


def _start(since: Since, one: Asked) -> datetime | None:
    if since is Since.ASKED:
        return one.at
    return one.answered_at if since is Since.ANSWERED else one.declined_at


def _weight(quiet: Quiet) -> tuple[bool, datetime]:
    return quiet.otherwise is Otherwise.SKIP, quiet.until


def _detail(clock: Clock, one: Asked, moment: datetime) -> str:
    by = f" by {one.policy}" if one.policy else ""
    whose = " at the account" if clock.whose is Whose.ACCOUNT and one.of_colleague else ""
    among = "" if clock.among is Among.ALL else f" for the {clock.among}"
    return f"{clock.since}{whose}{by} on {moment:%Y-%m-%d}, {clock.days} quiet days{among}"
