"""Pages inside lists: the responses of each of fifty customers, in as many statements as those of one."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.expressions import RawSQL
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from voc.api.context import Info
from voc.api.paging import Listing, Page, Paging, turned
from voc.core.db import as_uuid
from voc.core.db.address import ALIAS


async def within(
    info: Info,
    listing: Listing,
    rows: Callable[[], QuerySet[Any]],
    parent: str,
    key: UUID,
    paging: Paging,
    order: Enum | None = None,
    *,
    given: object = None,
) -> Page:
    """The page of those of `rows()` whose column `parent` is `key`: two statements, however many parents ask for theirs at once.

    `given` is whatever else makes the rows differ between fields of one document, such as the filter.
    """
    paging.check()
    inside = _Inside(listing, rows, parent, paging, order)
    loaders, name = info.context.loaders, (listing.name, parent, paging, order, repr(given))
    found: list[Any] = await loaders.under(("page", *name), inside.found, key) or []
    return listing.cut(found, paging, order, lambda: _count(info, name, inside, key))


async def _count(info: Info, name: object, inside: "_Inside", key: UUID) -> int:
    return await info.context.loaders.under(("count", name), inside.counts, key) or 0


@dataclass(frozen=True, slots=True)
class _Inside:
    listing: Listing
    rows: Callable[[], QuerySet[Any]]
    parent: str
    paging: Paging
    order: Enum | None

    async def found(self, keys: list[UUID]) -> dict[UUID, list[Any]]:
        """The rows of each parent's page in the asked direction, and one more where there is more."""
        asked = self.listing.asked(self.rows().filter(**{f"{self.parent}__in": keys}), self.paging, self.order)
        columns = turned(self.listing.columns(self.order), self.paging.is_backward)
        if len(keys) == 1:
            return {keys[0]: await asked.order_by(*columns).limit(self.paging.size + 1)}
        ids = await self._numbered(asked, columns)
        rows = {row.pk: row for row in await self.listing.model.filter(id__in=ids)}
        found: dict[UUID, list[Any]] = {}
        for id in ids:
            if id in rows:  # deleted between the two statements
                found.setdefault(getattr(rows[id], self.parent), []).append(rows[id])
        return found

    async def counts(self, keys: list[UUID]) -> dict[UUID, int]:
        """How many rows each parent has."""
        rows = self.rows().filter(**{f"{self.parent}__in": keys}).annotate(total=Count("id")).group_by(self.parent)
        return {row[self.parent]: row["total"] for row in await rows.values(self.parent, "total")}

    async def _numbered(self, asked: QuerySet[Any], columns: tuple[str, ...]) -> list[UUID]:
        """The ids of the first rows of each parent, in order; Tortoise has no window functions, so its statement is wrapped."""
        meta = self.listing.model._meta

        def placed(column: str) -> str:
            return f'"{meta.db_table}"."{meta.fields_db_projection[column.lstrip("-")]}"{" DESC" if column.startswith("-") else ""}'

        window = f"row_number() OVER (PARTITION BY {placed(self.parent)} ORDER BY {', '.join(map(placed, columns))})"
        inner = asked.annotate(place=RawSQL(window)).values("id", "place")
        inner._choose_db_if_not_chosen()
        inner._make_query()
        statement, values = inner.query.get_parameterized_sql()
        numbered = f'SELECT "id" FROM ({statement}) AS "numbered" WHERE "place" <= {self.paging.size + 1} ORDER BY "place"'
        return [id for row in await get_connection(ALIAS).execute_query_dict(numbered, values) if (id := as_uuid(row["id"]))]
