"""`voc serve`, `voc worker`, `voc migrate`: the processes that keep running, and the step before them."""

import asyncio
import errno
import os
import signal
import socket
from collections.abc import Callable
from typing import Annotated

import typer

from voc.cli.frame import prepare, refusals, stop
from voc.core.db.address import SqliteFile, parse_url
from voc.core.db.migrations import migrate as migrate_database
from voc.core.filelock import FileLock
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
        _refuse_a_taken_port(host, port)
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
    _refuse_a_second_one(chosen)


def _refuse_a_second_one(chosen: Settings) -> None:
    """Say in one sentence what the worker would find out while it starts: one process at a time works on a SQLite file."""
    where = parse_url(chosen.database_url)
    if isinstance(where, SqliteFile):
        lock = FileLock(where.path.with_name(where.path.name + ".worker.lock"))
        if not lock.take():
            stop("Another `voc serve` works on this database already: stop that one, or set VOC_DATABASE_URL to a PostgreSQL database.")
        lock.release()


def _refuse_a_taken_port(host: str, port: int) -> None:
    """Say at once what the server would find out when everything is loaded."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        stop(f"{host} is no address of this machine: choose another with --host, such as 127.0.0.1 or 0.0.0.0.")
    with socket.socket(family, kind, protocol) as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                stop(f"Something listens at port {port} of {host} already: stop it, or choose another with --port.")
            stop(f"Port {port} of {host} cannot be opened ({error.strerror}): choose others with --host and --port.")


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
