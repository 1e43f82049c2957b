"""From answers to figures, each with its interval and the name of its method. PURE.

NPS is in points from -100 to 100, CSAT and the shares of CES in percent, the CES mean on its scale of 1 to 7. Nothing is rounded here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

from voc.insight.student import quantile
from voc.surveys.questions import Band, Convention

CERTAINTY = 0.95
Z = NormalDist().inv_cdf((1 + CERTAINTY) / 2)
HIDE_BELOW = 5
FEW_BELOW = 30
# Equal answers would give an interval of no width, as if a handful were certainty. Whole numbers hide half a point either way.
_SPREAD_OF_ROUNDING = 1 / 12


class Metric(StrEnum):
    """The metrics a question can declare."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"


class Method(StrEnum):
    """How an interval was reckoned."""

    ADJUSTED_WALD = "adjusted_wald"
    WILSON = "wilson"
    STUDENT_T = "student_t"


class Size(StrEnum):
    """Whether there are enough answers: below 5 a figure is not shown, below 30 it is shown with a warning and without a trend line."""

    TOO_FEW = "too_few"
    FEW = "few"
    ENOUGH = "enough"

    @classmethod
    def of(cls, n: int) -> "Size":
        """The size of a sample."""
        return cls.TOO_FEW if n < HIDE_BELOW else cls.FEW if n < FEW_BELOW else cls.ENOUGH


class Verdict(StrEnum):
    """What can be said of a figure beside an earlier one."""

    UP = "up"
    DOWN = "down"
    NO_CHANGE_SURE = "no_change_sure"
    NOTHING_BEFORE = "nothing_before"


@dataclass(frozen=True, slots=True)
class Bar:
    """How often a value was given, what it means, and the scale it stands on."""

    value: float
    count: int
    band: Band
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval; all None where nobody answered. One answer alone has no t interval.

    `centre` and `error` are what the interval was built from, for comparisons.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    method: Method
    centre: float | None = None
    error: float | None = None

    @property
    def size(self) -> Size:
        """Whether there are enough answers."""
        return Size.of(self.n)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure beside the one before: the difference as it stands, and whether we can be sure of it."""

    verdict: Verdict
    difference: float | None
    z: float | None


def figure(metric: Metric, bars: Iterable[Bar], convention: Convention = Convention.MEAN) -> Figure:
    """The figure of a metric over all its answers; the convention is for CES alone."""
    bars = tuple(bars)
    if metric is Metric.CES:
        values: dict[float, int] = {}
        for bar in bars:
            values[bar.value] = values.get(bar.value, 0) + bar.count
        return ces(values, convention)
    counts = count_bands(bars)
    if metric is Metric.NPS:
        return nps(counts.get(Band.PROMOTER, 0), counts.get(Band.PASSIVE, 0), counts.get(Band.DETRACTOR, 0))
    return csat(counts.get(Band.SATISFIED, 0), sum(counts.values()))


def count_bands(bars: Iterable[Bar]) -> dict[Band, int]:
    """How many answers there are in each band."""
    counts: dict[Band, int] = {}
    for bar in bars:
        counts[bar.band] = counts.get(bar.band, 0) + bar.count
    return counts


def nps(promoters: int, passives: int, detractors: int) -> Figure:
    """Share of promoters less share of detractors, with the adjusted Wald interval (three answers added; Rocks 2016)."""
    return _difference(promoters, detractors, promoters + passives + detractors)


def csat(satisfied: int, n: int) -> Figure:
    """Share of answers in the top boxes, with the Wilson interval."""
    if n == 0:
        return Figure(None, None, None, 0, Method.WILSON)
    share = satisfied / n
    shrink = 1 + Z * Z / n
    centre = (share + Z * Z / (2 * n)) / shrink
    error = sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / shrink
    value = 100 * share
    low, high = min(value, 100 * max(centre - Z * error, 0)), max(value, 100 * min(centre + Z * error, 1))
    return Figure(value, low, high, n, Method.WILSON, 100 * centre, 100 * error)


def ces(counts: Mapping[float, int], convention: Convention = Convention.MEAN) -> Figure:
    """The effort score of answers from 1 to 7 (value to count), by one of three conventions.

    `mean` with Student's t interval; `top3`: share of 5 and more; `index`: share of 6 and more less share below 4.
    """
    n = sum(counts.values())
    if convention is Convention.TOP3:
        return csat(sum(count for value, count in counts.items() if value >= 5), n)
    if convention is Convention.INDEX:
        easy = sum(count for value, count in counts.items() if value >= 6)
        return _difference(easy, sum(count for value, count in counts.items() if value < 4), n)
    return _mean(counts, n, 1, 7)


def compare(now: Figure, before: Figure) -> Change:
    """Whether a figure changed: a z test between the two (for means with the freedom of Welch), at 95 %."""
    if now.value is None or before.value is None:
        return Change(Verdict.NOTHING_BEFORE, None, None)
    difference = now.value - before.value
    if now.centre is None or now.error is None or before.centre is None or before.error is None:
        return Change(Verdict.NO_CHANGE_SURE, difference, None)
    error = sqrt(now.error**2 + before.error**2)
    z = (now.centre - before.centre) / error
    if abs(z) < _needed(now, before):
        return Change(Verdict.NO_CHANGE_SURE, difference, z)
    return Change(Verdict.UP if z > 0 else Verdict.DOWN, difference, z)


def _difference(more: int, less: int, n: int) -> Figure:
    if n == 0:
        return Figure(None, None, None, 0, Method.ADJUSTED_WALD)
    up, down = (more + 0.75) / (n + 3), (less + 0.75) / (n + 3)
    centre = up - down
    error = sqrt((up + down - centre * centre) / (n + 3))
    value = 100 * (more - less) / n
    low, high = 100 * max(centre - Z * error, -1), 100 * min(centre + Z * error, 1)
    return Figure(value, min(value, low), max(value, high), n, Method.ADJUSTED_WALD, 100 * centre, 100 * error)


def _mean(counts: Mapping[float, int], n: int, lowest: float, highest: float) -> Figure:
    if n == 0:
        return Figure(None, None, None, 0, Method.STUDENT_T)
    mean = sum(value * count for value, count in counts.items()) / n
    if n == 1:
        return Figure(mean, None, None, 1, Method.STUDENT_T)
    variance = sum(count * (value - mean) ** 2 for value, count in counts.items()) / (n - 1)
    error = sqrt((variance or _SPREAD_OF_ROUNDING) / n)
    half = quantile((1 + CERTAINTY) / 2, n - 1) * error
    return Figure(mean, max(mean - half, lowest), min(mean + half, highest), n, Method.STUDENT_T, mean, error)


def _needed(now: Figure, before: Figure) -> float:
    if now.method is not Method.STUDENT_T or now.error is None or before.error is None:
        return Z
    parts = (now.error**2, now.n), (before.error**2, before.n)
    freedom = sum(square for square, _ in parts) ** 2 / sum(square**2 / (n - 1) for square, n in parts)
    return quantile((1 + CERTAINTY) / 2, freedom)
