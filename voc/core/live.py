"""Live updates: what changed is noted in the transaction that changes it, and subscribers read on without a gap.

On PostgreSQL numbers are given before transactions end, so a higher one may be seen first. Readers therefore go by
(transaction, seq) and stop before the oldest transaction that is still running. On SQLite there is one writer, and seq suffices.
"""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import Context, ContextVar
from typing import NamedTuple
from uuid import UUID

from voc.core import bus, clock
from voc.core.db import as_moment, as_uuid, dialect, execute_many, in_transaction_now, rows
from voc.core.models import Change
from voc.core.waiting import is_set_within

log = logging.getLogger("voc.live")
BELL = "changes"
LOOK_AGAIN_SECONDS = 30.0
HIDDEN_SECONDS = 0.1
KEPT = 1000
PAGE = 500
_noted: ContextVar[bool] = ContextVar("changes_noted", default=False)
_OLDEST = "(pg_snapshot_xmin(pg_current_snapshot())::text::bigint)"


class Place(NamedTuple):
    """A place in the order in which changes are read."""

    transaction: int
    seq: int


async def note(kind: str, ref: object, team_id: UUID | None = None) -> None:
    """Note that the thing with this id changed, for the team it concerns. Outside a transaction: RuntimeError."""
    await note_many(kind, [(ref, team_id)])


async def note_many(kind: str, changed: Iterable[tuple[object, UUID | None]]) -> None:
    """Note that several things changed, each with the team it concerns, as `note` does."""
    if not in_transaction_now():
        raise RuntimeError(f"A change is noted inside the transaction that makes it: call live.note({kind!r}, …) in a verb.")
    number = "pg_current_xact_id()::text::bigint" if dialect() == "postgres" else "0"
    now = clock.now()
    batch = [(kind, str(ref), team_id, now) for ref, team_id in changed]
    if not batch:
        return
    await execute_many(f"INSERT INTO change (kind, ref, team_id, at, transaction_number) VALUES (?, ?, ?, ?, {number})", batch)
    _noted.set(True)


def wake() -> None:
    """Call after the outermost transaction was committed; nothing happens when it noted no change. Best effort."""
    if _noted.get():
        _noted.set(False)
        bus.ring(BELL)


async def changes(kinds: Collection[str], after: int | None = None) -> AsyncIterator[Change]:
    """Every change of these kinds after the one with the number `after`, or from now on; never ends.

    None is left out and none comes twice. It is told who changed, not what: read it again, with the reader's own access.
    """
    wanted = frozenset(kinds)
    feed = _current_feed()
    with feed.watching() as stirred:
        await feed.catch_up()
        place = feed.end if after is None else await _place_of(after, feed.end)
        while True:
            stirred.clear()
            while found := await feed.since(place):
                for change in found:
                    place = Place(change.transaction_number, change.seq)
                    if change.kind in wanted:
                        yield change
            if not await is_set_within(stirred, LOOK_AGAIN_SECONDS):
                await feed.catch_up()


async def latest_seq() -> int:
    """The number of the last change that can be read: where a page that was just rendered resumes."""
    return (await _latest()).seq


class _Feed:
    """Reads changes once for all subscribers of this process while there are any, and keeps the last of them at hand."""

    def __init__(self) -> None:
        self._recent: deque[Change] = deque()
        self._start: Place | None = None
        self._watchers: set[asyncio.Event] = set()
        self._rung = asyncio.Event()
        self._reading = asyncio.Lock()
        self._task = asyncio.get_running_loop().create_task(self._run(), context=Context())

    @property
    def end(self) -> Place:
        """How far it has read."""
        return _place(self._recent[-1]) if self._recent else self._start or Place(0, 0)

    @contextmanager
    def watching(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever there is something to read."""
        stirred = asyncio.Event()
        self._watchers.add(stirred)
        try:
            yield stirred
        finally:
            self._watchers.discard(stirred)
            if not self._watchers:
                self._task.cancel()

    @property
    def is_reading(self) -> bool:
        """Whether it still has watchers, in this event loop."""
        return not self._task.done() and not self._task.cancelling() and self._task.get_loop() is asyncio.get_running_loop()

    async def catch_up(self) -> bool:
        """Read what is new; says whether something is still hidden behind a running transaction."""
        async with self._reading:
            if self._start is None:
                self._start = await _latest()
            while found := await _after(self.end):
                self._recent.extend(found)
                while len(self._recent) > KEPT:
                    self._start = _place(self._recent.popleft())
            return await _is_any_hidden()

    async def since(self, place: Place) -> list[Change]:
        """The next changes after a place: from what is at hand, or from the database for whoever lags behind."""
        if self._start is None or place < self._start:
            return await _after(place)
        return [change for change in self._recent if _place(change) > place]

    async def _run(self) -> None:
        bus.on(BELL, self._rung.set)
        hidden = False
        try:
            while True:
                await is_set_within(self._rung, HIDDEN_SECONDS if hidden else LOOK_AGAIN_SECONDS)
                self._rung.clear()
                hidden = await self._read_on()
        finally:
            bus.off(BELL, self._rung.set)

    async def _read_on(self) -> bool:
        before = self.end
        try:
            hidden = await self.catch_up()
        except Exception:
            log.exception("changes cannot be read; trying again")
            return True
        if self.end != before:
            for stirred in tuple(self._watchers):
                stirred.set()
        return hidden


_feed: _Feed | None = None


def _current_feed() -> _Feed:
    global _feed  # noqa: PLW0603 - one for all subscribers of the process
    if _feed is None or not _feed.is_reading:
        _feed = _Feed()
    return _feed


async def _after(place: Place) -> list[Change]:
    if dialect() == "postgres":
        where = f"(transaction_number, seq) > (?, ?) AND transaction_number < {_OLDEST} ORDER BY transaction_number, seq"
    else:
        where = "seq > ? ORDER BY seq"
    found = await rows(f"SELECT * FROM change WHERE {where} LIMIT {PAGE}", *(place if dialect() == "postgres" else place[1:]))
    return [
        Change(
            seq=row["seq"],
            kind=row["kind"],
            ref=row["ref"],
            team_id=as_uuid(row["team_id"]),
            at=as_moment(row["at"]),
            transaction_number=row["transaction_number"],
        )
        for row in found
    ]


async def _latest() -> Place:
    where = f"WHERE transaction_number < {_OLDEST}" if dialect() == "postgres" else ""
    found = await rows(f"SELECT transaction_number AS number, seq FROM change {where} ORDER BY transaction_number DESC, seq DESC LIMIT 1")
    return Place(found[0]["number"], found[0]["seq"]) if found else Place(0, 0)


async def _is_any_hidden() -> bool:
    if dialect() != "postgres":
        return False
    return bool(await rows(f"SELECT 1 AS one FROM change WHERE transaction_number >= {_OLDEST} LIMIT 1"))


async def _place_of(seq: int, end: Place) -> Place:
    found = await rows("SELECT transaction_number AS number, seq FROM change WHERE seq = ?", seq)
    if found:
        return Place(found[0]["number"], found[0]["seq"])
    older = await rows("SELECT 1 AS one FROM change WHERE seq < ? LIMIT 1", seq)
    # Purged since: everything that is kept is newer. A number that never was: only what comes now.
    return end if older else Place(0, 0)


def _place(change: Change) -> Place:
    return Place(change.transaction_number, change.seq)
