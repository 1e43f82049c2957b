"""Bringing a database to the current schema, safely: one process at a time, each migration whole or not at all, no row lost."""

import pkgutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor, BaseSchemaEditor
from tortoise.transactions import in_transaction

from voc.core.db.address import ALIAS, APP, PostgresServer, SqliteFile, connection_config, parse_url, tortoise_config
from voc.core.db.keeping_editor import KeepingEditor
from voc.core.db.session import unreachable
from voc.core.filelock import file_lock

LOCK = 7_031_994
LOCK_SECONDS = 600.0
_APPLIED = f"SELECT name FROM tortoise_migrations WHERE app = '{APP}'"


async def migrate(url: str, apps: dict[str, Any] | None = None) -> list[str]:
    """Apply what is pending and give the names; on PostgreSQL also install or upgrade the job engine's tables.

    Processes that start together wait for each other. A migration that fails leaves nothing behind, nor does one
    that would break a foreign key. `apps` (as Tortoise configures them) replaces our own tables by others.
    """
    where = parse_url(url)
    config = tortoise_config(url) | ({"apps": apps} if apps else {})
    config["connections"][ALIAS] = connection_config(url, foreign_keys=False)
    async with _alone(where):
        context = TortoiseContext()
        async with context:
            await context.init(config=config)
            try:
                await context.connections.get(ALIAS).create_connection(with_db=True)
            except Exception as error:
                raise unreachable(where, error) from error
            applied = await _apply_all(context.connections.get(ALIAS), config["apps"])
        if isinstance(where, PostgresServer):
            await _install_job_engine(where)
    return applied


async def pending(url: str) -> list[str]:
    """The names of the migrations that `migrate` would apply, in order; nothing is changed or created."""
    where = parse_url(url)
    applied = _applied_on_file(where) if isinstance(where, SqliteFile) else await _applied_on_server(where)
    return [name for name in known_migrations() if name not in applied]


def known_migrations() -> list[str]:
    """The names of all migrations this version brings, in order."""
    from voc.core.resources import folder

    return sorted(name for _, name, package in pkgutil.iter_modules([str(folder("migrations"))]) if not package and name[0] not in "_~")


class _Executor(MigrationExecutor):
    """Tortoise's executor with our editor, on a connection that may be a transaction."""

    def _schema_editor(self, atomic: bool = True, collect_sql: bool = False) -> BaseSchemaEditor:
        editor = KeepingEditor if self.connection.capabilities.dialect == "sqlite" else AsyncpgSchemaEditor
        return editor(self.connection, atomic=atomic, collect_sql=collect_sql)


async def _apply_all(connection: BaseDBAsyncClient, apps: dict[str, Any]) -> list[str]:
    executor = _Executor(connection, apps)
    await executor.recorder.ensure_schema(executor._schema_editor(atomic=False))
    steps = await executor.plan([MigrationTarget(APP, "__latest__")])
    for step in steps:
        target = [MigrationTarget(APP, step.migration.name)]
        if not step.migration.atomic:
            await executor.migrate(target, direction="forward")
            continue
        # The schema and the line that records it are one transaction: a kill between them leaves neither.
        async with in_transaction(ALIAS) as transaction:
            await _Executor(transaction, apps).migrate(target, direction="forward")
            await _check_foreign_keys(transaction, step.migration.name)
    return [step.migration.name for step in steps]


async def _check_foreign_keys(connection: BaseDBAsyncClient, name: str) -> None:
    if connection.capabilities.dialect == "sqlite":
        broken = await connection.execute_query_dict("PRAGMA foreign_key_check")
        if broken:
            tables = sorted({f"{row['table']} to {row['parent']}" for row in broken})
            raise RuntimeError(f"The migration {name} would break foreign keys ({', '.join(tables)}); nothing was changed.")


@asynccontextmanager
async def _alone(where: SqliteFile | PostgresServer) -> AsyncIterator[None]:
    if isinstance(where, SqliteFile):
        where.make_folder()
        async with file_lock(where.path.with_name(where.path.name + ".migrate.lock"), seconds=LOCK_SECONDS):
            yield
        return
    holder = await _connect(where)
    try:
        await holder.execute("SELECT pg_advisory_lock($1)", LOCK)
        yield
    finally:
        await holder.close()


async def _install_job_engine(where: PostgresServer) -> None:
    from pgqueuer.db import AsyncpgDriver
    from pgqueuer.queries import Queries

    connection = await _connect(where)
    try:
        queries = Queries(AsyncpgDriver(connection))
        if await queries.schema_is_installed():
            await queries.upgrade()
        else:
            async with connection.transaction():
                await queries.install()
    finally:
        await connection.close()


def _applied_on_file(where: SqliteFile) -> set[str]:
    if not where.path.is_file():
        return set()
    try:
        connection = sqlite3.connect(where.path)
        try:
            return {row[0] for row in connection.execute(_APPLIED)}
        finally:
            connection.close()
    except sqlite3.OperationalError:
        return set()


async def _applied_on_server(where: PostgresServer) -> set[str]:
    connection = await _connect(where)
    try:
        return {row["name"] for row in await connection.fetch(_APPLIED)}
    except asyncpg.UndefinedTableError:
        return set()
    finally:
        await connection.close()


async def _connect(where: PostgresServer) -> asyncpg.Connection:
    try:
        return await asyncpg.connect(**where.connect)
    except Exception as error:
        raise unreachable(where, error) from error
