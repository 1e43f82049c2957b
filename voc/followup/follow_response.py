"""The routes that a response meets raise tasks, and open tasks learn of what changed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from voc.core import clock, live
from voc.core.access import Action, Actor
from voc.core.db import as_uuid, dialect, execute_many, marks, padded, rows
from voc.core.events import emit_many
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.followup.change_task import follow_change
from voc.followup.events import TaskRaised
from voc.followup.history import step
from voc.followup.hold import hold_for_tasks
from voc.followup.models import Task, TaskState
from voc.followup.response_facts import ResponseFacts, facts_of
from voc.followup.states import Step
from voc.followup.triggered import Found, Triggered, triggered
from voc.followup.working_teams import WorkingTeam, working_teams

_RAISE = """
    INSERT INTO task (id, response_id, route_id, team_id, customer_id, contact_id, state, priority, title, placed_by, due_at, version,
        created_at, updated_at)
    VALUES {} ON CONFLICT (response_id, route_id) DO NOTHING RETURNING id, team_id"""
_STEP = "INSERT INTO task_step (id, task_id, by_id, by_name, what, detail, at) VALUES (?, ?, ?, ?, ?, ?, ?)"


@verb(Action.RAISE_TASK)
async def follow_response(actor: Actor, ref: str) -> None:
    """Raise a task for each route the response meets, and tell its open tasks what changed; at most one per response and route.

    Tests, suspect answers and responses still being given raise nothing. A route that cannot be decided raises its task for the
    fallback team. From the moment it is raised the customer is held. May run any number of times.
    """
    await _follow(actor, [ref])


@verb(Action.RAISE_TASK)
async def follow_responses(actor: Actor, refs: Sequence[str]) -> None:
    """As `follow_response`, for several responses in as many statements as for one."""
    await _follow(actor, refs)


class _Seen(NamedTuple):
    """A response, its open tasks, and the routes it meets."""

    facts: ResponseFacts
    open_tasks: list[Task]
    found: Found

    @property
    def needs_teams(self) -> bool:
        return bool(self.found.fresh) or any(self.found.may_move(task) for task in self.open_tasks)


async def _follow(actor: Actor, refs: Sequence[str]) -> None:
    followed = [facts for facts in await facts_of(UUID(ref) for ref in refs) if facts.is_followed]
    if not followed:
        return
    standing = await _standing([facts.response_id for facts in followed])
    met = await triggered(followed, {one: {task.route_id for task in tasks if task.route_id} for one, tasks in standing.items()})
    seen = [_Seen(facts, _open(standing[facts.response_id]), met[facts.response_id]) for facts in followed]
    teams = await working_teams() if any(one.needs_teams for one in seen) else {}
    fresh = []
    for one in seen:
        taken_up = await follow_change(actor, one.facts, one.open_tasks, one.found, teams)
        fresh += [(one.facts, route) for route in one.found.fresh if route.id not in taken_up]
    await _raise(actor, fresh, teams)


async def _standing(response_ids: Sequence[UUID]) -> dict[UUID, list[Task]]:
    """The tasks of each response; nobody else changes them until the transaction ends."""
    lock = " ORDER BY id FOR NO KEY UPDATE" if dialect() == "postgres" else ""
    ids = padded(response_ids)
    found = await rows(f"SELECT id FROM task WHERE response_id IN ({marks(ids)}){lock}", *ids)
    standing: dict[UUID, list[Task]] = {response_id: [] for response_id in response_ids}
    for task in await Task.filter(id__in=[row["id"] for row in found]) if found else []:
        if task.response_id:
            standing[task.response_id].append(task)
    return standing


def _open(tasks: Sequence[Task]) -> list[Task]:
    return [task for task in tasks if task.state is not TaskState.DONE]


async def _raise(actor: Actor, fresh: Sequence[tuple[ResponseFacts, Triggered]], teams: Mapping[UUID, WorkingTeam]) -> None:
    if not fresh:
        return
    now, cards = clock.now(), [team.card for team in teams.values()]
    values: list[object] = []
    by_id: dict[UUID, tuple[ResponseFacts, Triggered]] = {}
    for facts, route in fresh:
        placed, task_id = route.place(facts, cards), new_id()
        team = teams[placed.team.id]
        by_id[task_id] = facts, route
        values += [task_id, facts.response_id, route.id, team.card.id, facts.customer_id, facts.contact_id, TaskState.OPEN]
        values += [route.priority, route.title, placed.reason, team.due_at(now, route.due_hours), 1, now, now]
    mark = f"({', '.join('?' * (len(values) // len(fresh)))})"
    raised = {as_uuid(row["id"]): as_uuid(row["team_id"]) for row in await rows(_RAISE.format(", ".join([mark] * len(fresh))), *values)}
    made = [(task_id, teams[team_id], *by_id[task_id]) for task_id, team_id in raised.items() if task_id and team_id]
    if not made:
        return
    steps = [step(actor, task_id, Step.RAISED, route=route.name, team=team.name, **facts.said) for task_id, team, facts, route in made]
    await execute_many(_STEP, [(one.id, one.task_id, one.by_id, one.by_name, one.what, one.detail, one.at) for one in steps])
    await hold_for_tasks({task_id: facts.customer_id for task_id, _, facts, _ in made})
    await emit_many(TaskRaised(task_id) for task_id, *_ in made)
    await live.note_many("task", [(task_id, team.card.id) for task_id, team, *_ in made])
