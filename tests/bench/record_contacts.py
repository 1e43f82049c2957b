"""How many contacts a second are recorded, with their customers and the jobs that follow (written, not run). Run it by hand:

    .venv/bin/python -m tests.bench.record_contacts [--contacts 20000] [--batch 1000] [--url postgres://…]

The reference is the bare driver: the same contact, customer and job rows, already made, in one executemany per table and batch.
Beside the rate stands what this process could do with a whole core of its own, for machines that are busy with other things.
Without --url it takes a SQLite file and a PostgreSQL of its own; a --url must be a migrated database that may be filled.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import SecretStr

from tests import databases
from voc import reactions
from voc.core import settings
from voc.core.access import Actor
from voc.core.db import close_database, execute_many, open_database, rows, transaction
from voc.core.ids import new_id
from voc.customers.drafts import read_contact
from voc.customers.record import record_contacts
from voc.customers.store import Status

TARGET = 1500
TABLES = ("customer", "customer_identity", "contact", "job")


def payloads(count: int, run: str) -> list[dict[str, Any]]:
    """Contacts as a contact centre sends them: three of four from a customer who calls again."""
    return [
        {
            "system": "bench",
            "externalId": f"{run}-{number}",
            "customer": {
                "system": "crm",
                "externalId": f"{run}-{number // 4}",
                "name": f"Customer {number // 4}",
                "email": f"customer{number // 4}@example.nl",
                "phone": f"+316{10_000_000 + number // 4}",
                "language": "nl",
            },
            "touchpoint": "after-call",
            "channel": "phone",
            "outcome": "solved",
            "team": "billing",
            "queue": "Invoices NL",
            "agent": f"agent-{number % 50}",
            "startedAt": "2026-03-03T09:00:00Z",
            "endedAt": "2026-03-03T09:07:00Z",
            "occurredAt": "2026-03-03T09:07:01Z",
            "attributes": {"ivrPath": "2-1", "waited": "31"},
        }
        for number in range(count)
    ]


def batches(many: list[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    """The payloads in batches."""
    return (many[start : start + size] for start in range(0, len(many), size))


class Rate(NamedTuple):
    """Contacts per second: by the clock, and by the processor time of this process."""

    by_clock: float
    by_processor: float


class Stopwatch:
    """Started when it is made."""

    def __init__(self) -> None:
        self._clock, self._processor = time.perf_counter(), time.process_time()

    def rate(self, count: int) -> Rate:
        """How fast so many were."""
        return Rate(count / (time.perf_counter() - self._clock), count / (time.process_time() - self._processor))


async def tell(many: list[dict[str, Any]], size: int, expected: Status) -> Rate:
    """Read and record them all."""
    actor = Actor.system("bench")
    started = Stopwatch()
    for batch in batches(many, size):
        outcomes = await record_contacts(actor, [read_contact(payload) for payload in batch])
        assert {outcome.status for outcome in outcomes} == {expected}
    return started.rate(len(many))


async def copied(count: int, size: int) -> Rate:
    """The reference: the rows that were just written, written again under new ids by the bare driver."""
    tables = {table: await rows(f"SELECT * FROM {table} ORDER BY id") for table in TABLES}
    fresh = {str(row["id"]): new_id() for row in tables["customer"]}
    for row in tables["customer"]:
        row["id"] = fresh[str(row["id"])]
    for table in ("customer_identity", "contact"):
        for row in tables[table]:
            row.update(id=new_id(), customer_id=fresh[str(row["customer_id"])], system=f"copy-{row['system']}")
    for row in tables["job"]:
        row["id"] = new_id()
    statements = {
        table: f"INSERT INTO {table} ({', '.join(found[0])}) VALUES ({', '.join('?' * len(found[0]))})" for table, found in tables.items()
    }
    steps = max(1, count // size)
    started = Stopwatch()
    for step in range(steps):
        async with transaction():
            for table, found in tables.items():
                part = found[step * len(found) // steps : (step + 1) * len(found) // steps]
                await execute_many(statements[table], [list(row.values()) for row in part])
    return started.rate(count)


async def measure(url: str, count: int, size: int) -> None:
    """Print the figures of one database."""
    settings.install(settings.Settings(database_url=url, secret=SecretStr("b" * 40)))
    reactions.install()
    await open_database(url)
    try:
        many = payloads(count, str(new_id()))
        figures = {
            "new contacts": await tell(many, size, Status.RECORDED),
            "the same again": await tell(many, size, Status.UNCHANGED),
            "with news": await tell([{**one, "outcome": "unsolved"} for one in many], size, Status.UPDATED),
            "reference: bare executemany of new rows": await copied(count, size),
        }
    finally:
        await close_database()
    print(f"{url.partition(':')[0]}: {count} contacts in batches of {size}")
    for what, rate in figures.items():
        verdict = "" if what.startswith("reference") else f"  (target {TARGET}: {'met' if rate.by_clock >= TARGET else 'MISSED'})"
        print(f"  {what:42} {rate.by_clock:9,.0f}/s  {rate.by_processor:9,.0f}/s a core{verdict}")


@asynccontextmanager
async def own_databases() -> AsyncIterator[list[str]]:
    """A SQLite file and a PostgreSQL server of this run's own."""
    with tempfile.TemporaryDirectory() as folder:
        files = databases.SqliteFiles(Path(folder))
        binaries = databases.find_binaries()
        server = databases.Postgres(binaries) if binaries else None
        try:
            yield [files.fresh(), *([server.fresh()] if server else [])]
        finally:
            if server:
                server.stop()


async def main() -> None:
    """Run the bench."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--contacts", type=int, default=10_000)
    arguments.add_argument("--batch", type=int, default=1000)
    arguments.add_argument("--url")
    options = arguments.parse_args()
    run: Callable[[str], Awaitable[None]] = lambda url: measure(url, options.contacts, options.batch)  # noqa: E731
    if options.url:
        await run(options.url)
        return
    async with own_databases() as urls:
        for url in urls:
            await run(url)


if __name__ == "__main__":
    asyncio.run(main())
