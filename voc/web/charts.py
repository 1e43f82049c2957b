"""Where things stand in a chart: pure geometry for the SVG that templates draw. Every chart has its numbers beside it as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TOP, BOTTOM = 12.0, 28.0


@dataclass(frozen=True, slots=True)
class Scale:
    """What an axis covers, with a line at every step."""

    low: float
    high: float
    step: float

    def lines(self) -> list[float]:
        """The values at which lines go across."""
        return [self.low + self.step * number for number in range(round((self.high - self.low) / self.step) + 1)]


@dataclass(frozen=True, slots=True)
class Paper:
    """The size of a drawing in its own units, which are pixels at its usual width."""

    width: float
    height: float
    left: float
    most_labels: int
    right: float = 14.0

    def across(self, number: int, count: int) -> float:
        """Where the period of that number stands."""
        room = self.width - self.left - self.right
        return self.left + (room / 2 if count == 1 else room * number / (count - 1))

    def up(self, value: float, scale: Scale) -> float:
        """How high a value stands; what lies outside the scale stands at its edge."""
        inside = min(max(value, scale.low), scale.high)
        return TOP + (self.height - TOP - BOTTOM) * (scale.high - inside) / (scale.high - scale.low)


WIDE = Paper(620, 250, 40, 7)
NARROW = Paper(328, 220, 36, 4)
POINTS, PERCENT, SEVEN = Scale(-100, 100, 50), Scale(0, 100, 25), Scale(1, 7, 1)


@dataclass(frozen=True, slots=True)
class Dot:
    """One period with a figure: its place, the interval's ends, and whether enough answers are behind it for a line."""

    x: float
    y: float
    y_low: float
    y_high: float
    is_sure: bool
    number: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across with its value, or a label below with the number of its period and how its text is anchored."""

    at: float
    value: float | int
    anchor: str = "end"


@dataclass(frozen=True, slots=True)
class TrendChart:
    """A trend: `lines` and `bands` are runs of neighbouring periods with enough answers, as SVG points."""

    paper: Paper
    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    across: tuple[Tick, ...]
    below: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a stacked bar of 100 units, for one band."""

    band: str
    start: float
    width: float


def scale_of(metric: str, convention: str | None) -> Scale:
    """The whole range a metric can take, so that a trend never looks steeper than it is."""
    if metric == "NPS" or convention == "INDEX":
        return POINTS
    return PERCENT if metric == "CSAT" or convention == "TOP3" else SEVEN


def trend_chart(scale: Scale, points: Sequence[Mapping[str, Any]], paper: Paper) -> TrendChart:
    """The chart of a trend, from the points as the API gives them. Those with too few answers to show leave a gap."""
    count = len(points)
    dots = tuple(_dot(number, point, count, scale, paper) for number, point in enumerate(points) if is_shown(point))
    runs = [run for run in _runs([dot for dot in dots if dot.is_sure]) if len(run) > 1]
    return TrendChart(
        paper=paper,
        dots=dots,
        lines=tuple(" ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in run) for run in runs),
        bands=tuple(_band(run) for run in runs),
        across=tuple(Tick(paper.up(value, scale), value) for value in scale.lines()),
        below=tuple(_labels(count, paper)),
    )


def is_shown(point: Mapping[str, Any]) -> bool:
    """Whether a figure rests on enough answers to be shown at all."""
    return point["value"] is not None and point["size"] != "TOO_FEW"


def whole_distribution(metric: str, bars: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The distribution with the values nobody chose: the whole scale of NPS, elsewhere the gaps between what was chosen."""
    given = {float(bar["value"]): bar for bar in bars}
    if metric == "NPS":
        values: set[float] = set(range(11))
    else:
        values = set(range(round(min(given)), round(max(given)) + 1)) if given else set()
    return [given.get(value, {"value": value, "n": 0, "band": ""}) for value in sorted(values | set(given))]


def stacked(bands: Sequence[Mapping[str, Any]]) -> list[Piece]:
    """The shares of the bands beside each other, with a hair's breadth between them."""
    pieces, start = [], 0.0
    for band in bands:
        share = float(band["share"])
        if share:
            pieces.append(Piece(band["band"], start, max(share - 0.4, 0.1)))
        start += share
    return pieces


def _dot(number: int, point: Mapping[str, Any], count: int, scale: Scale, paper: Paper) -> Dot:
    value = float(point["value"])
    low, high = (float(point[name]) if point[name] is not None else value for name in ("low", "high"))
    x, y = paper.across(number, count), paper.up(value, scale)
    return Dot(x, y, paper.up(low, scale), paper.up(high, scale), point["size"] == "ENOUGH", number)


def _runs(dots: Sequence[Dot]) -> list[list[Dot]]:
    runs: list[list[Dot]] = []
    for dot in dots:
        if runs and runs[-1][-1].number == dot.number - 1:
            runs[-1].append(dot)
        else:
            runs.append([dot])
    return runs


def _band(run: Sequence[Dot]) -> str:
    there = [f"{dot.x:.1f},{dot.y_high:.1f}" for dot in run]
    back = [f"{dot.x:.1f},{dot.y_low:.1f}" for dot in reversed(run)]
    return " ".join(there + back)


def _labels(count: int, paper: Paper) -> list[Tick]:
    every = max(1, -(-count // paper.most_labels))
    labels = []
    for number in range(0, count, every):
        anchor = "middle" if count == 1 or 0 < number < count - 1 else "start" if number == 0 else "end"
        labels.append(Tick(paper.across(number, count), number, anchor))
    return labels
