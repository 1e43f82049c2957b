"""What becomes of a job that failed: it waits, longer each time and not all at once, or it is dead and somebody hears of it."""

import logging
import random
import re
import traceback
from datetime import timedelta
from pathlib import Path

from voc.core import clock
from voc.core.access import Actor
from voc.core.db import transaction
from voc.core.jobs import claims
from voc.core.jobs.claims import Claim, Started
from voc.core.jobs.handlers import Handler, Retry
from voc.core.jobs.wakeup import wake

log = logging.getLogger("voc.jobs")
LONGEST_WAIT = timedelta(hours=1)
_READ = 2000  # looking for addresses in a very long word takes minutes
_PERSONAL = re.compile(r"[^\s<>'\"]+@[^\s<>'\"]+|\+?\d[\d ()/-]{6,}\d")


class KilledItsWorker(Exception):
    """The job's process died again and again while it ran."""


async def fail(claimed: Claim, started: Started, handler: Handler, actor: Actor, error: Exception) -> None:
    """Let the job wait for its next attempt; after the last it is dead, and what follows from that is done."""
    said = describe(error)
    facts = {"kind": claimed.kind, "job": claimed.id, "error": said, "where": _where(error)}
    if started.failures + 1 < handler.terms.attempts and not isinstance(error, KilledItsWorker):
        wait = error.after if isinstance(error, Retry) else backoff(started.failures + 1)
        if await claims.put_back(claimed, clock.now() + wait, said):
            log.warning("job failed and waits", extra={**facts, "seconds": round(wait.total_seconds())})
        return
    log.error("job is dead", extra=facts)
    try:
        async with transaction():
            if await claims.give_up(claimed, said) and handler.terms.on_dead:
                await handler.terms.on_dead(actor, started.ref)
    except Exception as worse:
        log.exception("what follows a dead job failed", extra={"kind": claimed.kind, "job": claimed.id})
        await claims.give_up(claimed, f"{said}; then {describe(worse)}")
    wake()


def backoff(failures: int) -> timedelta:
    """How long to wait after so many failures: 4 s, 16 s, about a minute, …, at most an hour; spread, so that not all come back at once."""
    return spread(timedelta(seconds=min(LONGEST_WAIT.total_seconds(), 4.0**failures)))


def spread(wait: timedelta) -> timedelta:
    """About as long, up to a fifth more or less, so that what failed together does not come back together."""
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 - spreading, not secrecy


def describe(error: BaseException) -> str:
    """An error as it may be kept: its kind and the start of its message, without mail addresses and long numbers."""
    message = _PERSONAL.sub("…", " ".join(str(error)[:_READ].split()))
    return f"{type(error).__name__}: {message}"[:300] if message else type(error).__name__


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-4:]))
