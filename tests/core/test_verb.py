"""The frame around a write, and the frame left out where the caller's transaction stands for it."""

import pytest

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import padded, rows, transaction
from voc.core.errors import Forbidden
from voc.core.ids import new_id
from voc.core.models import Heartbeat
from voc.core.verb import joining, verb

SYSTEM = Actor.system("test")
CUSTOMER = Actor.respondent(new_id())


@verb(Action.UNDERSTAND)
async def beat_then_fail(actor: Actor, name: str) -> None:
    """A write that fails half-way."""
    await Heartbeat.create(name=name, at=clock.now())
    raise ZeroDivisionError


async def names() -> set[str]:
    return {row["name"] for row in await rows("SELECT name FROM heartbeat")}


async def test_a_verb_in_a_verb_is_undone_alone_and_one_that_joins_only_with_its_caller(db: str) -> None:
    async with transaction():
        with pytest.raises(ZeroDivisionError):
            await beat_then_fail(SYSTEM, "alone")
        with pytest.raises(ZeroDivisionError):
            await joining(beat_then_fail)(SYSTEM, "joined")
    assert await names() == {"joined"}

    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await joining(beat_then_fail)(SYSTEM, "with its caller")
    assert await names() == {"joined"}


async def test_who_joins_is_asked_for_access_too(db: str) -> None:
    async with transaction():
        with pytest.raises(Forbidden):
            await joining(beat_then_fail)(CUSTOMER, "never")

    assert await names() == set()


async def test_what_is_no_verb_joins_as_it_is() -> None:
    assert joining(names) is names


@pytest.mark.parametrize(("given", "wanted"), [([], []), ([1], [1]), ([1, 2, 3], [1, 2, 3, 3])])
def test_values_are_padded_to_a_power_of_two(given: list[int], wanted: list[int]) -> None:
    assert padded(given) == wanted
