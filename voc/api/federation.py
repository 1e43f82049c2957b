"""A subgraph of a federated graph (Federation 2): the graphs of others join our rows by ids they know, without asking us for ours."""

from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import Annotated, Any, NewType, Union

import strawberry
from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    DirectiveDefinitionNode,
    DocumentNode,
    NameNode,
    ObjectTypeDefinitionNode,
    StringValueNode,
    parse,
    print_ast,
)
from graphql.language import ConstArgumentNode
from strawberry.types.scalar import ScalarDefinition

from voc.api.context import Info
from voc.api.exposed import EXPOSED, field, shape
from voc.api.nodes import fetch
from voc.core.access import Actor
from voc.core.errors import Invalid

SPECIFICATION = "https://specs.apollo.dev/federation/v2.9"
MOST_ENTITIES = 100
Finder = Callable[[Actor, list[str]], Awaitable[Mapping[str, Any]]]
Keys = Mapping[str, Finder]
EntityKey = NewType("EntityKey", dict)  # type: ignore[type-arg] # strawberry takes classes only
ENTITY_KEY: dict[object, ScalarDefinition] = {
    EntityKey: strawberry.scalar(
        name="_Any",
        description="The name of a type with the fields of one of its keys, as a router of a federated graph sends it.",
        specified_by_url=SPECIFICATION,
    )
}
_OWN = ("_Any", "_Entity", "_Service")


@strawberry.type(name="_Service", description="This service as a part of a federated graph.")
class Service:
    """This service as a part of a federated graph."""

    sdl: str = strawberry.field(description="Its schema, with the keys by which the graphs of others join its types.")


def entity_queries(entities: Mapping[type[Any], Keys]) -> type[Any]:
    """The root fields of a subgraph whose `entities` are joined by their global id, or by further keys with a finder each."""
    keys = {cls.__strawberry_definition__.name: finders for cls, finders in entities.items()}
    union = strawberry.union("_Entity", description="The types that the graphs of others may join.")
    entity: Any = Annotated[Union[tuple(entities)], union]  # noqa: UP007 - made of a tuple
    Representations = Annotated[  # noqa: N806 - a type
        list[EntityKey], strawberry.argument(description=f"Which ones, at most {MOST_ENTITIES}, each by a type and one of its keys.")
    ]

    @shape
    class EntityQueries:
        """What a router of a federated graph asks."""

        @field(list[entity | None], name="_entities")
        async def entities(self, info: Info, representations: Representations) -> list[Any]:
            """The things that others know by these keys, in their order; null for each that there is not, or that you may not see."""
            if len(representations) > MOST_ENTITIES:
                raise Invalid.at("representations", "TOO_MANY", f"`representations` takes at most {MOST_ENTITIES}.")
            return [_entity(info, keys, found, f"representations[{place}]") for place, found in enumerate(representations)]

        @field(Service, name="_service")
        def service(self, info: Info) -> Service:
            """This service as a part of a federated graph."""
            return Service(sdl=subgraph_sdl(info.schema.as_str(), tuple((name, ("id", *finders)) for name, finders in keys.items())))

    return EntityQueries


@cache
def subgraph_sdl(sdl: str, keys: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """The schema as a router reads it: keys on the types, and nothing of what the federation itself defines."""
    named = dict(keys)
    kept: list[DefinitionNode] = []
    for definition in parse(sdl).definitions:
        name = getattr(getattr(definition, "name", None), "value", None)
        if name in _OWN or isinstance(definition, DirectiveDefinitionNode):
            continue  # the directives are those that GraphQL itself defines
        kept.append(_marked(definition, named) if isinstance(definition, ObjectTypeDefinitionNode) else definition)
    return f'extend schema @link(url: "{SPECIFICATION}", import: ["@key"])\n\n{print_ast(DocumentNode(definitions=tuple(kept)))}\n'


def _marked(definition: ObjectTypeDefinitionNode, keys: Mapping[str, tuple[str, ...]]) -> ObjectTypeDefinitionNode:
    kept = {name: getattr(definition, name) for name in definition.keys if name != "loc"}
    if definition.name.value == "Query":
        kept["fields"] = tuple(one for one in definition.fields or () if not one.name.value.startswith("_"))
    kept["directives"] = (*(definition.directives or ()), *map(_key, keys.get(definition.name.value, ())))
    return ObjectTypeDefinitionNode(**kept)


def _entity(info: Info, keys: Mapping[str, Keys], found: object, path: str) -> Any:
    name = found.get("__typename") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(name, str) or name not in keys:
        return _wrong(path, f"`{path}` has a `__typename` of {', '.join(keys)}.")
    for key in ("id", *keys[name]):
        value = found.get(key)
        if isinstance(value, str):
            return _by_id(info, value, name, path) if key == "id" else _by_key(info, keys[name][key], value, name)
    return _wrong(path, f"`{path}` has one of the keys of {name} as text: {', '.join(('id', *keys[name]))}.")


async def _by_id(info: Info, id: str, name: str, path: str) -> Any:
    return await fetch(info, id, name, path=f"{path}.id")


async def _by_key(info: Info, finder: Finder, value: str, name: str) -> Any:
    row = await info.context.loaders.seen(finder, value)
    assert row is None or isinstance(row, EXPOSED[name].model)
    return row


def _wrong(path: str, message: str) -> Invalid:
    return Invalid.at(path, "NOT_AN_ENTITY", message)


def _key(fields: str) -> ConstDirectiveNode:
    argument = ConstArgumentNode(name=NameNode(value="fields"), value=StringValueNode(value=fields))
    return ConstDirectiveNode(name=NameNode(value="key"), arguments=(argument,))
