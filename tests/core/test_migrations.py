"""Migrations on both databases: the right schema, one at a time, whole or not at all, and no row lost."""

import asyncio
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from tortoise.context import TortoiseContext

from tests.databases import Postgres
from voc.core.db.address import APP, PostgresServer, parse_url, tortoise_config
from voc.core.db.make_migration import changes
from voc.core.db.migrations import known_migrations, migrate, pending

IGNORED = ("tortoise_migrations", "sqlite_sequence")


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite://{tmp_path}/new/empty.sqlite3"
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    url = server.empty()
    yield url
    server.drop(url)


async def test_migrations_make_the_schema_that_the_models_describe(empty_url: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    await migrate(empty_url)
    migrated = await schema_of(empty_url)
    if empty_url.startswith("sqlite"):
        empty_url = f"sqlite://{tmp_path}/described.sqlite3"
    else:
        await run(empty_url, "DROP SCHEMA public CASCADE")
        await run(empty_url, "CREATE SCHEMA public")
    async with TortoiseContext() as context:
        await context.init(config=tortoise_config(empty_url))
        await context.generate_schemas()

    described = await schema_of(empty_url)

    assert len(described) > 20
    for table in sorted(described.keys() | migrated.keys()):
        assert (table, migrated.get(table)) == (table, described.get(table))


async def test_a_database_is_brought_up_to_date_once(empty_url: str) -> None:
    assert await pending(empty_url) == known_migrations() != []
    assert await migrate(empty_url) == known_migrations()
    assert await pending(empty_url) == []
    assert await migrate(empty_url) == []


async def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    """With stock Tortoise one of three crashes on an empty PostgreSQL."""
    code = "import asyncio, sys; from voc.core.db.migrations import migrate; print(len(asyncio.run(migrate(sys.argv[1]))))"
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-c", code, empty_url, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        for _ in range(3)
    ]
    told = [(await process.communicate())[0].decode().strip() for process in processes]
    assert sorted(told) == ["0", "0", str(len(known_migrations()))]


async def test_the_models_have_not_changed_since_the_last_migration() -> None:
    missing = [operation for writer in await changes() for operation in writer.operations]
    assert missing == [], "run python -m voc.core.db.make_migration NAME (while nothing is released: --anew)"


MODELS = """
from tortoise import fields
from tortoise.models import Model

class Parent(Model):
    '''A parent; with a semicolon.'''
    id = fields.IntField(primary_key=True)
    name = fields.CharField(20)
    code = fields.CharField(20, unique=True)
    system = fields.CharField(20)
    outside = fields.CharField(20)
    class Meta:
        table = "parent"
        unique_together = (("system", "outside"),)
        indexes = (("name", "system"),)

class Child(Model):
    id = fields.IntField(primary_key=True)
    parent = fields.ForeignKeyField("voc.Parent", related_name="children", on_delete=fields.CASCADE)
    class Meta:
        table = "child"
"""
SECOND = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops

class Migration(migrations.Migration):
    dependencies = [("voc", "0001_initial")]
    operations = [{operations}]
"""
LONGER = 'ops.AlterField(model_name="Parent", name="name", field=fields.CharField(max_length=50))'
UNRULY = 'ops.AlterModelOptions(name="Parent", options={"table": "parent", "app": "voc"})'


class House:
    """A small house of its own, with two tables and migrations to come."""

    number = 0

    def __init__(self, folder: Path) -> None:
        House.number += 1
        self.name = f"small_house_{House.number}"
        self.folder = folder / self.name
        (self.folder / "migrations").mkdir(parents=True)
        (self.folder / "migrations" / "__init__.py").touch()
        (self.folder / "__init__.py").touch()
        (self.folder / "models.py").write_text(MODELS)
        self.apps: dict[str, Any] = {
            APP: {"models": [f"{self.name}.models"], "default_connection": "default", "migrations": f"{self.name}.migrations"}
        }

    async def start(self, url: str) -> None:
        from tortoise.migrations.autodetector import MigrationAutodetector

        async with TortoiseContext() as context:
            await context.init(config=tortoise_config(url) | {"apps": self.apps}, init_connections=False)
            assert context.apps is not None
            await MigrationAutodetector(context.apps, self.apps).write()
        await migrate(url, self.apps)
        await run(url, "INSERT INTO parent (id, name, code, system, outside) VALUES (1, 'a', 'c1', 'crm', '7'), (2, 'b', 'c2', 'crm', '8')")
        await run(url, "INSERT INTO child (id, parent_id) VALUES (1, 1), (2, 1), (3, 2)")

    def add(self, *operations: str) -> None:
        (self.folder / "migrations" / "0002_next.py").write_text(SECOND.format(operations=", ".join(operations)))
        importlib.invalidate_caches()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house whose tables are filled."""
    monkeypatch.syspath_prepend(str(tmp_path))
    return House(tmp_path)


async def test_changing_a_table_keeps_its_children_indexes_and_uniques(empty_url: str, house: House) -> None:
    """Stock Tortoise on SQLite deletes all children here, and drops the index and the composite unique."""
    await house.start(empty_url)
    before = await schema_of(empty_url)
    house.add(LONGER)

    assert await migrate(empty_url, house.apps) == ["0002_next"]

    assert await run(empty_url, "SELECT count(*) AS n FROM child") == [{"n": 3}]
    assert await run(empty_url, "SELECT count(*) AS n FROM parent") == [{"n": 2}]
    after = await schema_of(empty_url)
    assert after["parent"]["indexes"] == before["parent"]["indexes"]
    assert after["child"] == before["child"]
    assert after["parent"]["columns"] != before["parent"]["columns"]
    for duplicate in ("'c1', 'crm', '9'", "'c9', 'crm', '7'"):
        with pytest.raises(Exception, match=r"(?i)unique"):
            await run(empty_url, f"INSERT INTO parent (id, name, code, system, outside) VALUES (9, 'x', {duplicate})")


