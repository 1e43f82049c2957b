"""Calendar periods in a time zone, as moments. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Step(StrEnum):
    """How a trend is cut."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment up to, not including, another."""

    since: datetime
    until: datetime

    @property
    def before(self) -> "Period":
        """The period of the same length just before."""
        return Period(self.since - (self.until - self.since), self.since)


def periods(whole: Period, step: Step, zone: ZoneInfo) -> Iterator[Period]:
    """The days, weeks (from Monday) or months of a zone that touch a period, in order.

    The first and the last are cut where the period begins and ends. Days of 23 and 25 hours are as long as they are.
    """
    day = _first_day(whole.since.astimezone(zone).date(), step)
    while True:
        following = _next(day, step)
        starts, ends = _midnight(day, zone), _midnight(following, zone)
        if starts >= whole.until:
            return
        cut = Period(max(starts, whole.since), min(ends, whole.until))
        if cut.since < cut.until:
            yield cut
        day = following


def _first_day(day: date, step: Step) -> date:
    if step is Step.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step is Step.MONTH else day


def _next(day: date, step: Step) -> date:
    if step is Step.MONTH:
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return day + timedelta(days=7 if step is Step.WEEK else 1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)
