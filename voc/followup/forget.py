"""What tasks were told of answers goes when they are deleted."""

from uuid import UUID

from voc.core.access import Action, Actor
from voc.core.verb import verb
from voc.followup.history import step, tell
from voc.followup.models import Task, TaskStep
from voc.followup.states import Step

_ABOUT_THE_TASK = ("route", "team", "still_applies", "joined")


@verb(Action.RAISE_TASK)
async def forget_response(actor: Actor, ref: str) -> None:
    """Take scores, mood and wishes of a response out of the history of its tasks, and add a line that says so.

    The tasks stay with their teams: somebody may be at work. What colleagues wrote themselves stays theirs. Again changes nothing.
    """
    tasks = await Task.filter(response_id=UUID(ref))
    for told in await TaskStep.filter(task_id__in=[task.id for task in tasks], what__in=[Step.RAISED.value, Step.CHANGED.value]):
        told.detail = {name: value for name, value in told.detail.items() if name in _ABOUT_THE_TASK}
        await told.save(update_fields=["detail"])
    for task in tasks:
        if not await TaskStep.exists(task_id=task.id, what=Step.ERASED.value):
            await step(actor, task.id, Step.ERASED).save()
            await tell([task.id], {task.team_id})
