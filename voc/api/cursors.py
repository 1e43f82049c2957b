"""Cursors: opaque, versioned, bound to one list and one order, and signed, so that only what we wrote is ever read."""

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import orjson
from tortoise.models import Model

from voc.core import settings
from voc.core.errors import Invalid
from voc.core.ids import signed

VERSION = 1
_TAG = 9


class Cursor:
    """Writes and reads the places of one list in one order."""

    def __init__(self, listing: str, order: str, model: type[Model], columns: tuple[str, ...]) -> None:
        self._of = [VERSION, listing, order]
        self._columns = columns
        self._fields = [model._meta.fields_map[column] for column in columns]
        self._key = settings.current().key()

    def write(self, row: Any) -> str:
        """The place of a row."""
        body = orjson.dumps([*self._of, *(_plain(getattr(row, column)) for column in self._columns)])
        return urlsafe_b64encode(self._tag(body) + body).decode().rstrip("=")

    def read(self, text: str, name: str) -> tuple[Any, ...]:
        """The values of a place; what is no cursor of this list and order is Invalid at the argument `name`."""
        try:
            decoded = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
        except (ValueError, binascii.Error):
            decoded = b""
        tag, body = decoded[:_TAG], decoded[_TAG:]
        if not hmac.compare_digest(tag, self._tag(body)):
            raise Invalid.at(name, "CURSOR_UNKNOWN", f"`{name}` takes a cursor that this API returned, unchanged.")
        parts = orjson.loads(body)
        if parts[:3] != self._of:
            raise Invalid.at(name, "CURSOR_OF_ANOTHER_LIST", f"`{name}` takes a cursor of this list in this order; begin again without it.")
        return tuple(field.to_python_value(value) for field, value in zip(self._fields, parts[3:], strict=True))

    def _tag(self, body: bytes) -> bytes:
        return signed(self._key, "cursor", body.hex())[:_TAG]


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value
