"""The schema as a page can show it: plain entries, made once from the types."""

from dataclasses import dataclass
from functools import lru_cache

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_specified_scalar_type,
)

from voc.api.building import own_types

KINDS = ("object", "interface", "union", "input", "enum", "scalar")


@dataclass(frozen=True, slots=True)
class Reference:
    """A type where it is used: `[Task!]!` is the name between two pieces of punctuation."""

    before: str
    name: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A field, an argument, an input field or an enum value."""

    name: str
    description: str
    type: Reference | None = None
    arguments: tuple["Entry", ...] = ()
    deprecation: str | None = None


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One type with everything that is said of it."""

    name: str
    kind: str
    description: str
    entries: tuple[Entry, ...] = ()
    members: tuple[str, ...] = ()
    implements: tuple[str, ...] = ()
    specified_by: str | None = None


@dataclass(frozen=True, slots=True)
class SchemaReference:
    """The whole schema: what can be asked, changed and listened to, and the types by name."""

    queries: tuple[Entry, ...]
    mutations: tuple[Entry, ...]
    subscriptions: tuple[Entry, ...]
    types: dict[str, TypeEntry]

    def of_kind(self, kind: str) -> list[TypeEntry]:
        """The types of one kind by name; results of mutations are left out, for they are all alike."""
        return [entry for entry in self.types.values() if entry.kind == kind and not (kind == "union" and entry.name.endswith("Result"))]


@lru_cache(maxsize=4)
def reference_of(schema: GraphQLSchema) -> SchemaReference:
    """The reference of a schema."""
    roots = [root for root in (schema.query_type, schema.mutation_type, schema.subscription_type) if root]
    types = {type_.name: _type(schema, type_) for type_ in sorted(own_types(schema), key=lambda type_: type_.name) if type_ not in roots}
    asked, changed, heard = (
        _entries(root.fields) if root else () for root in (schema.query_type, schema.mutation_type, schema.subscription_type)
    )
    return SchemaReference(asked, changed, heard, types)


def _type(schema: GraphQLSchema, type_: GraphQLNamedType) -> TypeEntry:
    name, description = type_.name, type_.description or ""
    if isinstance(type_, GraphQLObjectType):
        return TypeEntry(name, "object", description, _entries(type_.fields), implements=tuple(one.name for one in type_.interfaces))
    if isinstance(type_, GraphQLInterfaceType):
        return TypeEntry(
            name, "interface", description, _entries(type_.fields), tuple(one.name for one in schema.get_possible_types(type_))
        )
    if isinstance(type_, GraphQLInputObjectType):
        return TypeEntry(name, "input", description, _entries(type_.fields))
    if isinstance(type_, GraphQLUnionType):
        return TypeEntry(name, "union", description, members=tuple(one.name for one in type_.types))
    if isinstance(type_, GraphQLEnumType):
        values = [Entry(value, found.description or "", deprecation=found.deprecation_reason) for value, found in type_.values.items()]
        return TypeEntry(name, "enum", description, tuple(values))
    assert isinstance(type_, GraphQLScalarType)
    specified = type_.specified_by_url or ("https://spec.graphql.org/September2025/" if is_specified_scalar_type(type_) else None)
    return TypeEntry(name, "scalar", description, specified_by=specified)


def _entries(fields: dict[str, GraphQLField] | dict[str, GraphQLInputField] | dict[str, GraphQLArgument]) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            name,
            field.description or "",
            _reference(field),
            _entries(field.args) if isinstance(field, GraphQLField) else (),
            field.deprecation_reason,
        )
        for name, field in fields.items()
    )


def _reference(field: GraphQLField | GraphQLInputField | GraphQLArgument) -> Reference:
    name = get_named_type(field.type).name
    before, _, after = str(field.type).partition(name)
    return Reference(before, name, after)
