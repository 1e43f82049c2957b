"""`voc import customers|contacts FILE`: a CSV file, recorded in batches; refused rows are written beside it, to be mended."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any

from voc.connect.csv_columns import LINE, WHY, What, column_at, fields_of, paths_of
from voc.connect.csv_rows import CsvError, Row, Table, read_rows
from voc.core.access import Actor
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.formulas import guarded
from voc.customers.drafts import read_contact, read_customer
from voc.customers.record import record_contacts
from voc.customers.store import Recorded, Status
from voc.customers.upsert import upsert_customers

__all__ = ["CsvError", "Summary", "What", "import_file", "refused_beside"]
BATCH = 500


@dataclass(slots=True)
class Summary:
    """How far an import is, or how it ended. `refused_file` holds the refused rows, with the reason of each, when there are any."""

    size: int
    bytes_read: int = 0
    rows: int = 0
    counts: dict[Status, int] = field(default_factory=lambda: dict.fromkeys(Status, 0))
    refused_file: Path | None = None


def refused_beside(path: Path) -> Path:
    """Where the refused rows of a file go: `people.csv` has `people.refused.csv`."""
    return path.with_name(f"{path.stem}.refused.csv")


async def import_file(
    actor: Actor, what: What, path: Path, *, system: str = "", progress: Callable[[Summary], object] = lambda summary: None
) -> Summary:
    """Record every row of the file; `system` is whose ids they are where no column says it. `progress` is called after each batch.

    CsvError when the file cannot be read (on); rows before that place are recorded. Importing a file again changes nothing.
    An older file of refused rows is replaced.
    """
    table = Table()
    rows = read_rows(path, table)
    first = next(rows, None)
    summary = Summary(table.size)
    paths = paths_of(what, table.columns)
    if ("externalId",) not in paths:
        raise CsvError(
            f"The file has no column externalId, only: {', '.join(table.columns)}. It holds the id under which {what} are known."
        )
    with _Refused(refused_beside(path), table, paths) as refused:
        batch = [] if first is None else [first, *islice(rows, BATCH - 1)]
        while batch:
            await _record(actor, what, system, batch, paths, summary, refused)
            summary.bytes_read, summary.refused_file = table.bytes_read, refused.path if refused.count else None
            progress(summary)
            batch = list(islice(rows, BATCH))
    return summary


async def _record(
    actor: Actor, what: What, system: str, batch: Sequence[Row], paths: Sequence[tuple[str, ...]], summary: Summary, refused: "_Refused"
) -> None:
    read, record = (read_customer, upsert_customers) if what is What.CUSTOMERS else (read_contact, record_contacts)
    outcomes: dict[int, Recorded] = {}
    drafts: dict[int, Any] = {}
    for place, row in enumerate(batch):
        if len(row.cells) != len(paths):
            message = f"This row has {len(row.cells)} cells and the header {len(paths)}: is a delimiter missing, or a quotation mark?"
            outcomes[place] = Recorded.refused("", "CELLS", message)
            continue
        try:
            drafts[place] = read(fields_of(paths, row.cells), system=system)
        except Invalid as invalid:
            outcomes[place] = Recorded(Status.REFUSED, faults=invalid.faults)
    try:
        outcomes |= dict(zip(drafts, await record(actor, list(drafts.values())), strict=True))
    except Conflict as conflict:
        outcomes |= dict.fromkeys(drafts, Recorded.refused("", conflict.code, conflict.message))
    for place, row in enumerate(batch):
        summary.rows += 1
        summary.counts[outcomes[place].status] += 1
        if outcomes[place].faults:
            refused.add(row, outcomes[place].faults)


class _Refused:
    """The file of refused rows, made when there is a first one. A row keeps its cells, so that it can be mended and imported again."""

    def __init__(self, path: Path, table: Table, paths: Sequence[tuple[str, ...]]) -> None:
        self.path = path
        self.count = 0
        self._table = table
        self._names = dict(zip(paths, table.columns, strict=True))
        # A file of refused rows may be imported again: our own columns of last time are replaced.
        self._kept = [number for number, place in enumerate(paths) if place]
        self._file: IO[str] | None = None

    def __enter__(self) -> "_Refused":
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(self, *error: object) -> None:
        if self._file:
            self._file.close()

    def add(self, row: Row, faults: Sequence[Fault]) -> None:
        """Write a row with the line it stood on and why it was refused."""
        if self._file is None:
            # The mark at the beginning makes spreadsheets read it as UTF-8.
            self._file = self.path.open("w", encoding="utf-8-sig", newline="")
            self._writer = csv.writer(self._file, delimiter=self._table.delimiter)
            self._writer.writerow([*(self._table.columns[number] for number in self._kept), LINE, WHY])
        self.count += 1
        whole = len(row.cells) == len(self._table.columns)
        cells = [row.cells[number] for number in self._kept] if whole else row.cells
        why = " ".join(f"{column_at(fault.path, self._names)}: {fault.message}" if fault.path else fault.message for fault in faults)
        self._writer.writerow([*(guarded(cell) for cell in cells), row.line, guarded(why)])
