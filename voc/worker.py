"""The process that runs reactions and routines, apart from the server."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from voc.core import bus
from voc.core.db import close_database, open_database
from voc.core.db.migrations import pending
from voc.core.jobs.worker import Worker
from voc.core.settings import Settings


@asynccontextmanager
async def working(settings: Settings) -> AsyncIterator[Worker]:
    """A worker that runs while the block does; the database must be open."""
    worker = Worker(settings.database_url)
    await worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


async def run_worker(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; jobs that run are let finish, the rest waits for another worker or the next start."""
    if await pending(settings.database_url):
        raise ValueError("The database misses migrations: run `voc migrate` first.")
    told_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    await open_database(settings.database_url, pool=settings.database_pool)
    try:
        async with working(settings):
            await told_to_stop.wait()
    finally:
        await bus.stop()
        await close_database()
