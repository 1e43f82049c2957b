"""The rows of an XLSForm workbook (.xlsx, .xls, .csv), read without trusting it: what blows up is refused before it is unpacked. PURE."""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from python_calamine import CalamineError, CalamineWorkbook

from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.packed import unbroken
from voc.surveys.formats.xlsform.compact import compacted
from voc.surveys.formats.xlsform.old_workbook import claimed_cells

LARGEST = 50_000_000
MOST_UNPACKED = 600_000_000
MOST_BESIDE = 60_000_000
MOST_MEMBERS = 2000
MOST_ROWS = 30_000
MOST_COLUMNS = 500
MOST_CELLS = 3_000_000
_SHEETS = {"survey", "choices", "choices and columns", "settings", "external_choices"}
_PANIC = "PanicException"

Cells = list[list[str]]


def read_workbook(data: bytes) -> dict[str, Cells]:
    """The sheets that matter, by their name in small letters: rows of plain texts, empty rows left out. Raises NotImportable."""
    if len(data) > LARGEST:
        raise NotImportable("TOO_LARGE", f"The file is larger than {LARGEST // 1_000_000} MB.")
    if not data.strip(b"\0 \r\n\t"):
        raise NotImportable("EMPTY", "The file is empty.")
    if data[:4] == b"PK\x03\x04":
        return _sheets(_unpacked(data))
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _sheets(_bounded(data))
    return _from_csv(data)


def _bounded(data: bytes) -> bytes:
    try:
        cells = claimed_cells(data)
    except ValueError:
        raise NotImportable("NOT_A_WORKBOOK", "The file cannot be read as a workbook. Save it anew as .xlsx.") from None
    if cells > MOST_CELLS:
        raise NotImportable("TOO_LARGE", f"The workbook claims {cells:,} cells. Save it without the empty ones.")
    return data


def _unpacked(data: bytes) -> bytes:
    """The workbook with only what is needed of it, its sheets without empty rows and without those far below."""
    refusal = "The workbook is broken or locked. Save it anew, without a password."
    packed = BytesIO()
    with unbroken("BROKEN_WORKBOOK", refusal), ZipFile(BytesIO(data)) as archive, ZipFile(packed, "w", ZIP_STORED) as small:
        members = archive.infolist()
        _check(members)
        for member in members:
            name = member.filename
            if not _is_needed(name):
                continue
            with archive.open(member) as opened:
                content = compacted(opened, MOST_ROWS) if _is_sheet(name) else opened.read()
            if b"<!DOCTYPE" in content[:4096]:
                raise NotImportable("DOCTYPE", "The workbook declares a DOCTYPE, which none does. It was not read.")
            small.writestr(ZipInfo(name), content)
    return packed.getvalue()


def _is_needed(name: str) -> bool:
    return re.search(r"\.(?:xml|rels)\Z", name, re.IGNORECASE) is not None and "/drawings/" not in name


def _is_sheet(name: str) -> bool:
    return re.search(r"worksheets/[^/]+\.xml\Z", name, re.IGNORECASE) is not None


def _check(members: list[ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    beside = sum(member.file_size for member in members if _is_needed(member.filename) and not _is_sheet(member.filename))
    if beside > MOST_BESIDE or len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        message = (
            f"Unpacked, the workbook takes {unpacked // 1_000_000} MB in {len(members)} files. Save it without empty rows and pictures."
        )
        raise NotImportable("TOO_LARGE", message)
    if len({member.filename.lower() for member in members}) < len(members):
        raise NotImportable("BROKEN_WORKBOOK", "The workbook holds the same part twice. Save it anew.")


def _sheets(data: bytes) -> dict[str, Cells]:
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        found: dict[str, Cells] = {}
        for name in workbook.sheet_names:
            if (plain := " ".join(name.lower().split())) in _SHEETS and plain not in found:
                rows = workbook.get_sheet_by_name(name).to_python(nrows=MOST_ROWS)
                found[plain] = [row for one in rows if any(row := [text_of(cell) for cell in one[:MOST_COLUMNS]])]
    except CalamineError:
        raise NotImportable("NOT_A_WORKBOOK", "The file cannot be read as a workbook. Save it anew as .xlsx.") from None
    except BaseException as fault:
        if type(fault).__name__ == _PANIC or isinstance(fault, OSError | ValueError | TypeError | OverflowError | MemoryError):
            raise NotImportable("NOT_A_WORKBOOK", "The file cannot be read as a workbook. Save it anew as .xlsx.") from None
        raise
    return found


def text_of(cell: object) -> str:
    """A cell as somebody typed it: 1 and not 1.0, days as 2026-01-31."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if (cell.hour, cell.minute, cell.second) != (0, 0, 0) else cell.date().isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell).replace("\xa0", " ").strip() if cell is not None else ""


def _from_csv(data: bytes) -> dict[str, Cells]:
    """A CSV holds its sheets below each other: the name of a sheet in the first column begins one."""
    if b"\0" in data[:4096]:
        raise NotImportable("NOT_A_WORKBOOK", "This is no workbook. An XLSForm is an .xlsx, .xls or .csv file.")
    text = data.decode("utf-8-sig", errors="replace")
    separator = ";" if text.split("\n", 1)[0].count(";") > text.split("\n", 1)[0].count(",") else ","
    found: dict[str, Cells] = {}
    try:
        for row in _rows(text, separator):
            name = row[0].strip().lower()
            if name in _SHEETS:
                current = found.setdefault(name, [])
                if any(row[1:]):
                    current.append(row[1:])
            elif found and not name and any(row[1:]):
                current.append(row[1:])
            elif not found and "type" in [cell.lower() for cell in row]:
                current = found.setdefault("survey", [row])
            elif found and any(row):
                current.append(row)
    except csv.Error:
        raise NotImportable("NOT_A_WORKBOOK", "The file cannot be read as a table. Save it anew as .xlsx.") from None
    return found


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    for count, row in enumerate(csv.reader(StringIO(text), delimiter=separator)):
        if count >= MOST_ROWS:
            return
        if row:
            yield [text_of(cell) for cell in row[:MOST_COLUMNS]]
