"""Fixtures of this room's tests: settings, and a list of what was told to the rest of the house."""

from collections.abc import Awaitable, Callable

import pytest

from voc.core import events, settings
from voc.core.access import Actor
from voc.core.events import Event
from voc.core.jobs import Reaction
from voc.core.models import Job
from voc.core.settings import Settings
from voc.responses.events import ResponseChanged, ResponseJoined, ResponseSubmitted

Told = Callable[[], Awaitable[list[tuple[str, str]]]]
HEARD: tuple[type[Event], ...] = (ResponseSubmitted, ResponseChanged, ResponseJoined)


@pytest.fixture(autouse=True)
def installed() -> Settings:
    """Settings of a process."""
    chosen = Settings(secret="a secret of thirty-two characters", rate_limits=False)
    settings.install(chosen)
    return chosen


@pytest.fixture
def told(db: str) -> Told:
    """What was emitted, in order: the event's name and the id of the response."""
    install_listeners()

    async def told() -> list[tuple[str, str]]:
        return [(job.kind, job.ref) for job in await Job.filter(kind__in=[event.__name__ for event in HEARD]).order_by("id")]

    return told


def install_listeners() -> None:
    """Turn every event of this room into a job of its name, and nothing else."""
    events.install({event: (Reaction(event.__name__, _nothing),) for event in HEARD})


async def _nothing(actor: Actor, ref: str) -> None:
    return None
