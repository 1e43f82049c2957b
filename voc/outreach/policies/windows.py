"""At which hours customers are asked: by the clock on their own wall, on the days that suit, not on public holidays. PURE."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from voc.staff.holiday_countries import public_holidays

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Opening hours of asking: `opens` and `closes` are wall-clock times such as `09:00`; `24:00` closes at midnight.

    `holidays` is the country (`NL`) or part (`DE-BY`) on whose public holidays nobody is asked; empty is none.
    """

    days: tuple[str, ...] = WEEKDAYS
    opens: str = "09:00"
    closes: str = "20:00"
    holidays: str = ""

    def next_open(self, at: datetime, zone: str) -> datetime | None:
        """`at` itself while it is open there, else the next opening; None when it does not open within sixty days."""
        here = _zone(zone)
        today = at.astimezone(here).date()
        for ahead in range(_LOOK_AHEAD_DAYS):
            day = today + timedelta(days=ahead)
            if WEEKDAYS[day.weekday()] not in self.days or (self.holidays and day in public_holidays(self.holidays, day.year)):
                continue
            opens, closes = _moment(day, self.opens, here), _moment(day, self.closes, here)
            if at < closes and opens < closes:
                return max(at, opens)
        return None


@lru_cache(maxsize=8192)
def _moment(day: date, wall: str, zone: ZoneInfo) -> datetime:
    if wall == "24:00":
        return datetime.combine(day + timedelta(days=1), time.min, zone).astimezone(UTC)
    return datetime.combine(day, time.fromisoformat(wall), zone).astimezone(UTC)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
