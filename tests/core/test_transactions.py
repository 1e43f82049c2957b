"""Transactions on both databases: whole or not at all, nested, and safe from cancelled tasks."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from tortoise.exceptions import TransactionManagementError

from voc.core.db import (
    as_moment,
    as_uuid,
    close_database,
    count_statements,
    execute,
    execute_many,
    in_transaction_now,
    open_database,
    rows,
    transaction,
)
from voc.core.models import Heartbeat, Job

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


async def beat(name: str) -> None:
    await Heartbeat.create(name=name, at=NOW)


async def names() -> set[str]:
    return {row["name"] for row in await rows("SELECT name FROM heartbeat")}


async def beat_then_fail(name: str) -> None:
    async with transaction():
        await beat(name)
        assert in_transaction_now()
        raise ZeroDivisionError


async def test_what_is_raised_undoes_the_whole_transaction(db: str) -> None:
    with pytest.raises(ZeroDivisionError):
        await beat_then_fail("a")

    assert await names() == set()
    assert not in_transaction_now()


async def test_a_nested_transaction_is_undone_alone(db: str) -> None:
    async with transaction():
        await beat("kept")
        with pytest.raises(ZeroDivisionError):
            await beat_then_fail("undone")
        await beat("also kept")

    assert await names() == {"kept", "also kept"}


async def test_a_nested_transaction_is_undone_also_for_errors_of_transactions(db: str) -> None:
    async def refuse() -> None:
        async with transaction():
            await beat("undone")
            raise TransactionManagementError("no")

    async with transaction():
        with pytest.raises(TransactionManagementError):
            await refuse()

    assert await names() == set()


async def test_a_task_started_inside_may_not_use_the_transaction_once_it_is_over(db: str) -> None:
    gate = asyncio.Event()

    async def late() -> None:
        await gate.wait()
        await beat("late")

    async with transaction():
        task = asyncio.create_task(late())
        await beat("in time")
    gate.set()

    with pytest.raises(TransactionManagementError, match="transaction is over"):
        await task
    assert await names() == {"in time"}


@pytest.mark.parametrize("moment", range(12))
async def test_a_cancelled_transaction_gives_everything_back(db: str, moment: int) -> None:
    """Cancel at each step of entering, writing and leaving; with stock Tortoise SQLite then hangs for ever."""

    async def write(number: int) -> None:
        async with transaction():
            await beat(f"{moment}-{number}")
            await execute_many("INSERT INTO heartbeat (name, at) VALUES (?, ?)", [(f"{moment}-{number}-{i}", NOW) for i in range(3)])

    for number in range(20):
        task = asyncio.create_task(write(number))
        for _ in range(moment):
            await asyncio.sleep(0)
        if number % 2:
            await asyncio.sleep(0.001)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async with asyncio.timeout(5):
        await beat("after")
    found = await names()
    assert "after" in found
    for number in range(20):
        assert len([name for name in found if name.startswith(f"{moment}-{number}-") or name == f"{moment}-{number}"]) in (0, 4)


async def test_a_cancelled_batch_leaves_no_transaction_open(db: str) -> None:
    batch = [Heartbeat(name=str(number), at=NOW) for number in range(500)]

    async def write() -> None:
        await Heartbeat.bulk_create(batch, ignore_conflicts=True)

    for moment in range(8):
        task = asyncio.create_task(write())
        await asyncio.sleep(0.0005 * moment)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async with asyncio.timeout(5), transaction():
        await beat("after")
    assert len(await names()) in (1, 501)


async def test_readers_do_not_wait_for_an_open_transaction_and_see_what_is_committed(db: str) -> None:
    written, go_on = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with transaction():
            await beat("new")
            written.set()
            await go_on.wait()

    task = asyncio.create_task(write())
    await written.wait()
    async with asyncio.timeout(2):
        assert await names() == set()
        assert await Heartbeat.all().count() == 0
    go_on.set()
    await task
    assert await names() == {"new"}
    assert await Heartbeat.all().count() == 1


async def test_what_was_just_written_is_read(db: str) -> None:
    for number in range(100):
        await beat(str(number))
        assert await Heartbeat.filter(name=str(number)).exists()


async def test_statements_are_counted_on_both_databases(db: str) -> None:
    with count_statements() as seen:
        await beat("a")
        async with transaction():
            await rows("SELECT name FROM heartbeat WHERE name = ?", "a")
            await Heartbeat.filter(name="a").update(at=NOW)
            await Heartbeat.bulk_create([Heartbeat(name="b", at=NOW), Heartbeat(name="c", at=NOW)])

    assert seen.count == 4, seen.texts
    assert not any(text.startswith(("BEGIN", "SAVEPOINT", "COMMIT")) for text in seen.texts)
    await beat("d")
    assert seen.count == 4


async def test_values_come_back_as_they_were(db: str) -> None:
    job_id, amsterdam = uuid4(), NOW.astimezone(ZoneInfo("Europe/Amsterdam"))
    await execute(
        "INSERT INTO job (id, kind, ref, state, due, attempts, starts, failures, created_at) VALUES (?, '?', ?, 'ready', ?, 0, 0, 0, ?)",
        job_id,
        "ref",
        amsterdam,
        NOW,
    )

    found = (await rows("SELECT id, kind, due, lease FROM job WHERE due = ? AND id = ? AND id IN (?, ?)", NOW, job_id, job_id, uuid4()))[0]

    assert (as_uuid(found["id"]), found["kind"], as_moment(found["due"]), as_moment(found["lease"])) == (job_id, "?", NOW, None)
    assert (await Job.get(id=job_id)).due == NOW
    assert await Job.filter(due__lte=NOW).count() == 1
    assert await execute("UPDATE job SET ref = 'x' WHERE id = ?", uuid4()) == 0
    assert await execute("DELETE FROM job WHERE id = ?", job_id) == 1


async def test_a_moment_without_zone_is_refused(db: str) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        await rows("SELECT name FROM heartbeat WHERE at < ?", NOW.replace(tzinfo=None))


async def test_only_one_database_is_open(db: str) -> None:
    with pytest.raises(RuntimeError, match="already open"):
        await open_database(db)
    await close_database()
    await open_database(db)
    await beat("again")
    assert await names() == {"again"}
