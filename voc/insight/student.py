"""Student's t distribution, for intervals of means of few answers. PURE.

The distribution function is the regularised incomplete beta function by its continued fraction (Lentz); the quantile inverts it by
bisection to the last digits, which a cache makes cheap enough.
"""

from functools import lru_cache
from math import exp, lgamma, log

_SMALL = 1e-300
_EXACT = 1e-15


def distribution(t: float, freedom: float) -> float:
    """The probability of a value up to `t` with this many degrees of freedom."""
    tail = _incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t * t)) / 2
    return 1 - tail if t > 0 else tail


@lru_cache(maxsize=4096)
def quantile(probability: float, freedom: float) -> float:
    """The value below which that share of the distribution lies; probability between 0 and 1, freedom above 0."""
    if not 0 < probability < 1 or freedom <= 0:
        raise ValueError("A quantile needs a probability between 0 and 1 and more than 0 degrees of freedom.")
    if probability < 0.5:
        return -quantile(1 - probability, freedom)
    low, high = 0.0, 2.0
    while distribution(high, freedom) < probability:
        low, high = high, high * 2
    while high - low > 1e-12 * max(high, 1):
        middle = (low + high) / 2
        if distribution(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _incomplete_beta(a: float, b: float, x: float) -> float:
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    # The fraction converges fast on one side of the mean; the other side follows by symmetry.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    total = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _not_zero(1 + term * d)
            c = _not_zero(1 + term / c)
            total *= c * d
        if abs(c * d - 1) < _EXACT:
            break
    return total


def _not_zero(value: float) -> float:
    return value if abs(value) > _SMALL else _SMALL
