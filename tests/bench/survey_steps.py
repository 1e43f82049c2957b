"""How many survey steps a second the whole service takes: server and worker as `voc serve` runs them on one machine. Run it by hand:

    .venv/bin/python -m tests.bench.survey_steps [--answers 300] [--at-once 8] [--url postgres://…] [--profile FILE]

Every step is posted through the application with all its routes and middleware while the worker runs beside it, in bundles as it does
for real; the run ends when each answer has its reading, score and task and no job is left. What counts is the processor time of this
process; the database server is apart. `post_answers` measures the posts alone. The reference writes the same rows with the bare driver.
"""

import argparse
import asyncio
import cProfile
from contextlib import nullcontext
from pathlib import Path

import uvloop
from pydantic import SecretStr
from starlette.applications import Starlette

from tests.bench.post_answers import TARGET, copied, post
from tests.bench.record_contacts import Rate, Stopwatch, own_databases
from tests.makers import Story
from tests.responses.asked import Asked, asked, published
from tests.responses.documents import SHORT
from voc.app import create_app
from voc.core.db import count_statements, rows
from voc.core.settings import Settings
from voc.followup.models import Task
from voc.insight.models import Reading, Score

_LEFT = "SELECT count(*) AS n FROM job WHERE state IN ('ready', 'sent') AND kind NOT LIKE 'routine.%'"


async def post_all(app: Starlette, links: list[Asked], at_once: int) -> None:
    """Post every step, some side by side."""
    waiting = iter(links)

    async def person() -> None:
        for link in waiting:
            assert await post(app, link) == 303

    await asyncio.gather(*(person() for _ in range(at_once)))


async def until_idle() -> None:
    """Wait until no job is left."""
    while (await rows(_LEFT))[0]["n"]:
        await asyncio.sleep(0.1)


async def run(url: str, count: int, at_once: int, profile: cProfile.Profile | None) -> tuple[Rate, Rate, float]:
    """The rates of the service and of the reference, and statements per answer of the posts."""
    app = create_app(Settings(database_url=url, secret=SecretStr("b" * 40), rate_limits=False, log_level="warning"), with_worker=True)
    async with app.router.lifespan_context(app):
        story = Story(url)
        await story.team("everyone", is_fallback=True)
        await story.route("unhappy", "scores.nps <= 6")
        version = await published({**SHORT, "pages": SHORT["pages"][:1]})
        links = [await asked(version) for _ in range(count + 1)]
        with count_statements() as seen:
            await post_all(app, links[:1], 1)
        await until_idle()
        with profile or nullcontext():
            started = Stopwatch()
            await post_all(app, links[1:], at_once)
            await until_idle()
            whole = started.rate(count)
        followed = {await model.all().count() for model in (Reading, Score, Task)}
        assert followed == {count + 1}, followed
        reference = Stopwatch()
        await copied(count)
        return whole, reference.rate(count), seen.count


async def measure(url: str, count: int, at_once: int, profile: cProfile.Profile | None = None) -> None:
    """Print the figures of one database."""
    whole, bare, statements = await run(url, count, at_once, profile)
    verdict = "met" if whole.by_processor >= TARGET else "MISSED"
    print(f"{url.partition(':')[0]}: {count} survey steps, {at_once} at once, each with its reading, score and task")
    print(f"  {'server and worker':30} {whole.by_clock:7,.0f}/s  {whole.by_processor:7,.0f}/s a core  (target {TARGET}: {verdict})")
    print(f"  {'reference: the bare rows':30} {bare.by_clock:7,.0f}/s  {bare.by_processor:7,.0f}/s a core; a post: {statements} statements")


async def main() -> None:
    """Run the bench."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--answers", type=int, default=300)
    arguments.add_argument("--at-once", type=int, default=8)
    arguments.add_argument("--url")
    arguments.add_argument("--profile", type=Path, help="File for the profile of the first database; read it with `python -m pstats`.")
    options = arguments.parse_args()
    profile = cProfile.Profile() if options.profile else None
    async with own_databases() as urls:
        for number, url in enumerate([options.url] if options.url else urls):
            await measure(url, options.answers, options.at_once, profile if number == 0 else None)
    if profile:
        profile.dump_stats(options.profile)


if __name__ == "__main__":
    uvloop.run(main())  # as uvicorn does for `voc serve`
