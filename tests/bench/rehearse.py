"""How long a rehearsal of a policy takes, one policy and two side by side. Run it by hand:

    .venv/bin/python -m tests.bench.rehearse [--contacts 300000]

The reference is reading the same contacts from the same database without deciding anything.
"""

import argparse
import asyncio
import resource
import time
from datetime import UTC, datetime, timedelta
from random import Random

from pydantic import SecretStr

from tests.bench.record_contacts import own_databases
from tests.outreach.house import House
from voc.core import events, garbage, settings
from voc.core.access import Actor
from voc.core.db import close_database, dialect, execute_many, open_database
from voc.core.ids import new_id
from voc.outreach.policies.rules_document import parse
from voc.outreach.rehearsing.past import contacts_between
from voc.outreach.rehearsing.rehearse import rehearse

TARGET = 30.0
DAYS = 90
END = datetime(2026, 3, 3, tzinfo=UTC)
RULES = {
    "touchpoint": "after-call",
    "survey": "csat-after-call",
    "when": "contact.outcome == 'solved' && customer.segment != 'staff'",
    "quiet_days": 14,
    "window": {},
    "sample_percent": 50,
    "yearly_budget": 6,
}
_CUSTOMER = "INSERT INTO customer (id, name, email, language, attributes, told, search, occurred_at, created_at, updated_at) VALUES "
_CONTACT = """INSERT INTO contact (id, system, external_id, customer_id, touchpoint, channel, direction, outcome, queue, started_at,
    ended_at, attributes, told, occurred_at, created_at, updated_at) VALUES """


async def fill(count: int) -> None:
    """Contacts of a third as many customers, spread over the days."""
    chance = Random(1)
    customers = [new_id() for _ in range(max(1, count // 3))]
    people = [(one, "A", f"{one}@klant.example", "nl", "{}", "{}", "", END, END, END) for one in customers]
    await execute_many(_CUSTOMER + "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", people)
    for start in range(0, count, 20_000):
        batch = []
        for number in range(start, min(count, start + 20_000)):
            ended = END - timedelta(minutes=chance.uniform(1, DAYS * 24 * 60))
            outcome = chance.choice(["solved", "solved", "unsolved", "spam"])
            facts = ("after-call", "phone", "inbound", outcome, "help", ended, ended, "{}", "{}", ended, ended, ended)
            batch.append((new_id(), "bench", str(number), chance.choice(customers), *facts))
        await execute_many(_CONTACT + "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", batch)


async def measure(url: str, count: int) -> None:
    """Fill a database and rehearse in it."""
    settings.install(settings.Settings(database_url=url, secret=SecretStr("b" * 40)))
    events.install({})
    await open_database(url)
    try:
        house = House(url)
        await house.furnish()
        await fill(count)
        garbage.spare_what_stays()  # as server and command line do
        started = time.perf_counter()
        read = 0
        async for batch in contacts_between("calls", ["after-call"], END - timedelta(days=DAYS), END, {}, by_account=False):
            read += len(batch.contacts)
        print(f"{dialect()}: reading {read} contacts {time.perf_counter() - started:.1f} s (reference)")
        for policies in ((parse(RULES),), (parse(RULES), parse({**RULES, "sample_percent": 100}))):
            started, cpu = time.perf_counter(), time.process_time()
            steps = [step async for step in rehearse(Actor.system("bench"), "calls", *policies, days=DAYS, until=END)]
            took, used, peak = (
                time.perf_counter() - started,
                time.process_time() - cpu,
                resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
            )
            asked = [len(tally.asked) for tally in steps[-1].tallies]
            print(
                f"{dialect()}: {len(policies)} policies over {count} contacts {took:.1f} s, {used:.1f} s CPU (target {TARGET}), "
                f"asked {asked}, {peak} MB"
            )
    finally:
        await close_database()


async def main() -> None:
    """Run the bench."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--contacts", type=int, default=300_000)
    options = arguments.parse_args()
    garbage.look_rarely()
    async with own_databases() as urls:
        for url in urls:
            await measure(url, options.contacts)


if __name__ == "__main__":
    asyncio.run(main())
