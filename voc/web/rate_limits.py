"""How often one address, or the holder of one link, may knock. Counted in the memory of each process."""

import ipaddress
import math
from dataclasses import dataclass
from functools import lru_cache

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import Request

from voc.core import clock, settings


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `per_minute` in any minute, counted apart from limits of another name."""

    name: str
    per_minute: int

    def seconds_to_wait(self, whose: str) -> int:
        """Count one knock: 0 when it is within the limit, else how long to wait. Always 0 where limits are switched off."""
        if not settings.current().rate_limits:
            return 0
        item, limiter = RateLimitItemPerMinute(self.per_minute), _limiter()
        if limiter.hit(item, self.name, whose):
            return 0
        left = limiter.get_window_stats(item, self.name, whose).reset_time - clock.now().timestamp()
        return min(60, max(1, math.ceil(left)))


def address_of(request: Request) -> str:
    """Whose knock it is: the address, or for IPv6 the network of 64 bits that one household or server has."""
    host = request.client.host if request.client else ""
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return host
    if found.version == 6:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return host


@lru_cache(maxsize=1)
def _limiter() -> SlidingWindowCounterRateLimiter:
    return SlidingWindowCounterRateLimiter(MemoryStorage())
