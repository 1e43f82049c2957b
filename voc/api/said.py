"""From an input to the map of fields that a room reads: what was not given is not there."""

from dataclasses import fields
from decimal import Decimal
from enum import Enum
from typing import Any

import strawberry

from voc.api.facts import AttributeInput


def said(given: Any) -> dict[str, Any]:
    """The fields of an input under their names in the contract, null where null was given; choices are their values."""
    written = ((field.name, getattr(given, field.name)) for field in fields(given))
    return {_camel(name): _plain(value, said) for name, value in written if value is not strawberry.UNSET}


def snake_said(given: Any) -> dict[str, Any]:
    """The same under the names of documents, such as `due_hours`, without those that are null."""
    written = ((field.name, getattr(given, field.name)) for field in fields(given))
    return {name: _plain(value, snake_said) for name, value in written if value is not strawberry.UNSET and value is not None}


def _plain(value: Any, inner: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list):
        if value and isinstance(value[0], AttributeInput):
            return {item.key: item.value for item in value}
        return [_plain(item, inner) for item in value]
    return inner(value) if hasattr(type(value), "__strawberry_definition__") else value


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
