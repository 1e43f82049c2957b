"""`voc jobs`: what waits, what failed, and running it again."""

from typing import Annotated
from uuid import UUID

import typer

from voc.cli.frame import OPERATOR, run
from voc.core.jobs.dead import run_again
from voc.core.jobs.queries import counts
from voc.core.jobs.queries import dead as dead_jobs


def jobs(
    dead: Annotated[bool, typer.Option("--dead", help="List the jobs that gave up, with their errors.")] = False,
    retry: Annotated[UUID | None, typer.Option(help="Run this dead job again.")] = None,
) -> None:
    """Print how many jobs wait, run and died."""
    if retry is not None:
        run(lambda: run_again(OPERATOR, retry))
        typer.echo(f"{retry} will run again.")
        return
    for line in run(_dead_lines if dead else _count_lines):
        typer.echo(line)


async def _count_lines() -> list[str]:
    lines = [f"{row.kind:32} {row.state:6} {row.jobs:8}  first due {row.first_due:%Y-%m-%d %H:%M:%S}" for row in await counts()]
    return lines or ["No job waits."]


async def _dead_lines() -> list[str]:
    lines = [
        f"{job.id}  {job.kind:28} {job.finished_at:%Y-%m-%d %H:%M}  after {job.attempts} attempts: {job.error}" for job in await dead_jobs()
    ]
    return lines or ["No job died."]
