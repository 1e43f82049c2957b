"""A wordless bell between processes: "there are new jobs", "there are changes". Whoever hears it reads the database.

Within the process a bell rings at once. On PostgreSQL it also rings in every other process, over one connection of its
own that both listens and tells; bells that ring at the same time are told together. Best effort: whoever depends on
it looks again by itself from time to time. After a lost connection every bell rings once, for something may have been missed.
"""

import asyncio
import logging
from collections.abc import Callable
from contextvars import Context
from typing import Any

import asyncpg

from voc.core.db.address import PostgresServer, parse_url
from voc.core.waiting import end, is_set_within

CHANNEL = "voc_bus"
TOGETHER_SECONDS = 0.05
PING_SECONDS = 10.0
AGAIN_SECONDS = 0.2
log = logging.getLogger("voc.bus")
_hearers: dict[str, set[Callable[[], None]]] = {}
_line: "_Line | None" = None


async def start(url: str) -> None:
    """Connect this process's bells with those of the others; nothing to do on SQLite, or when it is already done."""
    global _line  # noqa: PLW0603 - a process has one
    where = parse_url(url)
    if _line is None and isinstance(where, PostgresServer):
        _line = _Line(where.connect)
        _line.start()


async def stop() -> None:
    """Disconnect; bells still ring within the process."""
    global _line
    line, _line = _line, None
    if line is not None:
        await line.stop()


def on(topic: str, hearer: Callable[[], None]) -> None:
    """Call `hearer` whenever this bell rings; it must return at once."""
    _hearers.setdefault(topic, set()).add(hearer)


def off(topic: str, hearer: Callable[[], None]) -> None:
    """Stop doing so."""
    _hearers.get(topic, set()).discard(hearer)


def ring(topic: str) -> None:
    """Ring a bell, here and in the other processes. Never fails and never waits."""
    _ring_here(topic)
    if _line is not None:
        _line.tell(topic)


async def connected(seconds: float = 5.0) -> bool:
    """Wait until other processes are heard; always so on SQLite."""
    if _line is None:
        return True
    return await is_set_within(_line.listening, seconds)


def _ring_here(topic: str) -> None:
    for hearer in tuple(_hearers.get(topic, ())):
        hearer()


class _Line:
    """The connection to the other processes, made again whenever it breaks."""

    def __init__(self, connect: dict[str, Any]) -> None:
        self._connect = connect
        self._untold: set[str] = set()
        self._stirred = asyncio.Event()
        self.listening = asyncio.Event()

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._keep(), context=Context())

    async def stop(self) -> None:
        await end(self._task)

    def tell(self, topic: str) -> None:
        self._untold.add(topic)
        self._stirred.set()

    async def _keep(self) -> None:
        while True:
            try:
                connection = await asyncpg.connect(**self._connect, timeout=5)
                try:
                    await self._serve(connection)
                finally:
                    self.listening.clear()
                    connection.terminate()
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("the bus has lost its connection and tries again", extra={"error": type(error).__name__})
            await asyncio.sleep(AGAIN_SECONDS)

    async def _serve(self, connection: asyncpg.Connection) -> None:
        connection.add_termination_listener(lambda _: self._stirred.set())
        await connection.add_listener(CHANNEL, self._heard)
        self.listening.set()
        for topic in tuple(_hearers):
            _ring_here(topic)
        while not connection.is_closed():
            await is_set_within(self._stirred, PING_SECONDS)
            self._stirred.clear()
            told = sorted(self._untold)
            # Without anything to tell this is a ping: it finds a connection that is only half open.
            await connection.execute(
                "SELECT pg_notify($1, $2)" if told else "SELECT 1", *([CHANNEL, " ".join(told)] if told else []), timeout=5
            )
            self._untold.difference_update(told)
            if told:
                await asyncio.sleep(TOGETHER_SECONDS)

    def _heard(self, connection: Any, pid: int, channel: str, payload: str) -> None:
        if pid != connection.get_server_pid():
            for topic in payload.split():
                _ring_here(topic)
