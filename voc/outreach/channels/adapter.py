"""What a channel must be able to do, and how it says that it could not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.ask import Ask


class NotDelivered(Exception):
    """The message did not get through. With `final` it never will, for that reason; without, it is worth another attempt.

    `detail` is what the other side said, without addresses. `is_bounce` says that the address itself is no good, `said_stop` that its
    owner told the other side to stop; `wait` is how long that asks us to wait before the next attempt; `is_too_fast` says that the host
    of the address takes no more for now.
    """

    def __init__(
        self,
        detail: str,
        *,
        final: Reason | None = None,
        is_bounce: bool = False,
        said_stop: bool = False,
        wait: timedelta | None = None,
        is_too_fast: bool = False,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.final = final
        self.is_bounce = is_bounce
        self.said_stop = said_stop
        self.wait = wait
        self.is_too_fast = is_too_fast


@dataclass(frozen=True, slots=True)
class Taken:
    """The other side took the message: what it said, what it calls it, and whether it tells later that it arrived."""

    said: str
    provider_id: str = ""
    is_confirmed_later: bool = False


class Adapter(Protocol):
    """A way to put an invitation in front of a customer."""

    def undeliverable(self, ask: Ask) -> Reason | None:
        """Why this can never be delivered, asked before anything counts as sent; None when it can."""

    async def send(self, ask: Ask) -> Taken:
        """Deliver it and give what the other side said; NotDelivered when it could not. May be called again with the same ask."""

    async def close(self) -> None:
        """Give back connections."""
