"""Events: one job for each reaction, in the transaction of the fact, and an error where nobody said what follows."""

from dataclasses import dataclass
from types import ModuleType
from uuid import uuid4

import pytest

from tests.core.job_makers import mark, marks
from voc.core import clock as the_clock
from voc.core import events
from voc.core.access import Actor
from voc.core.db import count_statements, execute, transaction
from voc.core.events import Event
from voc.core.jobs import Effect, Reaction
from voc.core.jobs.purge import PURGE
from voc.core.jobs.worker import Worker


@dataclass(frozen=True, slots=True)
class DoorOpened(Event):
    """The door was opened."""


@dataclass(frozen=True, slots=True)
class DoorClosed(Event):
    """The door was closed."""


async def send(_: Actor, __: str, ___: str) -> None: ...


STORY = {DoorOpened: (Reaction("light", mark), Effect("ring", send)), DoorClosed: ()}


async def test_every_reaction_of_an_event_follows(db: str, clock: ModuleType) -> None:
    events.install(STORY)
    door = uuid4()

    async with transaction():
        await events.emit(DoorOpened(door))
        await events.emit(DoorClosed(door))

    assert await Worker(db).run_until_idle() == 2
    assert await marks() == {f"light {door}"}


async def test_many_events_cost_no_more_statements_than_one(db: str) -> None:
    events.install(STORY)
    async with transaction():
        with count_statements() as seen:
            await events.emit_many([DoorOpened(uuid4()) for _ in range(100)])

    assert seen.count == 1
    assert await Worker(db).run_until_idle() == 200
    assert len(await marks()) == 100


async def test_nothing_follows_for_whom_nobody_waits(db: str) -> None:
    anyone = "SELECT 1 FROM heartbeat WHERE name = 'listener'"
    events.install({DoorOpened: (Reaction("light", mark), Reaction("tell", mark, only_while=anyone))})
    unheard, heard = uuid4(), [uuid4(), uuid4()]

    async with transaction():
        await events.emit(DoorOpened(unheard))
    await execute("INSERT INTO heartbeat (name, at) VALUES ('listener', ?)", the_clock.now())
    async with transaction():
        await events.emit_many(DoorOpened(door) for door in heard)

    await Worker(db).run_until_idle()
    assert await marks() == {"listener", f"light {unheard}", *(f"{kind} {door}" for kind in ("light", "tell") for door in heard)}


async def test_what_is_undone_has_no_reactions(db: str) -> None:
    events.install(STORY)
    with pytest.raises(ZeroDivisionError):
        await open_then_fail()
    assert await Worker(db).run_until_idle() == 0


async def open_then_fail() -> None:
    async with transaction():
        await events.emit(DoorOpened(uuid4()))
        raise ZeroDivisionError


async def test_without_reactions_nothing_can_be_emitted(db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_installed", None)
    async with transaction():
        with pytest.raises(RuntimeError, match="No reactions are installed"):
            await events.emit(DoorOpened(uuid4()))


def test_a_kind_has_one_handler() -> None:
    async def other(_: Actor, __: str) -> None: ...

    with pytest.raises(ValueError, match="Two different handlers are called light"):
        events.install(STORY, (), (Reaction("light", other),))

    events.install({**STORY, DoorClosed: STORY[DoorOpened]}, (PURGE,))
    assert events.kinds() == {"light", "ring", "routine.core.purge"}
