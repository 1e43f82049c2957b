"""Reading a CSV file row by row, as people make them: with `;`, `,` or tab, from a spreadsheet or a program, however large."""

import csv
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from voc.core.formulas import unguarded

LONGEST_LINE = 1024 * 1024
DELIMITERS = (";", ",", "\t")


class CsvError(Exception):
    """The file cannot be read on; the sentence says where and what to do."""


@dataclass(slots=True)
class Table:
    """The file's size, its column names and how its cells are set apart; `bytes_read` grows while it is read."""

    size: int = 0
    columns: tuple[str, ...] = ()
    delimiter: str = ","
    bytes_read: int = 0
    lines_read: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it begins on and its cells."""

    line: int
    cells: tuple[str, ...]


def read_rows(path: Path, table: Table) -> Iterator[Row]:
    """The rows below the header. CsvError for what is no CSV in UTF-8, has no header, or names a column twice."""
    with _opened(path) as file:
        table.size = os.fstat(file.fileno()).st_size
        lines = _decoded(file, table)
        header = next(lines, "").removeprefix("\ufeff")
        table.delimiter = max(DELIMITERS, key=_outside_quotes(header).count)
        reader = csv.reader(_again(header, lines), delimiter=table.delimiter, strict=True)
        table.columns = _columns(next(_checked(reader, table), []))
        begins = table.lines_read + 1
        for cells in _checked(reader, table):
            if any(cell.strip() for cell in cells):
                yield Row(begins, tuple(unguarded(cell) for cell in cells))
            begins = table.lines_read + 1


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise CsvError(f"The file {path} cannot be opened: {error.strerror}.") from None


def _decoded(file: IO[bytes], table: Table) -> Iterator[str]:
    if (start := file.read(2)) in (b"\xff\xfe", b"\xfe\xff"):
        raise CsvError("The file is UTF-16: save it as `CSV UTF-8`.")
    file.seek(-len(start), io.SEEK_CUR)
    while line := file.readline(LONGEST_LINE):
        table.lines_read += 1
        table.bytes_read += len(line)
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            raise CsvError(f"Line {table.lines_read} is longer than {LONGEST_LINE} bytes: is this a CSV file?")
        if b"\x00" in line:
            raise CsvError(f"Line {table.lines_read} holds a NUL character: this is no CSV file, or it is damaged there.")
        try:
            yield line.decode()
        except UnicodeDecodeError:
            raise CsvError(f"Line {table.lines_read} is not UTF-8: save the file as `CSV UTF-8` and import it again.") from None


def _checked(reader: "Iterator[list[str]]", table: Table) -> Iterator[list[str]]:
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise CsvError(f"Line {table.lines_read} cannot be read: {error}. Is a quotation mark left open?") from None
        if cells is None:
            return
        yield cells


def _columns(names: Sequence[str]) -> tuple[str, ...]:
    found = tuple(name.strip() for name in names)
    if not any(found):
        raise CsvError("The file has no header: its first line names the columns, as externalId;name;email.")
    if not all(found):
        raise CsvError(f"Column {found.index('') + 1} has no name: name every column in the first line.")
    twice = sorted({name for name in found if [one.casefold() for one in found].count(name.casefold()) > 1})
    if twice:
        raise CsvError(f"The column {twice[0]} is there twice: name each column once.")
    return found


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _again(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from rest
