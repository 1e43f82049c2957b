"""Colleagues work on tasks: two of them never overwrite each other, and the history tells who did what."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest

from tests.followup import makers
from voc.core.access import Actor, Held, Role
from voc.core.db import rows
from voc.core.errors import Conflict, Forbidden, Invalid, NotFound, SignInNeeded
from voc.core.ids import new_id
from voc.followup.models import Solved, Task, TaskState
from voc.followup.queries import notes_of
from voc.followup.work import add_note, close_task, give_task, reopen_task, resume_task, start_waiting, take_task
from voc.staff.models import Member, Team

pytestmark = pytest.mark.usefixtures("db", "clock")


async def test_taking_a_task_makes_it_ones_own(billing: Team, sara: Actor, clock: ModuleType) -> None:
    task = await makers.task(billing)

    taken = await take_task(sara, task.id, 1)

    assert (taken.assignee_id, taken.state, taken.taken_at, taken.version) == (sara.id, TaskState.IN_PROGRESS, clock.now(), 2)
    assert (taken.updated_at, await makers.again(task)) == (clock.now(), taken)
    assert await makers.history(task) == [("Sara", "taken", {})]
    assert (await take_task(sara, task.id, 2)).version == 2


async def test_of_two_who_take_a_task_the_second_is_told_who_was_first(billing: Team, sara: Actor, tom: Actor) -> None:
    task = await makers.task(billing)
    await take_task(sara, task.id, 1)

    for version in (1, 2):
        with pytest.raises(Conflict, match="Sara") as refused:
            await take_task(tom, task.id, version)
        assert refused.value.code == "TASK_TAKEN"
    assert (await makers.again(task)).assignee_id == sara.id
    assert len(await makers.history(task)) == 1


async def test_a_note_written_meanwhile_does_not_hide_who_was_first(billing: Team, sara: Actor, tom: Actor) -> None:
    task = await makers.task(billing)
    await take_task(sara, task.id, 1)
    await add_note(sara, task.id, "Ik bel haar om drie uur.")

    with pytest.raises(Conflict, match="Sara was first and took it"):
        await take_task(tom, task.id, 1)


async def test_whoever_looked_too_early_learns_what_happened_since(billing: Team, sara: Actor, tom: Actor) -> None:
    task = await makers.task(billing)
    await close_task(sara, task.id, 1, solved=Solved.YES)

    with pytest.raises(Conflict) as refused:
        await start_waiting(tom, task.id, 1)

    assert (refused.value.code, refused.value.message) == ("TASK_DONE", "Sara was first and closed it. Look again.")


async def test_a_change_of_the_answer_is_said_to_be_one(billing: Team, sara: Actor) -> None:
    await makers.route("unhappy", "true")
    task = await makers.task(billing, version=3)
    await rows(
        "INSERT INTO task_step (id, task_id, by_name, what, detail, at) VALUES (?, ?, 'x', 'changed', '{}', ?) RETURNING id",
        new_id(),
        task.id,
        datetime(2026, 3, 3, tzinfo=UTC),
    )

    with pytest.raises(Conflict, match="The customer's answer has changed"):
        await take_task(sara, task.id, 2)


async def test_a_note_of_a_colleague_stands_in_nobodys_way(billing: Team, sara: Actor, tom: Actor, clock: ModuleType) -> None:
    task = await makers.task(billing)

    note = await add_note(tom, task.id, "  Mevrouw is na vijven bereikbaar.\n")
    await take_task(sara, task.id, 1)
    await close_task(sara, task.id, 2, solved=Solved.NO)
    await add_note(sara, task.id, "Belde nog even na.")

    assert (note.text, note.author_id, note.author_name, note.written_at) == (
        "Mevrouw is na vijven bereikbaar.",
        tom.id,
        "Tom",
        clock.now(),
    )
    assert [one.text for one in (await notes_of([task.id]))[task.id]] == ["Mevrouw is na vijven bereikbaar.", "Belde nog even na."]
    assert [what for _, what, _ in await makers.history(task)] == ["noted", "taken", "closed", "noted"]


async def test_an_empty_or_endless_note_is_refused(billing: Team, sara: Actor) -> None:
    task = await makers.task(billing)

    for text in (" \n", "x" * 10_001):
        with pytest.raises(Invalid) as refused:
            await add_note(sara, task.id, text)
        assert [fault.path for fault in refused.value.faults] == ["text"]


async def test_a_task_waits_for_the_customer_and_is_taken_up_again(billing: Team, sara: Actor) -> None:
    task = await makers.task(billing)
    await take_task(sara, task.id, 1)

    waiting = await start_waiting(sara, task.id, 2, "Sent her the form")
    assert (waiting.state, waiting.assignee_id, waiting.version) == (TaskState.WAITING, sara.id, 3)
    assert (await start_waiting(sara, task.id, 3)).version == 3
    resumed = await resume_task(sara, task.id, 3)

    assert (resumed.state, resumed.version) == (TaskState.IN_PROGRESS, 4)
    assert (await makers.history(task))[1:] == [("Sara", "waiting", {"reason": "Sent her the form"}), ("Sara", "resumed", {})]
    with pytest.raises(Conflict, match="does not wait"):
        await resume_task(sara, task.id, 4)


async def test_an_unowned_task_that_waited_is_open_again(billing: Team, sara: Actor) -> None:
    task = await makers.task(billing, state=TaskState.WAITING)

    assert (await resume_task(sara, task.id, 1)).state is TaskState.OPEN


async def test_closing_says_whether_it_is_solved_why_and_how(billing: Team, sara: Actor, clock: ModuleType) -> None:
    task = await makers.task(billing)

    closed = await close_task(sara, task.id, 1, solved=Solved.PARTLY, cause=" Invoice sent twice ", outcome="Eén factuur gecrediteerd.")

    assert (closed.state, closed.done_at, closed.assignee_id, closed.taken_at) == (TaskState.DONE, clock.now(), sara.id, clock.now())
    assert (closed.solved, closed.cause, closed.outcome) == (Solved.PARTLY, "Invoice sent twice", "Eén factuur gecrediteerd.")
    assert await makers.history(task) == [("Sara", "closed", {"solved": "partly", "cause": "Invoice sent twice"})]


async def test_a_cause_that_is_too_long_is_refused_at_its_place(billing: Team, sara: Actor) -> None:
    task = await makers.task(billing)

    with pytest.raises(Invalid) as refused:
        await close_task(sara, task.id, 1, solved=Solved.YES, cause="x" * 121, outcome="x" * 10_001)

    assert [fault.path for fault in refused.value.faults] == ["cause", "outcome"]
    assert (await makers.again(task)).state is TaskState.OPEN


@pytest.mark.parametrize(
    "work",
    [
        lambda actor, task: take_task(actor, task, 2),
        lambda actor, task: start_waiting(actor, task, 2),
        lambda actor, task: close_task(actor, task, 2, solved=Solved.YES),
        lambda actor, task: give_task(actor, task, 2, member_id=actor.id),
    ],
)
async def test_a_closed_task_must_be_reopened_first(billing: Team, sara: Actor, work: Callable[..., Awaitable[Task]]) -> None:
    task = await makers.task(billing)
    await close_task(sara, task.id, 1, solved=Solved.YES)

    with pytest.raises(Conflict, match="Reopen it first"):
        await work(sara, task.id)


async def test_reopening_keeps_the_owner_and_gives_new_time(billing: Team, sara: Actor, tom: Actor, clock: ModuleType) -> None:
    task = await makers.task(billing, due_at=clock.now() - timedelta(days=3))
    await close_task(sara, task.id, 1, solved=Solved.YES, cause="Wrong tariff", outcome="Put right.")

    again = await reopen_task(tom, task.id, 2, "Het is weer fout gegaan")

    assert (again.state, again.assignee_id, again.version) == (TaskState.IN_PROGRESS, sara.id, 3)
    assert {again.solved, again.cause, again.outcome, again.done_at} == {None}
    assert again.due_at == datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
    assert (await makers.history(task))[1:] == [("Tom", "reopened", {"reason": "Het is weer fout gegaan"})]
    with pytest.raises(Conflict, match="not closed"):
        await reopen_task(tom, task.id, 3)


async def test_a_task_of_somebody_who_left_is_reopened_for_the_team(billing: Team, sara: Actor, tom: Actor, clock: ModuleType) -> None:
    later = clock.now() + timedelta(days=30)
    task = await makers.task(billing, due_at=later)
    await close_task(sara, task.id, 1, solved=Solved.YES)
    await Member.filter(id=sara.id).update(deactivated_at=clock.now())

    again = await reopen_task(tom, task.id, 2)

    assert (again.state, again.assignee_id, again.due_at) == (TaskState.OPEN, None, later)


async def test_a_task_is_handed_to_a_colleague(billing: Team, sara: Actor, tom: Actor, clock: ModuleType) -> None:
    task = await makers.task(billing)

    given = await give_task(sara, task.id, 1, member_id=tom.id)

    assert (given.assignee_id, given.state, given.team_id, given.taken_at) == (tom.id, TaskState.IN_PROGRESS, billing.id, clock.now())
    assert await makers.history(task) == [("Sara", "given", {"to": "Tom"})]


async def test_a_task_is_handed_to_another_team_with_the_reason_and_keeps_its_due_time(billing: Team, sara: Actor) -> None:
    returns = await makers.team("returns")
    task = await makers.task(billing, placed_by="contact_team", assignee_id=sara.id, state=TaskState.IN_PROGRESS)

    given = await give_task(sara, task.id, 1, team_id=returns.id, reason="She wants to send it back.")

    assert (given.team_id, given.assignee_id, given.state, given.placed_by) == (returns.id, None, TaskState.OPEN, "hand")
    assert given.due_at == task.due_at
    assert await makers.history(task) == [("Sara", "given", {"team": "Returns", "reason": "She wants to send it back."})]
    teams = {str(row["team_id"]) for row in await rows("SELECT team_id FROM change WHERE kind = 'task'")}
    assert teams == {str(billing.id), str(returns.id)}


async def test_a_waiting_task_still_waits_at_the_next_owner(billing: Team, sara: Actor, tom: Actor) -> None:
    task = await makers.task(billing, state=TaskState.WAITING, assignee_id=sara.id)

    assert (await give_task(sara, task.id, 1, member_id=tom.id)).state is TaskState.WAITING


async def test_a_hand_over_that_cannot_be_says_why_at_its_place(billing: Team, sara: Actor) -> None:
    returns = await makers.team("returns")
    rita = await makers.member("Rita", Role.HANDLER, returns)
    gone = await makers.member("Gerrit", Role.HANDLER, billing)
    await Member.filter(id=gone.id).update(deactivated_at=datetime(2026, 3, 1, tzinfo=UTC))
    ana = await makers.member("Ana", Role.ANALYST, None)
    task = await makers.task(billing)
    refusals: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["teamId"]),
        ({"team_id": returns.id}, ["reason"]),
        ({"team_id": returns.id, "reason": "x" * 10_001}, ["reason"]),
        ({"member_id": rita.id}, ["memberId"]),
        ({"member_id": gone.id}, ["memberId"]),
        ({"member_id": ana.id}, ["memberId"]),
        ({"team_id": returns.id, "member_id": sara.id}, ["reason", "memberId"]),
    ]

    for to, paths in refusals:
        with pytest.raises(Invalid) as refused:
            await give_task(sara, task.id, 1, **to)
        assert [fault.path for fault in refused.value.faults] == paths
    assert (await give_task(sara, task.id, 1, team_id=returns.id, member_id=rita.id, reason="Hers.")).assignee_id == rita.id


async def test_another_teams_task_is_not_there_for_a_handler(sara: Actor) -> None:
    task = await makers.task(await makers.team("returns"))

    for refusing in (take_task(sara, task.id, 1), close_task(sara, task.id, 1, solved=Solved.YES), add_note(sara, task.id, "Hm")):
        with pytest.raises(NotFound):
            await refusing
    with pytest.raises(NotFound):
        await take_task(sara, new_id(), 1)


async def test_who_may_look_may_not_always_work(billing: Team) -> None:
    task = await makers.task(billing)
    ana, lena = await makers.member("Ana", Role.ANALYST, None), await makers.member("Lena", Role.LEAD, billing)
    program = Actor(name="crm", roles=frozenset({Held(Role.ADMIN)}), id=new_id())

    with pytest.raises(Forbidden):
        await take_task(ana, task.id, 1)
    with pytest.raises(Forbidden, match="not a program"):
        await take_task(program, task.id, 1)
    with pytest.raises(SignInNeeded):
        await take_task(Actor.stranger(), task.id, 1)
    assert (await take_task(lena, task.id, 1)).assignee_id == lena.id


async def test_a_colleague_who_sees_all_but_works_for_one_team_is_told_to_ask_the_other(billing: Team) -> None:
    row = await Member.create(name="Ravi", email="ravi@example.nl")
    roles = frozenset({Held(Role.ANALYST), Held(Role.HANDLER, billing.id)})
    ravi = Actor(name="Ravi", roles=roles, id=row.id, is_member=True)
    task = await makers.task(await makers.team("returns"))

    with pytest.raises(Forbidden, match="belongs to another team"):
        await take_task(ravi, task.id, 1)
