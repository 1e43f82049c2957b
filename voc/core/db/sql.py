"""Plain SQL for lists, analytics and conditional updates, written once for both databases."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import orjson
from tortoise.connection import get_connection

from voc.core.db.address import ALIAS

_T = TypeVar("_T")
_PLACEHOLDER = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|\?\?|\?")


async def rows(sql: str, *args: object) -> list[dict[str, Any]]:
    """The rows of a query, or of a change with RETURNING, read in the current transaction if there is one.

    Placeholders are `?`; write `??` for a question mark that is meant. SQLite gives back ids and moments as text:
    read them through `as_uuid` and `as_moment`, and likewise `as_decimal` and `as_json`, which take what either database gives.
    """
    connection = get_connection(ALIAS)
    native = connection.capabilities.dialect == "postgres"
    return await connection.execute_query_dict(_placed(sql, native), [_adapted(value, native) for value in args])


async def execute(sql: str, *args: object) -> int:
    """Run one statement in the current transaction if there is one, and say how many rows it changed."""
    connection = get_connection(ALIAS)
    native = connection.capabilities.dialect == "postgres"
    return (await connection.execute_query(_placed(sql, native), [_adapted(value, native) for value in args]))[0]


async def execute_many(sql: str, batch: Iterable[Iterable[object]]) -> None:
    """Run one statement for each tuple of values, in one go."""
    connection = get_connection(ALIAS)
    native = connection.capabilities.dialect == "postgres"
    await connection.execute_many(_placed(sql, native), [[_adapted(value, native) for value in values] for values in batch])


def marks(values: Iterable[object]) -> str:
    """As many placeholders as there are values, for `IN (…)`: `f"id IN ({marks(ids)})"`. PostgreSQL takes at most 32,767."""
    return ", ".join("?" for _ in values) or "NULL"


def padded(values: Sequence[_T]) -> list[_T]:
    """The values, the last one repeated until there are 1, 2, 4, 8, … of them: an `IN (…)` over them has few different texts to prepare."""
    count = 1 << (len(values) - 1).bit_length() if values else 0
    return [*values, *(values[-1] for _ in range(count - len(values)))]


def as_moment(value: object) -> datetime | None:
    """A moment from a row, aware and in UTC."""
    if value is None or isinstance(value, datetime):
        return value.astimezone(UTC) if value else None
    moment = datetime.fromisoformat(str(value))
    if moment.tzinfo is UTC:
        return moment
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def as_uuid(value: object) -> UUID | None:
    """An id from a row. asyncpg's own UUID class becomes Python's."""
    return None if value is None else UUID(str(value))


def as_decimal(value: object) -> Decimal | None:
    """A decimal number from a row."""
    return None if value is None else Decimal(str(value))


def as_json(value: object) -> Any:
    """A document from a row."""
    return orjson.loads(value) if isinstance(value, str | bytes) else value


@lru_cache(maxsize=1024)
def _placed(sql: str, native: bool) -> str:
    count = 0

    def place(found: re.Match[str]) -> str:
        nonlocal count
        part = found.group()
        if part == "??":
            return "?"
        if part != "?" or not native:
            return part
        count += 1
        return f"${count}"

    return _PLACEHOLDER.sub(place, sql)


def _adapted(value: object, native: bool) -> object:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"The moment {value} has no time zone: only aware moments go into the database.")
        return value if native else value.astimezone(UTC).isoformat(" ")
    if isinstance(value, dict | list):
        return orjson.dumps(value).decode()
    if isinstance(value, Enum):
        return value.value
    if native or value is None:
        return value
    if isinstance(value, UUID | Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
