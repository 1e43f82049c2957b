"""The worker: claims what is due, gives it to the engine, and says that it is alive."""

import asyncio
import logging
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import Context
from dataclasses import replace
from datetime import datetime, timedelta

from voc.core import bus, clock, events
from voc.core.db import as_moment, execute, marks, rows, transaction
from voc.core.db.address import SqliteFile, parse_url
from voc.core.filelock import FileLock
from voc.core.jobs import claims
from voc.core.jobs.claims import Claim, Room
from voc.core.jobs.engine import Engine
from voc.core.jobs.handlers import Effect, Handler
from voc.core.jobs.perform import Turnstile, perform, perform_bundle
from voc.core.jobs.routines import install_routines
from voc.core.jobs.wakeup import BELL
from voc.core.waiting import end, is_set_within

POLL_SECONDS = 0.2
GATHER_SECONDS = 0.05  # what is added together is claimed together, and runs in bundles
BEAT_SECONDS = 5.0
RECLAIM_SECONDS = 10.0
AGAIN_SECONDS = 1.0
# In memory a claim is held by the one process, and few keep the rest ordered; on a server all workers draw from the same room.
ROOM_IN_MEMORY = Room(reactions=40, effects=20, together=200)
ROOM_ON_SERVER = Room(reactions=500, effects=100, together=1000)
log = logging.getLogger("voc.jobs")


class Worker:
    """Runs the jobs of an open database. On SQLite there is one, in the one process; on PostgreSQL as many as one likes."""

    def __init__(self, url: str, *, concurrency: int = 20) -> None:
        where = parse_url(url)
        self._url = url
        self._lock = FileLock(where.path.with_name(where.path.name + ".worker.lock")) if isinstance(where, SqliteFile) else None
        self._concurrency = concurrency
        self._handlers = events.handlers()
        self._turnstile = Turnstile()
        self._stirred = asyncio.Event()
        self._room = ROOM_IN_MEMORY if self._lock else ROOM_ON_SERVER
        self._engines = [Engine(url, lane, concurrency, self._perform, self._stirred.set) for lane in _lanes(self._handlers)]
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Start working. On SQLite a RuntimeError when another process already does."""
        if self._lock is not None and not self._lock.take():
            raise RuntimeError(f"Another process already works on this database: it holds {self._lock.path.name}.")
        try:
            await self._start()
        except BaseException:
            if self._lock is not None:
                self._lock.release()
            raise

    async def _start(self) -> None:
        await bus.start(self._url)
        await install_routines(events.routines())
        for engine in self._engines:
            await engine.start()
        bus.on(BELL, self._stirred.set)
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(work, context=Context()) for work in (self._dispatch_on(), self._beat_on(), self._reclaim_on())]

    async def stop(self, seconds: float = 10.0) -> None:
        """Take nothing new, let running jobs end within some seconds, and leave the rest for the next start."""
        bus.off(BELL, self._stirred.set)
        for task in self._tasks:
            await end(task)
        await asyncio.gather(*(engine.stop(seconds) for engine in self._engines))
        if self._lock is not None:
            await claims.reset(list(self._handlers))
            self._lock.release()

    async def run_until_idle(self, horizon: datetime | None = None, *, strict: bool = True) -> int:
        """For tests, on a worker that is not started: run all that is due, and what follows from it; says how many jobs ran.

        With a horizon the stopped clock moves on from job to job until then. Rates are not kept. The first error of a
        handler is raised, unless `strict` is off: then the job waits for its next attempt, as in real life.
        """
        unhurried = {kind: replace(handler, terms=replace(handler.terms, rate=None)) for kind, handler in self._handlers.items()}
        count = 0
        while True:
            async with transaction():
                claimed = await claims.claim(unhurried, Room(*3 * (self._concurrency,)))
            for index, one in enumerate(claimed):
                error = await perform(one, unhurried, self._turnstile)
                if error is not None and strict:
                    for rest in claimed[index + 1 :]:
                        await claims.release(rest)
                    raise error
            count += len(claimed)
            if not claimed and not await self._move_clock(horizon):
                return count

    async def _move_clock(self, horizon: datetime | None) -> bool:
        """Move to the next job before the horizon and say that there is one, else to the horizon."""
        if horizon is None:
            return False
        kinds = list(self._handlers)
        found = await rows(f"SELECT min(due) AS due FROM job WHERE state = 'ready' AND kind IN ({marks(kinds)})", *kinds)
        due = as_moment(found[0]["due"])
        clock.advance(max(min(due or horizon, horizon) - clock.now(), timedelta()))
        return due is not None and due <= horizon

    async def _perform(self, bundle: list[Claim]) -> None:
        await perform_bundle(bundle, self._handlers, self._turnstile)

    async def _dispatch_on(self) -> None:
        while True:
            try:
                await self._dispatch()
            except Exception:
                log.exception("jobs cannot be claimed; trying again")
                await asyncio.sleep(AGAIN_SECONDS)
            if await is_set_within(self._stirred, POLL_SECONDS):
                await asyncio.sleep(GATHER_SECONDS)
            self._stirred.clear()

    async def _dispatch(self) -> None:
        if not await claims.is_anything_due(self._handlers):
            return
        async with transaction():
            claimed = await claims.claim(self._handlers, self._room)
            if self._lock is None:
                await self._give(claimed)
        if self._lock is not None:
            await self._give(claimed)

    async def _give(self, claimed: list[Claim]) -> None:
        for engine in self._engines:
            await engine.give([one for one in claimed if engine.runs(one.kind)])

    async def _beat_on(self) -> None:
        name = f"worker@{socket.gethostname()}:{os.getpid()}"[:80]
        while True:
            with logged("the heartbeat failed"):
                await execute(
                    "INSERT INTO heartbeat (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at", name, clock.now()
                )
                for engine in self._engines:
                    await engine.forget_log()
            await asyncio.sleep(BEAT_SECONDS)

    async def _reclaim_on(self) -> None:
        while True:
            await asyncio.sleep(RECLAIM_SECONDS)
            with logged("jobs cannot be reclaimed"):
                if await claims.reclaim():
                    self._stirred.set()


def _lanes(handlers: Mapping[str, Handler]) -> list[dict[str, Handler]]:
    """Reactions and each lane of effects apart: what waits for a slow relay takes no place from anything else."""
    lanes: dict[str | None, dict[str, Handler]] = {}
    for kind, handler in handlers.items():
        lanes.setdefault(handler.lane if isinstance(handler, Effect) else None, {})[kind] = handler
    return list(lanes.values())


@contextmanager
def logged(message: str) -> Iterator[None]:
    """Log what is raised, and go on."""
    try:
        yield
    except Exception:
        log.exception(message)
