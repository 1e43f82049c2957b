"""The routine that forgets what is over: ended jobs, old changes, silent workers."""

from datetime import timedelta

from voc.core import clock
from voc.core.access import Actor
from voc.core.db import dialect, execute
from voc.core.jobs.routines import Routine

JOB_DAYS = 7
CHANGE_DAYS = 7
HEARTBEAT_DAYS = 1


async def forget_what_is_over(_: Actor) -> None:
    """Jobs that are done or rest are kept for seven days, and so are changes; dead jobs stay until somebody deals with them."""
    now = clock.now()
    await execute("DELETE FROM job WHERE state = 'done' AND finished_at < ?", now - timedelta(days=JOB_DAYS))
    await execute("DELETE FROM job WHERE state = 'rested' AND rested_at < ?", now - timedelta(days=JOB_DAYS))
    await execute("DELETE FROM change WHERE at < ?", now - timedelta(days=CHANGE_DAYS))
    await execute("DELETE FROM heartbeat WHERE at < ?", now - timedelta(days=HEARTBEAT_DAYS))
    if dialect() == "postgres":
        await execute("DELETE FROM pgqueuer_log WHERE created < ?", now - timedelta(days=HEARTBEAT_DAYS))


PURGE = Routine("core.purge", "17 3 * * *", forget_what_is_over)
