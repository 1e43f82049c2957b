"""How many messages were handed over since a moment, and what became of them."""

from dataclasses import dataclass
from datetime import datetime

from voc.core.db import rows


@dataclass(frozen=True, slots=True)
class Sends:
    """Attempts that were taken by the other side, and those that failed or came back."""

    sent: int
    failed: int


async def sends_since(moment: datetime) -> Sends:
    """Count the attempts that began since then."""
    (found,) = await rows(_SENDS, moment)
    return Sends(int(found["sent"]), int(found["failed"]))


_SENDS = """SELECT COALESCE(SUM(CASE WHEN state IN ('accepted', 'delivered') THEN 1 ELSE 0 END), 0) AS sent,
    COALESCE(SUM(CASE WHEN state IN ('failed', 'bounced') THEN 1 ELSE 0 END), 0) AS failed FROM delivery WHERE started_at >= ?"""
