"""What follows the clock: a routine is a job that, when it ends, adds itself again for its next slot."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from voc.core import clock
from voc.core.access import Actor
from voc.core.db import as_moment, execute, rows, transaction
from voc.core.jobs.handlers import Reaction, Terms
from voc.core.jobs.outbox import add

PREFIX = "routine."


@dataclass(frozen=True, slots=True)
class Routine:
    """`run(actor)` at each slot of a cron expression, in the time zone given; it runs in one transaction, as a reaction does.

    Slots that were missed while nothing ran are made up for once. What keeps failing is dead, and goes on with its next slot.
    """

    name: str
    cron: str
    run: Callable[[Actor], Awaitable[object]]
    time_zone: str = "UTC"

    def __post_init__(self) -> None:
        try:
            CronSim(self.cron, clock.now())
        except CronSimError as error:
            raise ValueError(f"The routine {self.name} has a wrong cron expression {self.cron!r}: {error}.") from None

    @property
    def kind(self) -> str:
        """The kind of its jobs."""
        return PREFIX + self.name

    def next_slot(self, after: datetime) -> datetime:
        """The first slot after a moment."""
        local: datetime = next(CronSim(self.cron, after.astimezone(ZoneInfo(self.time_zone))))
        return local.astimezone(clock.now().tzinfo)

    def handler(self) -> Reaction:
        """The reaction that runs it."""

        async def run_and_go_on(actor: Actor, _: str) -> None:
            await self.run(actor)
            await self.plan()

        async def go_on(_actor: Actor, _ref: str) -> None:
            await self.plan()

        return Reaction(self.kind, run_and_go_on, Terms(on_dead=go_on))

    async def plan(self) -> None:
        """Add the job of the next slot, in the running transaction."""
        slot = self.next_slot(clock.now())
        await add(self.kind, slot.isoformat(), at=slot, key=f"{self.kind}:{slot.isoformat()}")


async def install_routines(routines: Iterable[Routine]) -> None:
    """See to it that each routine has its next job; a changed expression moves it. Safe to do again, and by several processes at once."""
    for routine in routines:
        async with transaction():
            waiting = await rows("SELECT id, due, state FROM job WHERE kind = ? AND state IN ('ready', 'sent')", routine.kind)
            slot = routine.next_slot(clock.now())
            early = [row for row in waiting if row["state"] == "sent" or (as_moment(row["due"]) or slot) <= slot]
            if early:
                continue
            await execute("DELETE FROM job WHERE kind = ? AND state = 'ready'", routine.kind)
            await routine.plan()
