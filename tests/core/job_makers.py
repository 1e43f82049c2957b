"""Jobs for tests: one that marks what it did so that a repetition shows, one that fails, and the story around them."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from voc.core import clock, events, jobs
from voc.core.access import Actor
from voc.core.db import rows, transaction
from voc.core.jobs import Handler
from voc.core.jobs.routines import Routine
from voc.core.models import Heartbeat


async def mark(actor: Actor, ref: str) -> None:
    """A database effect that cannot happen twice unnoticed: the name is unique."""
    await Heartbeat.create(name=f"{actor.name} {ref}", at=clock.now())


async def marks() -> set[str]:
    """What was marked and committed."""
    return {row["name"] for row in await rows("SELECT name FROM heartbeat WHERE name NOT LIKE 'worker@%'")}


def failing(times: int) -> Callable[[Actor, str], Awaitable[None]]:
    """A reaction that marks and then fails, a number of times."""
    left = times

    async def run(actor: Actor, ref: str) -> None:
        nonlocal left
        await mark(actor, f"{ref} try")
        if left:
            left -= 1
            raise LookupError("no answer for ann@example.org on +31 6 1234 5678")

    return run


async def add(kind: str, ref: object, *, at: datetime | None = None, key: str | None = None) -> None:
    """Add a job in a transaction of its own."""
    async with transaction():
        await jobs.add(kind, ref, at=at, key=key)


def install(*handlers: Handler, routines: tuple[Routine, ...] = ()) -> None:
    """A house with these handlers only."""
    events.install({}, routines, handlers)
