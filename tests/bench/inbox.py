"""What the operation behind the inbox costs: fifty tasks with customer, contact, scores and reading. Run it by hand:

    .venv/bin/python -m tests.bench.inbox [--rounds 50]

SQL statements and processor time of this process for `TaskInbox`; the database server is apart. The reference is the same engine
answering `Me`, one statement: what GraphQL itself costs.
"""

import argparse
import asyncio
import time
from datetime import UTC, datetime

from pydantic import SecretStr

from tests.api import loop
from tests.bench.record_contacts import own_databases
from voc import reactions
from voc.core import clock, settings
from voc.core.db import close_database, count_statements, open_database

TARGET, TASKS = 6, 50


async def cost(made: loop.House, rounds: int, name: str, **variables: object) -> tuple[int, float]:
    """Statements of one operation, and its milliseconds of processor time."""
    await made.answer(name, **variables)
    with count_statements() as seen:
        await made.answer(name, **variables)
    started = time.process_time()
    for _ in range(rounds):
        await made.answer(name, **variables)
    return seen.count, (time.process_time() - started) / rounds * 1000


async def measure(url: str, rounds: int) -> None:
    """Print the figures of one database."""
    settings.install(settings.Settings(database_url=url, secret=SecretStr("b" * 40), rate_limits=False))
    reactions.install()
    clock.freeze(datetime(2026, 3, 3, 10, 0, tzinfo=UTC))
    await open_database(url)
    try:
        made = await loop.furnished(url)
        await loop.live(made, range(TASKS))
        found = (await made.ask("TaskInbox", view="TEAM", first=TASKS))["nodes"]
        assert len(found) == TASKS, len(found)
        statements, spent = await cost(made, rounds, "TaskInbox", view="TEAM", first=TASKS)
        bare = await cost(made, rounds, "Me")
    finally:
        await close_database()
        clock.thaw()
    verdict = "met" if statements <= TARGET else "MISSED"
    print(f"{url.partition(':')[0]}: {TASKS} tasks: {statements} statements (target {TARGET}: {verdict}), {spent:.1f} ms CPU")
    print(f"  reference: Me: {bare[0]} statement, {bare[1]:.1f} ms CPU", flush=True)


async def main() -> None:
    """Run the bench."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rounds", type=int, default=50)
    options = arguments.parse_args()
    async with own_databases() as urls:
        for url in urls:
            await measure(url, options.rounds)


if __name__ == "__main__":
    asyncio.run(main())
