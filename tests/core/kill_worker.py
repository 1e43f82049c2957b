"""A worker in a process of its own, to be killed: `python -m tests.core.kill_worker URL FILE CRASHES`.

`count` is a reaction and causes `then`; `send` is an effect that writes a line to FILE; `poison` kills its process.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

from voc.core import clock, events, jobs
from voc.core.access import Actor
from voc.core.db import open_database
from voc.core.jobs import Effect, Reaction, claims, engine
from voc.core.jobs.worker import Worker
from voc.core.models import Heartbeat

engine.HEARTBEAT = timedelta(seconds=2)


async def mark(actor: Actor, ref: str) -> None:
    """Fails when it is done twice: the name is unique."""
    await Heartbeat.create(name=f"{actor.name} {ref}", at=clock.now())


async def count(actor: Actor, ref: str) -> None:
    """Mark, and cause another job."""
    await mark(actor, ref)
    await asyncio.sleep(0.005)
    await jobs.add("then", ref)


async def poison(_: Actor, __: str) -> None:
    """End the process as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


async def neighbour(actor: Actor, ref: str) -> None:
    """Take long enough to run beside the poison."""
    await asyncio.sleep(0.3)
    await mark(actor, ref)


def sending(file: Path) -> Effect:
    """An effect that writes what it sends to a file."""

    async def send(actor: Actor, ref: str, key: str) -> Callable[[], Awaitable[None]]:
        await asyncio.sleep(0.005)
        with file.open("a") as lines:
            lines.write(f"{ref} {key}\n")

        async def finish() -> None:
            await mark(actor, ref)

        return finish

    return Effect("send", send)


async def main(url: str, file: Path) -> None:
    """Work until killed."""
    handlers = (
        Reaction("count", count),
        Reaction("then", mark),
        sending(file),
        Reaction("poison", poison),
        Reaction("neighbour", neighbour),
    )
    events.install({}, (), handlers)
    await open_database(url)
    worker = Worker(url)
    await worker.start()
    print("working", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    claims.CRASHES = int(sys.argv[3])
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
