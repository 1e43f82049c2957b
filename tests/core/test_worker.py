"""The worker with its real engine: wakes at once, stops without losing anything, works alone on SQLite, survives a lost connection."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest

from tests.core.job_makers import mark, marks
from voc.core import bus, events, jobs
from voc.core.access import Actor
from voc.core.db import rows, transaction
from voc.core.jobs import Effect, Reaction, Terms, queries
from voc.core.jobs.worker import Worker
from voc.core.models import Job


async def nothing(_: Actor, __: str) -> None: ...


@asynccontextmanager
async def working(url: str, **more: int) -> AsyncIterator[Worker]:
    worker = Worker(url, **more)
    await worker.start()
    try:
        yield worker
    finally:
        await worker.stop()
        await bus.stop()


async def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.01)


async def add(kind: str, refs: list[str]) -> None:
    async with transaction():
        await jobs.add_many(kind, refs)
    jobs.wake()


async def states(kind: str) -> dict[str, int]:
    return {count.state: count.jobs for count in await queries.counts() if count.kind == kind}


async def test_jobs_run_once_each_and_soon(db: str) -> None:
    ran: list[str] = []
    moments: list[float] = []

    async def run(_: Actor, ref: str) -> None:
        ran.append(ref)
        moments.append(time.perf_counter())

    events.install({}, (), (Reaction("k", run),))
    async with working(db):
        waits = []
        for number in range(5):
            start = time.perf_counter()
            await add("k", [str(number)])
            await until(lambda: len(ran) > number)  # noqa: B023 - awaited at once
            waits.append(moments[-1] - start)
        assert sorted(waits)[2] < 0.15
        await add("k", [str(number) for number in range(5, 300)])
        await until(lambda: len(ran) >= 300, 30)
        assert await queries.last_heartbeat() is not None

    assert sorted(ran, key=int) == [str(number) for number in range(300)]
    assert await states("k") == {"done": 300}


async def test_stopping_lets_running_jobs_end_and_leaves_the_rest(db: str) -> None:
    started: list[str] = []
    ended: list[str] = []

    async def act(_: Actor, ref: str, __: str) -> None:
        started.append(ref)
        await asyncio.sleep(0.2)
        ended.append(ref)

    events.install({}, (), (Effect("k", act),))
    async with working(db, concurrency=4):
        await add("k", [str(number) for number in range(50)])
        await until(lambda: len(started) >= 4)

    assert ended == started
    assert (await states("k"))["done"] == len(ended) < 50
    async with working(db, concurrency=50):
        await until(lambda: len(ended) >= 50, 60)
    assert sorted(ended, key=int) == [str(number) for number in range(50)]


async def test_what_does_not_end_in_time_is_cut_off_and_runs_again(db: str) -> None:
    started: list[str] = []

    async def act(_: Actor, ref: str, __: str) -> None:
        started.append(ref)
        await asyncio.sleep(60 if len(started) == 1 else 0)

    events.install({}, (), (Effect("k", act),))
    worker = Worker(db)
    await worker.start()
    await add("k", ["a"])
    await until(lambda: bool(started))
    await worker.stop(seconds=0.1)
    assert await states("k") == {"ready": 1}

    async with working(db):
        await until(lambda: len(started) == 2)
    assert await states("k") == {"done": 1}


async def test_a_kind_runs_no_more_at_a_time_than_it_may(db: str) -> None:
    running, most, ended = 0, 0, 0

    async def act(_: Actor, __: str, ___: str) -> None:
        nonlocal running, most, ended
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.02)
        running -= 1
        ended += 1

    events.install({}, (), (Effect("k", act, Terms(concurrency=2)),))
    async with working(db):
        await add("k", [str(number) for number in range(12)])
        await until(lambda: ended == 12, 20)
    assert most == 2


async def test_an_effect_that_hangs_keeps_nothing_else_waiting(db: str) -> None:
    go_on = asyncio.Event()
    ran: list[str] = []

    async def hang(_: Actor, __: str, ___: str) -> None:
        await go_on.wait()

    async def run(_: Actor, ref: str) -> None:
        ran.append(ref)

    async def send(_: Actor, ref: str, __: str) -> None:
        ran.append(f"sent {ref}")

    events.install({}, (), (Effect("hang", hang, Terms(concurrency=5)), Effect("send", send), Reaction("k", run)))
    async with working(db):
        await add("hang", [str(number) for number in range(300)])
        await asyncio.sleep(0.5)
        await add("k", ["a"])
        await add("send", ["b"])
        await until(lambda: set(ran) == {"a", "sent b"})
        go_on.set()


async def test_a_job_that_fails_takes_no_other_with_it(db: str) -> None:
    async def run(actor: Actor, ref: str) -> None:
        await mark(actor, ref)
        if ref == "7":
            raise ZeroDivisionError

    events.install({}, (), (Reaction("k", run, Terms(attempts=1)),))
    await add("k", [str(number) for number in range(40)])
    async with working(db):
        async with asyncio.timeout(10):
            while (await states("k")).get("done", 0) < 39:
                await asyncio.sleep(0.05)

    assert await states("k") == {"done": 39, "dead": 1}
    assert await marks() == {f"k {number}" for number in range(40) if number != 7}


async def test_what_runs_together_runs_alone_when_one_of_them_fails(db: str) -> None:
    together: list[list[str]] = []

    async def run(actor: Actor, ref: str) -> None:
        await run_many(actor, [ref])

    async def run_many(actor: Actor, refs: Sequence[str]) -> None:
        together.append(list(refs))
        for ref in refs:
            await mark(actor, ref)
        if "7" in refs:
            raise ZeroDivisionError

    events.install({}, (), (Reaction("k", run, Terms(attempts=1), run_many=run_many),))
    await add("k", [str(number) for number in range(40)])
    async with working(db):
        async with asyncio.timeout(10):
            while (await states("k")).get("done", 0) < 39:
                await asyncio.sleep(0.05)

    assert await states("k") == {"done": 39, "dead": 1}
    assert await marks() == {f"k {number}" for number in range(40) if number != 7}
    bundle = next(refs for refs in together if "7" in refs and len(refs) > 1)
    assert all([ref] in together for ref in bundle)
    assert any(len(refs) > 1 and "7" not in refs for refs in together)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_only_one_process_works_on_a_sqlite_file(db: str) -> None:
    events.install({}, (), (Reaction("k", nothing),))
    async with working(db):
        with pytest.raises(RuntimeError, match="Another process already works on this database"):
            await Worker(db).start()
    async with working(db):
        assert await states("k") == {}


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_the_worker_survives_the_loss_of_all_its_connections(db: str) -> None:
    ran: list[str] = []

    async def run(_: Actor, ref: str) -> None:
        ran.append(ref)

    events.install({}, (), (Reaction("k", run),))
    async with working(db):
        await add("k", ["before"])
        await until(lambda: ran == ["before"])
        await rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
        await add("k", ["after"])
        await until(lambda: ran == ["before", "after"], 90)  # what was handed over and lost is found after a heartbeat of 30 s
    assert await Job.filter(state="done", kind="k").count() == 2
