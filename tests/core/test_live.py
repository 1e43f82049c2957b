"""Live updates: noted with the change, told after commit, resumed without a gap, also between processes."""

import asyncio
import sys
from collections.abc import AsyncIterator
from types import TracebackType
from uuid import uuid4

import asyncpg
import pytest

from voc.core import bus, live
from voc.core.db import rows, transaction
from voc.core.db.address import PostgresServer, parse_url
from voc.core.models import Change


class Seen:
    """What a subscriber has been told so far."""

    def __init__(self, *kinds: str, after: int | None = None) -> None:
        self.refs: list[str] = []
        self.last: Change | None = None
        self._changes: AsyncIterator[Change] = live.changes(kinds, after)

    async def __aenter__(self) -> "Seen":
        self._task = asyncio.create_task(self._read())
        await asyncio.sleep(0.05)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def until(self, *refs: str, seconds: float = 5) -> None:
        async with asyncio.timeout(seconds):
            while len(self.refs) < len(refs):
                await asyncio.sleep(0.005)
        assert self.refs == list(refs)

    async def _read(self) -> None:
        async for change in self._changes:
            self.last = change
            self.refs.append(change.ref)


async def note(ref: str, kind: str = "task") -> None:
    async with transaction():
        await live.note(kind, ref)
    live.wake()


@pytest.fixture
async def line(db: str) -> AsyncIterator[str]:
    """The bus, connected."""
    await bus.start(db)
    assert await bus.connected()
    yield db
    await bus.stop()


async def test_a_change_is_told_once_it_is_committed(db: str) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        await live.note("task", "x")
    team = uuid4()
    async with Seen("task", "response") as seen:
        await note("a")
        await note("not of interest", kind="survey")
        async with transaction():
            await live.note("response", "b", team)
        live.wake()
        await seen.until("a", "b")
        assert seen.last is not None
        assert (seen.last.kind, seen.last.team_id) == ("response", team)
        with pytest.raises(ZeroDivisionError):
            await note_then_fail("undone")
        live.wake()
        await note("c")
        await seen.until("a", "b", "c")


async def note_then_fail(ref: str) -> None:
    async with transaction():
        await live.note("task", ref)
        raise ZeroDivisionError


async def test_a_subscriber_resumes_where_it_was(db: str) -> None:
    await note("a")
    here = await live.latest_seq()
    await note("b")
    await note("c")

    async with Seen("task", after=here) as seen:
        await seen.until("b", "c")
    async with Seen("task", after=0) as seen:
        await seen.until("a", "b", "c")
    async with Seen("task", after=10**6) as seen:
        await note("d")
        await seen.until("d")


async def test_many_changes_reach_a_slow_subscriber_in_order(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "KEPT", 5)
    monkeypatch.setattr(live, "PAGE", 7)
    refs = [str(number) for number in range(60)]
    slow: list[str] = []

    async def read_slowly() -> None:
        async for change in live.changes(["task"], after=0):
            slow.append(change.ref)
            if len(slow) == 1:
                await asyncio.sleep(0.3)

    task = asyncio.create_task(read_slowly())
    async with Seen("task", after=0) as quick:
        for ref in refs:
            await note(ref)
        await quick.until(*refs)
    async with asyncio.timeout(5):
        while len(slow) < len(refs):
            await asyncio.sleep(0.01)
    task.cancel()
    assert slow == refs


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_no_change_is_skipped_when_transactions_end_in_another_order(db: str) -> None:
    """An early number is committed late: with `seq > last` it would never be told."""
    first_noted, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        async with transaction():
            await live.note("task", "early number, late commit")
            first_noted.set()
            await go_on.wait()
        live.wake()

    async with Seen("task") as seen:
        task = asyncio.create_task(slow())
        await first_noted.wait()
        await note("late number, early commit")
        await asyncio.sleep(0.3)
        go_on.set()
        await task
        await seen.until("early number, late commit", "late number, early commit")


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_change_behind_a_foreign_transaction_is_told_soon_after_it_ends(db: str) -> None:
    where = parse_url(db)
    assert isinstance(where, PostgresServer)
    foreign = await asyncpg.connect(**where.connect)
    async with Seen("task") as seen:
        await foreign.execute("BEGIN")
        await foreign.execute("INSERT INTO heartbeat (name, at) VALUES ('x', now())")
        await note("a")
        await asyncio.sleep(0.3)
        assert seen.refs == []
        await foreign.execute("COMMIT")
        await seen.until("a", seconds=1)
    await foreign.close()


OTHER_PROCESS = """
import asyncio, sys
from voc.core import bus, live
from voc.core.db import open_database, close_database, transaction

async def main(url):
    await open_database(url)
    await bus.start(url)
    assert await bus.connected()
    async with transaction():
        await live.note("task", "from elsewhere")
    live.wake()
    await asyncio.sleep(0.5)
    await bus.stop()
    await close_database()

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_changes_of_another_process_are_told(line: str) -> None:
    async with Seen("task") as seen:
        other = await asyncio.create_subprocess_exec(sys.executable, "-c", OTHER_PROCESS, line)
        await seen.until("from elsewhere", seconds=15)
        assert await other.wait() == 0


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_the_bus_comes_back_and_rings_for_what_was_missed(line: str) -> None:
    rung: list[str] = []
    bus.on("test", lambda: rung.append("here"))
    await rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    async with asyncio.timeout(5):
        while not rung:
            await asyncio.sleep(0.01)
    assert await bus.connected()
    bus.ring("test")
    assert rung == ["here", "here"]
