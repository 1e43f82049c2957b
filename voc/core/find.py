"""Finding one row, where what may not be seen is not there."""

from typing import TypeVar
from uuid import UUID

from tortoise.models import Model
from tortoise.queryset import QuerySet

from voc.core.errors import NotFound

M = TypeVar("M", bound=Model)


async def one(visible: QuerySet[M], row_id: UUID) -> M:
    """The row with that id among those the actor may see, or NotFound."""
    row = await visible.get_or_none(id=row_id)
    if row is None:
        raise NotFound(f"There is no such {visible.model.__name__.lower()}, or you may not see it.")
    return row
