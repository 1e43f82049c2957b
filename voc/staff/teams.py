"""Teams and their business hours."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any
from zoneinfo import available_timezones

from voc.core.access import Action, Actor
from voc.core.errors import Fault, Invalid
from voc.core.verb import verb
from voc.staff.holiday_countries import no_such_country
from voc.staff.models import Calendar, Team

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@verb(Action.EDIT_STAFF)
async def save_calendar(
    actor: Actor,
    key: str,
    *,
    name: str,
    time_zone: str,
    hours: Mapping[str, Sequence[Sequence[str]]],
    holidays: str | None = None,
    closed_on: Sequence[str] = (),
) -> Calendar:
    """The business hours of that key, new or changed. At least one open hour a week, or tasks would never be due (Invalid)."""
    faults = _hour_faults(hours) + _day_faults(closed_on)
    if time_zone not in available_timezones():
        faults.append(Fault("timeZone", "TIME_ZONE_UNKNOWN", f"{time_zone} is no time zone: write it like Europe/Amsterdam."))
    if holidays and (said := no_such_country(holidays)):
        faults.append(Fault("holidays", "COUNTRY_UNKNOWN", said))
    if faults:
        raise Invalid(faults)
    facts = {
        "name": name,
        "time_zone": time_zone,
        "hours": {day: [list(span) for span in hours.get(day, ())] for day in WEEKDAYS},
        "holidays": holidays,
        "closed_on": list(closed_on),
    }
    await Calendar.bulk_create([Calendar(key=key, **facts)], on_conflict=["key"], update_fields=list(facts))
    return await Calendar.get(key=key)


@verb(Action.EDIT_STAFF)
async def save_team(actor: Actor, key: str, *, name: str, calendar_key: str, queues: Sequence[str] = (), is_fallback: bool = False) -> Team:
    """The team of that key, new or changed. Making it the fallback takes that duty from the team that had it; the last one keeps it."""
    calendar = await Calendar.get_or_none(key=calendar_key)
    if calendar is None:
        raise Invalid.at("calendar", "CALENDAR_UNKNOWN", f"There are no business hours called {calendar_key}: make them first.")
    had_it = await Team.get_or_none(is_fallback=True)
    if is_fallback and had_it and had_it.key != key:
        await Team.filter(id=had_it.id).update(is_fallback=False)
    facts: dict[str, Any] = {
        "name": name,
        "calendar_id": calendar.id,
        "queues": list(queues),
        "is_fallback": is_fallback or had_it is None or had_it.key == key,
    }
    team = await Team.get_or_none(key=key)
    if team is None:
        return await Team.create(key=key, **facts)
    await Team.filter(id=team.id).update(**facts)
    return await Team.get(id=team.id)


def _hour_faults(hours: Mapping[str, Sequence[Sequence[str]]]) -> list[Fault]:
    faults = [
        Fault(f"hours.{day}", "WEEKDAY_UNKNOWN", f"{day} is no weekday: use {', '.join(WEEKDAYS)}.") for day in hours if day not in WEEKDAYS
    ]
    for day, spans in hours.items():
        faults += [fault for number, span in enumerate(spans) if (fault := _span_fault(f"hours.{day}[{number}]", span))]
    if not any(hours.get(day) for day in WEEKDAYS):
        faults.append(Fault("hours", "NEVER_OPEN", "Open at least once a week, or no task would ever be due."))
    return faults


def _span_fault(path: str, span: Sequence[str]) -> Fault | None:
    try:
        opens, closes = (time.fromisoformat("23:59:59" if text == "24:00" else text) for text in span)
    except ValueError:
        return Fault(path, "HOURS_INVALID", 'Write opening hours as ["09:00", "17:00"].')
    return None if opens < closes else Fault(path, "HOURS_INVALID", "Closing time must come after opening time; split a night in two days.")


def _day_faults(closed_on: Sequence[str]) -> list[Fault]:
    faults = []
    for number, day in enumerate(closed_on):
        try:
            date.fromisoformat(day)
        except ValueError:
            faults.append(Fault(f"closedOn[{number}]", "DATE_INVALID", f"{day} is no date: write it like 2026-12-24."))
    return faults
