"""Waiting without losing a cancellation. (Before Python 3.12, `asyncio.wait_for` may swallow one that comes together with the result.)"""

import asyncio
from contextlib import suppress
from typing import Any


async def is_set_within(event: asyncio.Event, seconds: float) -> bool:
    """Wait for an event, at most so long; says whether it is set."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


async def end(task: "asyncio.Task[Any]") -> None:
    """Cancel a task until it has ended, whatever it does with the cancellation."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=1)
    if not task.cancelled():
        task.exception()
