"""Clocks keep their distance to exactly those asks that they look at, and a year never holds more than its budget."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voc.outreach.deciding.facts import Asked
from voc.outreach.policies.clocks import YEAR, Among, Clock, Otherwise, Since, Whose, budget_again, running

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
NPS = frozenset({"nps"})


def ago(days: float, **said: object) -> Asked:
    return replace(Asked(NOW - days * DAY, "calls", survey="csat", metrics=frozenset({"csat"})), **said)  # type: ignore[arg-type]


def asked(**said: object) -> Clock:
    return Clock(since=Since.ASKED, days=10, **said)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("clock", "one", "is_running"),
    [
        (asked(), ago(9), True),
        (asked(), ago(10), False),
        (asked(), ago(-9), True),  # planned for later: the distance is kept on both sides
        (asked(among=Among.SURVEY), ago(9), False),
        (asked(among=Among.SURVEY), ago(9, survey="nps"), True),
        (asked(among=Among.METRIC), ago(9), False),
        (asked(among=Among.METRIC), ago(9, metrics=NPS | {"ces"}), True),
        (asked(), ago(9, of_colleague=True), False),
        (asked(whose=Whose.ACCOUNT), ago(9, of_colleague=True), True),
        (asked(whose=Whose.ACCOUNT), ago(9), True),
        (Clock(since=Since.ANSWERED, days=10), ago(30, answered_at=NOW - 9 * DAY), True),
        (Clock(since=Since.ANSWERED, days=10), ago(9), False),
        (Clock(since=Since.DECLINED, days=10), ago(30, declined_at=NOW - 9 * DAY), True),
        (Clock(since=Since.DECLINED, days=10), ago(9, answered_at=NOW), False),
    ],
)
def test_a_clock_looks_at_what_it_says(clock: Clock, one: Asked, is_running: bool) -> None:
    assert (running([one], [clock], NOW, "nps", NPS) is not None) == is_running


def test_a_clock_that_forbids_comes_before_those_that_wait_and_of_these_the_longest() -> None:
    waits, waits_longer = asked(otherwise=Otherwise.DELAY), Clock(since=Since.ASKED, days=20, otherwise=Otherwise.DELAY)
    found = running([ago(9), ago(2)], [waits, waits_longer], NOW)
    assert found is not None
    assert (found.until, found.otherwise) == (NOW + 18 * DAY, Otherwise.DELAY)
    forbids = running([ago(9), ago(2)], [waits_longer, asked()], NOW)
    assert forbids is not None
    assert (forbids.until, forbids.otherwise) == (NOW + 8 * DAY, Otherwise.SKIP)
    assert forbids.detail == "asked by calls on 2026-03-01, 10 quiet days"


def test_a_clock_of_the_account_says_so_without_naming_anybody() -> None:
    found = running([ago(2, of_colleague=True)], [asked(whose=Whose.ACCOUNT, among=Among.SURVEY)], NOW, "csat")
    assert found is not None
    assert found.detail == "asked at the account by calls on 2026-03-01, 10 quiet days for the survey"


def test_the_budget_of_a_year_says_when_it_has_room_again() -> None:
    spent = [ago(300), ago(100), ago(50, of_colleague=True)]
    assert budget_again(spent, 3, NOW) is None
    assert budget_again(spent, 2, NOW) == NOW + 65 * DAY
    assert budget_again([ago(366), ago(365)], 1, NOW) is None
    assert budget_again([ago(-20)], 1, NOW) == NOW + 20 * DAY + YEAR


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 2000), max_size=25), st.integers(1, 4))
def test_no_365_days_ever_hold_more_asks_than_the_budget(days: list[int], budget: int) -> None:
    granted: list[Asked] = []
    for day in days:
        at = NOW + day * DAY
        again = budget_again(granted, budget, at)
        if again is None:
            granted.append(Asked(at))
        else:
            assert again > at
            assert budget_again(granted, budget, again) is None
    moments = sorted(one.at for one in granted)
    assert all(later - first >= YEAR for first, later in zip(moments, moments[budget:], strict=False))
