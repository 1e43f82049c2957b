"""What tests of this room share: seeing which events were emitted."""

from collections import Counter
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from voc.core import events
from voc.core.access import Actor
from voc.core.db import rows
from voc.core.jobs import Reaction
from voc.customers.events import ContactRecorded, CustomerChanged


async def nothing(actor: Actor, ref: str) -> None:
    """What follows in these tests."""


@pytest.fixture
async def emitted(db: str) -> Callable[[], Awaitable[Counter[tuple[str, UUID]]]]:
    """Gives how often each event was emitted so far, by its kind and what it is about."""
    events.install({ContactRecorded: [Reaction("contact", nothing)], CustomerChanged: [Reaction("customer", nothing)]})

    async def look() -> Counter[tuple[str, UUID]]:
        return Counter((row["kind"], UUID(row["ref"])) for row in await rows("SELECT kind, ref FROM job"))

    return look
