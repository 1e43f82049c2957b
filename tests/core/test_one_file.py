"""Several processes on one SQLite file. Stock Tortoise loses about half of such transactions: "database is locked"."""

import asyncio
import sys
from pathlib import Path

import pytest

from voc.core.db import rows
from voc.core.filelock import FileLock, file_lock

COUNT_UP = """
import asyncio, sys
from voc.core.db import open_database, close_database, rows, execute, transaction

async def main(url, me):
    await open_database(url)
    for number in range(60):
        async with transaction():
            found = await rows("SELECT attempts FROM job WHERE kind = 'counter'")
            await execute("UPDATE job SET attempts = ? WHERE kind = 'counter'", found[0]["attempts"] + 1)
    await close_database()

asyncio.run(main(sys.argv[1], sys.argv[2]))
"""


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_transaction_of_another_process_is_lost(db: str) -> None:
    from voc.core.clock import now
    from voc.core.models import Job

    await Job.create(kind="counter", ref="", due=now(), created_at=now())
    processes = [await asyncio.create_subprocess_exec(sys.executable, "-c", COUNT_UP, db, str(number)) for number in range(3)]
    assert [await process.wait() for process in processes] == [0, 0, 0]
    assert await rows("SELECT attempts FROM job") == [{"attempts": 180}]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_command_that_fails_ends_although_its_database_is_open(database_url: str) -> None:
    code = "import asyncio, sys; from voc.core.db import open_database; asyncio.run(open_database(sys.argv[1])); raise SystemExit(3)"
    command = await asyncio.create_subprocess_exec(sys.executable, "-c", code, database_url)
    async with asyncio.timeout(20):
        assert await command.wait() == 3


async def test_a_file_lock_is_held_by_one(tmp_path: Path) -> None:
    lock, other = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert lock.take()
    assert not lock.take()
    assert not other.take()
    with pytest.raises(TimeoutError, match="Another process has held"):
        async with file_lock(tmp_path / "lock", seconds=0.1):
            pass
    lock.release()
    lock.release()
    async with file_lock(tmp_path / "lock", seconds=1):
        assert not other.take()
    assert other.take()
    other.release()


async def test_a_lock_is_freed_when_its_process_dies(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from voc.core.filelock import FileLock; "
        "assert FileLock(Path(sys.argv[1])).take(); print('held', flush=True); time.sleep(60)"
    )
    holder = await asyncio.create_subprocess_exec(sys.executable, "-c", code, str(tmp_path / "lock"), stdout=asyncio.subprocess.PIPE)
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"
    assert not FileLock(tmp_path / "lock").take()
    holder.kill()
    await holder.wait()
    assert FileLock(tmp_path / "lock").take()
