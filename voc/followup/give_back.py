"""When a colleague leaves, their tasks go back to the teams."""

from uuid import UUID

from voc.core import clock, live
from voc.core.access import Action, Actor
from voc.core.db import as_uuid, rows
from voc.core.events import emit_many
from voc.core.verb import verb
from voc.followup.events import TaskChanged
from voc.followup.history import step
from voc.followup.models import TaskState, TaskStep
from voc.followup.states import Step
from voc.staff.models import Member

_GIVE_BACK = """
    UPDATE task SET assignee_id = NULL, state = CASE WHEN state = ? THEN ? ELSE state END, version = version + 1, updated_at = ?
    WHERE assignee_id = ? AND state <> ? RETURNING id, team_id"""


@verb(Action.GIVE_TASK)
async def give_back_tasks(actor: Actor, ref: str) -> None:
    """Nobody owns the tasks of a member (`ref`) that are not closed any longer; each stays with its team and keeps its due time."""
    member = await Member.get_or_none(id=UUID(ref))
    if member is None:
        return
    found = await rows(_GIVE_BACK, TaskState.IN_PROGRESS, TaskState.OPEN, clock.now(), member.id, TaskState.DONE)
    tasks = {task_id: as_uuid(row["team_id"]) for row in found if (task_id := as_uuid(row["id"]))}
    if not tasks:
        return
    await TaskStep.bulk_create(step(actor, task_id, Step.RELEASED, **{"from": member.name}) for task_id in tasks)
    await emit_many(TaskChanged(task_id) for task_id in tasks)
    for task_id, team_id in tasks.items():
        await live.note("task", task_id, team_id)
