"""Working on tasks."""

from datetime import datetime
from uuid import UUID

import strawberry

from voc.api.context import Info
from voc.api.enums import Priority, Solved
from voc.api.exposed import shape, takes
from voc.api.global_ids import row_id
from voc.api.idempotency import Keyed
from voc.api.mutations import mutation
from voc.api.narrowing import id_of
from voc.api.references import ContactReference, CustomerReference, one_contact, one_customer
from voc.api.tasks import Note, Task
from voc.followup import models, work
from voc.followup.raise_task import raise_task


@takes
class RaiseTaskInput(Keyed):
    """A task to raise by hand. What is not said of the customer and the contact follows from the response and the contact."""

    title: str
    """What is to be done."""
    team_id: strawberry.ID | None
    """The team it is for; when left out that of the contact, yours, or the fallback team."""
    customer: CustomerReference | None
    """The customer it is about."""
    contact: ContactReference | None
    """The contact it is about."""
    response_id: strawberry.ID | None
    """The response it is about."""
    priority: Priority | None
    """How pressing it is; NORMAL when left out."""
    due_at: datetime | None
    """When it is due; in eight business hours of its team when left out."""
    note: str | None
    """A first note."""


@takes
class SeenTask:
    """A task as you saw it."""

    task_id: strawberry.ID
    """The task."""
    expected_version: int
    """The `version` you saw; a Conflict says who was faster."""


@takes
class TakeTaskInput(SeenTask):
    """A task to take."""


@takes
class ResumeTaskInput(SeenTask):
    """A task to take up again."""


@takes
class StartWaitingInput(SeenTask):
    """A task that waits for the customer."""

    reason: str | None
    """What it waits for."""


@takes
class GiveTaskInput(SeenTask):
    """A task to hand over, to a team, a colleague, or a colleague of another team."""

    team_id: strawberry.ID | None
    """The team that gets it; its present team when left out."""
    member_id: strawberry.ID | None
    """The colleague who gets it; nobody yet when left out."""
    reason: str | None
    """Why; needed when it leaves its team."""


@takes
class CloseTaskInput(SeenTask):
    """A task to close."""

    solved: Solved
    """Whether it is solved."""
    cause: str | None
    """What the cause was, in at most 120 characters."""
    outcome: str | None
    """What we did."""


@takes
class ReopenTaskInput(SeenTask):
    """A closed task to open again."""

    reason: str | None
    """Why."""


@takes
class AddNoteInput(Keyed):
    """A note for a task."""

    task_id: strawberry.ID
    """The task."""
    text: str
    """The note."""


@shape
class TaskMutations:
    """Working on tasks."""

    @mutation(Task)
    async def raise_task(self, info: Info, input: RaiseTaskInput) -> models.Task:
        """Raise a task by hand."""
        return await raise_task(
            info.context.actor,
            title=input.title,
            team_id=id_of(input.team_id, "Team", "teamId"),
            customer_id=(await one_customer(info, input.customer, "customer")).id if input.customer else None,
            contact_id=(await one_contact(info, input.contact, "contact")).id if input.contact else None,
            response_id=id_of(input.response_id, "Response", "responseId"),
            priority=input.priority or Priority.NORMAL,
            note=input.note or "",
            due_at=input.due_at,
        )

    @mutation(Task)
    async def take_task(self, info: Info, input: TakeTaskInput) -> models.Task:
        """Make a task your own. Of two who take it at once, the second gets a Conflict that names the first."""
        return await work.take_task(info.context.actor, _task(input), input.expected_version)

    @mutation(Task)
    async def give_task(self, info: Info, input: GiveTaskInput) -> models.Task:
        """Hand a task over. Its due time stays: the customer has been waiting since then."""
        return await work.give_task(
            info.context.actor,
            _task(input),
            input.expected_version,
            team_id=id_of(input.team_id, "Team", "teamId"),
            member_id=id_of(input.member_id, "Member", "memberId"),
            reason=input.reason or "",
        )

    @mutation(Task)
    async def start_waiting(self, info: Info, input: StartWaitingInput) -> models.Task:
        """Let a task wait for the customer."""
        return await work.start_waiting(info.context.actor, _task(input), input.expected_version, input.reason or "")

    @mutation(Task)
    async def resume_task(self, info: Info, input: ResumeTaskInput) -> models.Task:
        """Take up a task that waited for the customer."""
        return await work.resume_task(info.context.actor, _task(input), input.expected_version)

    @mutation(Task)
    async def close_task(self, info: Info, input: CloseTaskInput) -> models.Task:
        """Close a task: whether it is solved, what the cause was, and what we did."""
        return await work.close_task(
            info.context.actor, _task(input), input.expected_version, solved=input.solved, cause=input.cause, outcome=input.outcome
        )

    @mutation(Task)
    async def reopen_task(self, info: Info, input: ReopenTaskInput) -> models.Task:
        """Open a closed task again. What was said at closing stays in its history."""
        return await work.reopen_task(info.context.actor, _task(input), input.expected_version, input.reason or "")

    @mutation(Note)
    async def add_note(self, info: Info, input: AddNoteInput) -> models.Note:
        """Write a note in a task, open or closed."""
        return await work.add_note(info.context.actor, row_id(input.task_id, "Task", path="taskId"), input.text)


def _task(input: SeenTask) -> UUID:
    return row_id(input.task_id, "Task", path="taskId")
