"""From an input to the map of fields that a room reads: what was not given is not there, null stays null."""

from dataclasses import fields
from enum import Enum
from typing import Any

import strawberry

from voc.api.facts import AttributeInput


def said(given: Any, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of an input under their names in the contract; named values become a map, choices their values."""
    return {
        _camel(field.name): _plain(value)
        for field in fields(given)
        if (value := getattr(given, field.name)) is not strawberry.UNSET and field.name not in without
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        if value and isinstance(value[0], AttributeInput):
            return {item.key: item.value for item in value}
        return [_plain(item) for item in value]
    if hasattr(type(value), "__strawberry_definition__"):
        return said(value)
    return value


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
