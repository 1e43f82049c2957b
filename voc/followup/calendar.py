"""Business time: when a team works, and when something is due that may take so many working hours. PURE.

Opening hours are wall-clock times in the calendar's own zone; the hours that pass between them are real ones, also on the nights when
the clocks change. Which days are closed is handed in.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK_AHEAD_DAYS = 3 * 366
IsClosed = Callable[[date], bool]


class NeverOpen(ValueError):
    """Nothing can be due: the calendar does not open often enough within three years."""


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """Opening hours per weekday (Monday first), each a pair of wall-clock times; None as the end stands for midnight."""

    zone: ZoneInfo
    week: tuple[tuple[tuple[time, time | None], ...], ...]
    is_closed: IsClosed

    @classmethod
    def read(cls, time_zone: str, hours: Mapping[str, Sequence[Sequence[str]]], is_closed: IsClosed) -> "BusinessHours":
        """The hours of a stored calendar: `{"mon": [["09:00", "17:00"]]}` in that zone."""
        week = tuple(tuple(sorted((_span(span) for span in hours.get(day, ())), key=lambda span: span[0])) for day in WEEKDAYS)
        return cls(ZoneInfo(time_zone), week, is_closed)

    def spans(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """The moments between which it is open on a day, in order."""
        if self.is_closed(day):
            return
        for opens, closes in self.week[day.weekday()]:
            starts = datetime.combine(day, opens, self.zone).astimezone(UTC)
            ends = (
                datetime.combine(day + timedelta(days=1), time.min, self.zone)
                if closes is None
                else datetime.combine(day, closes, self.zone)
            ).astimezone(UTC)
            if starts < ends:
                yield starts, ends


def add_business_time(start: datetime, amount: timedelta, hours: BusinessHours) -> datetime:
    """The moment at which that much business time has passed since `start`; no time at all gives the next moment of business.

    Raises NeverOpen when there is not that much business time in the next three years, ValueError for a negative amount.
    """
    if amount < timedelta(0):
        raise ValueError("Business time is added, not taken away.")
    left = amount
    for opens, closes in _open_from(start, hours):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise NeverOpen("The calendar does not open often enough within three years.")


def business_time_between(start: datetime, end: datetime, hours: BusinessHours) -> timedelta:
    """How much business time lies between two moments; nothing where the second is not later."""
    total = timedelta(0)
    if end <= start:
        return total
    for opens, closes in _open_from(start, hours):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total


def _open_from(start: datetime, hours: BusinessHours) -> Iterator[tuple[datetime, datetime]]:
    """What is left of the opening hours from a moment on, in order and without overlap."""
    start = start.astimezone(UTC)
    reached = start
    day = start.astimezone(hours.zone).date()
    for _ in range(LOOK_AHEAD_DAYS):
        for opens, closes in hours.spans(day):
            begins = max(opens, reached)
            if begins < closes:
                yield begins, closes
                reached = closes
        day += timedelta(days=1)


def _span(texts: Sequence[str]) -> tuple[time, time | None]:
    opens, closes = texts
    return time.fromisoformat(opens), None if closes == "24:00" else time.fromisoformat(closes)
