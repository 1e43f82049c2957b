"""The inbox: tasks by view, and working on them."""

from datetime import datetime
from typing import Annotated

import strawberry
from tortoise.queryset import QuerySet

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.enums import InboxView, Priority, TaskState
from voc.api.exposed import field, shape, takes
from voc.api.listings import TASKS, TaskOrder
from voc.api.narrowing import containing, id_of, narrowed
from voc.api.nodes import Id, fetch
from voc.api.paging import Page, Paging
from voc.api.tasks import Task
from voc.core.access import Action
from voc.followup import models
from voc.followup.queries import inbox, inbox_counts, tasks_visible_to

View = Annotated[InboxView | None, strawberry.argument(description="Only the tasks of this view; all you may see when left out.")]
InOrder = Annotated[
    TaskOrder | None,
    strawberry.argument(description="In which order; what is due first, first, unless said (DONE_THIS_WEEK: what changed last, first)."),
]


@shape
class TaskCounts:
    """How many tasks are in each view of the inbox."""

    mine: int
    """Yours, to be done."""
    team: int
    """Of the teams you work for, to be done."""
    unowned: int
    """To be done, and nobody's."""
    at_risk: int
    """Due within four hours, or overdue."""
    waiting: int
    """Waiting for the customer."""
    done_this_week: int
    """Closed since Monday."""


@takes
class TaskFilter:
    """Which tasks to list."""

    search: str | None
    """Words of the title."""
    states: list[TaskState] | None
    """Only those that stand here."""
    priorities: list[Priority] | None
    """Only those that are so pressing."""
    team_id: strawberry.ID | None
    """Only those of this team."""
    assignee_id: strawberry.ID | None
    """Only those this colleague has."""
    customer_id: strawberry.ID | None
    """Only those about this customer."""
    due_before: datetime | None
    """Only those due before this moment."""


@shape
class TaskQueries:
    """Reads of the inbox."""

    @field(Connection[Task] | None)
    async def tasks(
        self,
        info: Info,
        view: View = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: InOrder = None,
        filter: Annotated[TaskFilter | None, strawberry.argument(description="Which tasks.")] = None,
    ) -> Page:
        """Tasks."""
        actor = info.context.actor
        rows = inbox(actor, view) if view else tasks_visible_to(actor)
        # Who has it and whose it is come along: an inbox shows them in every line.
        rows = rows.select_related("team", *(["assignee"] if actor.may(Action.SEE_STAFF) else []))
        order = order_by or (TaskOrder.CHANGED if view is InboxView.DONE_THIS_WEEK else None)
        return await TASKS.page(_asked(rows, filter) if filter else rows, Paging(first, after, last, before), order)

    @field(Task | None)
    async def task(self, info: Info, id: Id) -> models.Task | None:
        """One task."""
        return await fetch(info, id, "Task")  # type: ignore[no-any-return]

    @field(TaskCounts | None)
    async def task_counts(self, info: Info) -> TaskCounts:
        """How many tasks are in each view of your inbox."""
        counts = await inbox_counts(info.context.actor)
        return TaskCounts(**{view.value: count for view, count in counts.items()})


def _asked(rows: QuerySet[models.Task], filter: TaskFilter) -> QuerySet[models.Task]:
    return narrowed(
        containing(rows, filter.search, "title"),
        state__in=filter.states,
        priority__in=filter.priorities,
        team_id=id_of(filter.team_id, "Team", "filter.teamId"),
        assignee_id=id_of(filter.assignee_id, "Member", "filter.assigneeId"),
        customer_id=id_of(filter.customer_id, "Customer", "filter.customerId"),
        due_at__lt=filter.due_before,
    )
