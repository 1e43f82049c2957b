"""A small house for outreach: a brand, two published surveys, two touchpoints, and a worker that decides and delivers."""

from collections.abc import AsyncIterator
from types import ModuleType

import pytest

from tests.outreach.house import House
from voc.core import events
from voc.core.jobs import Effect, Reaction, Terms
from voc.customers.events import ContactRecorded
from voc.outreach.channels import close_channels
from voc.outreach.decide import DECIDE, decide_contact
from voc.outreach.deliver import ATTEMPTS, deliver, give_up
from voc.outreach.plan import DELIVER


@pytest.fixture
async def house(db: str, clock: ModuleType) -> AsyncIterator[House]:
    """The house, furnished; only the reactions of this room follow."""
    delivering = Effect(DELIVER, deliver, Terms(attempts=ATTEMPTS, on_dead=give_up))
    events.install({ContactRecorded: (Reaction(DECIDE, decide_contact),)}, others=(delivering,))
    furnished = House(db)
    await furnished.furnish()
    yield furnished
    await close_channels()
