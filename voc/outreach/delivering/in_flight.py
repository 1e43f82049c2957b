"""What is on its way now: how many invitations are being handed over, are due, wait for their moment or are held."""

from dataclasses import dataclass
from datetime import timedelta

from voc.core import clock
from voc.core.db import rows

RECENT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class InFlight:
    """Counts of this moment, tests among them: `leaving` are being handed over, `due` wait for a worker, `later` for their moment.

    `held` wait for a stop or an open task to end. `sent` and `failed` are the attempts of the last hour that ended so.
    """

    leaving: int
    due: int
    later: int
    held: int
    sent: int
    failed: int


async def in_flight() -> InFlight:
    """Count it, in one statement over the indexes of states and moments."""
    now = clock.now()
    (found,) = await rows(_COUNTED, now - RECENT, now, now, now - RECENT, now - RECENT)
    return InFlight(**{name: int(n) for name, n in found.items()})


_COUNTED = """SELECT
    (SELECT COUNT(*) FROM delivery WHERE started_at > ? AND state = 'started') AS leaving,
    (SELECT COUNT(*) FROM invitation WHERE state = 'planned' AND send_at <= ?) AS due,
    (SELECT COUNT(*) FROM invitation WHERE state = 'planned' AND send_at > ?) AS later,
    (SELECT COUNT(*) FROM invitation WHERE state = 'held') AS held,
    (SELECT COUNT(*) FROM delivery WHERE started_at > ? AND state IN ('accepted', 'delivered')) AS sent,
    (SELECT COUNT(*) FROM delivery WHERE started_at > ? AND state IN ('failed', 'bounced')) AS failed"""
