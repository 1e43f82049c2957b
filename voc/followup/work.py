"""Working on tasks: take, hand over, wait, close, reopen, note. Each change is by whoever saw the task as it is (`expected_version`)."""

from datetime import datetime
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.errors import Conflict, Fault, Forbidden, Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.followup.history import change, refuse_done, step, tell
from voc.followup.models import Note, Solved, Task, TaskState
from voc.followup.queries import tasks_visible_to
from voc.followup.routing import BY_HAND, UNSEEN_BY_HAND
from voc.followup.states import Step
from voc.followup.working_teams import USUAL_HOURS, working_teams
from voc.staff.models import Member, Team
from voc.staff.queries import actor_of_member

LONGEST_CAUSE = 120
LONGEST_TEXT = 10_000


@verb(Action.WORK_TASK)
async def take_task(actor: Actor, task_id: UUID, expected_version: int) -> Task:
    """Make the task the actor's own. Taking one's own task changes nothing.

    A task that somebody else has, or that is closed, is a Conflict; only a member can take one (Forbidden).
    """
    task = await _mine_to(Action.WORK_TASK, actor, task_id)
    if not actor.is_member:
        raise Forbidden("Only a colleague can take a task, not a program.")
    if task.assignee_id == actor.id and task.state is not TaskState.DONE:
        return task
    if task.version == expected_version:
        refuse_done(task)
        await _refuse_taken(task)
    facts = {"assignee_id": actor.id, "taken_at": task.taken_at or clock.now(), "state": _when_owned(task)}
    return await change(actor, task, expected_version, Step.TAKEN, {}, **facts)


@verb(Action.GIVE_TASK)
async def give_task(
    actor: Actor,
    task_id: UUID,
    expected_version: int,
    *,
    team_id: UUID | None = None,
    member_id: UUID | None = None,
    reason: str = "",
) -> Task:
    """Hand the task to another team, to a colleague, or to a colleague of another team.

    Its due time stays: the customer has been waiting since then. A task that leaves its team needs a reason; the colleague must work on
    tasks of the team that has it then (Invalid). What a colleague raised unseen stays so until one who sees every customer hands it over.
    """
    task = await _mine_to(Action.GIVE_TASK, actor, task_id)
    team = await one(Team.all(), team_id or task.team_id)
    member = await one(Member.all(), member_id) if member_id else None
    await _check_hand_over(task, team, member, team_id, reason)
    if task.version == expected_version:
        refuse_done(task)
    facts: dict[str, object] = {"team_id": team.id, "assignee_id": member.id if member else None}
    facts["state"] = _when_owned(task) if member else _when_not_owned(task)
    if member:
        facts["taken_at"] = task.taken_at or clock.now()
    if actor.reach(Action.SEE_IDENTITY).all if task.placed_by == UNSEEN_BY_HAND else team.id != task.team_id:
        facts["placed_by"] = BY_HAND
    detail: dict[str, object] = {"team": team.name if team.id != task.team_id else None, "to": member.name if member else None}
    return await change(actor, task, expected_version, Step.GIVEN, {**detail, "reason": reason.strip()}, **facts)


@verb(Action.WORK_TASK)
async def start_waiting(actor: Actor, task_id: UUID, expected_version: int, reason: str = "") -> Task:
    """Wait for the customer. A task that waits already is left as it is."""
    task = await _mine_to(Action.WORK_TASK, actor, task_id)
    if task.version == expected_version:
        refuse_done(task)
        if task.state is TaskState.WAITING:
            return task
    return await change(actor, task, expected_version, Step.WAITING, {"reason": reason.strip()}, state=TaskState.WAITING)


@verb(Action.WORK_TASK)
async def resume_task(actor: Actor, task_id: UUID, expected_version: int) -> Task:
    """Take up a task that waited for the customer; with any other there is nothing to resume (Conflict)."""
    task = await _mine_to(Action.WORK_TASK, actor, task_id)
    if task.version == expected_version and task.state is not TaskState.WAITING:
        raise Conflict("NOT_WAITING", "This task does not wait for the customer.")
    state = TaskState.IN_PROGRESS if task.assignee_id else TaskState.OPEN
    return await change(actor, task, expected_version, Step.RESUMED, {}, state=state)


