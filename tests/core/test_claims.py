"""Who owns a job, and for how long: leases, rates, poison, kinds of newer versions."""

import asyncio
from datetime import timedelta
from types import ModuleType

from tests.core.job_makers import add, install, mark, marks
from voc.core import events
from voc.core.access import Actor
from voc.core.db import execute, transaction
from voc.core.jobs import Reaction, Terms, claims, queries
from voc.core.jobs.claims import Room
from voc.core.jobs.worker import Worker
from voc.core.models import Job


async def test_a_job_that_takes_too_long_has_failed(db: str, clock: ModuleType) -> None:
    async def sleep(_: Actor, __: str) -> None:
        await asyncio.sleep(5)

    install(Reaction("k", sleep, Terms(seconds=0.05)))
    await add("k", "a")

    await Worker(db).run_until_idle(strict=False)

    assert (await Job.get()).error == "TimeoutError"


async def test_a_job_that_kills_its_process_dies_and_its_neighbours_do_not(db: str, clock: ModuleType) -> None:
    install(Reaction("mark", mark))
    await add("mark", "poison")
    await execute("UPDATE job SET starts = 6")
    await add("mark", "neighbour")
    await execute("UPDATE job SET starts = 3 WHERE ref = 'neighbour'")

    await Worker(db).run_until_idle(strict=False)

    assert await marks() == {"mark neighbour"}
    assert (await Job.get(ref="poison")).error == "KilledItsWorker: Its process died 6 times while it ran."


async def test_a_lease_that_is_over_is_taken_back(db: str, clock: ModuleType) -> None:
    install(Reaction("mark", mark))
    await add("mark", "a")
    async with transaction():
        await claims.claim(events.handlers(), Room(10, 10, 10))
    await Worker(db).run_until_idle()
    assert await marks() == set()

    clock.advance(claims.LEASE + timedelta(seconds=1))
    assert await claims.reclaim() == 1
    await Worker(db).run_until_idle()
    assert await marks() == {"mark a"}


async def test_no_more_start_than_the_rate_allows(db: str, clock: ModuleType) -> None:
    install(Reaction("mail", mark, Terms(rate=5)), Reaction("slow", mark, Terms(rate=0.5)), Reaction("free", mark))
    for number in range(9):
        for kind in ("mail", "slow", "free"):
            await add(kind, number)

    async def claimed() -> list[int]:
        async with transaction():
            taken = [claim.kind for claim in await claims.claim(events.handlers(), Room(100, 100, 100))]
        return [taken.count(kind) for kind in ("mail", "slow", "free")]

    assert await claimed() == [5, 1, 9]
    clock.advance(timedelta(seconds=0.5))
    assert await claimed() == [0, 0, 0]
    clock.advance(timedelta(seconds=0.6))
    assert await claimed() == [4, 0, 0]
    clock.advance(timedelta(seconds=1))
    assert await claimed() == [0, 1, 0]


async def test_kinds_that_nobody_knows_wait_for_somebody_who_does(db: str, clock: ModuleType) -> None:
    install()
    await add("of a newer version", "a")

    assert await Worker(db).run_until_idle() == 0
    assert [(count.kind, count.state) for count in await queries.counts()] == [("of a newer version", "ready")]
