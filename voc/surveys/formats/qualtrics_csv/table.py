"""The columns and rows of an export, with one, two or three rows of headings. PURE."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from voc.surveys.formats.delimited import Delimited, Row, open_delimited
from voc.surveys.formats.imported import NotImportable

_IMPORT_ID = re.compile(r"""\{\s*['"]ImportId['"]\s*:\s*['"](?P<id>.*?)['"]\s*(?:,.*)?\}\s*\Z""", re.DOTALL)
_RESPONSE = re.compile(r"R_[A-Za-z0-9]{5,}\Z")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place, its code, the text under it, and what the system itself calls it (its import id)."""

    place: int
    code: str
    text: str
    import_id: str
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """The columns, and the rows of the file of which the first are headings."""

    columns: tuple[Column, ...]
    file: Delimited
    headings: int

    def count(self) -> int:
        """How many rows there are below the headings."""
        return sum(1 for _ in self.rows())

    def rows(self) -> Iterator[Row]:
        """The rows below the headings that hold anything, each with as many cells as there are columns and the line it begins on."""
        width = len(self.columns)
        for line, cells in islice(self.file, self.headings, None):
            if any(cell.strip() for cell in cells):
                yield line, [*cells, *[""] * (width - len(cells))][:width]


def open_table(data: bytes) -> Table:
    """The table in a file. Raises NotImportable for what is none."""
    file = open_delimited(data)
    rows = [cells for _, cells in islice(file, 3)]
    if not rows or len(rows[0]) < 2:
        raise NotImportable("NOT_A_TABLE", "This file has no columns. Export the responses from Qualtrics as CSV or TSV.")
    headings = _headings(rows)
    texts = rows[1] if headings > 1 else []
    told = [_told(cell) for cell in rows[2]] if headings > 2 else []
    columns = tuple(
        Column(place, code.strip(), texts[place] if place < len(texts) else "", *(told[place] if place < len(told) else ("", {})))
        for place, code in enumerate(rows[0])
    )
    return Table(columns, file, headings)


def _headings(rows: list[list[str]]) -> int:
    if len(rows) > 2 and any(_IMPORT_ID.match(cell.strip()) for cell in rows[2]):
        return 3
    if len(rows) < 2:
        return 1
    return 1 if any(_RESPONSE.match(cell.strip()) for cell in rows[1]) else 2


def _told(cell: str) -> tuple[str, Mapping[str, Any]]:
    plain = cell.strip()
    try:
        found = json.loads(plain)
    except (ValueError, RecursionError):
        match = _IMPORT_ID.match(plain)
        return (match["id"] if match else ""), {}
    return (str(found.get("ImportId", "")), found) if isinstance(found, dict) else ("", {})
