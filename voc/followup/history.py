"""The history of a task, and the one way in which a task changes: by whoever saw it as it is."""

from collections.abc import Iterable
from uuid import UUID

from voc.core import clock, live
from voc.core.access import Actor
from voc.core.errors import Conflict
from voc.core.events import emit
from voc.followup.events import TaskChanged
from voc.followup.models import Task, TaskState, TaskStep
from voc.followup.states import Step

_DID = {
    Step.TAKEN: "took it",
    Step.GIVEN: "handed it over",
    Step.RELEASED: "gave it back to the team",
    Step.WAITING: "set it to wait for the customer",
    Step.RESUMED: "took it up again",
    Step.CLOSED: "closed it",
    Step.REOPENED: "reopened it",
}


def step(actor: Actor, task_id: UUID, what: Step, **detail: object) -> TaskStep:
    """A line for the history; what is None or empty is left out of its detail."""
    told = {name: value for name, value in detail.items() if value not in (None, "")}
    by_id = actor.id if actor.is_member else None
    return TaskStep(task_id=task_id, by_id=by_id, by_name=actor.name, what=what.value, detail=told, at=clock.now())


async def change(actor: Actor, task: Task, expected_version: int, what: Step, detail: dict[str, object], **columns: object) -> Task:
    """Set columns of a task that still is at the version the actor saw; the history and subscribers learn of it.

    Whoever comes second gets a Conflict that names who was first, and nothing changes.
    """
    news = {**columns, "version": expected_version + 1, "updated_at": clock.now()}
    team_before = task.team_id
    if task.version != expected_version or not await Task.filter(id=task.id, version=expected_version).update(**news):
        raise await _lost_race(task.id)
    await step(actor, task.id, what, **detail).save()
    changed = await Task.get(id=task.id)
    await tell([changed.id], {team_before, changed.team_id})
    return changed


async def tell(task_ids: Iterable[UUID], team_ids: Iterable[UUID]) -> None:
    """Let reactions and subscribers know that tasks changed, also those of a team that lost one."""
    for task_id in task_ids:
        await emit(TaskChanged(task_id))
        for team_id in team_ids:
            await live.note("task", task_id, team_id)


def refuse_done(task: Task) -> None:
    """A closed task is left as it is (Conflict)."""
    if task.state is TaskState.DONE:
        raise Conflict("TASK_DONE", "This task is closed. Reopen it first.")


async def _lost_race(task_id: UUID) -> Conflict:
    last = await TaskStep.filter(task_id=task_id).exclude(what=Step.NOTED.value).order_by("-at", "-id").first()
    if last is None:
        return Conflict("TASK_CHANGED", "This task has changed since you opened it. Look again.")
    did = _DID.get(Step(last.what))
    if did is None:
        return Conflict("TASK_CHANGED", "The customer's answer has changed since you opened this task. Look again.")
    code = {Step.TAKEN: "TASK_TAKEN", Step.CLOSED: "TASK_DONE"}.get(Step(last.what), "TASK_CHANGED")
    return Conflict(code, f"{last.by_name} was first and {did}. Look again.")
