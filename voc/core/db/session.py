"""The one open database of this process, and transactions on it."""

import sqlite3

import asyncpg
from tortoise import context as tortoise_context
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.transactions import in_transaction

from voc.core.db.address import ALIAS, PostgresServer, SqliteFile, parse_url, tortoise_config

_open: TortoiseContext | None = None


async def open_database(url: str, *, pool: int = 8, statement_seconds: float | None = None) -> None:
    """Connect this process to its database, once; tasks and requests of the process all use it.

    PostgreSQL ends a statement that takes longer than `statement_seconds`, also when whoever asked is gone; by default none.

    A wrong URL is a ValueError, a database that does not answer a ConnectionError; both say it in one sentence.
    """
    global _open  # noqa: PLW0603 - a process has one database
    if _open is not None:
        raise RuntimeError("A database is already open in this process: close it first.")
    where = parse_url(url)
    context = TortoiseContext()
    EXECUTOR_CACHE.clear()  # Tortoise keeps statements by connection name, placeholders of the last dialect included
    with context:
        await context.init(config=tortoise_config(url, pool=pool, statement_seconds=statement_seconds), _enable_global_fallback=True)
    try:
        await context.connections.get(ALIAS).create_connection(with_db=True)
    except BaseException as error:
        await context.close_connections()
        raise unreachable(where, error) from error
    _open = context


async def close_database() -> None:
    """Close what `open_database` opened; nothing happens when nothing is open."""
    global _open
    context, _open = _open, None
    if context is not None:
        try:
            await context.close_connections()
        finally:
            if tortoise_context._global_context is context:
                tortoise_context._global_context = None


def transaction() -> TransactionContext:
    """`async with transaction():` one transaction; inside another it is a savepoint of it. Whatever is raised undoes it.

    Take no network call, `create_task` or `gather` into it.
    """
    return in_transaction(ALIAS)


def in_transaction_now() -> bool:
    """Whether this task is inside a transaction that is still open."""
    connection = get_connection(ALIAS)
    return isinstance(connection, TransactionalDBClient) and not connection._finalized


def dialect() -> str:
    """`sqlite` or `postgres`: for the few statements that must differ."""
    return get_connection(ALIAS).capabilities.dialect


def unreachable(where: SqliteFile | PostgresServer, error: BaseException) -> BaseException:
    """The error to raise when opening failed: one sentence without the password, or the error itself if it is not about reaching."""
    if isinstance(where, SqliteFile) and isinstance(error, sqlite3.Error):
        return ConnectionError(f"The database file {where.path} cannot be opened: {error}. Its folder must exist and be writable.")
    if isinstance(where, PostgresServer) and isinstance(error, OSError | TimeoutError | asyncpg.PostgresError | asyncpg.InterfaceError):
        place = f"{where.connect['host'] or 'localhost'}:{where.connect['port']}/{where.connect['database']}"
        return ConnectionError(f"The PostgreSQL database {place} cannot be reached: {error or type(error).__name__}.")
    return error


def took_too_long(error: BaseException) -> bool:
    """Whether PostgreSQL ended a statement because its time was over."""
    return isinstance(error, asyncpg.QueryCanceledError)
