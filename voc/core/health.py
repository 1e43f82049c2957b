"""How the service is, in figures: the queue, and what it runs on."""

import platform
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

from voc.core import clock
from voc.core.db import as_moment, dialect, rows


@dataclass(frozen=True, slots=True)
class Queue:
    """What is to be done now: jobs whose moment has come, those a worker has, those given up, and since when the first waits."""

    due: int
    running: int
    dead: int
    oldest_due_at: datetime | None


async def queue() -> Queue:
    """Count it, in one statement over the index of states and moments."""
    (found,) = await rows(_QUEUE, clock.now(), clock.now())
    return Queue(int(found["due"]), int(found["running"]), int(found["dead"]), as_moment(found["oldest"]))


async def versions() -> list[tuple[str, str]]:
    """What runs: this service (unless it runs from a folder that was never installed), the database and Python."""
    (found,) = await rows("SELECT sqlite_version() AS version" if dialect() == "sqlite" else "SHOW server_version")
    own = [("voc", text)] if (text := own_version()) else []
    database = "SQLite" if dialect() == "sqlite" else "PostgreSQL"
    return [*own, (database, str(next(iter(found.values()))).split()[0]), ("Python", platform.python_version())]


def own_version() -> str | None:
    """The version that is installed; None where it runs from a folder that was never installed."""
    try:
        return version("voc")
    except PackageNotFoundError:
        return None


_QUEUE = """SELECT (SELECT COUNT(*) FROM job WHERE state = 'ready' AND due <= ?) AS due,
    (SELECT COUNT(*) FROM job WHERE state = 'sent') AS running, (SELECT COUNT(*) FROM job WHERE state = 'dead') AS dead,
    (SELECT MIN(due) FROM job WHERE state = 'ready' AND due <= ?) AS oldest"""
