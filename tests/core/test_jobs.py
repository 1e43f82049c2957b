"""Jobs on both databases: written with the fact, run once, retried, dead, cancelled, planned."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from types import ModuleType
from uuid import uuid4

import pytest

from voc.core import events, jobs
from voc.core.access import Actor
from voc.core.db import execute, rows, transaction
from voc.core.jobs import Effect, Handler, Reaction, Retry, Terms, queries
from voc.core.jobs.routines import Routine
from voc.core.jobs.worker import Worker
from voc.core.models import Heartbeat, Job


async def mark(actor: Actor, ref: str) -> None:
    """A database effect that tells a repetition: the name is unique."""
    from voc.core import clock

    await Heartbeat.create(name=f"{actor.name} {ref}", at=clock.now())


async def marks() -> set[str]:
    return {row["name"] for row in await rows("SELECT name FROM heartbeat WHERE name NOT LIKE 'worker@%'")}


async def add(kind: str, ref: object, **more: object) -> None:
    async with transaction():
        await jobs.add(kind, ref, **more)  # type: ignore[arg-type]


def install(*handlers: Handler, routines: tuple[Routine, ...] = ()) -> None:
    events.install({}, routines, handlers)


def failing(times: int) -> Callable[[Actor, str], Awaitable[None]]:
    """A handler that fails a number of times and then marks."""
    left = times

    async def run(actor: Actor, ref: str) -> None:
        nonlocal left
        await mark(actor, f"{ref} try")
        if left:
            left -= 1
            raise LookupError("no answer for ann@example.org on +31 6 1234 5678")

    return run


async def test_a_job_runs_with_the_facts_that_caused_it(db: str, clock: ModuleType) -> None:
    install(Reaction("mark", mark))
    with pytest.raises(RuntimeError, match="inside the transaction"):
        await jobs.add("mark", "early")
    await add("mark", "a")
    with pytest.raises(ZeroDivisionError):
        await add_then_fail("b")

    assert await Worker(db).run_until_idle() == 1

    assert await marks() == {"mark a"}
    assert [(count.kind, count.state, count.jobs) for count in await queries.counts()] == [("mark", "done", 1)]


async def add_then_fail(ref: str) -> None:
    async with transaction():
        await jobs.add("mark", ref)
        raise ZeroDivisionError


async def test_a_job_of_the_future_waits_for_its_moment(db: str, clock: ModuleType) -> None:
    install(Reaction("mark", mark))
    await add("mark", "tomorrow", at=clock.now() + timedelta(days=1))
    await add("mark", "in an hour", at=clock.now() + timedelta(hours=1))
    worker = Worker(db)

    assert await worker.run_until_idle() == 0
    assert await queries.oldest_ready() == clock.now() + timedelta(hours=1)

    end = clock.now() + timedelta(hours=2)
    assert await worker.run_until_idle(horizon=end) == 1
    assert (await marks(), clock.now()) == ({"mark in an hour"}, end)


async def test_the_same_key_is_one_job(db: str, clock: ModuleType) -> None:
    install(Reaction("mark", mark))
    await add("mark", "a", key="k")
    await add("mark", "b", key="k")
    async with transaction():
        await jobs.add_many("mark", ["c", "d"], keys=["k", "l"])

    await Worker(db).run_until_idle()
    await add("mark", "e", key="k")

    assert await marks() == {"mark a", "mark d"}


async def test_higher_priority_goes_first_then_the_longest_waiting(db: str, clock: ModuleType) -> None:
    order: list[str] = []

    async def run(_: Actor, ref: str) -> None:
        order.append(ref)

    install(Reaction("k", run))
    await add("k", "late")
    await add("k", "early", at=clock.now() - timedelta(hours=1))
    await add("k", "urgent", priority=5)

    await Worker(db).run_until_idle()

    assert order == ["urgent", "early", "late"]


async def test_a_failure_undoes_its_changes_and_is_tried_again_later(db: str, clock: ModuleType) -> None:
    install(Reaction("k", failing(1)))
    await add("k", "a")
    worker = Worker(db)

    await worker.run_until_idle(strict=False)

    assert await marks() == set()
    job = await Job.get()
    assert (job.state, job.failures, job.error) == ("ready", 1, "LookupError: no answer for … on …")
    assert timedelta(seconds=3) < job.due - clock.now() < timedelta(seconds=5)

    await worker.run_until_idle(horizon=clock.now() + timedelta(minutes=1))
    assert await marks() == {"k a try"}
    assert await Job.filter(state="done", error=None).count() == 1


async def test_what_fails_too_often_is_dead_and_said_once_and_can_be_run_again(db: str, clock: ModuleType) -> None:
    async def say(actor: Actor, ref: str) -> None:
        await mark(actor, f"{ref} is dead")

    install(Reaction("k", failing(3), Terms(attempts=3, on_dead=say)))
    await add("k", "a")
    worker = Worker(db)

    await worker.run_until_idle(horizon=clock.now() + timedelta(hours=3), strict=False)

    assert await marks() == {"k a is dead"}
    (dead,) = await queries.dead()
    assert (dead.failures, dead.error) == (3, "LookupError: no answer for … on …")
    assert await jobs.retry(dead.id)
    assert not await jobs.retry(uuid4())
    await worker.run_until_idle()
    assert await marks() == {"k a is dead", "k a try"}


async def test_a_job_is_dead_also_when_what_follows_fails(db: str, clock: ModuleType) -> None:
    async def fail(_: Actor, __: str) -> None:
        raise ZeroDivisionError

    install(Reaction("k", failing(9), Terms(attempts=1, on_dead=fail)))
    await add("k", "a")

    await Worker(db).run_until_idle(strict=False)

    (dead,) = await queries.dead()
    assert dead.error == "LookupError: no answer for … on …; then ZeroDivisionError"


async def test_a_handler_says_when_it_wants_to_be_asked_again(db: str, clock: ModuleType) -> None:
    async def later(_: Actor, __: str) -> None:
        raise Retry(timedelta(minutes=30), "the relay is full")

    install(Reaction("k", later))
    await add("k", "a")

    await Worker(db).run_until_idle(strict=False)

    job = await Job.get()
    assert (job.due, job.error) == (clock.now() + timedelta(minutes=30), "Retry: the relay is full")


async def test_an_effect_acts_without_a_transaction_and_ends_in_one(db: str, clock: ModuleType) -> None:
    from voc.core.db import in_transaction_now

    keys: list[str] = []

    async def act(actor: Actor, ref: str, key: str) -> Callable[[], Awaitable[None]]:
        assert not in_transaction_now()
        keys.append(key)

        async def finish() -> None:
            assert in_transaction_now()
            await mark(actor, ref)
            if len(keys) == 1:
                raise ConnectionResetError

        return finish

    install(Effect("send", act))
    await add("send", "a")

    await Worker(db).run_until_idle(horizon=clock.now() + timedelta(minutes=1), strict=False)

    assert await marks() == {"send a"}
    assert keys == [str((await Job.get()).id)] * 2


async def test_whoever_lost_the_claim_changes_nothing(db: str, clock: ModuleType) -> None:
    async def slow(actor: Actor, ref: str, _: str) -> Callable[[], Awaitable[None]]:
        await execute("UPDATE job SET attempts = attempts + 1")  # the lease was over and another worker has it now

        async def finish() -> None:
            await mark(actor, ref)

        return finish

    install(Effect("send", slow))
    await add("send", "a")

    await Worker(db).run_until_idle()

    assert await marks() == set()
    assert (await Job.get()).state == "sent"


async def test_a_cancelled_job_does_not_run(db: str, clock: ModuleType) -> None:
    install(Reaction("mark", mark))
    await add("mark", "a", key="k")

    assert await jobs.cancel("k")
    assert not await jobs.cancel("k")
    await Worker(db).run_until_idle()
    await add("mark", "b", key="k")
    await Worker(db).run_until_idle()

    assert await marks() == {"mark b"}


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
    from voc.core.jobs import claims

    install(Reaction("mark", mark))
    await add("mark", "a")
    async with transaction():
        await claims.claim(events.handlers(), 10)
    await Worker(db).run_until_idle()
    assert await marks() == set()

    clock.advance(claims.LEASE + timedelta(seconds=1))
    assert await claims.reclaim() == 1
    await Worker(db).run_until_idle()
    assert await marks() == {"mark a"}


async def test_no_more_start_than_the_rate_allows(db: str, clock: ModuleType) -> None:
    from voc.core.jobs import claims

    install(Reaction("mail", mark, Terms(rate=5)), Reaction("slow", mark, Terms(rate=0.5)), Reaction("free", mark))
    for number in range(9):
        for kind in ("mail", "slow", "free"):
            await add(kind, number)

    async def claimed() -> list[int]:
        async with transaction():
            taken = [claim.kind for claim in await claims.claim(events.handlers(), 100)]
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


async def test_a_routine_runs_at_each_slot_and_makes_up_for_missed_ones_once(db: str, clock: ModuleType) -> None:
    ran: list[str] = []

    async def run(_: Actor) -> None:
        ran.append(clock.now().strftime("%d %H:%M"))

    from voc.core.jobs.routines import install_routines

    routine = Routine("tidy", "30 * * * *", run)
    install(routines=(routine,))
    for _ in range(2):
        await install_routines((routine,))
    worker = Worker(db)

    await worker.run_until_idle(horizon=clock.now() + timedelta(hours=2))
    assert ran == ["03 10:30", "03 11:30"]

    clock.advance(timedelta(hours=5))
    await install_routines((routine,))
    await worker.run_until_idle()
    assert ran == ["03 10:30", "03 11:30", "03 17:00"]
    assert await Job.filter(kind="routine.tidy", state="ready").count() == 1

    moved = Routine("tidy", "10 17 * * *", run, "Europe/Amsterdam")
    await install_routines((moved,))
    job = await Job.get(kind="routine.tidy", state="ready")
    assert job.due.strftime("%d %H:%M") == "03 17:30"  # it was due before the new slot, which is 16:10 UTC tomorrow


async def test_a_failing_routine_goes_on_with_its_next_slot(db: str, clock: ModuleType) -> None:
    async def fail(_: Actor) -> None:
        raise ZeroDivisionError

    from voc.core.jobs.routines import install_routines

    routine = Routine("broken", "0 9 * * *", fail)
    install(routines=(routine,))
    await install_routines((routine,))

    await Worker(db).run_until_idle(horizon=clock.now() + timedelta(days=1, hours=12), strict=False)

    states = sorted([(job.state, job.due.strftime("%d %H")) for job in await Job.filter(kind="routine.broken")])
    assert [state for state, _ in states] == ["dead", "ready"]
    assert states[1] == ("ready", "05 09")


def test_a_wrong_cron_expression_is_refused() -> None:
    async def run(_: Actor) -> None: ...

    with pytest.raises(ValueError, match="The routine tidy has a wrong cron expression '61 \\* \\* \\* \\*'"):
        Routine("tidy", "61 * * * *", run)


async def test_ended_jobs_are_forgotten_after_a_week_and_dead_ones_are_not(db: str, clock: ModuleType) -> None:
    install(Reaction("mark", mark), Reaction("k", failing(1), Terms(attempts=1)))
    await add("mark", "a")
    await add("k", "b")
    worker = Worker(db)
    await worker.run_until_idle(strict=False)
    from voc.core.jobs.purge import PURGE
    from voc.core.jobs.routines import install_routines

    await install_routines((PURGE,))
    await worker.run_until_idle(horizon=clock.now() + timedelta(days=6))
    assert await Job.filter(kind="mark").count() == 1
    await worker.run_until_idle(horizon=clock.now() + timedelta(days=2))
    assert await Job.filter(kind="mark").count() == 0
    assert await Job.filter(kind="k", state="dead").count() == 1
