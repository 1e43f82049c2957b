"""How long the brief about whoever is on the line takes, among many customers. Run it by hand:

    .venv/bin/python -m tests.bench.agent_brief [--customers 5000] [--rounds 300]

Each customer has four contacts, and every other one two responses with score and reading. The reference is one look-up by primary key.
"""

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import SecretStr

from tests.bench.record_contacts import batches, own_databases, payloads
from tests.followup import makers
from voc import reactions
from voc.connect.brief import BriefBy, agent_brief
from voc.core import settings
from voc.core.access import Actor, Held, Role
from voc.core.db import close_database, open_database
from voc.core.ids import new_id
from voc.customers.bulk import insert_new
from voc.customers.drafts import read_contact
from voc.customers.models import Customer
from voc.customers.record import record_contacts
from voc.insight.models import Reading, Score
from voc.responses.models import Answer, Response

AGENT = Actor("Jan", frozenset({Held(Role.AGENT)}))
TARGET_MS = 100


async def fill(count: int) -> list[Customer]:
    """Contacts, responses, scores and readings."""
    for batch in batches(payloads(count * 4, "brief"), 1000):
        await record_contacts(Actor.system("bench"), [read_contact(one) for one in batch])
    version = await makers.survey()
    customers = await Customer.all().order_by("id")
    made: dict[type, list[dict[str, Any]]] = {Response: [], Answer: [], Score: [], Reading: []}
    for customer in customers[::2]:
        for _ in range(2):
            at, response_id = customer.created_at, new_id()
            of = {"response_id": response_id}
            versioned = {"survey_id": version.survey_id, "version_id": version.id, "channel": "email", "language": "en"}
            state = {"state": "complete", "source": "", "is_test": False, "suspect": "", "begun_at": at, "saved_at": at, "submitted_at": at}
            made[Response].append({"id": response_id, "customer_id": customer.id, **versioned, **state})
            words = "Nobody called back."
            made[Answer].append({"id": new_id(), "question": "why", "kind": "text", "value": words, "text": words, "answered_at": at, **of})
            figures = {"question": "nps", "metric": "nps", "value": 2.0, "low": 0.0, "high": 10.0, "band": "detractor"}
            made[Score].append({"id": new_id(), "is_counted": True, "answered_at": at, **figures, **versioned, **of})
            mood = {"question": "why", "language": "en", "language_from": "survey", "label": "negative", "score": -0.5, "sentence": words}
            made[Reading].append(
                {"id": new_id(), "evidence": [], "analyser": "vader", "analyser_version": "3", "read_at": at, **mood, **of}
            )
    for model, many in made.items():
        for start in range(0, len(many), 2000):
            await insert_new(model, many[start : start + 2000], unless=("id",))
    return customers


async def timed(rounds: int, run: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Median and 99th percentile in milliseconds."""
    took = []
    for _ in range(rounds):
        started = time.perf_counter()
        await run()
        took.append((time.perf_counter() - started) * 1000)
    return statistics.median(took), statistics.quantiles(took, n=100)[98]


async def measure(url: str, count: int, rounds: int) -> None:
    """Print the figures of one database."""
    settings.install(settings.Settings(database_url=url, secret=SecretStr("b" * 40)))
    reactions.install()
    await open_database(url)
    try:
        customers = await fill(count)
        whose = random.Random(1)

        async def brief() -> None:
            found = await agent_brief(AGENT, BriefBy(phone=whose.choice(customers).phone))
            assert found.customer

        figures = {
            "agent_brief": await timed(rounds, brief),
            "reference: one row by id": await timed(rounds, lambda: Customer.get(id=whose.choice(customers).id)),
        }
    finally:
        await close_database()
    print(f"{url.partition(':')[0]}: {count} customers")
    for what, (median, worst) in figures.items():
        verdict = "" if what.startswith("reference") else f"  (target p99 < {TARGET_MS} ms: {'met' if worst < TARGET_MS else 'MISSED'})"
        print(f"  {what:28} p50 {median:7.2f} ms   p99 {worst:7.2f} ms{verdict}")


async def main() -> None:
    """Run the bench."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--customers", type=int, default=5000)
    arguments.add_argument("--rounds", type=int, default=300)
    options = arguments.parse_args()
    async with own_databases() as urls:
        for url in urls:
            await measure(url, options.customers, options.rounds)


if __name__ == "__main__":
    asyncio.run(main())
