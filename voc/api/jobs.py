"""What waits and what failed, and what a colleague does about it."""

from datetime import datetime
from enum import Enum
from typing import Annotated

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
from voc.core.find import one
from voc.core.jobs.dead import let_kind_rest, let_rest, run_again, run_kind_again

InOrder = Annotated[Order | None, strawberry.argument(description="In which order; the newest first unless said.")]


class JobState(Enum):
    """Where a job stands."""

    READY = "ready"
    SENT = "sent"
    DONE = "done"
    DEAD = "dead"
    RESTED = "rested"


enum(
    JobState,
    "Where a job stands. New values may be added: handle unknown ones.",
    READY="It waits for its time, or for a worker.",
    SENT="A worker has it.",
    DONE="It is done.",
    DEAD="It was given up; it can be run again.",
    RESTED="It was given up, and a colleague let it rest; it can be run again.",
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
    rested_at: datetime | None
    """When somebody let it rest."""
    rested_by: str | None
    """Who did."""

    @computed
    def state(row: models.Job) -> JobState:  # noqa: N805 - the source is the row
        """Where it stands."""
        return JobState(row.state)


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


@takes
class RetryJobsInput:
    """Dead jobs to run again."""

    kind: str
    """Their kind."""


@takes
class RestJobInput:
    """A dead job to close without running it."""

    job_id: strawberry.ID
    """The job."""


@takes
class RestJobsInput:
    """Dead jobs to close without running them."""

    kind: str
    """Their kind."""


@shape
class JobsChanged:
    """What became of dead jobs of a kind."""

    n: int
    """How many were."""


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


@shape
class JobMutations:
    """Changes of what waits."""

    @mutation(Job)
    async def retry_job(self, info: Info, input: RetryJobInput) -> models.Job:
        """Run a dead job again, with all its attempts; a Conflict for any other."""
        job_id = row_id(input.job_id, "Job", path="jobId")
        await run_again(info.context.actor, job_id)
        return await one(jobs_visible_to(info.context.actor), job_id)

    @mutation(JobsChanged)
    async def retry_jobs(self, info: Info, input: RetryJobsInput) -> JobsChanged:
        """Run dead jobs of a kind again, up to 1,000 at a time."""
        return JobsChanged(n=await run_kind_again(info.context.actor, input.kind))

    @mutation(Job)
    async def rest_job(self, info: Info, input: RestJobInput) -> models.Job:
        """Close a dead job without running it; a Conflict for any other."""
        job_id = row_id(input.job_id, "Job", path="jobId")
        await let_rest(info.context.actor, job_id)
        return await one(jobs_visible_to(info.context.actor), job_id)

    @mutation(JobsChanged)
    async def rest_jobs(self, info: Info, input: RestJobsInput) -> JobsChanged:
        """Close dead jobs of a kind without running them, up to 1,000 at a time."""
        return JobsChanged(n=await let_kind_rest(info.context.actor, input.kind))
