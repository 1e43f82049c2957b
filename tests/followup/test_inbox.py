"""The inbox shows each colleague what is theirs to do, and its counts say the same."""

from datetime import UTC, datetime, timedelta
from types import ModuleType

import pytest

from tests.followup import makers
from voc.core.access import Actor, Role
from voc.core.db import count_statements
from voc.followup.models import TaskState
from voc.followup.queries import InboxView, inbox, inbox_counts, notes_of, steps_of, tasks_of, tasks_visible_to
from voc.followup.work import add_note
from voc.staff.models import Team

pytestmark = pytest.mark.usefixtures("db", "clock")


async def inbox_of(actor: Actor) -> dict[str, list[str]]:
    return {view.value: [task.title for task in await inbox(actor, view)] for view in InboxView}


async def test_each_view_shows_what_is_due_first_and_the_counts_agree(billing: Team, sara: Actor, tom: Actor, clock: ModuleType) -> None:
    now, returns = clock.now(), await makers.team("returns")
    monday = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)  # Monday 00:00 in Amsterdam
    await makers.task(billing, title="late", due_at=now - timedelta(hours=1), assignee_id=sara.id, state=TaskState.IN_PROGRESS)
    await makers.task(billing, title="soon", due_at=now + timedelta(hours=3))
    await makers.task(billing, title="next week", due_at=now + timedelta(days=7), assignee_id=tom.id, state=TaskState.IN_PROGRESS)
    await makers.task(billing, title="waiting", assignee_id=sara.id, state=TaskState.WAITING)
    await makers.task(billing, title="done on Monday", state=TaskState.DONE, done_at=monday)
    await makers.task(billing, title="done today", state=TaskState.DONE, done_at=now)
    await makers.task(billing, title="done on Sunday", state=TaskState.DONE, done_at=monday - timedelta(seconds=1))
    await makers.task(returns, title="theirs")

    assert await inbox_of(sara) == {
        "mine": ["late"],
        "team": ["late", "soon", "next week"],
        "unowned": ["soon"],
        "at_risk": ["late", "soon"],
        "waiting": ["waiting"],
        "done_this_week": ["done today", "done on Monday"],
    }
    admin = await makers.member("Ada", Role.ADMIN, None)
    for actor in (sara, tom, admin, Actor.stranger(), makers.SYSTEM):
        titles = await inbox_of(actor)
        assert {view.value: n for view, n in (await inbox_counts(actor)).items()} == {view: len(found) for view, found in titles.items()}
    assert (await inbox_of(admin))["unowned"] == ["soon", "theirs"]


async def test_the_counts_take_one_statement(billing: Team, sara: Actor) -> None:
    with count_statements() as seen:
        counts = await inbox_counts(sara)

    assert (seen.count, set(counts.values())) == (1, {0})


async def test_reads_answer_for_every_id_in_one_statement(billing: Team, sara: Actor) -> None:
    response = await makers.response(await makers.survey(), {})
    task, silent = await makers.task(billing, response=response), await makers.task(billing)
    await add_note(sara, task.id, "Gebeld, voicemail.")

    with count_statements() as seen:
        found = await steps_of([task.id, silent.id]), await notes_of([task.id, silent.id]), await tasks_of([response.id])

    assert seen.count == 3
    assert (len(found[0][task.id]), found[0][silent.id], len(found[1][task.id]), found[1][silent.id]) == (1, [], 1, [])
    assert found[2] == {response.id: [task]}


async def test_each_role_sees_its_own_tasks(billing: Team, sara: Actor) -> None:
    returns = await makers.team("returns")
    ours, theirs = await makers.task(billing), await makers.task(returns)
    seers = {
        "handler": sara,
        "lead": await makers.member("Lena", Role.LEAD, returns),
        "analyst": await makers.member("Ana", Role.ANALYST, None),
        "designer": await makers.member("Dora", Role.DESIGNER, None),
    }

    seen = {role: {task.id for task in await tasks_visible_to(actor)} for role, actor in seers.items()}

    assert seen == {"handler": {ours.id}, "lead": {theirs.id}, "analyst": {ours.id, theirs.id}, "designer": set()}
