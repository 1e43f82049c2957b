"""Routines: each slot once, missed ones made up for once, failures do not end them."""

from datetime import timedelta
from types import ModuleType

import pytest

from tests.core.job_makers import add, failing, install, mark
from voc.core.access import Actor
from voc.core.jobs import Reaction, Terms
from voc.core.jobs.purge import PURGE
from voc.core.jobs.routines import Routine, install_routines
from voc.core.jobs.worker import Worker
from voc.core.models import Job


async def test_a_routine_runs_at_each_slot_and_makes_up_for_missed_ones_once(db: str, clock: ModuleType) -> None:
    ran: list[str] = []

    async def run(_: Actor) -> None:
        ran.append(clock.now().strftime("%d %H:%M"))

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
    await install_routines((PURGE,))
    await worker.run_until_idle(horizon=clock.now() + timedelta(days=6))
    assert await Job.filter(kind="mark").count() == 1
    await worker.run_until_idle(horizon=clock.now() + timedelta(days=2))
    assert await Job.filter(kind="mark").count() == 0
    assert await Job.filter(kind="k", state="dead").count() == 1
