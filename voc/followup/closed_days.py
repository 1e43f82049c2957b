"""Which days a calendar is closed: its own days off and the public holidays of its country."""

from collections.abc import Iterable
from datetime import date

from voc.followup.calendar import IsClosed
from voc.staff.holiday_countries import public_holidays


def closed_days(country: str | None, closed_on: Iterable[str]) -> IsClosed:
    """Whether a day is closed, for public holidays of a country (`NL`, `DE-BY`) and further days.

    A country whose holidays nobody has written down has none.
    """
    own = frozenset(date.fromisoformat(day) for day in closed_on)
    return lambda day: day in own or (country is not None and day in public_holidays(country, day.year))
