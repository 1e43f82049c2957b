"""Tables of the follow-up room."""

from typing import Any
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.customers.models import Contact, Customer
from voc.followup.states import Priority, Solved, TaskState
from voc.responses.models import Response
from voc.staff.models import Member, Team

__all__ = ["Note", "Priority", "Route", "Solved", "Task", "TaskState", "TaskStep"]


class Route(Table):
    """A rule that turns a response into a task for a team; `rules` is a dumped `rules.Rules`."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(64, unique=True)
    name = fields.CharField(200)
    position = fields.IntField(default=0)
    rules: fields.JSONField[dict[str, Any]] = fields.JSONField()
    retired_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "route"


class Task(Table):
    """A closed-loop follow-up. `version` grows with each change, so that a lost race is told. At most one per response and route."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    response: fields.ForeignKeyNullableRelation[Response] = fields.ForeignKeyField("voc.Response", related_name=False, null=True)
    response_id: UUID | None
    route: fields.ForeignKeyNullableRelation[Route] = fields.ForeignKeyField("voc.Route", related_name=False, null=True)
    route_id: UUID | None
    team: fields.ForeignKeyRelation[Team] = fields.ForeignKeyField("voc.Team", related_name=False, on_delete=fields.RESTRICT)
    team_id: UUID
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField("voc.Customer", related_name=False, null=True)
    customer_id: UUID | None
    contact: fields.ForeignKeyNullableRelation[Contact] = fields.ForeignKeyField("voc.Contact", related_name=False, null=True)
    contact_id: UUID | None
    assignee: fields.ForeignKeyNullableRelation[Member] = fields.ForeignKeyField(
        "voc.Member", related_name=False, null=True, on_delete=fields.SET_NULL
    )
    assignee_id: UUID | None
    state = fields.CharEnumField(TaskState, max_length=12, default=TaskState.OPEN)
    priority = fields.CharEnumField(Priority, max_length=8, default=Priority.NORMAL)
    title = fields.CharField(200)
    placed_by = fields.CharField(300, default="", description="why this team, as a code that `routing.because` puts in words")
    due_at = fields.DatetimeField()
    version = fields.IntField(default=1)
    solved = fields.CharEnumField(Solved, max_length=8, null=True)
    cause = fields.CharField(120, null=True)
    outcome = fields.TextField(null=True, description="what we did")
    created_at = fields.DatetimeField(default=clock.now)
    taken_at = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)
    updated_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "task"
        unique_together = (("response_id", "route_id"),)
        indexes = (
            ("team_id", "state", "due_at", "id"),
            ("state", "due_at", "id"),
            ("assignee_id", "state", "due_at"),
            ("customer_id", "created_at"),
            ("state", "done_at"),
        )


class Note(Table):
    """What a colleague wrote in a task."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    task: fields.ForeignKeyRelation[Task] = fields.ForeignKeyField("voc.Task", related_name=False)
    task_id: UUID
    author: fields.ForeignKeyNullableRelation[Member] = fields.ForeignKeyField(
        "voc.Member", related_name=False, null=True, on_delete=fields.SET_NULL
    )
    author_id: UUID | None
    author_name = fields.CharField(200)
    text = fields.TextField()
    written_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "note"
        indexes = (("task_id", "written_at"),)


class TaskStep(Table):
    """One line of a task's history: who did what, and when."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    task: fields.ForeignKeyRelation[Task] = fields.ForeignKeyField("voc.Task", related_name=False)
    task_id: UUID
    by_id = fields.UUIDField(null=True)
    by_name = fields.CharField(200)
    what = fields.CharField(20, description="raised, taken, given, noted, waiting, resumed, closed, reopened, changed, released, erased")
    detail: fields.JSONField[dict[str, Any]] = fields.JSONField(default=dict)
    at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "task_step"
        indexes = (("task_id", "at"),)
