"""kill -9 at random moments: nothing is lost, no database effect happens twice, outside effects repeat only with the same key."""

import asyncio
import random
import sys
from asyncio.subprocess import Process
from pathlib import Path

from voc.core import jobs
from voc.core.db import rows, transaction

JOBS = 120
KILLS = 5


class Workers:
    """Processes that work, and are started again when they die."""

    def __init__(self, url: str, file: Path, *, crashes: int) -> None:
        self.number = 1 if url.startswith("sqlite") else 2
        self._command = (sys.executable, "-m", "tests.core.kill_worker", url, str(file), str(crashes))
        self._processes: list[Process] = []

    async def keep_up(self) -> None:
        """Start what is missing."""
        self._processes = [process for process in self._processes if process.returncode is None]
        while len(self._processes) < self.number:
            self._processes.append(await asyncio.create_subprocess_exec(*self._command, stdout=asyncio.subprocess.PIPE))
            output = self._processes[-1].stdout
            assert output is not None
            await output.readline()

    async def kill_one(self) -> None:
        """kill -9."""
        victim = random.choice(self._processes)
        if victim.returncode is None:
            victim.kill()
        await victim.wait()

    async def end(self) -> None:
        """Kill all."""
        for process in self._processes:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def left() -> int:
    return int((await rows("SELECT count(*) AS n FROM job WHERE state IN ('ready', 'sent') AND kind NOT LIKE 'routine.%'"))[0]["n"])


async def wait_until_done(workers: Workers, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        while await left():
            await workers.keep_up()
            await asyncio.sleep(0.1)


async def test_killed_workers_lose_nothing_and_double_nothing(db: str, tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    workers = Workers(db, sent, crashes=KILLS + 1)
    refs = [str(number) for number in range(JOBS)]
    try:
        for kill in range(KILLS):
            await workers.keep_up()
            async with transaction():
                batch = refs[kill * JOBS // KILLS : (kill + 1) * JOBS // KILLS]
                await jobs.add_many("count", batch)
                await jobs.add_many("send", batch)
            await asyncio.sleep(random.uniform(0.05, 0.4))
            await workers.kill_one()
        await wait_until_done(workers, 60)
    finally:
        await workers.end()

    marks = {row["name"] for row in await rows("SELECT name FROM heartbeat WHERE name NOT LIKE 'worker@%'")}
    assert marks == {f"{kind} {ref}" for kind in ("count", "then", "send") for ref in refs}
    assert await rows("SELECT kind, state, count(*) AS n FROM job WHERE state <> 'done' OR failures > 0 GROUP BY kind, state") in (
        [],
        [{"kind": "routine.core.purge", "state": "ready", "n": 1}],
    )
    keys: dict[str, set[str]] = {}
    for line in sent.read_text().splitlines():
        keys.setdefault(line.split()[0], set()).add(line.split()[1])
    assert keys.keys() == set(refs)
    assert all(len(of_one) == 1 for of_one in keys.values())


async def test_a_job_that_kills_its_worker_dies_alone(db: str, tmp_path: Path) -> None:
    workers = Workers(db, tmp_path / "sent", crashes=3)
    async with transaction():
        await jobs.add("poison", "p")
        await jobs.add_many("neighbour", [str(number) for number in range(8)])
    try:
        await wait_until_done(workers, 60)
    finally:
        await workers.end()

    assert {
        row["kind"]: (row["state"], row["n"]) for row in await rows("SELECT kind, state, count(*) AS n FROM job GROUP BY kind, state")
    } == {
        "poison": ("dead", 1),
        "neighbour": ("done", 8),
        "routine.core.purge": ("ready", 1),
    }
