"""Putting a schema together from the rooms' types, and refusing one that a stranger could not read."""

from collections.abc import Iterator, Mapping

import strawberry
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
)
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from voc.api.executor import FastExecutor
from voc.api.federation import ENTITY_KEY
from voc.api.problems import HANDLERS
from voc.api.scalars import SCALARS

INPUT = "What is needed: the fields of the input say what each means."


def build(
    query: type,
    mutation: type | None = None,
    subscription: type | None = None,
    *,
    types: tuple[type, ...] = (),
    scalars: Mapping[object, ScalarDefinition] | None = None,
) -> strawberry.Schema:
    """A schema to the house's conventions. A thing without a description is a TypeError that names it.

    Optional arguments and input fields print without `= null`: absent is read as None unless the Python default says otherwise.
    """
    schema = strawberry.Schema(
        query,
        mutation,
        subscription,
        types=types,
        config=StrawberryConfig(scalar_map={**SCALARS, **ENTITY_KEY, **(scalars or {})}, enable_experimental_incremental_execution=True),
        exception_handlers=HANDLERS,
        execution_context_class=FastExecutor,
    )
    for value in _inputs(schema._schema):
        if value.default_value is None:
            value.default_value = Undefined
    if mutation is not None:
        _describe_inputs(schema._schema)
    undescribed = sorted(name for name, description in described_things(schema._schema) if not description)
    if undescribed:
        raise TypeError(f"Without a description: {', '.join(undescribed)}.")
    return schema


def own_types(schema: GraphQLSchema) -> list[GraphQLNamedType]:
    """The types of the schema without those of introspection."""
    return [type_ for name, type_ in schema.type_map.items() if not name.startswith("__")]


def described_things(schema: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    """Everything that must have a description, by its schema coordinate."""
    for type_ in own_types(schema):
        yield type_.name, type_.description
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in type_.fields.items():
                yield f"{type_.name}.{name}", field.description
                yield from ((f"{type_.name}.{name}({argument}:)", value.description) for argument, value in field.args.items())
        elif isinstance(type_, GraphQLInputObjectType):
            yield from ((f"{type_.name}.{name}", value.description) for name, value in type_.fields.items())
        elif isinstance(type_, GraphQLEnumType):
            yield from ((f"{type_.name}.{name}", value.description) for name, value in type_.values.items())


def _inputs(schema: GraphQLSchema) -> Iterator[GraphQLArgument | GraphQLInputField]:
    for type_ in own_types(schema):
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for field in type_.fields.values():
                yield from field.args.values()
        elif isinstance(type_, GraphQLInputObjectType):
            yield from type_.fields.values()


def _describe_inputs(schema: GraphQLSchema) -> None:
    assert schema.mutation_type is not None
    for field in schema.mutation_type.fields.values():
        for name, argument in field.args.items():
            if name == "input" and not argument.description:
                argument.description = INPUT
