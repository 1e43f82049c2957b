"""Reads of the follow-up room."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from tortoise.expressions import Q
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from voc.core import clock
from voc.core.access import Action, Actor
from voc.followup.models import Note, Route, Task, TaskState, TaskStep
from voc.followup.routing import UNSEEN_BY_HAND

AT_RISK = timedelta(hours=4)
_ACTIVE = (TaskState.OPEN, TaskState.IN_PROGRESS)


class InboxView(StrEnum):
    """The views of the inbox."""

    MINE = "mine"
    TEAM = "team"
    UNOWNED = "unowned"
    AT_RISK = "at_risk"
    WAITING = "waiting"
    DONE_THIS_WEEK = "done_this_week"


def tasks_visible_to(actor: Actor) -> QuerySet[Task]:
    """The tasks the actor may see: all, those of their teams, or none."""
    reach = actor.reach(Action.SEE_TASKS)
    if reach.all:
        return Task.all()
    return Task.filter(team_id__in=list(reach.teams)) if reach else Task.filter(id=None)


def routes_visible_to(actor: Actor) -> QuerySet[Route]:
    """The routes in use, for whoever may see tasks."""
    return Route.filter(retired_at=None) if actor.reach(Action.SEE_TASKS) else Route.filter(id=None)


def inbox(actor: Actor, view: InboxView) -> QuerySet[Task]:
    """The tasks of a view that the actor may see, what is due first at the top; what was closed last first."""
    order = ("-done_at", "-id") if view is InboxView.DONE_THIS_WEEK else ("due_at", "id")
    return tasks_visible_to(actor).filter(_condition(actor, view)).order_by(*order)


async def inbox_counts(actor: Actor) -> dict[InboxView, int]:
    """How many tasks are in each view, in one statement."""
    counts = {view.value: Count("id", _filter=_condition(actor, view)) for view in InboxView}
    looked_at = Q(state__in=[*_ACTIVE, TaskState.WAITING]) | _condition(actor, InboxView.DONE_THIS_WEEK)
    found = await tasks_visible_to(actor).filter(looked_at).annotate(**counts).values(*counts)
    return {view: int(found[0][view.value]) if found else 0 for view in InboxView}


async def tasks_of(response_ids: Iterable[UUID]) -> dict[UUID, list[Task]]:
    """The tasks of each response, oldest first, in one statement; every id given is a key."""
    found: dict[UUID, list[Task]] = {response_id: [] for response_id in response_ids}
    for task in await Task.filter(response_id__in=list(found)).order_by("created_at", "id"):
        if task.response_id:
            found[task.response_id].append(task)
    return found


async def teams_that_know(customer_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """The teams that have something open with each customer and therefore may see who it is, in one statement."""
    found: dict[UUID, set[UUID]] = {}
    open_tasks = Task.filter(customer_id__in=list(customer_ids)).exclude(state=TaskState.DONE).exclude(placed_by=UNSEEN_BY_HAND)
    for row in await open_tasks.values("customer_id", "team_id"):
        found.setdefault(row["customer_id"], set()).add(row["team_id"])
    return found


def team_that_knows(task: Task) -> UUID | None:
    """The team that may see who the customer is because of this task: none where whoever raised it could not see that either."""
    return None if task.placed_by == UNSEEN_BY_HAND else task.team_id


async def steps_of(task_ids: Iterable[UUID]) -> dict[UUID, list[TaskStep]]:
    """The history of each task, oldest first, in one statement; every id given is a key."""
    found: dict[UUID, list[TaskStep]] = {task_id: [] for task_id in task_ids}
    for step in await TaskStep.filter(task_id__in=list(found)).order_by("at", "id"):
        found[step.task_id].append(step)
    return found


async def notes_of(task_ids: Iterable[UUID]) -> dict[UUID, list[Note]]:
    """The notes of each task, oldest first, in one statement; every id given is a key."""
    found: dict[UUID, list[Note]] = {task_id: [] for task_id in task_ids}
    for note in await Note.filter(task_id__in=list(found)).order_by("written_at", "id"):
        found[note.task_id].append(note)
    return found


def _condition(actor: Actor, view: InboxView) -> Q:
    now = clock.now()
    if view is InboxView.MINE:
        return Q(state__in=_ACTIVE, assignee_id=actor.id) if actor.is_member else Q(id=None)
    if view is InboxView.UNOWNED:
        return Q(state=TaskState.OPEN, assignee_id=None)
    if view is InboxView.AT_RISK:
        return Q(state__in=_ACTIVE, due_at__lt=now + AT_RISK)
    if view is InboxView.WAITING:
        return Q(state=TaskState.WAITING)
    if view is InboxView.DONE_THIS_WEEK:
        return Q(state=TaskState.DONE, done_at__gte=_monday(now, actor.time_zone))
    reach = actor.reach(Action.WORK_TASK)
    return Q(state__in=_ACTIVE) if reach.all else Q(state__in=_ACTIVE, team_id__in=list(reach.teams))


def _monday(now: datetime, time_zone: str) -> datetime:
    zone = ZoneInfo(time_zone)
    today = now.astimezone(zone).date()
    return datetime.combine(today - timedelta(days=today.weekday()), time.min, zone)
