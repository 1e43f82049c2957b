"""What happens to open tasks when the customer changes the answer, or more becomes known."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from voc.core import clock, live
from voc.core.access import Actor
from voc.core.events import emit_many
from voc.followup.events import TaskChanged
from voc.followup.history import step
from voc.followup.models import Task, TaskState, TaskStep
from voc.followup.response_facts import ResponseFacts
from voc.followup.states import Step
from voc.followup.triggered import Found, Triggered
from voc.followup.working_teams import WorkingTeam

_NOT_SAID = ("route", "team", "still_applies", "joined")


async def follow_change(
    actor: Actor, facts: ResponseFacts, tasks: Sequence[Task], found: Found, teams: Mapping[UUID, WorkingTeam]
) -> set[UUID]:
    """Bring open tasks of a response up to date, with a line in their history that says what is new; nothing where nothing is.

    A task keeps its team, its owner and its due time. Only one that nobody has touched yet changes: one that lies with the fallback team
    moves to the team that can be told now, with the time that team has for it; and one whose route no longer applies goes on under a
    route that applies now and has no task yet, so that there is one task and not two. Gives the routes that were taken up so.
    """
    last = await _last_said(tasks)
    taken_up: set[UUID] = set()
    for task in tasks:
        columns, steps = _joined(task, facts), []
        heir = _heir(task, found, taken_up)
        if facts.said != last.get(task.id) or columns:
            applies = task.route_id is None or task.route_id in found.met or heir is not None
            steps.append(step(actor, task.id, Step.CHANGED, **facts.said, still_applies=applies, joined=" and ".join(_names(columns))))
        moved = _moved(task, facts, found, teams)
        if heir:
            taken_up.add(heir.id)
            moved = _under(heir, task, facts, teams)
        columns |= moved
        if moved and moved["team_id"] != task.team_id:
            steps.append(step(actor, task.id, Step.GIVEN, team=teams[moved["team_id"]].name))
        if steps:
            await Task.filter(id=task.id).update(**columns, version=task.version + 1, updated_at=clock.now())
            await TaskStep.bulk_create(steps)
            await emit_many([TaskChanged(task.id)])
            for team_id in {task.team_id, columns.get("team_id", task.team_id)}:
                await live.note("task", task.id, team_id)
    return taken_up


def _heir(task: Task, found: Found, taken_up: set[UUID]) -> Triggered | None:
    """The route under which an untouched task goes on whose own no longer applies."""
    is_untouched = task.state is TaskState.OPEN and task.assignee_id is None
    if not is_untouched or task.route_id is None or task.route_id in found.met:
        return None
    return next((route for route in found.fresh if route.id not in taken_up), None)


def _under(route: Triggered, task: Task, facts: ResponseFacts, teams: Mapping[UUID, WorkingTeam]) -> dict[str, Any]:
    placed = route.place(facts, [team.card for team in teams.values()])
    due_at = min(task.due_at, teams[placed.team.id].due_at(clock.now(), route.due_hours))
    named = {"route_id": route.id, "title": route.title, "priority": route.priority}
    return {**named, "team_id": placed.team.id, "placed_by": placed.reason, "due_at": due_at}


async def _last_said(tasks: Sequence[Task]) -> dict[UUID, dict[str, object]]:
    """What each task was last told of its response."""
    last: dict[UUID, dict[str, object]] = {}
    if tasks:
        told = TaskStep.filter(task_id__in=[task.id for task in tasks], what__in=[Step.RAISED.value, Step.CHANGED.value])
        for one in await told.order_by("at", "id"):
            last[one.task_id] = {name: value for name, value in one.detail.items() if name not in _NOT_SAID}
    return last


def _joined(task: Task, facts: ResponseFacts) -> dict[str, Any]:
    """Customer and contact that were not known when the task was raised."""
    known = {"customer_id": facts.customer_id, "contact_id": facts.contact_id}
    return {name: value for name, value in known.items() if value is not None and getattr(task, name) is None}


def _names(columns: Mapping[str, object]) -> list[str]:
    return [name.removesuffix("_id") for name in columns]


def _moved(task: Task, facts: ResponseFacts, found: Found, teams: Mapping[UUID, WorkingTeam]) -> dict[str, Any]:
    if not found.may_move(task) or task.route_id is None:
        return {}
    route = found.met[task.route_id]
    placed = route.place(facts, [team.card for team in teams.values()])
    if placed.is_fallback or placed.team.id == task.team_id:
        return {}
    due_at = teams[placed.team.id].due_at(clock.now(), route.due_hours)
    return {"team_id": placed.team.id, "placed_by": placed.reason, "due_at": due_at}
