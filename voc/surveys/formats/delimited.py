"""A table in a text file, row by row: in whichever encoding, with whichever sign between columns. PURE."""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper

from voc.surveys.formats.imported import NotImportable

LARGEST = 256_000_000
_CHUNK = 1_000_000
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Delimited:
    """The rows of a file with the line each begins on, from 1; they are read anew each time, so that only the file is in memory."""

    data: bytes
    codec: str
    sign: str

    def count(self) -> int:
        """How many rows hold anything. Raises NotImportable where the file is no table any more."""
        return sum(any(cell.strip() for cell in cells) for _, cells in self)

    def __iter__(self) -> Iterator[Row]:
        """Every row, empty ones too. Raises NotImportable where the file is no table any more."""
        text = TextIOWrapper(BytesIO(self.data), self.codec, newline="")
        rows = csv.reader((line.replace("\x00", "") for line in text), delimiter=self.sign)
        begins = 1
        try:
            for cells in rows:
                yield begins, cells
                begins = rows.line_num + 1
        except csv.Error as fault:
            why = f"Behind line {begins} the file is no table any more ({fault}). Export it anew as CSV."
            raise NotImportable("NOT_A_TABLE", why) from None


def open_delimited(data: bytes) -> Delimited:
    """The table in a file. Raises NotImportable for what cannot be one; what goes wrong later is found by `count`."""
    if len(data) > LARGEST:
        raise NotImportable("TOO_LARGE", f"The file is larger than {LARGEST // 1_000_000} MB. Export the responses in parts.")
    if not data.strip():
        raise NotImportable("EMPTY", "The file is empty. Export the responses anew.")
    codec = _codec(data)
    head = codecs.getincrementaldecoder(codec)(errors="replace").decode(data[:_CHUNK])
    return Delimited(data, codec, _sign(head.replace("\x00", "")))


def _codec(data: bytes) -> str:
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        known: tuple[str, ...] = ("utf-16",)
    elif data[:200].count(0) > len(data[:200]) // 4:
        known = ("utf-16-le", "utf-16-be")
    else:
        known = ("utf-8-sig", "cp1252", "latin-1")
    for codec in known:
        try:
            for _ in codecs.iterdecode((data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)), codec):
                pass
        except UnicodeError:
            continue
        return codec
    raise NotImportable("NOT_TEXT", "The file is no text in UTF-8 or UTF-16. Export the responses anew as CSV.")


def _sign(head: str) -> str:
    """The sign between columns: what the first row has most of, outside quotes."""
    row = re.sub(r'"[^"]*"', "", head[:20_000].lstrip()).split("\n", 1)[0]
    return max(",\t;", key=row.count)
