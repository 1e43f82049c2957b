"""How the service is, for whoever looks after it: now, and as it changes."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from voc.api.context import Info
from voc.api.exposed import computed, field, shape
from voc.api.jobs import JobState
from voc.api.streams import AfterEvent, cursor_now, subscription
from voc.core import clock, health
from voc.core.access import Action
from voc.core.db import dialect
from voc.core.jobs.queries import Count, counts, last_heartbeat, oldest_ready
from voc.customers.last_heard import Heard, last_heard
from voc.outreach.delivering.sends import Sends, sends_since

LOOK_AGAIN_SECONDS = 5.0


@shape
class JobCount:
    """How many jobs of a kind stand somewhere."""

    kind: str
    """What is to be done."""
    first_due: datetime | None
    """When the first of them is, or was, due."""

    @computed
    def state(count: Count) -> JobState:  # noqa: N805 - the source is the count
        """Where they stand."""
        return JobState(count.state)

    @computed
    def n(count: Count) -> int:  # noqa: N805
        """How many there are."""
        return count.jobs


@shape
class JobQueue:
    """What is to be done now."""

    due: int
    """Jobs whose moment has come, and that wait for a worker."""
    running: int
    """Jobs that a worker has."""
    dead: int
    """Jobs that were given up, and nobody has dealt with."""
    oldest_due_at: datetime | None
    """Since when the first of the due ones waits; null when none does."""


@shape
class MessagesToday:
    """What was handed over since midnight, where you are."""

    sent: int
    """Attempts that were taken by the other side."""
    failed: int
    """Attempts that failed or came back."""


@shape
class SystemHeard:
    """A system that tells of contacts."""

    system: str
    """Its name."""
    at: datetime
    """When the newest contact that it told of came in."""


@shape
class PartVersion:
    """A part of what runs, with its version."""

    name: str
    """The part."""
    version: str
    """Its version."""


@shape
class SystemHealth:
    """How the service is."""

    version: str | None
    """The version that answers; null where it runs from a folder that was never installed."""
    database: str
    """The kind of database: sqlite or postgres."""
    worker_seen_at: datetime | None
    """When a worker was last alive; null when none ever was."""
    oldest_ready_at: datetime | None
    """When the job that waits longest is, or was, due; null when none waits."""

    @field(list[JobCount])
    async def jobs(self) -> Sequence[Count]:
        """Jobs by kind and state."""
        return await counts()

    @field(JobQueue)
    async def queue(self) -> health.Queue:
        """What is to be done now."""
        return await health.queue()

    @field(MessagesToday)
    async def today(self, info: Info) -> Sends:
        """What was handed over today."""
        now = clock.now().astimezone(ZoneInfo(info.context.actor.time_zone))
        return await sends_since(now.replace(hour=0, minute=0, second=0, microsecond=0))

    @field(list[SystemHeard])
    async def heard(self) -> list[Heard]:
        """The systems that tell of contacts, whoever told last first."""
        return await last_heard()

    @field(list[PartVersion])
    async def versions(self) -> list[PartVersion]:
        """What runs."""
        return [PartVersion(name=name, version=version) for name, version in await health.versions()]


@shape
class HealthEvent:
    """How the service is changed."""

    cursor: str
    """Its place among the events. Health is told as it is now, so there is nothing to catch up with."""

    @field(SystemHealth)
    async def health(self, info: Info) -> SystemHealth:
        """How it is now."""
        info.context.actor.must(Action.SEE_JOBS)  # roles may have been taken away since the stream began
        return await _health()


@shape
class HealthQueries:
    """Reads of how the service is."""

    @field(SystemHealth | None)
    async def system_health(self, info: Info) -> SystemHealth:
        """How the service is, for whoever looks after it."""
        info.context.actor.must(Action.SEE_JOBS)
        return await _health()


@shape
class HealthSubscription:
    """How the service is, as it changes."""

    @subscription
    async def system_health(self, info: Info, after: AfterEvent = None) -> AsyncIterator[HealthEvent]:
        """How the service is: at once, and then whenever the queue or the worker's standing changed, looked at every five seconds."""
        info.context.actor.must(Action.SEE_JOBS)
        told: object = None
        while True:
            info.context.actor.must(Action.SEE_JOBS)
            waits = await health.queue()
            stands = (waits.due, waits.running, waits.dead, _is_alive(await _health()))
            if stands != told:
                told = stands
                yield HealthEvent(cursor=await cursor_now())
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def _health() -> SystemHealth:
    return SystemHealth(
        version=health.own_version(), database=dialect(), worker_seen_at=await last_heartbeat(), oldest_ready_at=await oldest_ready()
    )


def _is_alive(found: SystemHealth) -> bool:
    return found.worker_seen_at is not None and (clock.now() - found.worker_seen_at).total_seconds() < 30
