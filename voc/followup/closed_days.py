"""Which days a calendar is closed: its own days off and the public holidays of its country."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib import import_module

from voc.followup.calendar import IsClosed


def closed_days(country: str | None, closed_on: Iterable[str]) -> IsClosed:
    """Whether a day is closed, for public holidays of a country (`NL`, `DE-BY`) and further days.

    A country whose holidays nobody has written down has none.
    """
    own = frozenset(date.fromisoformat(day) for day in closed_on)
    return lambda day: day in own or (country is not None and day in public_holidays(country, day.year))


@lru_cache(maxsize=256)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country in a year; of one of its parts where that is known."""
    # Imported when the first task is raised: it takes a third of a second, which the start of every command would pay.
    holidays = import_module("holidays")
    code, _, part = country.partition("-")
    parts = holidays.list_supported_countries().get(code)
    if parts is None:
        return frozenset()
    return frozenset(holidays.country_holidays(code, subdiv=part if part in parts else None, years=year))
