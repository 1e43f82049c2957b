"""From the filter of a list to the rows it leaves: what was not given narrows nothing."""

from typing import Any, TypeVar
from uuid import UUID

from tortoise.expressions import Q
from tortoise.models import Model
from tortoise.queryset import QuerySet

from voc.api.global_ids import row_id

M = TypeVar("M", bound=Model)


def narrowed(rows: QuerySet[M], **asked: Any) -> QuerySet[M]:
    """The rows for which everything asked holds, written as in `filter`; None was not asked."""
    given = {name: value for name, value in asked.items() if value is not None}
    return rows.filter(**given) if given else rows


def containing(rows: QuerySet[M], text: str | None, *columns: str) -> QuerySet[M]:
    """The rows in one of whose columns each word stands, whatever its case."""
    for word in (text or "").split():
        somewhere = Q()
        for column in columns:
            somewhere |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(somewhere)
    return rows


def id_of(id: str | None, type_name: str, path: str) -> UUID | None:
    """The row id behind an optional global id, or Invalid at `path`."""
    return None if id is None else row_id(id, type_name, path=path)
