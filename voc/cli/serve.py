"""`voc serve`, `voc worker`, `voc migrate`: the processes that keep running, and the step before them."""

import asyncio
import os
import signal
from collections.abc import Callable
from typing import Annotated

import typer

from voc.cli.already_there import refuse_a_second_one, refuse_a_taken_port
from voc.cli.frame import prepare, refusals, stop
from voc.core.db.address import SqliteFile, parse_url
from voc.core.db.migrations import migrate as migrate_database
from voc.core.settings import Settings

WITH_WORKER = "VOC_SERVE_WITH_WORKER"


def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Server processes; more than one needs PostgreSQL.")] = 1,
    with_worker: Annotated[bool, typer.Option(help="Run jobs in this process too; always so on SQLite.")] = False,
) -> None:
    """Serve GraphQL, survey pages and the console. On SQLite the one worker runs inside."""
    chosen = prepare()
    if chosen.embedded and workers > 1:
        stop("SQLite takes one server process: leave --workers away, or set VOC_DATABASE_URL to a PostgreSQL database.", code=2)
    if with_worker and workers > 1:
        stop("Run `voc worker` beside several server processes instead of --with-worker.", code=2)
    with refusals():
        refuse_a_taken_port(host, port)
        asyncio.run(_ready(chosen))
        os.environ[WITH_WORKER] = "1" if chosen.embedded or with_worker else ""
        _listen(chosen, host, port, workers)


def worker() -> None:
    """Run reactions and routines until told to stop; any number of these on any number of machines, on PostgreSQL."""
    chosen = prepare()
    if chosen.embedded:
        stop("On SQLite `voc serve` runs the one worker; set VOC_DATABASE_URL to a PostgreSQL database for separate workers.", code=2)
    from voc.worker import run_worker

    with refusals(), asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(run_worker(chosen))


def migrate() -> None:
    """Bring the database to the current schema; safe to run from several machines at once."""
    chosen = prepare()
    with refusals():
        applied = asyncio.run(migrate_database(chosen.database_url))
    typer.echo("\n".join(f"applied {name}" for name in applied) or "The database is up to date.")


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvicorn's fast loop, which the server has by itself; None is Python's own, on systems without it."""
    try:
        import uvloop
    except ImportError:
        return None
    made: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return made


async def _ready(chosen: Settings) -> None:
    from voc.core.db.migrations import pending

    where = parse_url(chosen.database_url)
    if isinstance(where, SqliteFile) and where.path.exists():
        where.make_folder()
    waiting = await pending(chosen.database_url)
    if waiting:
        stop(f"The database misses {len(waiting)} migration{'s' if len(waiting) > 1 else ''}: run `voc migrate` first.")
    chosen.key()
    refuse_a_second_one(chosen.database_url)


def _listen(chosen: Settings, host: str, port: int, workers: int) -> None:
    import uvicorn

    signal.signal(signal.SIGINT, signal.default_int_handler)
    uvicorn.run(
        "voc.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=chosen.trusted_proxies,
        ws_max_size=1_000_000,
        # Longer than clients and proxies keep an idle connection, so that none is closed under a request that is on its way.
        timeout_keep_alive=75,
        timeout_graceful_shutdown=10,
    )
