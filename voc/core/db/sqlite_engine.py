"""Our Tortoise engine for SQLite.

Stock Tortoise begins transactions deferred (two processes then lose about half of their read-then-write transactions),
keeps its one lock for ever when a task is cancelled while entering a transaction, and lets every reader wait for the open
transaction. Here: BEGIN IMMEDIATE, a lock that is always given back, and reading connections of their own.
The module's name must contain "sqlite": Tortoise picks its schema editor by it.
"""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiosqlite
from tortoise.backends.base.client import NestedTransactionContext, TransactionContext
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionContext, SqliteTransactionWrapper, translate_exceptions
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

from voc.core.db.statements import note_statement

READERS = 3
_WRITES = re.compile(r"\b(insert|update|delete|replace)\b", re.IGNORECASE)


def utc_text(moment: datetime) -> str:
    """A moment as SQLite keeps it: UTC text that sorts by time."""
    return moment.astimezone(UTC).isoformat(" ")


# Tortoise's own adapter writes the moment's own offset, which then sorts wrongly.
sqlite3.register_adapter(datetime, utc_text)


class Client(SqliteClient):
    """One writing connection, and a few that only read what is committed."""

    def __init__(self, file_path: str, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        self._readers: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        self._all_readers: list[aiosqlite.Connection] = []

    async def create_connection(self, with_db: bool) -> None:
        """Connect the writer, then the readers: the journal is in WAL mode by then, so that they never wait for it."""
        if self._connection is None:
            self._connection = await self._connect(self.pragmas)
            await self._post_connect()
        while len(self._all_readers) < READERS:
            reader = await self._connect({"query_only": "ON", "busy_timeout": self.pragmas.get("busy_timeout", 5000)})
            self._all_readers.append(reader)
            self._readers.put_nowait(reader)

    async def _connect(self, pragmas: Mapping[str, Any]) -> aiosqlite.Connection:
        connection = aiosqlite.connect(self.filename, isolation_level=None)
        # A command that ends with an error must not hang on a thread that waits for its next statement.
        connection._thread.daemon = True
        await connection
        connection._conn.row_factory = sqlite3.Row
        for name, value in pragmas.items():
            await connection.execute_fetchall(f"PRAGMA {name}={value}")
        return connection

    async def close(self) -> None:
        """Close every connection."""
        readers, self._all_readers, self._readers = self._all_readers, [], asyncio.LifoQueue()
        for reader in readers:
            await reader.close()
        await super().close()

    def _in_transaction(self) -> TransactionContext:
        return _Context(Transaction(self), self._lock)

    async def execute_insert(self, query: str, values: list[Any]) -> int:
        """Insert one row in a transaction of its own."""
        note_statement(query)
        key: int = await super().execute_insert(query, values)
        return key

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """Run a statement for many rows in one transaction. The stock one leaves its BEGIN open when cancelled."""
        async with self._in_transaction() as tx:
            await tx.execute_many(query, values)

    @translate_exceptions
    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[Any]]:
        """The number of rows changed or found, and the rows. Reads do not wait for an open transaction."""
        note_statement(query)
        if not _only_reads(query) or not self._all_readers:
            outcome: tuple[int, Sequence[Any]] = await super().execute_query(query, values)
            return outcome
        async with self._reader() as reader:
            found = list(await reader.execute_fetchall(query, values or []))
            return len(found), found

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        return [dict(row) for row in (await self.execute_query(query, values))[1]]

    async def execute_script(self, query: str) -> None:
        """Run several statements."""
        note_statement(query)
        await super().execute_script(query)

    @asynccontextmanager
    async def _reader(self) -> AsyncIterator[aiosqlite.Connection]:
        readers = self._readers
        reader = await readers.get()
        try:
            yield reader
        finally:
            # A cancelled read may still be running in the reader's thread: whoever is next queues behind it.
            readers.put_nowait(reader)


class Transaction(SqliteTransactionWrapper):
    """The writing connection while a transaction holds it."""

    def _in_transaction(self) -> TransactionContext:
        self._must_be_open()
        return Savepoint(Transaction(self))

    async def begin(self) -> None:
        """Take the write lock at once, so that what is read is still true when it is written."""
        try:
            await self._connection.execute_fetchall("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise TransactionManagementError(error) from error

    async def execute_insert(self, query: str, values: list[Any]) -> int:
        """Insert one row."""
        self._must_be_open()
        note_statement(query)
        key: int = await super().execute_insert(query, values)
        return key

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """Run a statement for many rows."""
        self._must_be_open()
        note_statement(query)
        await super().execute_many(query, values)

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Sequence[Any]]:
        """The number of rows changed or found, and the rows."""
        self._must_be_open()
        note_statement(query)
        outcome: tuple[int, Sequence[Any]] = await super().execute_query(query, values)
        return outcome

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        self._must_be_open()
        note_statement(query)
        found: list[dict[str, Any]] = await super().execute_query_dict(query, values)
        return found

    async def execute_script(self, query: str) -> None:
        """Run several statements, one by one: the driver's own way would commit what came before."""
        for statement in statements_of(query):
            await self.execute_query(statement)

    def _must_be_open(self) -> None:
        if self._finalized:
            raise TransactionManagementError("The transaction is over: a task that was started inside it may not use it.")


class Savepoint(NestedTransactionContext):
    """A nested transaction. Whatever is raised inside undoes it; the stock one keeps it for some errors."""

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        if exc_type:
            await self.client.savepoint_rollback()
        else:
            await self.client.release_savepoint()


class _Context(SqliteTransactionContext):
    """Entering and leaving a transaction, so that the lock comes back whatever is cancelled or fails."""

    async def __aenter__(self) -> Any:
        await self._trxlock.acquire()
        token = None
        try:
            await self.ensure_connection()
            token = get_connections().set(self.connection_name, self.connection)
            await self.connection.begin()
        except BaseException:
            get_connections().reset(token)
            self._undo_then_unlock()
            raise
        self.token = token
        return self.connection

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        transaction = self.connection
        try:
            if not transaction._finalized:
                await (transaction.rollback() if exc_type else transaction.commit())
        except BaseException:
            self._undo_then_unlock()
            raise
        else:
            self._trxlock.release()
        finally:
            transaction._finalized = True
            get_connections().reset(self.token)

    def _undo_then_unlock(self) -> None:
        # BEGIN or COMMIT may still be queued in the driver's thread: roll back behind it, then free the lock.
        connection = self.connection._connection
        if connection is None:
            self._trxlock.release()
            return

        def unlock(undo: "asyncio.Task[None]") -> None:
            self._trxlock.release()
            if not undo.cancelled():
                undo.exception()

        asyncio.ensure_future(connection.rollback()).add_done_callback(unlock)


def statements_of(script: str) -> list[str]:
    """The statements of a script; a semicolon inside a text, a comment or a trigger does not end one."""
    found, statement = [], ""
    for piece in script.split(";"):
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            if statement.strip("; \n\t"):
                found.append(statement.strip())
            statement = ""
    return [*found, statement.strip()] if statement.strip("; \n\t") else found


def _only_reads(query: str) -> bool:
    start = query.lstrip()[:6].upper()
    return start == "SELECT" or (start.startswith("WITH") and not _WRITES.search(query))


client_class = Client
