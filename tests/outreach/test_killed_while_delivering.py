"""kill -9 in the midst of a batch: every invitation leaves, only those that were on their way leave twice, and all is written down."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from pathlib import Path

from tests.outreach.house import SYSTEM, House
from tests.stories.night_books import faults
from tests.stories.night_house import Sink, sink
from voc.core import clock, events
from voc.core.db import rows
from voc.core.jobs import Reaction
from voc.customers.drafts import read_contact
from voc.customers.events import ContactRecorded
from voc.customers.record import record_contacts
from voc.outreach.deciding.conclusions import DECIDE
from voc.outreach.deciding.decide import decide_contact
from voc.outreach.models import Invitation
from voc.outreach.policies.start import START, start_at_its_moment

INVITATIONS = 90


class Workers:
    """One process on SQLite, two on PostgreSQL, which share the work."""

    def __init__(self, url: str, port: int) -> None:
        self.number = 1 if url.startswith("sqlite") else 2
        self._command = (sys.executable, "-m", "tests.outreach.deliver_worker", url, str(port))
        self.processes: list[Process] = []

    async def start(self) -> None:
        """Start them all, and wait until they work."""
        self.processes = [await asyncio.create_subprocess_exec(*self._command, stdout=PIPE) for _ in range(self.number)]
        for process in self.processes:
            assert process.stdout
            await process.stdout.readline()

    async def kill(self) -> None:
        """kill -9."""
        for process in self.processes:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def plan(url: str) -> None:
    events.install({ContactRecorded: (Reaction(DECIDE, decide_contact),)}, others=(Reaction(START, start_at_its_moment),))
    house = House(url)
    await house.furnish()
    await house.policy()
    usual = {"touchpoint": "after-call", "channel": "phone", "endedAt": clock.now().isoformat()}
    names = [f"guest{number}" for number in range(INVITATIONS)]
    await record_contacts(SYSTEM, [read_contact({**usual, "externalId": name, "customer": house.customer(name)}) for name in names])
    await house.work()
    assert await Invitation.filter(state="planned").count() == INVITATIONS


async def until_taken(relay: Sink, count: int) -> None:
    async with asyncio.timeout(60):
        while relay.messages() < count:
            await asyncio.sleep(0.01)


async def test_killing_workers_in_the_midst_of_a_batch_loses_no_invitation(db: str, tmp_path: Path) -> None:
    await plan(db)
    with sink(tmp_path, milliseconds=60) as relay:
        workers = Workers(db, relay.port)
        try:
            await workers.start()
            await until_taken(relay, INVITATIONS // 3)
            await workers.kill()
            await workers.start()
            await until_taken(relay, INVITATIONS)
            async with asyncio.timeout(60):
                while await faults(relay.taken(), INVITATIONS):
                    await asyncio.sleep(0.2)
        finally:
            await workers.kill()
        times = Counter(relay.taken())
    cut_off = (await rows("SELECT count(*) AS n FROM delivery WHERE state = 'failed'"))[0]["n"]
    assert cut_off > 0, "the kill came in the midst of it"
    assert sum(times.values()) - INVITATIONS <= cut_off
    assert max(times.values()) <= 2
