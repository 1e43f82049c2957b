"""The process that runs reactions and routines, apart from the server."""

import asyncio
import signal
from contextlib import AsyncExitStack

from voc.core import bus, garbage
from voc.core.db import close_database, open_database
from voc.core.db.migrations import pending
from voc.core.jobs.worker import Worker
from voc.core.settings import Settings
from voc.outreach.channels import close_channels


async def run_worker(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT; jobs that run are let finish, the rest waits for another worker or the next start."""
    if await pending(settings.database_url):
        raise ValueError("The database misses migrations: run `voc migrate` first.")
    told_to_stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    async with AsyncExitStack() as stack:
        await open_database(settings.database_url, pool=settings.database_pool)
        stack.push_async_callback(close_database)
        stack.push_async_callback(bus.stop)
        stack.push_async_callback(close_channels)
        worker = Worker(settings.database_url)
        await worker.start()
        stack.push_async_callback(worker.stop)
        garbage.spare_what_stays()
        await told_to_stop.wait()
