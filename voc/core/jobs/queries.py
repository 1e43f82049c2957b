"""What waits, what runs and what died."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from voc.core.db import as_moment, rows
from voc.core.models import Job


class Count(NamedTuple):
    """How many jobs of a kind are in a state, and when the first of them is or was due."""

    kind: str
    state: str
    jobs: int
    first_due: datetime | None


async def counts() -> list[Count]:
    """Jobs by kind and state."""
    found = await rows("SELECT kind, state, count(*) AS n, min(due) AS first_due FROM job GROUP BY kind, state ORDER BY kind, state")
    return [Count(row["kind"], row["state"], int(row["n"]), as_moment(row["first_due"])) for row in found]


async def dead(limit: int = 100) -> Sequence[Job]:
    """Dead jobs with their errors, the latest first."""
    return await Job.filter(state="dead").order_by("-finished_at").limit(limit)


async def oldest_ready() -> datetime | None:
    """Since when the job that waits longest is or will be due; None when none waits."""
    return as_moment((await rows("SELECT min(due) AS due FROM job WHERE state = 'ready'"))[0]["due"])


async def last_heartbeat() -> datetime | None:
    """When a worker was last alive; None when none ever was."""
    return as_moment((await rows("SELECT max(at) AS at FROM heartbeat"))[0]["at"])
