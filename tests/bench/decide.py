"""How many contacts are decided per second: the pure decision alone, and the whole job with its rows. Run it by hand:

    .venv/bin/python -m tests.bench.decide [--contacts 2000]

The reference of the job is one insert of a row in a transaction of its own, as fast as the same database and code path allow.
"""

import argparse
import asyncio
import time
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from tests.bench.record_contacts import batches, own_databases, payloads
from tests.outreach.house import SYSTEM, House
from voc.core import events, settings
from voc.core.db import close_database, count_statements, dialect, open_database, transaction
from voc.core.jobs import Effect, Reaction, Terms
from voc.core.jobs.worker import Worker
from voc.core.models import Heartbeat, Job
from voc.customers.drafts import read_contact
from voc.customers.events import ContactRecorded
from voc.customers.models import Contact
from voc.customers.record import record_contacts
from voc.outreach.deciding.conclusions import DECIDE
from voc.outreach.deciding.decide import decide_contact
from voc.outreach.deciding.facts import Asked, ContactFacts, CustomerFacts, Facts, Held, Reach
from voc.outreach.deciding.policy import decide
from voc.outreach.delivering.deliver import ATTEMPTS, deliver, give_up
from voc.outreach.delivering.plan import DELIVER
from voc.outreach.models import Decision, Invitation
from voc.outreach.policies.rules import Rules

TARGET_PURE, TARGET_JOBS = 20_000, 300
NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


def measure_pure(rounds: int = 40_000) -> None:
    """Decisions per second of one core, with a condition and with a history."""
    rules = Rules(touchpoints=("t",), survey="s", quiet_days=14, when="contact.outcome == 'solved' && customer.segment != 'staff'")
    contact = ContactFacts(touchpoint="t", ended_at=NOW - timedelta(hours=1), started_at=NOW - timedelta(hours=2), outcome="solved")
    reach = Reach(addresses=frozenset({"email"}), consents={"email": "granted"})
    asked = tuple(Asked(NOW - timedelta(days=days), "other") for days in (20, 60, 200))
    kinds = {
        "asked, without a condition": (
            Facts(contact=contact, customer=CustomerFacts(), asked=asked, reach=reach),
            Rules(touchpoints=("t",), survey="s"),
        ),
        "asked, with a condition": (Facts(contact=contact, customer=CustomerFacts(segment="gold"), asked=asked, reach=reach), rules),
        "held": (Facts(contact=contact, customer=CustomerFacts(segment="gold"), holds=(Held("task:1"),), reach=reach), rules),
    }
    for name, (facts, said) in kinds.items():
        started = time.process_time()
        for _ in range(rounds):
            decide(facts, said, NOW)
        print(f"decide, {name}: {rounds / (time.process_time() - started):,.0f}/s a core (target {TARGET_PURE:,})")


async def measure_jobs(url: str, count: int) -> None:
    """Contacts that end, decided by the worker, one after the other and as the worker runs them."""
    settings.install(settings.Settings(database_url=url, secret=SecretStr("b" * 40)))
    events.install(
        {ContactRecorded: (Reaction(DECIDE, decide_contact),)},
        others=(Effect(DELIVER, deliver, Terms(attempts=ATTEMPTS, on_dead=give_up)),),
    )
    await open_database(url)
    try:
        house = House(url)
        await house.furnish()
        await house.policy(delay_minutes=10_000, ask_within_days=366)
        for batch in batches(payloads(count, "bench"), 1000):
            await record_contacts(SYSTEM, [read_contact({**one, "endedAt": datetime.now(UTC).isoformat()}) for one in batch])
        reference = await inserts()
        warm, measured = await Contact.all().order_by("created_at", "id").limit(2)
        await decide_contact(SYSTEM, warm.id)
        with count_statements() as seen:
            await decide_contact(SYSTEM, measured.id)
        print(f"{dialect()}: {seen.count} statements a decision; reference {reference:,.0f} inserts/s")
        await run_worker(url, count)
    finally:
        await close_database()


async def inserts(count: int = 500) -> float:
    """Transactions per second that insert one row."""
    started = time.perf_counter()
    for number in range(count):
        async with transaction():
            await Heartbeat.create(name=f"bench {number}", at=NOW)
    return count / (time.perf_counter() - started)


async def run_worker(url: str, count: int) -> None:
    """The worker as it runs for real."""
    worker = Worker(url)
    started, cpu = time.perf_counter(), time.process_time()
    await worker.start()
    while await Job.filter(kind=DECIDE, state__in=("ready", "sent")).exists():
        await asyncio.sleep(0.05)
    took, used = time.perf_counter() - started, time.process_time() - cpu
    await worker.stop()
    figures = f"{await Decision.all().count()} decisions, {await Invitation.all().count()} invitations"
    print(f"{dialect()}: {count / took:,.0f} contacts decided/s (target {TARGET_JOBS}), {used / count * 1e6:,.0f} µs CPU each, {figures}")


async def main() -> None:
    """Run the bench."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--contacts", type=int, default=2000)
    options = arguments.parse_args()
    measure_pure()
    async with own_databases() as urls:
        for url in urls:
            await measure_jobs(url, options.contacts)


if __name__ == "__main__":
    asyncio.run(main())
