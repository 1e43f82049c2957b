"""A small house for outreach: a brand, two published surveys, two touchpoints, and a worker that decides and delivers."""

from collections.abc import AsyncIterator
from types import ModuleType

import pytest

from tests.outreach.house import House
from voc.core import events
from voc.core.jobs import Reaction
from voc.customers.events import ContactRecorded
from voc.outreach.channels import close_channels
from voc.outreach.deciding.conclusions import DECIDE
from voc.outreach.deciding.decide import decide_contact
from voc.outreach.delivering.deliver import handlers
from voc.outreach.policies.start import START, start_at_its_moment


@pytest.fixture
async def house(db: str, clock: ModuleType) -> AsyncIterator[House]:
    """The house, furnished; only the reactions of this room follow."""
    events.install({ContactRecorded: (Reaction(DECIDE, decide_contact),)}, others=(*handlers(), Reaction(START, start_at_its_moment)))
    furnished = House(db)
    await furnished.furnish()
    yield furnished
    await close_channels()
