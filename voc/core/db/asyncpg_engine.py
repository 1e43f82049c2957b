"""Our Tortoise engine for PostgreSQL over asyncpg.

Stock Tortoise loses a pool connection whenever a task is cancelled while entering a transaction, and resets the session on
every release. Here a connection always comes back, and is not reset: pooled connections never hold session state.
The module's name must contain "asyncpg": Tortoise picks its schema editor by it.
"""

from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import NestedTransactionContext, TransactionContext, TransactionContextPooled
from tortoise.backends.base_postgres.client import translate_exceptions
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

from voc.core.db.statements import note_statement

# As cheap as reading is on today's disks. With PostgreSQL's own figure a table that was small when a statement was prepared is read
# whole each time until it is analysed: in a night of many contacts that is most of the work.
_READS = {"random_page_cost": "1.1"}
_CHANGES = ("INSERT", "UPDATE", "DELETE")


async def keep_session(connection: Any) -> None:
    """No round trip on release. asyncpg itself still rolls back what was left open, and drops listeners."""


class Client(AsyncpgDBClient):
    """The pool."""

    async def create_pool(self, *, statement_seconds: float | None = None, **kwargs: Any) -> Any:
        """A pool whose connections are not reset between uses. Where asked, PostgreSQL ends a statement that takes longer."""
        if kwargs.get("statement_cache_size") != 0:  # PgBouncer refuses options at the start
            limit = {} if statement_seconds is None else {"statement_timeout": str(int(statement_seconds * 1000))}
            kwargs["server_settings"] = {**_READS, **limit, **kwargs.get("server_settings", {})}
        return await super().create_pool(reset=keep_session, **kwargs)

    def _in_transaction(self) -> TransactionContext:
        return _Context(Transaction(self), self._pool_init_lock)

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        """Insert one row in a transaction of its own."""
        note_statement(query)
        return await super().execute_insert(query, values)

    async def execute_many(self, query: str, values: list[Any]) -> None:
        """Run a statement for many rows in one transaction. The stock one leaves it open when cancelled."""
        async with self._in_transaction() as tx:
            await tx.execute_many(query, values)

    @translate_exceptions
    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, list[Any]]:
        """The number of rows changed, or the rows."""
        note_statement(query)
        async with self.acquire_connection() as connection:
            return await _run(connection, query, values)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        note_statement(query)
        found: list[dict[str, Any]] = await super().execute_query_dict(query, values)
        return found

    async def execute_script(self, query: str) -> None:
        """Run several statements."""
        note_statement(query)
        await super().execute_script(query)


class Transaction(TransactionWrapper):
    """A pool connection while a transaction holds it."""

    def _in_transaction(self) -> TransactionContext:
        self._must_be_open()
        return Savepoint(Transaction(self))

    async def execute_insert(self, query: str, values: list[Any]) -> Any:
        """Insert one row."""
        self._must_be_open()
        note_statement(query)
        return await super().execute_insert(query, values)

    async def execute_many(self, query: str, values: list[Any]) -> None:
        """Run a statement for many rows."""
        self._must_be_open()
        note_statement(query)
        await super().execute_many(query, values)

    @translate_exceptions
    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, list[Any]]:
        """The number of rows changed, or the rows."""
        self._must_be_open()
        note_statement(query)
        async with self.acquire_connection() as connection:
            return await _run(connection, query, values)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        self._must_be_open()
        note_statement(query)
        found: list[dict[str, Any]] = await super().execute_query_dict(query, values)
        return found

    async def execute_script(self, query: str) -> None:
        """Run several statements."""
        self._must_be_open()
        note_statement(query)
        await super().execute_script(query)

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


class _Context(TransactionContextPooled):
    """Entering and leaving a transaction, so that the connection comes back whatever is cancelled or fails."""

    async def __aenter__(self) -> Any:
        await self.ensure_connection()
        pool = self.client._parent._pool
        self.client._connection = await pool.acquire()
        token = None
        try:
            token = get_connections().set(self.connection_name, self.client)
            await self.client.begin()
        except BaseException:
            get_connections().reset(token)
            await pool.release(self.client._connection)
            raise
        self.token = token
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        pool = self.client._parent._pool
        try:
            if not self.client._finalized:
                await (self.client.rollback() if exc_type else self.client.commit())
        finally:
            self.client._finalized = True
            try:
                if pool:
                    await pool.release(self.client._connection)
            finally:
                get_connections().reset(self.token)


async def _run(connection: asyncpg.Connection, query: str, values: list[Any] | None) -> tuple[int, list[Any]]:
    if query.lstrip()[:6].upper() in _CHANGES and "RETURNING" not in query.upper():
        status: str = await connection.execute(query, *(values or ()))
        return int(status.rpartition(" ")[2]), []
    found = await connection.fetch(query, *(values or ()))
    return len(found), found


client_class = Client
