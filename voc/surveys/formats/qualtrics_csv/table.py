"""The file as rows: in whichever encoding, with whichever sign between columns, with one, two or three rows of headings. PURE."""

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from voc.surveys.formats.imported import NotImportable

_IMPORT_ID = re.compile(r"""\{\s*['"]ImportId['"]\s*:\s*['"](?P<id>.*?)['"]\s*(?:,.*)?\}\s*\Z""", re.DOTALL)
_RESPONSE = re.compile(r"R_[A-Za-z0-9]{5,}\Z")
_LARGEST = 256_000_000


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
    """The columns and the rows below the headings; rows have as many cells as there are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


def open_table(data: bytes) -> Table:
    """The table in a file. Raises NotImportable for what is none."""
    if len(data) > _LARGEST:
        raise NotImportable("TOO_LARGE", f"This file is larger than {_LARGEST // 1_000_000} MB. Export the responses in parts.")
    text = _decoded(data)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as fault:
        raise NotImportable("BROKEN_CSV", f"This file is no table of responses: {fault}. Export it from Qualtrics again.") from None
    if not rows or len(rows[0]) < 2:
        raise NotImportable("NOT_A_TABLE", "This file has no columns. Export the responses from Qualtrics as CSV or TSV.")
    width, heads = len(rows[0]), _headings(rows)
    texts = rows[1] if heads > 1 else []
    told = [_told(cell) for cell in rows[2]] if heads > 2 else []
    columns = tuple(
        Column(place, code.strip(), texts[place] if place < len(texts) else "", *(told[place] if place < len(told) else ("", {})))
        for place, code in enumerate(rows[0])
    )
    return Table(columns, tuple(tuple([*row, *[""] * width][:width]) for row in rows[heads:] if any(cell.strip() for cell in row)))


def _decoded(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codecs: tuple[str, ...] = ("utf-16",)
    elif data[:200].count(0) > len(data[:200]) // 4:
        codecs = ("utf-16-le", "utf-16-be")
    else:
        codecs = ("utf-8-sig", "cp1252", "latin-1")
    for codec in codecs:
        try:
            return data.decode(codec).replace("\x00", "")
        except UnicodeError:
            continue
    raise NotImportable("NOT_TEXT", "This file is no text in UTF-8 or UTF-16. Export the responses from Qualtrics again.")


def _delimiter(text: str) -> str:
    head = re.sub(r'"[^"]*"', "", text[:20_000]).split("\n", 1)[0]
    return max(",\t;", key=head.count)


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
