"""A bucket of points for each credential: it fills at a steady rate, and what a request may cost is taken out before it runs."""

import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any

from voc.api.refused import RefusedRequest

HOLDS = 20_000
BACK_PER_SECOND = 1_000
PENALTY = 20  # what a request costs that is refused
MOST_STREAMS = 100
_MOST_BUCKETS = 10_000


@dataclass(slots=True)
class _Bucket:
    points: float
    at: float


class Throttle:
    """The buckets of this process. The fullest ones are forgotten first, so nobody gains by it."""

    def __init__(self, holds: int = HOLDS, back_per_second: int = BACK_PER_SECOND, now: Callable[[], float] = time.monotonic) -> None:
        self.holds = holds
        self.back = back_per_second
        self._now = now
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, whose: str, points: int) -> None:
        """Take points out before a request runs; too few left is a refusal (THROTTLED) that says when to come back."""
        bucket = self._bucket(whose)
        if bucket.points < points:
            seconds = ceil((points - bucket.points) / self.back)
            raise RefusedRequest(
                429,
                "THROTTLED",
                f"This credential has {int(bucket.points)} points left and the request takes {points}: try again in {seconds} s.",
                headers={"Retry-After": str(seconds)},
                throttleStatus=self.status(whose),
            )
        bucket.points -= points

    def give_back(self, whose: str, points: int) -> None:
        """Put back what a request was expected to cost and did not."""
        bucket = self._bucket(whose)
        bucket.points = min(self.holds, bucket.points + max(points, 0))

    @contextmanager
    def at_risk(self, whose: str, points: int = PENALTY) -> Iterator[None]:
        """Hold points while something is tried that costs us work: they are given back unless it fails."""
        self.take(whose, points)
        yield
        self.give_back(whose, points)

    def status(self, whose: str) -> dict[str, Any]:
        """How full the bucket is."""
        return {"maximumAvailable": self.holds, "currentlyAvailable": int(self._bucket(whose).points), "restoreRate": self.back}

    def _bucket(self, whose: str) -> _Bucket:
        now = self._now()
        bucket = self._buckets.get(whose)
        if bucket is None:
            bucket = self._buckets[whose] = _Bucket(self.holds, now)
            if len(self._buckets) > _MOST_BUCKETS:
                self._buckets.popitem(last=False)  # the one that rested longest
        else:
            self._buckets.move_to_end(whose)
            bucket.points = min(self.holds, bucket.points + (now - bucket.at) * self.back)
            bucket.at = now
        return bucket


class Streams:
    """How many event streams each credential holds open."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    @contextmanager
    def another(self, whose: str) -> Iterator[None]:
        """Count one more while it is open; one too many is refused."""
        if self._open[whose] >= MOST_STREAMS:
            raise RefusedRequest(
                429, "THROTTLED", f"This credential holds {MOST_STREAMS} streams open: close some.", headers={"Retry-After": "5"}
            )
        self._open[whose] += 1
        try:
            yield
        finally:
            self._open[whose] -= 1
            if not self._open[whose]:
                del self._open[whose]
