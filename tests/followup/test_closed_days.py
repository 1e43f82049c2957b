"""Which days are closed: the team's own, and those of its country or part of it."""

from datetime import date

import pytest

from voc.followup.closed_days import closed_days


@pytest.mark.parametrize(
    ("country", "closed_on", "day", "is_closed"),
    [
        ("NL", [], "2026-04-27", True),  # King's Day
        ("NL", [], "2026-04-28", False),
        ("NL", ["2026-04-28"], "2026-04-28", True),
        (None, ["2026-12-24"], "2026-12-24", True),
        (None, [], "2026-12-25", False),
        ("DE-BY", [], "2026-11-01", True),  # All Saints, in Bavaria
        ("DE", [], "2026-11-01", False),
        ("DE-XX", [], "2026-10-03", True),  # a part nobody knows has the holidays of the country
        ("ATLANTIS", [], "2026-12-25", False),
    ],
)
def test_a_day_is_closed_by_the_team_or_by_its_country(country: str | None, closed_on: list[str], day: str, is_closed: bool) -> None:
    assert closed_days(country, closed_on)(date.fromisoformat(day)) is is_closed
