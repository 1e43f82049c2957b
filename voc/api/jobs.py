"""What waits, what failed, and how the service is."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated
from uuid import UUID

import strawberry
from tortoise.queryset import QuerySet

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.exposed import computed, enum, exposes, field, shape, takes
from voc.api.global_ids import row_id
from voc.api.listings import JOBS, Order
from voc.api.mutations import mutation
from voc.api.narrowing import narrowed
from voc.api.nodes import Node
from voc.api.paging import Page, Paging
from voc.core import models
from voc.core.access import Action, Actor
from voc.core.db import dialect
from voc.core.errors import Conflict
from voc.core.find import one
from voc.core.jobs.outbox import retry
from voc.core.jobs.queries import Count, counts, last_heartbeat, oldest_ready
from voc.core.verb import verb

InOrder = Annotated[Order | None, strawberry.argument(description="In which order; the newest first unless said.")]


class JobState(Enum):
    """Where a job stands."""

    READY = "ready"
    SENT = "sent"
    DONE = "done"
    DEAD = "dead"


enum(
    JobState,
    "Where a job stands.",
    READY="It waits for its time, or for a worker.",
    SENT="A worker has it.",
    DONE="It is done.",
    DEAD="It was given up; it can be run again.",
)


def jobs_visible_to(actor: Actor) -> QuerySet[models.Job]:
    """The jobs, for whoever looks after them."""
    return models.Job.all() if actor.reach(Action.SEE_JOBS) else models.Job.filter(id=None)


@exposes(models.Job, visible=jobs_visible_to)
class Job(Node):
    """Something the service must do, written down together with the fact that causes it."""

    kind: str
    """What is to be done."""
    ref: str
    """The id, in our own tables, of what it is about."""
    due: datetime
    """When it is to be done."""
    failures: int
    """How often it failed."""
    error: str | None
    """Why it failed last."""
    created_at: datetime
    """When it was written down."""
    finished_at: datetime | None
    """When it was done, or given up."""

    @computed
    def state(row: models.Job) -> JobState:  # noqa: N805 - the source is the row
        """Where it stands."""
        return JobState(row.state)


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


@takes
class JobFilter:
    """Which jobs to list."""

    state: JobState | None
    """Only those that stand here."""
    kind: str | None
    """Only those of this kind."""


@takes
class RetryJobInput:
    """A job to run again."""

    job_id: strawberry.ID
    """The job."""


@shape
class JobQueries:
    """Reads of what waits and what failed."""

    @field(Connection[Job] | None)
    async def jobs(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: InOrder = None,
        filter: Annotated[JobFilter | None, strawberry.argument(description="Which jobs.")] = None,
    ) -> Page:
        """Jobs."""
        rows = jobs_visible_to(info.context.actor)
        if filter is not None:
            rows = narrowed(rows, state=filter.state.value if filter.state else None, kind=filter.kind)
        return await JOBS.page(rows, Paging(first, after, last, before), order_by)

    @field(SystemHealth | None)
    async def system_health(self, info: Info) -> SystemHealth:
        """How the service is, for whoever looks after it."""
        info.context.actor.must(Action.SEE_JOBS)
        return SystemHealth(
            version=_version(), database=dialect(), worker_seen_at=await last_heartbeat(), oldest_ready_at=await oldest_ready()
        )


@shape
class JobMutations:
    """Changes of what waits."""

    @mutation(Job)
    async def retry_job(self, info: Info, input: RetryJobInput) -> models.Job:
        """Run a dead job again, with all its attempts; a Conflict for any other."""
        return await _run_again(info.context.actor, row_id(input.job_id, "Job", path="jobId"))


def _version() -> str | None:
    try:
        return version("voc")
    except PackageNotFoundError:
        return None


@verb(Action.RUN_JOBS)
async def _run_again(actor: Actor, job_id: UUID) -> models.Job:
    job = await one(jobs_visible_to(actor), job_id)
    if not await retry(job.id):
        raise Conflict("NOT_DEAD", "Only a job that was given up can be run again.")
    return await one(jobs_visible_to(actor), job_id)
