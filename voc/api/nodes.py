"""Anything with an id can be fetched again by it, one or many, whatever its type."""

from typing import Annotated, Any
from uuid import UUID

import strawberry

from voc.api.context import Info
from voc.api.exposed import EXPOSED, field, interface, shape, type_name_of
from voc.api.global_ids import MALFORMED, read_global_id
from voc.core.errors import Invalid

MOST_NODES = 100


@interface
class Node:
    """Anything that has a global id and can be fetched again by it."""

    id: strawberry.ID
    """Global id: stable, opaque, and good for `node(id:)`."""

    @classmethod
    def resolve_type(cls, row: object, *_: object) -> str | None:
        """The type that publishes the row."""
        return type_name_of(row)


Id = Annotated[strawberry.ID, strawberry.argument(description="Global id, as this API returned it.")]
Ids = Annotated[list[strawberry.ID], strawberry.argument(description=f"Global ids, at most {MOST_NODES}.")]


@shape
class NodeQueries:
    """Fetching by global id."""

    @field(Node | None)
    async def node(self, info: Info, id: Id) -> Any:
        """The thing with this id, whatever its type. Null when there is none or you may not see it; an error when this is no id."""
        return await load(info, *known(id, "id"))

    @field(list[Node | None])
    async def nodes(self, info: Info, ids: Ids) -> list[Any]:
        """The things with these ids, in the order asked; null for each that there is not, or that you may not see."""
        if len(ids) > MOST_NODES:
            raise Invalid.at("ids", "TOO_MANY", f"`ids` takes at most {MOST_NODES} ids, and here are {len(ids)}.")
        return [_item(info, id, f"ids[{place}]") for place, id in enumerate(ids)]


async def fetch(info: Info, id: str, type_name: str, *, path: str = "id") -> Any:
    """The row of one type by its global id, for root fields such as `survey(id:)`; None when there is none or it may not be seen.

    What is no global id, or one of another type, is Invalid at `path`.
    """
    name, key = known(id, path)
    if name != type_name:
        raise Invalid.at(path, "WRONG_TYPE_OF_ID", f"`{path}` takes the id of a {type_name}, and this is the id of a {name}.")
    return await load(info, name, key)


async def load(info: Info, type_name: str, id: UUID) -> Any:
    """The row of an exposed type, or None."""
    exposed = EXPOSED[type_name]
    return await info.context.loaders.row(exposed.model, id) if exposed.visible else None


def known(id: str, path: str) -> tuple[str, UUID]:
    """The type name and row id of a global id; anything else is Invalid at `path`."""
    found = read_global_id(id)
    if found is None or found[0] not in EXPOSED or not EXPOSED[found[0]].is_node:
        raise Invalid.at(path, MALFORMED, f"`{path}` takes a global id as this API returned it.")
    return found


def _item(info: Info, id: str, path: str) -> Any:
    try:
        return load(info, *known(id, path))
    except Invalid as refusal:
        return refusal  # the executor makes it the error of this one item
