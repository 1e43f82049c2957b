"""Words with which a room publishes its rows: types as views over rows, plain shapes, inputs and enums, all described."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, TypeVar, dataclass_transform
from uuid import UUID

import strawberry
from strawberry.parent import StrawberryParent
from strawberry.types.field import StrawberryField
from tortoise.models import Model
from tortoise.queryset import QuerySet

from voc.api.described import describe_fields, description_of
from voc.api.global_ids import global_id
from voc.core.access import Actor

T = TypeVar("T", bound=type)
Visible = Callable[[Actor], QuerySet[Any]]
COMPUTED = "computed"  # metadata key: the function the executor may call with the row alone


@dataclass(frozen=True, slots=True)
class Exposed:
    """One published row type: the table behind it, and which of its rows an actor may see."""

    name: str
    model: type[Model]
    visible: Visible | None
    is_node: bool


EXPOSED: dict[str, Exposed] = {}
SHAPES: dict[str, type] = {}
_NAMES: dict[type, str] = {}


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field, StrawberryField))
def exposes(model: type[Model], *, visible: Visible | None = None, name: str | None = None) -> Callable[[T], T]:
    """Publish a table: the type is a view over its row, whose attributes are read by name.

    `visible` says which rows an actor sees; without it the type cannot be fetched by `node`. A class that inherits `Node`
    gets its global id. A table has one type.
    """

    def decorate(cls: T) -> T:
        type_name = name or cls.__name__
        if model in _NAMES and _NAMES[model] != type_name:
            raise TypeError(f"{model.__name__} is exposed as {_NAMES[model]} already: a table has one type.")
        is_node = any(base.__name__ == "Node" for base in cls.__mro__)
        if is_node:
            _give_id(cls, type_name)
        kinds = (model, cls)
        cls.is_type_of = staticmethod(lambda row, _info: isinstance(row, kinds))  # type: ignore[attr-defined]
        typed = strawberry.type(cls, name=type_name, description=description_of(cls, named=type_name))
        describe_fields(typed)
        EXPOSED[type_name] = Exposed(type_name, model, visible, is_node)
        _NAMES[model] = type_name
        return typed

    return decorate


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field, StrawberryField))
def shape(cls: T) -> T:
    """Publish a plain type that is no row: a payload, a value, a group of root fields."""
    typed = strawberry.type(cls, description=description_of(cls, named=cls.__name__))
    describe_fields(typed)
    SHAPES[cls.__name__] = typed
    return typed


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field, StrawberryField))
def interface(cls: T) -> T:
    """Publish an interface."""
    typed = strawberry.interface(cls, description=description_of(cls, named=cls.__name__))
    describe_fields(typed)
    return typed


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field, StrawberryField))
def takes(cls: T) -> T:
    """Publish an input. A field that may be absent is written `X | None`; one where null clears gets `= strawberry.UNSET`."""
    typed = strawberry.input(cls, description=description_of(cls, named=cls.__name__))
    describe_fields(typed)
    return typed


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field, StrawberryField))
def one_of(cls: T) -> T:
    """Publish an input of which exactly one field is given; each is written `X | None = strawberry.UNSET`."""
    typed = strawberry.input(cls, one_of=True, description=description_of(cls, named=cls.__name__))
    describe_fields(typed)
    return typed


def enum(members: type[Enum], description: str, *, name: str | None = None, **values: str) -> None:
    """Publish an enum of the domain under its own members, each with a description by keyword; a missing one is a TypeError."""
    missing = [member.name for member in members if member.name not in values]
    extra = sorted(set(values) - set(members.__members__))
    if missing or extra:
        raise TypeError(f"{members.__name__}: describe {', '.join(missing)}; not a member: {', '.join(extra)}.")
    strawberry.enum(members, name=name, description=description)
    for value in members.__strawberry_definition__.values:  # type: ignore[attr-defined]
        value.description = values[value.name]


def field(graphql_type: object, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A resolver that honestly returns rows: `@field(list[Task])` above `async def tasks(...) -> list[models.Task]`."""

    def decorate(resolver: Callable[..., Any]) -> Any:
        return strawberry.field(resolver=resolver, graphql_type=graphql_type, **options)

    return decorate


def computed(resolver: Callable[[Any], Any]) -> Any:
    """A value that follows from the row alone, at once: the executor reads it as cheaply as an attribute."""
    annotations = resolver.__annotations__
    first = next(name for name in annotations if name != "return")
    annotations[first] = Annotated[annotations[first], StrawberryParent()]
    return strawberry.field(resolver=resolver, metadata={COMPUTED: resolver})


def type_name_of(row: object) -> str | None:
    """The name of the type that publishes this row, if there is one."""
    return _NAMES.get(type(row))


def type_name_of_model(model: type[Model]) -> str:
    """The name of the type that publishes this table; a table that is not exposed is a TypeError."""
    if model not in _NAMES:
        raise TypeError(f"{model.__name__} is not exposed: decorate a type with @exposes({model.__name__}).")
    return _NAMES[model]


def _give_id(cls: type, type_name: str) -> None:
    def id(row: Any) -> strawberry.ID:
        key: UUID = row.id
        return strawberry.ID(global_id(type_name, key))

    given = computed(id)
    given.description = "Global id: stable, opaque, and good for `node(id:)`."
    cls.id = given  # type: ignore[attr-defined]
