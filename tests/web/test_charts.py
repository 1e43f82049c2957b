"""Where things stand in a chart: nothing is drawn through what rests on too little, and nothing leaves the paper."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc.web.charts import NARROW, PERCENT, POINTS, SEVEN, WIDE, Paper, Scale, scale_of, stacked, trend_chart, whole_distribution

SMALL = Paper(width=150, height=140, left=40, most_labels=3, right=10)  # 100 wide between the edges, 100 high


def point(value: float | None, n: int = 40, spread: float = 10) -> dict[str, Any]:
    """A point as the API gives it."""
    size = "TOO_FEW" if n < 5 else "FEW" if n < 30 else "ENOUGH"
    ends = {"low": None, "high": None} if value is None else {"low": value - spread, "high": value + spread}
    return {"value": value, "n": n, "size": size, **ends}


def test_places_follow_the_scale_and_the_number_of_periods() -> None:
    chart = trend_chart(PERCENT, [point(0), point(50), point(100)], SMALL)

    assert [(dot.x, dot.y) for dot in chart.dots] == [(40, 112), (90, 62), (140, 12)]
    assert [(tick.value, tick.at) for tick in chart.across] == [(0, 112), (25, 87), (50, 62), (75, 37), (100, 12)]
    assert chart.lines == ("40.0,112.0 90.0,62.0 140.0,12.0",)


def test_an_interval_that_leaves_the_scale_ends_at_its_edge() -> None:
    chart = trend_chart(PERCENT, [point(95, spread=10), point(5, spread=10)], SMALL)

    assert [(dot.y_high, dot.y_low) for dot in chart.dots] == [(12, 27), (97, 112)]
    assert chart.bands == ("40.0,12.0 140.0,97.0 140.0,112.0 40.0,27.0",)


def test_no_line_goes_through_few_answers_and_too_few_are_not_shown_at_all() -> None:
    chart = trend_chart(POINTS, [point(10), point(20), point(30, n=29), point(40), point(50, n=4), point(None, n=0), point(60)], SMALL)

    assert [(dot.number, dot.is_sure) for dot in chart.dots] == [(0, True), (1, True), (2, False), (3, True), (6, True)]
    assert len(chart.lines) == len(chart.bands) == 1
    assert chart.lines[0].count(",") == 2


def test_one_period_alone_stands_in_the_middle() -> None:
    chart = trend_chart(PERCENT, [point(50)], SMALL)

    assert [dot.x for dot in chart.dots] == [90]
    assert (chart.lines, [(tick.at, tick.anchor) for tick in chart.below]) == ((), [(90, "middle")])


def test_labels_are_few_and_those_at_the_edges_stay_inside() -> None:
    assert [(tick.value, tick.anchor) for tick in trend_chart(PERCENT, [point(1)] * 13, WIDE).below] == [
        (0, "start"),
        (2, "middle"),
        (4, "middle"),
        (6, "middle"),
        (8, "middle"),
        (10, "middle"),
        (12, "end"),
    ]
    assert [tick.value for tick in trend_chart(PERCENT, [point(1)] * 30, NARROW).below] == [0, 8, 16, 24]


@pytest.mark.parametrize(
    ("metric", "convention", "scale"),
    [
        ("NPS", None, POINTS),
        ("CSAT", None, PERCENT),
        ("CES", "MEAN", SEVEN),
        ("CES", "TOP3", PERCENT),
        ("CES", "INDEX", POINTS),
    ],
)
def test_an_axis_covers_all_that_a_metric_can_be(metric: str, convention: str | None, scale: Scale) -> None:
    assert scale_of(metric, convention) is scale


def test_values_nobody_chose_are_shown_too() -> None:
    bars = [{"value": 2.0, "n": 3, "band": "DETRACTOR"}, {"value": 9.0, "n": 1, "band": "PROMOTER"}]

    assert [(bar["value"], bar["n"]) for bar in whole_distribution("NPS", bars)] == [
        (value, {2: 3, 9: 1}.get(value, 0)) for value in range(11)
    ]
    csat = [{"value": 2.0, "n": 3, "band": "DISSATISFIED"}, {"value": 4.0, "n": 1, "band": "SATISFIED"}]
    assert [(bar["value"], bar["n"]) for bar in whole_distribution("CSAT", csat)] == [(2, 3), (3, 0), (4, 1)]
    assert whole_distribution("CES", []) == []


def test_bands_lie_beside_each_other_and_empty_ones_take_no_room() -> None:
    bands = [{"band": "DETRACTOR", "share": 25.0}, {"band": "PASSIVE", "share": 0.0}, {"band": "PROMOTER", "share": 75.0}]

    assert [(piece.band, piece.start, piece.width) for piece in stacked(bands)] == [("DETRACTOR", 0, 24.6), ("PROMOTER", 25, 74.6)]


@given(st.lists(st.one_of(st.none(), st.floats(-100, 100)), max_size=60), st.integers(0, 60))
def test_nothing_ever_leaves_the_paper(values: list[float | None], n: int) -> None:
    chart = trend_chart(POINTS, [point(value, n=n, spread=50) for value in values], NARROW)

    for dot in chart.dots:
        assert NARROW.left <= dot.x <= NARROW.width - NARROW.right
        assert 0 <= dot.y_high <= dot.y <= dot.y_low <= NARROW.height
    assert len(chart.below) <= NARROW.most_labels
