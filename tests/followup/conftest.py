"""A team with two handlers, as most tests of this room need."""

import pytest

from tests.followup import makers
from voc.core.access import Actor, Role
from voc.staff.models import Team


@pytest.fixture
async def billing(db: str) -> Team:
    """The team that most of these tasks belong to."""
    await makers.team("care", is_fallback=True)
    return await makers.team("billing")


@pytest.fixture
async def sara(billing: Team) -> Actor:
    """A handler of billing."""
    return await makers.member("Sara", Role.HANDLER, billing)


@pytest.fixture
async def tom(billing: Team) -> Actor:
    """Another handler of billing."""
    return await makers.member("Tom", Role.HANDLER, billing)
