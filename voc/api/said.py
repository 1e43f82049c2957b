"""From an input to the document that a room reads: what was not given is not there."""

from dataclasses import fields
from enum import Enum
from typing import Any

import strawberry


def said(given: Any) -> dict[str, Any]:
    """The fields of an input that were given and are not null, under the names of documents, such as `due_hours`."""
    written = ((field.name, getattr(given, field.name)) for field in fields(given))
    return {name: _plain(value) for name, value in written if value is not strawberry.UNSET and value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return said(value) if hasattr(type(value), "__strawberry_definition__") else value
