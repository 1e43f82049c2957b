"""Due times fall in business hours, whatever the zone, the holidays and the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.followup.calendar import BusinessHours, NeverOpen, add_business_time, business_time_between

OFFICE = {day: [["09:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
ROUND_THE_CLOCK = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def office(hours: dict[str, list[list[str]]] | None = None, zone: str = "Europe/Amsterdam", closed: tuple[date, ...] = ()) -> BusinessHours:
    return BusinessHours.read(zone, OFFICE if hours is None else hours, lambda day: day in closed)


def local(text: str, zone: ZoneInfo = AMSTERDAM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-03T10:00", 4, "2026-03-03T14:00"),
        ("2026-03-03T10:00", 8, "2026-03-04T09:30"),
        ("2026-03-03T16:30", 8.5, "2026-03-04T16:30"),
        ("2026-03-06T17:00", 1, "2026-03-09T09:30"),  # a Friday afternoon
        ("2026-03-07T12:00", 1, "2026-03-09T10:00"),  # a Saturday
        ("2026-03-03T22:00", 0, "2026-03-04T09:00"),
        ("2026-03-03T09:00", 8.5, "2026-03-03T17:30"),
    ],
)
def test_only_business_hours_pass(start: str, hours: float, due: str) -> None:
    assert add_business_time(local(start), timedelta(hours=hours), office()) == local(due)


def test_closed_days_are_skipped() -> None:
    kings_day = office(closed=(date(2026, 4, 27),))

    assert add_business_time(local("2026-04-24T17:00"), timedelta(hours=1), kings_day) == local("2026-04-28T09:30")


def test_a_break_at_noon_does_not_count() -> None:
    shop = office({"tue": [["13:00", "17:00"], ["09:00", "12:00"]]})

    assert add_business_time(local("2026-03-03T11:00"), timedelta(hours=2), shop) == local("2026-03-03T14:00")


def test_spans_that_overlap_count_once() -> None:
    odd = office({"tue": [["09:00", "12:00"], ["10:00", "14:00"]]})

    assert business_time_between(local("2026-03-03T00:00"), local("2026-03-04T00:00"), odd) == timedelta(hours=5)


@pytest.mark.parametrize(("day", "length"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
def test_a_day_is_as_long_as_the_clocks_make_it(day: str, length: int) -> None:
    always = office(ROUND_THE_CLOCK)
    start = local(f"{day}T00:00")

    assert business_time_between(start, start + timedelta(days=1), always) == timedelta(hours=length)
    assert add_business_time(start, timedelta(hours=length), always).astimezone(AMSTERDAM).time() == time(0)


def test_opening_hours_that_the_clocks_skip_are_worked_an_hour_later() -> None:
    night = office({"sun": [["02:15", "02:45"]]})

    assert add_business_time(local("2026-03-28T12:00"), timedelta(0), night) == local("2026-03-29T03:15")


def test_each_calendar_keeps_its_own_zone() -> None:
    tokyo = office(zone="Asia/Tokyo")

    assert add_business_time(datetime(2026, 3, 3, 10, tzinfo=UTC), timedelta(hours=1), tokyo) == local(
        "2026-03-04T10:00", ZoneInfo("Asia/Tokyo")
    )


def test_a_calendar_that_never_opens_is_said_to_be_one() -> None:
    with pytest.raises(NeverOpen):
        add_business_time(local("2026-03-03T10:00"), timedelta(hours=1), office({}))


def test_time_is_not_taken_away() -> None:
    with pytest.raises(ValueError, match="added"):
        add_business_time(local("2026-03-03T10:00"), timedelta(hours=-1), office())


def quarter(number: int) -> str:
    return f"{number // 4:02}:{number % 4 * 15:02}"


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
amounts = st.integers(1, 200 * 60).map(lambda minutes: timedelta(minutes=minutes))
spans = st.tuples(st.integers(0, 83), st.integers(12, 48)).map(lambda span: [quarter(span[0]), quarter(min(sum(span), 96))])
weeks = st.dictionaries(st.sampled_from(list(ROUND_THE_CLOCK)), st.lists(spans, min_size=1, max_size=3), min_size=1)
calendars = st.builds(
    office, weeks, st.sampled_from(["Europe/Amsterdam", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])
)


@given(moments, amounts, calendars)
def test_as_much_business_time_passes_as_was_added(start: datetime, amount: timedelta, hours: BusinessHours) -> None:
    due = add_business_time(start, amount, hours)

    assert due > start
    assert business_time_between(start, due, hours) == amount
    assert business_time_between(start, due - timedelta(minutes=1), hours) < amount


@given(moments, amounts, amounts, calendars)
def test_adding_twice_is_adding_the_sum(start: datetime, first: timedelta, second: timedelta, hours: BusinessHours) -> None:
    assert add_business_time(add_business_time(start, first, hours), second, hours) == add_business_time(start, first + second, hours)


@given(moments, amounts, amounts, calendars)
def test_who_starts_later_is_never_due_earlier(start: datetime, later: timedelta, amount: timedelta, hours: BusinessHours) -> None:
    assert add_business_time(start, amount, hours) <= add_business_time(start + later, amount, hours)


@given(moments, calendars)
def test_the_next_moment_of_business_is_open(start: datetime, hours: BusinessHours) -> None:
    opens = add_business_time(start, timedelta(0), hours)
    day = opens.astimezone(hours.zone).date()

    assert opens >= start
    assert any(begins <= opens < ends for begins, ends in hours.spans(day))
