"""Asking hours are those on the customer's own wall, whatever happens to the clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voc.outreach.policies.windows import WEEKDAYS, Window

WORKDAYS = Window(days=("mon", "tue", "wed", "thu", "fri"), opens="09:00", closes="20:00", holidays="NL")


def at(text: str, zone: str = "Europe/Amsterdam") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("asked", "opens"),
    [
        ("2026-03-03T12:00", "2026-03-03T12:00"),  # a Tuesday, open
        ("2026-03-03T08:59", "2026-03-03T09:00"),
        ("2026-03-03T20:00", "2026-03-04T09:00"),
        ("2026-03-06T20:01", "2026-03-09T09:00"),  # Friday night
        ("2026-03-28T10:00", "2026-03-30T09:00"),  # over the night in which the clocks go forward
        ("2026-10-24T10:00", "2026-10-26T09:00"),  # and back
        ("2026-04-27T10:00", "2026-04-28T09:00"),  # King's Day
        ("2024-02-28T21:00", "2024-02-29T09:00"),  # a leap day
        ("2026-12-24T21:00", "2026-12-28T09:00"),  # Christmas, Boxing Day and a weekend
    ],
)
def test_the_next_opening_is_on_the_customers_wall(asked: str, opens: str) -> None:
    assert WORKDAYS.next_open(at(asked), "Europe/Amsterdam") == at(opens)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "Asia/Kathmandu", "America/St_Johns"])
def test_customers_at_the_other_end_of_the_world_are_asked_by_day(zone: str) -> None:
    moment = WORKDAYS.next_open(datetime(2026, 3, 3, 2, 30, tzinfo=UTC), zone)
    assert moment is not None
    assert 9 <= moment.astimezone(ZoneInfo(zone)).hour < 20


def test_a_window_until_midnight_closes_at_midnight() -> None:
    late = Window(opens="22:00", closes="24:00")
    assert late.next_open(at("2026-03-03T23:59"), "Europe/Amsterdam") == at("2026-03-03T23:59")
    assert late.next_open(at("2026-03-04T00:00"), "Europe/Amsterdam") == at("2026-03-04T22:00")


def test_an_opening_that_the_clocks_skip_is_left_out() -> None:
    # On 29 March 2026 there is no wall-clock time from 02:00 to 03:00 in Amsterdam.
    night = Window(days=("sun",), opens="02:10", closes="02:50")
    moment = night.next_open(at("2026-03-28T12:00"), "Europe/Amsterdam")
    assert moment in (at("2026-03-29T03:10"), at("2026-04-05T02:10"))


@settings(max_examples=150, deadline=None)
@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(["Europe/Amsterdam", "Pacific/Auckland", "America/Sao_Paulo", "Asia/Tehran", "Pacific/Kiritimati"]),
    st.sets(st.sampled_from(WEEKDAYS), min_size=1),
    st.sampled_from([("00:00", "24:00"), ("09:00", "17:30"), ("01:30", "03:30")]),
)
def test_the_next_opening_is_open_and_never_earlier(moment: datetime, zone: str, days: set[str], hours: tuple[str, str]) -> None:
    window = Window(days=tuple(days), opens=hours[0], closes=hours[1])
    asked = moment.replace(tzinfo=UTC)
    found = window.next_open(asked, zone)
    assert found is not None
    assert asked <= found < asked + timedelta(days=9)
    assert window.next_open(found, zone) == found
    assert WEEKDAYS[found.astimezone(ZoneInfo(zone)).weekday()] in days
