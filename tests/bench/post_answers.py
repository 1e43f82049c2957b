"""How many survey steps a second can be posted, with everything that follows: reading, score, task. Run it by hand:

    .venv/bin/python -m tests.bench.post_answers [--answers 500] [--url postgres://…]

Each answer is a low score with a comment that goes through the application as a server would call it (no socket, no client); then the
worker runs until nothing is left. What counts is the processor time of this process, which is server and worker in one; the
database server is apart. The reference writes the same response, answer, reading and score rows with the bare driver.
"""

import argparse
import asyncio
import time
from typing import Any
from urllib.parse import urlencode

from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.middleware import Middleware

from tests.bench.record_contacts import Stopwatch, own_databases
from tests.makers import Story
from tests.responses.asked import Asked, asked, published
from tests.responses.documents import SHORT
from voc import reactions
from voc.core import clock, settings
from voc.core.db import close_database, execute_many, open_database, rows, transaction
from voc.core.ids import new_id
from voc.core.jobs.worker import Worker
from voc.followup.models import Task
from voc.insight.models import Reading, Score
from voc.web import survey_routes
from voc.web.headers import GuardHeaders
from voc.web.stamp import make_stamp

TARGET = 150
COMMENT = "The parcel came two days late, the box was wet and nobody called me back. The driver was friendly though."
TABLES = ("response", "answer", "reading", "score")


async def post(app: Starlette, one: Asked) -> int:
    """Post one answer as a server hands it to the application; gives the status."""
    fields = {"_go": "next", "_step": "first", "_language": "en", "nps": "3", "why": COMMENT}
    body = urlencode({**fields, "_stamp": make_stamp(one.invitation.id, clock.now(), "3")}).encode()
    incoming = [{"type": "http.request", "body": body, "more_body": False}]
    statuses: list[int] = []

    async def receive() -> dict[str, Any]:
        return incoming.pop() if incoming else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    path = f"/r/{one.secret}"
    headers = [(b"host", b"voc.example"), (b"content-type", b"application/x-www-form-urlencoded")]
    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"nps=3", "root_path": ""}
    where = {"scheme": "http", "http_version": "1.1", "client": ("127.0.0.1", 1), "server": ("voc.example", 80), "headers": headers}
    await app({**scope, **where}, receive, send)
    return statuses[0]


async def copied(count: int) -> None:
    """The reference: the rows of each answer once more under new ids, one transaction for each answer."""
    tables = {table: await rows(f"SELECT * FROM {table}") for table in TABLES}
    fresh = {str(row["id"]): new_id() for row in tables["response"]}
    by_response: dict[str, dict[str, list[list[object]]]] = {old: {table: [] for table in TABLES} for old in fresh}
    for table, found in tables.items():
        for row in found:
            old = str(row["id"] if table == "response" else row["response_id"])
            copy = (
                {**row, "id": fresh[old], "invitation_id": None}
                if table == "response"
                else {**row, "id": new_id(), "response_id": fresh[old]}
            )
            by_response[old][table].append(list(copy.values()))
    statements = {
        table: f"INSERT INTO {table} ({', '.join(found[0])}) VALUES ({', '.join('?' * len(found[0]))})" for table, found in tables.items()
    }
    for parts in list(by_response.values())[:count]:
        async with transaction():
            for table in TABLES:
                await execute_many(statements[table], parts[table])


async def measure(url: str, count: int) -> None:
    """Print the figures of one database."""
    settings.install(settings.Settings(database_url=url, secret=SecretStr("b" * 40), rate_limits=False))
    reactions.install()
    await open_database(url)
    try:
        story = Story(url)
        await story.team("everyone", is_fallback=True)
        await story.route("unhappy", "scores.nps <= 6")
        version = await published({**SHORT, "pages": SHORT["pages"][:1]})
        links = [await asked(version) for _ in range(count)]
        app = Starlette(routes=survey_routes.routes(), middleware=[Middleware(GuardHeaders)])
        started, processor = Stopwatch(), time.process_time()
        assert {await post(app, one) for one in links} == {303}
        posted = time.process_time() - processor
        await Worker(url).run_until_idle()
        whole = started.rate(count)
        followed = (await Reading.all().count(), await Score.all().count(), await Task.all().count())
        assert followed == (count, count, count), followed
        reference = Stopwatch()
        await copied(count)
        bare = reference.rate(count)
    finally:
        await close_database()
    verdict = "met" if whole.by_processor >= TARGET else "MISSED"
    print(f"{url.partition(':')[0]}: {count} answers, each with its reading, score and task")
    print(
        f"  {'posts, reading, score, task':42} {whole.by_clock:9,.0f}/s  {whole.by_processor:9,.0f}/s a core  (target {TARGET}: {verdict})"
    )
    print(f"  {'the posts alone':42} {'':11}  {count / posted:9,.0f}/s a core")
    print(f"  {'reference: the bare rows':42} {bare.by_clock:9,.0f}/s  {bare.by_processor:9,.0f}/s a core")


async def main() -> None:
    """Run the bench."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--answers", type=int, default=500)
    arguments.add_argument("--url")
    options = arguments.parse_args()
    if options.url:
        await measure(options.url, options.answers)
        return
    async with own_databases() as urls:
        for url in urls:
            await measure(url, options.answers)


if __name__ == "__main__":
    asyncio.run(main())
