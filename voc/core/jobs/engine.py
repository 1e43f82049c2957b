"""PgQueuer, which runs claimed jobs: in PostgreSQL's tables, or in the memory of SQLite's one process.

It knows only the ids of jobs and the numbers of their claims. On PostgreSQL a job of a worker that died is picked up by
another after `HEARTBEAT`; what it holds in memory on SQLite is claimed again when the process starts.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from contextvars import Context
from datetime import timedelta
from typing import Any

import asyncpg
import orjson
from pgqueuer import PgQueuer
from pgqueuer.adapters.inmemory import InMemoryQueries
from pgqueuer.db import AsyncpgDriver, AsyncpgPoolDriver
from pgqueuer.errors import FailingListenerError
from pgqueuer.queries import Queries
from tortoise.connection import get_connection

from voc.core.db.address import ALIAS, PostgresServer, parse_url
from voc.core.db.asyncpg_engine import keep_session
from voc.core.jobs.claims import Claim, reset
from voc.core.jobs.handlers import Handler, Reaction
from voc.core.waiting import end

HEARTBEAT = timedelta(seconds=30)
WAIT = timedelta(seconds=5)
AGAIN_SECONDS = 1.0
CLOSE_SECONDS = 5.0
REACTIONS_TOGETHER = 20
ACTS_TOGETHER = 50
BUNDLES_OF_ACTS = 6
_LOST = (FailingListenerError, OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError, asyncpg.CannotConnectNowError)
log = logging.getLogger("voc.jobs")


class Engine:
    """Runs `perform(claims)` for the claims it is given, in bundles, at most `concurrency` at a time in this process.

    `hungry` is called when half of what it was last given is done.
    """

    def __init__(
        self,
        url: str,
        handlers: Mapping[str, Handler],
        concurrency: int,
        perform: Callable[[list[Claim]], Awaitable[object]],
        hungry: Callable[[], None],
    ) -> None:
        where = parse_url(url)
        self._connect = where.connect if isinstance(where, PostgresServer) else None
        self._handlers = handlers
        self._perform = perform
        one_by_one = any(isinstance(handler, Reaction) or not handler.act_many for handler in handlers.values())
        self._batch, self._most = (max(1, concurrency // 2), 2 * max(1, concurrency // 2)) if one_by_one else (1, BUNDLES_OF_ACTS)
        self._hungry = hungry
        self._ahead = 0
        self._stopping = False

    async def start(self) -> None:
        """Start taking claims; whatever breaks is made again."""
        self._ready = asyncio.Event()
        self._task = asyncio.get_running_loop().create_task(self._keep(), context=Context())
        await self._ready.wait()

    async def stop(self, seconds: float) -> None:
        """Take no more; wait for what runs, then cut it off."""
        self._stopping = True
        self._queue.shutdown.set()
        await asyncio.wait({self._task}, timeout=seconds)
        await end(self._task)

    def runs(self, kind: str) -> bool:
        """Whether jobs of the kind are given to this engine."""
        return kind in self._handlers

    async def give(self, claims: Sequence[Claim]) -> None:
        """Hand claims over. On PostgreSQL inside the transaction that made them, on SQLite after it."""
        if claims:
            queries = self._queue.qm.queries if self._connect is None else Queries(AsyncpgDriver(get_connection(ALIAS)._connection))
            bundles = list(self._bundles(claims))
            payloads: list[bytes | None] = [orjson.dumps([[claim.id, claim.number] for claim in bundle]) for bundle in bundles]
            self._ahead = (len(claims) + 1) // 2
            await queries.enqueue([bundle[0].kind for bundle in bundles], payloads, [0] * len(bundles))

    async def forget_log(self) -> None:
        """Drop the engine's own log where it would fill the memory."""
        queries = self._queue.qm.queries
        if isinstance(queries, InMemoryQueries):
            await queries.clear_queue_log()

    async def _keep(self) -> None:
        while not self._stopping:
            try:
                if self._connect is None:
                    await self._run_in_memory()
                else:
                    await self._run_on_server(self._connect)
            except _LOST as error:
                log.warning("PostgreSQL does not answer: the job engine tries again", extra={"error": type(error).__name__})
                await asyncio.sleep(AGAIN_SECONDS)
            except Exception as error:
                log.exception("the job engine failed and starts again", extra={"error": type(error).__name__})
                await asyncio.sleep(AGAIN_SECONDS)

    async def _run_in_memory(self) -> None:
        await reset(list(self._handlers))
        await self._run(PgQueuer.in_memory())

    async def _run_on_server(self, connect: dict[str, Any]) -> None:
        pool = await asyncpg.create_pool(**connect, min_size=2, max_size=3, reset=keep_session)
        try:
            await self._run(PgQueuer(AsyncpgPoolDriver(pool)))
        finally:
            with suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_SECONDS):
                    await pool.close()
            pool.terminate()

    async def _run(self, queue: PgQueuer) -> None:
        self._queue = queue
        for kind, handler in self._handlers.items():
            queue.entrypoint(kind, concurrency_limit=handler.terms.concurrency, accepts_context=False)(self._one)
        self._ready.set()
        await queue.qm.run(
            dequeue_timeout=WAIT,
            batch_size=self._batch,
            max_concurrent_tasks=self._most,
            shutdown_on_listener_failure=True,
            heartbeat_timeout=HEARTBEAT,
            log_aggregation_interval=timedelta(0),
        )

    async def _one(self, job: Any) -> None:
        bundle = [Claim(job_id, number, job.entrypoint) for job_id, number in orjson.loads(job.payload)]
        try:
            await self._perform(bundle)
        finally:
            before, self._ahead = self._ahead, self._ahead - len(bundle)
            if self._ahead <= 0 < before:
                self._hungry()

    def _bundles(self, claims: Sequence[Claim]) -> Iterator[list[Claim]]:
        """Jobs of a kind in bundles, which share their statements and are dearer alone; effects that cannot be prepared together alone."""
        alike: dict[str, list[Claim]] = {}
        for claim in claims:
            alike.setdefault(claim.kind, []).append(claim)
        for kind, many in alike.items():
            handler = self._handlers[kind]
            size = REACTIONS_TOGETHER if isinstance(handler, Reaction) else ACTS_TOGETHER if handler.act_many else 1
            for start in range(0, len(many), size):
                yield many[start : start + size]
