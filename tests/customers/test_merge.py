"""News merged field by field, in whatever order it arrives."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from voc.customers.merge import News, merge

START = datetime(2026, 3, 3, 10, tzinfo=UTC)


def row() -> dict[str, Any]:
    return {"team": None, "outcome": "unknown", "attributes": {}, "told": {}, "occurred_at": START}


def news(minute: int, attributes: dict[str, str | None] | None = None, **columns: object) -> News:
    return News(START + timedelta(minutes=minute), columns, attributes or {})


def test_older_news_fills_what_nobody_spoke_of_since() -> None:
    known = row()
    assert merge(known, news(5, outcome="solved"))
    assert merge(known, news(1, outcome="unknown", team="billing"))
    assert (known["outcome"], known["team"], known["occurred_at"]) == ("solved", "billing", START + timedelta(minutes=5))


def test_what_was_cleared_stays_cleared_when_older_news_comes_late() -> None:
    known = row()
    merge(known, news(1, {"plan": "gold"}, team="billing"))
    assert merge(known, news(3, {"plan": None}, team=None))
    assert not merge(known, news(2, {"plan": "silver"}, team="sales"))
    assert (known["team"], known["attributes"]) == (None, {})


def test_the_same_news_twice_changes_nothing() -> None:
    known = row()
    told = news(1, {"plan": "gold"}, team="billing")
    assert merge(known, told)
    before = {**known, "told": dict(known["told"])}
    assert not merge(known, told)
    assert known == before


def test_confirming_news_is_remembered_so_that_late_news_does_not_win() -> None:
    known = row()
    merge(known, news(1, outcome="solved"))
    assert not merge(known, news(3, outcome="solved"))
    assert not merge(known, news(2, outcome="unsolved"))
    assert known["outcome"] == "solved"


def test_of_two_at_the_same_moment_the_later_arrival_wins() -> None:
    known = row()
    merge(known, news(1, outcome="solved"))
    assert merge(known, news(1, outcome="unsolved"))
    assert known["outcome"] == "unsolved"


piece = some.fixed_dictionaries(
    {}, optional={"team": some.sampled_from([None, "a", "b"]), "outcome": some.sampled_from(["solved", "unsolved", "unknown"])}
)


@given(some.lists(some.tuples(piece, some.sampled_from([None, {"k": "1"}, {"k": None}])), min_size=1, max_size=4))
def test_any_order_of_arrival_ends_the_same(pieces: list[tuple[dict[str, Any], dict[str, str | None] | None]]) -> None:
    told = [news(minute, attributes, **columns) for minute, (columns, attributes) in enumerate(pieces)]
    ends = []
    for order in permutations(told):
        known = row()
        for one in order:
            merge(known, one)
        ends.append(known)
    assert all(end == ends[0] for end in ends)
