"""What a database URL means: which engine, where, with which options."""

import errno
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

MODELS: tuple[str, ...] = (
    "voc.core.models",
    "voc.staff.models",
    "voc.customers.models",
    "voc.surveys.models",
    "voc.outreach.models",
    "voc.responses.models",
    "voc.insight.models",
    "voc.followup.models",
    "voc.connect.models",
)
APP = "voc"
ALIAS = "default"
BUSY_MS = 10_000
_OPTIONS = {"host": str, "port": int, "sslmode": str, "application_name": str, "statement_cache_size": int}


@dataclass(frozen=True)
class SqliteFile:
    """One SQLite database file of this machine."""

    path: Path

    def make_folder(self) -> None:
        """Make the folder of the file where there is none. One that cannot be written to is a ValueError that says what to do."""
        folder = self.path.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        except OSError as error:
            way = "give this account the right to write there, or set VOC_DATABASE_URL to another place"
            raise ValueError(f"The folder {folder} of the database cannot be written to ({error.strerror}): {way}.") from None


@dataclass(frozen=True)
class PostgresServer:
    """A PostgreSQL database; the password is kept out of `repr`."""

    connect: dict[str, Any] = field(repr=False)


def parse_url(url: str) -> SqliteFile | PostgresServer:
    """Read `sqlite://PATH`, `sqlite:///ABSOLUTE/PATH`, `postgres://…` or `postgresql://…`.

    PostgreSQL takes the options host (also the folder of a Unix socket), port, sslmode, application_name and
    statement_cache_size (0 behind PgBouncer). Anything else is a ValueError that says what is wrong.
    """
    scheme, separator, rest = url.partition("://")
    if separator and scheme == "sqlite":
        return _sqlite(rest)
    if separator and scheme in ("postgres", "postgresql"):
        return _postgres(url)
    raise ValueError("The database URL must start with sqlite:// or postgres://, for example sqlite://voc.sqlite3.")


def tortoise_config(url: str, *, pool: int = 8, statement_seconds: float | None = None) -> dict[str, Any]:
    """The Tortoise configuration of the whole house for a database URL.

    `pool` is the most PostgreSQL connections of this process, `statement_seconds` the longest that one of their statements may take.
    """
    from voc.core.resources import migrations_module

    app = {"models": list(MODELS), "default_connection": ALIAS, "migrations": migrations_module()}
    return {
        "connections": {ALIAS: connection_config(url, pool=pool, statement_seconds=statement_seconds)},
        "apps": {APP: app},
        "use_tz": True,
        "timezone": "UTC",
    }


def connection_config(url: str, *, pool: int = 8, foreign_keys: bool = True, statement_seconds: float | None = None) -> dict[str, Any]:
    """One Tortoise connection to a database URL, over our own engines."""
    where = parse_url(url)
    if isinstance(where, SqliteFile):
        pragmas = {"busy_timeout": BUSY_MS, "synchronous": "FULL", "secure_delete": "ON", "foreign_keys": "ON" if foreign_keys else "OFF"}
        return {"engine": "voc.core.db.sqlite_engine", "credentials": {"file_path": str(where.path), **pragmas}}
    credentials = {**where.connect, "minsize": 1, "maxsize": pool}
    if statement_seconds is not None:
        credentials["statement_seconds"] = statement_seconds
    return {"engine": "voc.core.db.asyncpg_engine", "credentials": credentials}


def _sqlite(rest: str) -> SqliteFile:
    path, _, options = rest.partition("?")
    if options:
        raise ValueError(f"A sqlite:// URL takes no options: leave out ?{options}.")
    if not path or path.startswith(":memory:"):
        raise ValueError("A sqlite:// URL needs a file, for example sqlite://voc.sqlite3: what lives in memory would be lost.")
    return SqliteFile(Path(unquote(path)))


def _postgres(url: str) -> PostgresServer:
    parts = urlsplit(url)
    try:
        port = parts.port or 5432
    except ValueError:
        raise ValueError("The port in the postgres:// URL is not a number.") from None
    database = unquote(parts.path.lstrip("/"))
    if not database:
        raise ValueError("The postgres:// URL names no database: write postgres://USER:PASSWORD@HOST/NAME.")
    connect: dict[str, Any] = {"host": parts.hostname, "port": port, "database": database}
    connect["user"] = unquote(parts.username) if parts.username else None
    connect["password"] = unquote(parts.password) if parts.password else None
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name not in _OPTIONS:
            raise ValueError(f"The postgres:// URL has the unknown option {name}: it takes {', '.join(_OPTIONS)}.")
        try:
            connect["ssl" if name == "sslmode" else name] = _OPTIONS[name](value)
        except ValueError:
            raise ValueError(f"The option {name} of the postgres:// URL must be a number.") from None
    return PostgresServer(connect)