async def test_removing_a_column_keeps_the_rest(empty_url: str, house: House) -> None:
    await house.start(empty_url)
    house.add('ops.RemoveField(model_name="Parent", name="code")')

    await migrate(empty_url, house.apps)

    assert await run(empty_url, "SELECT * FROM parent WHERE id = 1") == [{"id": 1, "name": "a", "system": "crm", "outside": "7"}]
    assert await run(empty_url, "SELECT count(*) AS n FROM child") == [{"n": 3}]
    assert sorted((await schema_of(empty_url))["parent"]["indexes"]) == sorted([(False, ("name", "system")), (True, ("system", "outside"))])


async def test_a_composite_unique_can_be_dropped(empty_url: str, house: House) -> None:
    """Stock Tortoise on SQLite fails: "no such index"."""
    await house.start(empty_url)
    house.add(UNRULY_OPTIONS)

    await migrate(empty_url, house.apps)

    await run(empty_url, "INSERT INTO parent (id, name, code, system, outside) VALUES (3, 'c', 'c3', 'crm', '7')")
    assert await run(empty_url, "SELECT count(*) AS n FROM child") == [{"n": 3}]
    assert (True, ("code",)) in (await schema_of(empty_url))["parent"]["indexes"]


UNRULY_OPTIONS = "ops.RemoveConstraint(model_name='Parent', fields=['system', 'outside'])"


async def test_a_migration_that_fails_leaves_nothing(empty_url: str, house: House) -> None:
    await house.start(empty_url)
    before = await schema_of(empty_url)
    house.add(LONGER, 'ops.RunSQL("INSERT INTO nowhere VALUES (1)")')

    with pytest.raises(Exception, match="nowhere"):
        await migrate(empty_url, house.apps)

    assert await schema_of(empty_url) == before
    assert await run(empty_url, "SELECT name FROM tortoise_migrations") == [{"name": "0001_initial"}]


@pytest.mark.parametrize("empty_url", ["sqlite"], indirect=True)
async def test_a_migration_that_breaks_a_foreign_key_is_refused(empty_url: str, house: House) -> None:
    await house.start(empty_url)
    house.add('ops.RunSQL("DELETE FROM parent WHERE id = 1")')

    with pytest.raises(RuntimeError, match="0002_next would break foreign keys \\(child to parent\\); nothing was changed"):
        await migrate(empty_url, house.apps)

    assert await run(empty_url, "SELECT count(*) AS n FROM parent") == [{"n": 2}]


async def run(url: str, sql: str) -> list[dict[str, Any]]:
    """Run a statement with the bare driver."""
    where = parse_url(url)
    if isinstance(where, PostgresServer):
        connection = await asyncpg.connect(**where.connect)
        try:
            return [dict(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()
    import sqlite3

    with sqlite3.connect(where.path) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute(sql).fetchall()]


async def schema_of(url: str) -> dict[str, dict[str, Any]]:
    """Columns, foreign keys and indexes of our tables, without the names of indexes and constraints."""
    return await (_postgres_schema(url) if url.startswith("postgres") else _sqlite_schema(url))


async def _sqlite_schema(url: str) -> dict[str, dict[str, Any]]:
    schema = {}
    for row in await run(url, "SELECT name FROM sqlite_master WHERE type = 'table'"):
        name = row["name"]
        if name not in IGNORED:
            columns = await run(url, f"PRAGMA table_info('{name}')")
            indexes = [
                (bool(index["unique"]), tuple(column["name"] for column in await run(url, f"PRAGMA index_info('{index['name']}')")))
                for index in await run(url, f"PRAGMA index_list('{name}')")
            ]
            keys = [
                {key: link[key] for key in ("table", "from", "to", "on_delete")}
                for link in await run(url, f"PRAGMA foreign_key_list('{name}')")
            ]
            schema[name] = {
                "columns": [{key: column[key] for key in ("name", "type", "notnull", "dflt_value", "pk")} for column in columns],
                "indexes": sorted(indexes),
                "keys": sorted(keys, key=str),
            }
    return schema


async def _postgres_schema(url: str) -> dict[str, dict[str, Any]]:
    schema: dict[str, dict[str, Any]] = {}
    columns = await run(
        url,
        """SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, is_identity,
        numeric_precision FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name NOT LIKE 'pgqueuer%' ORDER BY table_name, ordinal_position""",
    )
    for column in columns:
        name = column.pop("table_name")
        if name not in IGNORED:
            schema.setdefault(name, {"columns": [], "indexes": [], "keys": []})["columns"].append(column)
    indexes = await run(
        url,
        """SELECT c.relname AS "table", i.indisunique AS uniq, array(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY AS k(n, o)
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.n ORDER BY k.o) AS columns
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisprimary""",
    )
    for index in indexes:
        if index["table"] in schema:
            schema[index["table"]]["indexes"].append((index["uniq"], tuple(index["columns"])))
    constraints = await run(
        url,
        """SELECT conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('f', 'p', 'c')""",
    )
    for constraint in constraints:
        if constraint["table"].strip('"') in schema:
            schema[constraint["table"].strip('"')]["keys"].append(constraint["definition"])
    return {
        name: {"columns": table["columns"], "indexes": sorted(table["indexes"]), "keys": sorted(table["keys"])}
        for name, table in schema.items()
    }
