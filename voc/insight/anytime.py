"""Differences between two samples that may be looked at at any time, as often as one likes, and acted upon at once. PURE.

The interval is the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, "Time-uniform central limit
theory and asymptotic confidence sequences" (Annals of Statistics 52, 2024, Theorem 2.2), for the difference of two means whose units
were drawn to either with fixed shares: with n units in all and the usual standard error of the difference, it is

    difference ± error · sqrt(2 · (n·rho² + 1) / (n·rho²) · ln(sqrt(n·rho² + 1) / alpha))

The chance that it ever misses the true difference, over all looks together, is at most alpha. It assumes that units are independent
(customers, not answers), that each is drawn to a side without regard to what it will say, that values are bounded, and that it is not
used before sums are near enough to normal: from `START` units on either side. It is about half as wide again as an interval for a
single look, and narrowest where `TIGHTEST` units have come.

Whether units were drawn as they should be is told by the multinomial test of Lindon and Malek, "Anytime-valid inference for
multinomial count data" (NeurIPS 2022), which may be looked at any time too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, exp, lgamma, log, sqrt

START = 30
TIGHTEST = 1000
MOST_NEEDED = 10_000_000


@dataclass(frozen=True, slots=True)
class Sample:
    """What is known of one side: how many units, their mean, and the variance of one."""

    n: int
    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Gap:
    """How much higher the other mean is than the first, with the interval that may be looked at any time."""

    difference: float
    low: float
    high: float


def sample(counts: Mapping[float, int], low: float, high: float) -> Sample:
    """The sample of values (value to count) on a scale from `low` to `high`, with at least one value.

    For the variance alone, one unit is imagined at each end of the scale, so that few and equal values are no certainty.
    """
    n = sum(counts.values())
    imagined = {**counts, low: counts.get(low, 0) + 1, high: counts.get(high, 0) + 1}
    centre = sum(value * count for value, count in imagined.items()) / (n + 2)
    variance = sum(count * (value - centre) ** 2 for value, count in imagined.items()) / (n + 2)
    return Sample(n, sum(value * count for value, count in counts.items()) / n, variance)


def gap(first: Sample, other: Sample, alpha: float) -> Gap:
    """The difference of the means, `other` less `first`; both have units."""
    difference = other.mean - first.mean
    error = sqrt(first.variance / first.n + other.variance / other.n)
    half = error * errors_either_way(first.n + other.n, alpha)
    return Gap(difference, difference - half, difference + half)


def errors_either_way(n: int, alpha: float) -> float:
    """How many standard errors the interval reaches to either side once there are `n` units."""
    spread = -2 * log(alpha)
    x = n * (spread + log(spread + 1)) / TIGHTEST
    return sqrt(2 * (x + 1) / x * log(sqrt(x + 1) / alpha))


def units_to_go(first: Sample, other: Sample, smallest: float, alpha: float) -> int:
    """About how many more units it takes, on both sides together, until something can be said.

    That is until the interval leaves 0 out, or lies within `smallest` on either side of it, if the means stay as they are.
    """
    n = first.n + other.n
    difference = abs(other.mean - first.mean)
    half = max(difference, smallest - difference)
    one = (first.variance / first.n + other.variance / other.n) * n
    enough, less = n, n
    while enough < MOST_NEEDED and sqrt(one / enough) * errors_either_way(enough, alpha) > half:
        enough, less = enough * 2, enough
    while enough - less > max(1, less // 100):
        middle = (enough + less) // 2
        if sqrt(one / middle) * errors_either_way(middle, alpha) > half:
            less = middle
        else:
            enough = middle
    return enough - n


def drawn_wrongly(counts: Sequence[int], weights: Sequence[float]) -> float:
    """The chance, over all looks together, of counts that are so far from the shares they were drawn with; at most 1."""
    n, total = sum(counts), sum(weights)
    shares = [weight / total for weight in weights]
    # How well shares that may be any explain the counts, against how well those that were meant do.
    any_shares = lgamma(len(counts)) - lgamma(len(counts) + n) + sum(lgamma(1 + count) for count in counts)
    meant = sum(count * log(share) for count, share in zip(counts, shares, strict=True))
    return min(1.0, exp(min(meant - any_shares, 0.0)))


def rounded_up(units: int) -> int:
    """A number of units to come as one would say it: two figures that count."""
    size = int(10 ** max(len(str(units)) - 2, 0))
    return ceil(units / size) * size
