"""How often one address, credential or holder of a link may knock. Counted in the memory of each process."""

import ipaddress
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from voc.core import clock, settings

if TYPE_CHECKING:
    from limits.strategies import SlidingWindowCounterRateLimiter


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `per_minute` in any minute, counted apart from limits of another name. Nothing is limited where limits are switched off."""

    name: str
    per_minute: int

    def seconds_to_wait(self, whose: str) -> int:
        """Count one knock: 0 when it is within the limit, else how long to wait."""
        return self._asked(whose, counts=True)

    def seconds_left(self, whose: str) -> int:
        """How long to wait before the next knock, without counting one: 0 when it may come now."""
        return self._asked(whose, counts=False)

    def _asked(self, whose: str, *, counts: bool) -> int:
        if not settings.current().rate_limits:
            return 0
        from limits import RateLimitItemPerMinute  # loads every store it knows: with the first knock, not at the start

        item, limiter = RateLimitItemPerMinute(self.per_minute), _limiter()
        if limiter.hit(item, self.name, whose) if counts else limiter.test(item, self.name, whose):
            return 0
        left = limiter.get_window_stats(item, self.name, whose).reset_time - clock.now().timestamp()
        return min(60, max(1, math.ceil(left)))


def network_of(host: str) -> str:
    """Whose knock it is: the address, or for IPv6 the network of 64 bits that one household or server has."""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return host


def forget_knocks() -> None:
    """Begin to count anew."""
    _limiter.cache_clear()


@cache
def _limiter() -> "SlidingWindowCounterRateLimiter":
    from limits.storage import MemoryStorage
    from limits.strategies import SlidingWindowCounterRateLimiter

    return SlidingWindowCounterRateLimiter(MemoryStorage())
