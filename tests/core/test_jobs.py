"""Jobs on both databases: written with the fact, run once, retried, dead, cancelled."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from types import ModuleType

import pytest

from tests.core.job_makers import add, failing, install, mark, marks
from voc.core import jobs
from voc.core.access import Actor, Role, held
from voc.core.db import execute, in_transaction_now, transaction
from voc.core.errors import Conflict
from voc.core.jobs import Effect, Reaction, Retry, Terms, queries
from voc.core.jobs.dead import let_kind_rest, let_rest, run_again, run_kind_again
from voc.core.jobs.purge import forget_what_is_over
from voc.core.jobs.worker import Worker
from voc.core.models import Job

ADA = Actor(name="Ada", roles=held([Role.ADMIN]))


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
        await jobs.add_all([jobs.ToDo("mark", "c", key="k"), jobs.ToDo("mark", "d", key="l")])

    await Worker(db).run_until_idle()
    await add("mark", "e", key="k")

    assert await marks() == {"mark a", "mark d"}


async def test_the_longest_waiting_goes_first(db: str, clock: ModuleType) -> None:
    order: list[str] = []

    async def run(_: Actor, ref: str) -> None:
        order.append(ref)

    install(Reaction("k", run))
    await add("k", "late")
    await add("k", "early", at=clock.now() - timedelta(hours=1))

    await Worker(db).run_until_idle()

    assert order == ["early", "late"]


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

    async def again(actor: Actor, ref: str) -> None:
        await mark(Actor.system("k"), f"{ref} is tried again by {actor.name}")

    install(Reaction("k", failing(3), Terms(attempts=3, on_dead=say, on_again=again)))
    await add("k", "a")
    worker = Worker(db)

    await worker.run_until_idle(horizon=clock.now() + timedelta(hours=3), strict=False)

    assert await marks() == {"k a is dead"}
    (dead,) = await queries.dead()
    assert (dead.failures, dead.error) == (3, "LookupError: no answer for … on …")
    await run_again(ADA, dead.id)
    with pytest.raises(Conflict):
        await run_again(ADA, dead.id)
    await worker.run_until_idle()
    assert await marks() == {"k a is dead", "k a is tried again by Ada", "k a try"}


async def test_dead_jobs_are_let_rest_by_somebody_and_forgotten_a_week_later(db: str, clock: ModuleType) -> None:
    install()
    now = clock.now()
    for number in range(4):
        kind = "other" if number == 3 else "k"
        await Job.create(kind=kind, ref=str(number), state="dead", due=now, created_at=now, finished_at=now + timedelta(seconds=number))
    first, second = await Job.filter(kind="k").order_by("ref").limit(2)

    await let_rest(ADA, first.id)
    with pytest.raises(Conflict):
        await let_rest(ADA, first.id)
    assert (await let_kind_rest(ADA, "k"), await let_kind_rest(ADA, "k")) == (2, 0)

    assert {(job.state, job.rested_by, job.rested_at) for job in await Job.filter(kind="k")} == {("rested", "Ada", now)}
    await run_again(ADA, second.id)
    assert await Job.filter(id=second.id, state="ready", rested_by=None).exists()
    assert await run_kind_again(ADA, "other") == 1
    clock.advance(timedelta(days=8))
    await forget_what_is_over(ADA)
    assert {job.ref for job in await Job.all()} == {"1", "3"}


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