@verb(Action.WORK_TASK)
async def close_task(
    actor: Actor, task_id: UUID, expected_version: int, *, solved: Solved, cause: str | None = None, outcome: str | None = None
) -> Task:
    """Close the task: whether it is solved, what the cause was, and what we did. Whoever closes an unowned task becomes its owner."""
    task = await _mine_to(Action.WORK_TASK, actor, task_id)
    cause, outcome = (cause or "").strip() or None, (outcome or "").strip() or None
    _check_lengths({"cause": (cause, LONGEST_CAUSE), "outcome": (outcome, LONGEST_TEXT)})
    if task.version == expected_version:
        refuse_done(task)
    facts: dict[str, object] = {"state": TaskState.DONE, "solved": solved, "cause": cause, "outcome": outcome, "done_at": clock.now()}
    if task.assignee_id is None and actor.is_member:
        facts |= {"assignee_id": actor.id, "taken_at": task.taken_at or clock.now()}
    return await change(actor, task, expected_version, Step.CLOSED, {"solved": solved.value, "cause": cause}, **facts)


@verb(Action.WORK_TASK)
async def reopen_task(actor: Actor, task_id: UUID, expected_version: int, reason: str = "") -> Task:
    """Open a closed task again, with its owner if they still work here; it is due in eight business hours unless it has longer.

    What was said at closing stays in the history. A task that is not closed is a Conflict.
    """
    task = await _mine_to(Action.WORK_TASK, actor, task_id)
    if task.version == expected_version and task.state is not TaskState.DONE:
        raise Conflict("NOT_DONE", "This task is not closed.")
    owner = await Member.get_or_none(id=task.assignee_id, deactivated_at=None) if task.assignee_id else None
    facts = {
        "state": TaskState.IN_PROGRESS if owner else TaskState.OPEN,
        "assignee_id": owner.id if owner else None,
        "due_at": max(task.due_at, await _due_again(task)),
        **dict.fromkeys(("solved", "cause", "outcome", "done_at")),
    }
    return await change(actor, task, expected_version, Step.REOPENED, {"reason": reason.strip()}, **facts)


@verb(Action.WORK_TASK)
async def add_note(actor: Actor, task_id: UUID, text: str) -> Note:
    """Write something down in a task, also in a closed one; notes never stand in each other's way."""
    task = await _mine_to(Action.WORK_TASK, actor, task_id)
    text = text.strip()
    if not text:
        raise Invalid.at("text", "TEXT_MISSING", "Write something in the note.")
    _check_lengths({"text": (text, LONGEST_TEXT)})
    author_id = actor.id if actor.is_member else None
    note = await Note.create(task_id=task.id, author_id=author_id, author_name=actor.name, text=text)
    await step(actor, task.id, Step.NOTED).save()
    await Task.filter(id=task.id).update(updated_at=clock.now())
    await tell([task.id], [task.team_id])
    return note


async def _mine_to(action: Action, actor: Actor, task_id: UUID) -> Task:
    task = await one(tasks_visible_to(actor), task_id)
    if not actor.reach(action).covers(task.team_id):
        raise Forbidden("This task belongs to another team. Ask that team, or its lead.")
    return task


def _when_owned(task: Task) -> TaskState:
    return TaskState.WAITING if task.state is TaskState.WAITING else TaskState.IN_PROGRESS


def _when_not_owned(task: Task) -> TaskState:
    return TaskState.WAITING if task.state is TaskState.WAITING else TaskState.OPEN


async def _refuse_taken(task: Task) -> None:
    if task.assignee_id:
        owner = await Member.get(id=task.assignee_id)
        raise Conflict("TASK_TAKEN", f"{owner.name} has this task. Ask them to hand it over.")


async def _check_hand_over(task: Task, team: Team, member: Member | None, team_id: UUID | None, reason: str) -> None:
    faults: list[Fault] = []
    if team_id is None and member is None:
        faults.append(Fault("teamId", "RECEIVER_MISSING", "Say which team or which colleague gets the task."))
    if team.id != task.team_id and not reason.strip():
        faults.append(Fault("reason", "REASON_MISSING", f"Tell {team.name} why the task comes to them."))
    if len(reason) > LONGEST_TEXT:
        faults.append(Fault("reason", "TOO_LONG", f"Keep the reason within {LONGEST_TEXT} characters."))
    if member and not await _works_for(member, team):
        faults.append(Fault("memberId", "NOT_IN_TEAM", f"{member.name} does not work on tasks of {team.name}. Choose somebody who does."))
    if faults:
        raise Invalid(faults)


async def _works_for(member: Member, team: Team) -> bool:
    if member.deactivated_at:
        return False
    return (await actor_of_member(member)).reach(Action.WORK_TASK).covers(team.id)


def _check_lengths(texts: dict[str, tuple[str | None, int]]) -> None:
    faults = [
        Fault(name, "TOO_LONG", f"Keep `{name}` within {longest} characters.")
        for name, (text, longest) in texts.items()
        if text and len(text) > longest
    ]
    if faults:
        raise Invalid(faults)


async def _due_again(task: Task) -> datetime:
    return (await working_teams())[task.team_id].due_at(clock.now(), USUAL_HOURS)
