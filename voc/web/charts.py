"""Where things stand in a chart: pure geometry for the SVG that templates draw. Every chart has its numbers beside it as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 720.0, 240.0
LEFT, RIGHT, TOP, BOTTOM = 44.0, 12.0, 12.0, 28.0
MOST_LABELS = 8
RANGES = {"NPS": (-100.0, 100.0, 50.0), "CSAT": (0.0, 100.0, 25.0), "CES": (1.0, 7.0, 1.0)}


@dataclass(frozen=True, slots=True)
class Dot:
    """One period with a figure: its place, the interval's ends, and whether there are enough answers to draw a line through it."""

    x: float
    y: float
    y_low: float
    y_high: float
    is_sure: bool
    number: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across with its value, or a label below."""

    at: float
    value: float | int


@dataclass(frozen=True, slots=True)
class TrendChart:
    """A trend: `lines` and `bands` are runs of neighbouring periods with enough answers, as SVG points."""

    dots: tuple[Dot, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    across: tuple[Tick, ...]
    below: tuple[Tick, ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    bottom: float = HEIGHT - BOTTOM


def trend_chart(metric: str, points: Sequence[Mapping[str, Any]]) -> TrendChart:
    """The chart of a metric's trend, from the points as the API gives them; those without a figure leave a gap."""
    low, high, step = RANGES[metric]
    dots = tuple(_dot(number, point, len(points), low, high) for number, point in enumerate(points) if point["value"] is not None)
    runs = _runs([dot for dot in dots if dot.is_sure])
    every = max(1, -(-len(points) // MOST_LABELS))
    return TrendChart(
        dots=dots,
        lines=tuple(" ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in run) for run in runs if len(run) > 1),
        bands=tuple(_band(run) for run in runs if len(run) > 1),
        across=tuple(Tick(_y(value, low, high), value) for value in _steps(low, high, step)),
        below=tuple(Tick(_x(number, len(points)), number) for number in range(0, len(points), every)),
    )


def _dot(number: int, point: Mapping[str, Any], count: int, low: float, high: float) -> Dot:
    value = float(point["value"])
    ends = [float(point[name]) if point[name] is not None else value for name in ("low", "high")]
    y_low, y_high = (_y(min(max(end, low), high), low, high) for end in ends)
    return Dot(_x(number, count), _y(value, low, high), y_low, y_high, point["size"] == "ENOUGH", number)


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


def _x(number: int, count: int) -> float:
    room = WIDTH - LEFT - RIGHT
    return LEFT + (room / 2 if count == 1 else room * number / (count - 1))


def _y(value: float, low: float, high: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low)


def _steps(low: float, high: float, step: float) -> list[float]:
    return [low + step * number for number in range(round((high - low) / step) + 1)]
