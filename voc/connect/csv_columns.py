"""PURE. Which field a column of a CSV file is, by its name.

Columns are named as fields in the API are: `externalId`, `email`, `endedAt`; with a dot for what lies inside:
`customer.externalId`, `account.name`, `consents.email`, `attributes.plan`. Case, spaces, `_` and `-` make no difference.
Any other column becomes an attribute of its own name. An empty cell says nothing; NULL empties the field.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

EMPTIED = "NULL"
LINE, WHY = "refused_line", "refused_why"
_ACCOUNT = ("system", "externalId", "name", "owner", "segment", "valueAmount", "valueCurrency")
_CUSTOMER = (
    *("system", "externalId", "name", "firstName", "email", "phone", "language", "timeZone", "segment"),
    *("valueAmount", "valueCurrency", "occurredAt"),
    *(f"account.{name}" for name in _ACCOUNT),
)
_CONTACT = (
    *("system", "externalId", "touchpoint", "channel", "direction", "outcome", "team", "queue", "agent", "agentName"),
    *("subject", "startedAt", "endedAt", "occurredAt"),
)
_OPEN = ("attributes", "consents")


class What(StrEnum):
    """What a file holds."""

    CUSTOMERS = "customers"
    CONTACTS = "contacts"

    @property
    def fields(self) -> tuple[str, ...]:
        """The names a column can have, besides `attributes.…` and `consents.…`."""
        return _CUSTOMER if self is What.CUSTOMERS else (*_CONTACT, *(f"customer.{name}" for name in _CUSTOMER))


def paths_of(what: What, columns: Sequence[str]) -> list[tuple[str, ...]]:
    """The place of each column among the fields; nothing for the columns that we add to refused rows."""
    known = {_plain(name): tuple(name.split(".")) for name in what.fields}
    return [_path(known, column) for column in columns]


def fields_of(paths: Sequence[tuple[str, ...]], cells: Sequence[str]) -> dict[str, Any]:
    """The fields that the cells of a row tell."""
    found: dict[str, Any] = {}
    for path, cell in zip(paths, cells, strict=True):
        value = cell.strip()
        if path and value:
            inner = found
            for name in path[:-1]:
                inner = inner.setdefault(name, {})
            inner[path[-1]] = None if value == EMPTIED else value
    return found


def column_at(place: str, columns: Mapping[tuple[str, ...], str]) -> str:
    """The column that a fault at this place is about, as the file names it."""
    path = tuple(place.split("."))
    return next((columns[path[:length]] for length in range(len(path), 0, -1) if path[:length] in columns), place)


def _path(known: Mapping[str, tuple[str, ...]], column: str) -> tuple[str, ...]:
    if column.strip() in (LINE, WHY):
        return ()
    if (found := known.get(_plain(column))) is not None:
        return found
    *inside, name = column.split(".", 2) if _plain(column).startswith("customer.") else column.split(".", 1)
    place = tuple(_plain(part) for part in inside)
    if place and place[-1] in _OPEN and place[:-1] in ((), ("customer",)):
        return (*place, name.strip())
    return ("attributes", column.strip())


def _plain(name: str) -> str:
    return name.casefold().replace(" ", "").replace("_", "").replace("-", "")
