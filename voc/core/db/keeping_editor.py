"""Tortoise's schema editor for SQLite, made to keep what it would lose.

SQLite changes a table by building a new one. Tortoise then forgets the table's indexes and composite uniques, and cannot
drop a unique that was written inside CREATE TABLE. Run it with foreign keys off, else DROP TABLE deletes all child rows.
"""

from typing import Any

from tortoise.migrations.constraints import UniqueConstraint
from tortoise.migrations.schema_editor import SqliteSchemaEditor

from voc.core.db.sqlite_engine import statements_of


class KeepingEditor(SqliteSchemaEditor):
    """A schema editor whose rebuilt tables have the indexes and uniques they had."""

    async def _run_sql(self, sql: str) -> None:
        """Run statements one by one, so that they stay in the transaction. The stock one cuts at every semicolon, also inside texts."""
        if self.collect_sql:
            await super()._run_sql(sql)
            return
        for statement in statements_of(sql):
            await self.client.execute_query(statement)

    async def _remake_table(self, model: Any, create_field: Any = None, delete_field: Any = None, alter_fields: Any = None) -> None:
        gone = [delete_field] if delete_field else []
        dropped = {column for field in gone if (column := field.source_field or field.model_field_name)}
        renamed = {
            old.source_field or old.model_field_name: new.source_field or new.model_field_name
            for old, new in alter_fields or ()
            if old and new
        }
        keep = [] if self.collect_sql else await self._indexes_of(model._meta.db_table, dropped, renamed)
        await super()._remake_table(model, create_field, delete_field, alter_fields)
        for statement in keep:
            await self.client.execute_query(statement)

    async def remove_constraint(self, model: Any, constraint: Any) -> None:
        """Drop a constraint, also a unique that was written inside CREATE TABLE: the table is rebuilt without it."""
        if not isinstance(constraint, UniqueConstraint) or self.collect_sql:
            return await super().remove_constraint(model, constraint)
        columns = tuple(self._resolve_fields_to_columns(model, constraint.fields))
        for index in await self.client.execute_query_dict(f'PRAGMA index_list("{model._meta.db_table}")'):
            if index["unique"] and tuple(await self._columns_of(index["name"])) == columns:
                if index["origin"] == "c":
                    await self.client.execute_query(f'DROP INDEX "{index["name"]}"')
                else:
                    keep = await self._indexes_of(model._meta.db_table, set(), {}, but=columns)
                    await super()._remake_table(model)
                    for statement in keep:
                        await self.client.execute_query(statement)
                return None
        raise ValueError(f"The table {model._meta.db_table} has no unique over {', '.join(columns)}.")

    async def _indexes_of(self, table: str, dropped: set[str], renamed: dict[str, str], but: tuple[str, ...] = ()) -> list[str]:
        """The statements that make the table's indexes and composite uniques again."""
        statements = []
        for index in await self.client.execute_query_dict(f'PRAGMA index_list("{table}")'):
            columns = await self._columns_of(index["name"])
            if index["origin"] == "pk" or dropped & set(columns) or (index["unique"] and tuple(columns) == but):
                continue
            if index["origin"] == "u" and len(columns) == 1:
                continue  # a unique on one column is part of the column
            after = [renamed.get(column, column) for column in columns]
            name = index["name"] if index["origin"] == "c" else f"uq_{table}_{'_'.join(after)}"
            unique = "UNIQUE " if index["unique"] else ""
            statements.append(
                f'CREATE {unique}INDEX "{name}" ON "{table}" ({", ".join(f"{chr(34)}{column}{chr(34)}" for column in after)})'
            )
        return statements

    async def _columns_of(self, index: str) -> list[str]:
        return [row["name"] for row in await self.client.execute_query_dict(f'PRAGMA index_info("{index}")')]
