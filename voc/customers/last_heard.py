"""When each system last told of a contact."""

from datetime import datetime
from typing import NamedTuple

from voc.core.db import as_moment, rows


class Heard(NamedTuple):
    """A system, and when the newest contact it told of came in."""

    system: str
    at: datetime


async def last_heard() -> list[Heard]:
    """Every system that ever told of one, whoever told last first; one look at the index for each, however many contacts there are."""
    found = [Heard(row["system"], at) for row in await rows(_HEARD) if (at := as_moment(row["at"]))]
    return sorted(found, key=lambda heard: heard.at, reverse=True)


_HEARD = """WITH RECURSIVE known(system) AS (
        SELECT MIN(system) FROM contact
        UNION ALL SELECT (SELECT MIN(c.system) FROM contact c WHERE c.system > known.system) FROM known WHERE known.system IS NOT NULL)
    SELECT system, (SELECT MAX(created_at) FROM contact c WHERE c.system = known.system) AS at FROM known WHERE system IS NOT NULL"""
