"""Many rows of a table in one statement, the same on both databases: the rows travel as one JSON document.

PostgreSQL unfolds it with `jsonb_to_recordset`, SQLite with `json_each`. Rows are dictionaries by column; what is read has
ids, moments, amounts and documents as Python values.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

import orjson
from tortoise import fields
from tortoise.models import Model

from voc.core.db import as_decimal, as_json, as_moment, as_uuid, dialect, execute, rows

Row = dict[str, Any]
_TYPES: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.UUIDField, "uuid"),
    (fields.DatetimeField, "timestamptz"),
    (fields.DecimalField, "numeric"),
    (fields.JSONField, "jsonb"),
    (fields.BigIntField, "bigint"),
    (fields.IntField, "integer"),
    (fields.FloatField, "double precision"),
    (fields.BooleanField, "boolean"),
)
_READ: dict[str, Callable[[object], Any]] = {"uuid": as_uuid, "timestamptz": as_moment, "numeric": as_decimal, "jsonb": as_json}


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name and the PostgreSQL type of each of its columns."""

    name: str
    types: Mapping[str, str]


@cache
def table_of(model: type[Model]) -> Table:
    """The table of a model."""
    described = model._meta
    types = {described.fields_db_projection[name]: _type(described.fields_map[name]) for name in described.fields_db_projection}
    return Table(described.db_table, types)


async def insert_new(model: type[Model], new: Sequence[Row], *, unless: tuple[str, ...]) -> set[UUID]:
    """Insert the rows whose key `unless` is not there yet, waiting for other transactions that are inserting it; gives the ids inserted.

    Give them sorted by that key, so that two batches never wait for each other.
    """
    if not new:
        return set()
    table = table_of(model)
    names = ", ".join(new[0])
    found = await rows(
        f"""INSERT INTO {table.name} ({names}) SELECT {names} FROM {_unfold(table, new[0])} WHERE true
            ON CONFLICT ({", ".join(unless)}) DO NOTHING RETURNING id""",
        _packed(new),
    )
    return {UUID(str(row["id"])) for row in found}


async def update_by_id(model: type[Model], changed: Sequence[Row]) -> None:
    """Write the columns that the rows hold; each holds its id and the same columns."""
    if not changed:
        return
    table = table_of(model)
    sets = ", ".join(f"{name} = r.{name}" for name in changed[0] if name != "id")
    await execute(f"UPDATE {table.name} SET {sets} FROM {_unfold(table, changed[0])} AS r WHERE {table.name}.id = r.id", _packed(changed))


async def find_by(model: type[Model], keys: Sequence[tuple[object, ...]], names: tuple[str, ...], *, lock: bool = False) -> list[Row]:
    """The rows with these keys. With `lock` nobody else changes them until the transaction ends; SQLite has one writer anyway."""
    if not keys:
        return []
    table = table_of(model)
    wanted = [dict(zip(names, key, strict=True)) for key in sorted(set(keys), key=lambda key: [str(part) for part in key])]
    on = " AND ".join(f"t.{name} = r.{name}" for name in names)
    hold = f"ORDER BY {', '.join(f't.{name}' for name in names)} FOR NO KEY UPDATE OF t" if lock and dialect() == "postgres" else ""
    # CROSS JOIN makes SQLite begin with the keys; to PostgreSQL it is a plain join.
    found = await rows(f"SELECT t.* FROM {_unfold(table, wanted[0])} AS r CROSS JOIN {table.name} AS t WHERE {on} {hold}", _packed(wanted))
    return [_read(table, row) for row in found]


def _unfold(table: Table, sample: Iterable[str]) -> str:
    if dialect() == "postgres":
        columns = ", ".join(f"{name} {table.types[name]}" for name in sample)
        return f"(SELECT * FROM jsonb_to_recordset(CAST(? AS jsonb)) AS raw({columns}))"
    columns = ", ".join(f"json_extract(value, '$.{name}') AS {name}" for name in sample)
    return f"(SELECT {columns} FROM json_each(?))"


def _packed(many: Sequence[Row]) -> str:
    return orjson.dumps(many, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def _plain(value: object) -> str:
    # SQLite compares moments as text, so they are written as its engine writes them.
    return value.astimezone(UTC).isoformat(" ") if isinstance(value, datetime) else str(value)


def _read(table: Table, row: Mapping[str, Any]) -> Row:
    return {name: _READ[kind](row[name]) if (kind := table.types[name]) in _READ else row[name] for name in table.types}


def _type(field: fields.Field[Any]) -> str:
    return next((name for kind, name in _TYPES if isinstance(field, kind)), "text")
