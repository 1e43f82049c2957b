"""An export of responses onto a questionnaire. PURE."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from hashlib import sha256
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from voc.surveys.formats.exported import ColumnNotUsed, Exported, ExportedResponse, Losses, OutsideColumns
from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.languages import language_code
from voc.surveys.formats.qualtrics_csv.table import Column, Table, open_table
from voc.surveys.formats.qualtrics_csv.targets import Holds, Target, Targets
from voc.surveys.formats.qualtrics_csv.values import Unfit, in_order, is_ticked, moment, value_of
from voc.surveys.questionnaire import Questionnaire

_FIXED = {
    "response": {"responseid", "_recordid", "v1"},
    "begun": {"startdate", "v8"},
    "ended": {"enddate", "v9"},
    "recorded": {"recordeddate"},
    "finished": {"finished", "v10"},
    "status": {"status", "v7"},
    "language": {"userlanguage", "q_language"},
    "customer": {"externalreference", "externaldatareference", "panel-externaldatareference", "v5"},
}
_PERSONAL = ("ipaddress", "locationlat", "locationlong", "locationacc", "recipient", "panel-recipient", "location-location")
_TECHNICAL = {
    "responseset",
    "progress",
    "duration (in seconds)",
    "duration",
    "distributionchannel",
    "responsesetid",
    "v2",
    "v3",
    "v4",
    "v6",
}
_TESTS = {"1", "2", "9", "10", "17", "18", "survey preview", "survey test"}
_YES = {"1", "true", "yes", "wahr", "ja", "vrai", "oui", "verdadero", "sí", "waar"}


def read_qualtrics_csv(data: bytes, questionnaire: Questionnaire, outside: OutsideColumns | None = None) -> Exported:
    """The responses of a Qualtrics export (CSV or TSV) as answers to an imported questionnaire.

    Every row below the headings is a response; a value that fits no answer is left out and counted. Addresses, coordinates and names
    stay behind. Raises NotImportable for what is no table, and for an outside column that is not there.
    """
    table = open_table(data)
    fixed, targets = _fixed(table, outside or OutsideColumns()), Targets(questionnaire)
    used: list[tuple[Column, Target]] = []
    not_used: list[ColumnNotUsed] = []
    for column in table.columns:
        if column.place in fixed.values():
            continue
        if target := targets.find(column.code, column.import_id):
            used.append((column, target))
        else:
            not_used.append(ColumnNotUsed(column.code, _why_not(column, targets)))
    losses = Losses()
    responses = _responses(table, fixed, used, losses)
    return Exported(responses, table.count(), {column.code: target.name for column, target in used}, tuple(not_used), losses)


def _responses(table: Table, fixed: dict[str, int], used: list[tuple[Column, Target]], losses: Losses) -> Iterator[ExportedResponse]:
    zone = _zone(table, fixed)
    for line, row in table.rows():
        known = defaultdict(str, {name: row[place].strip() for name, place in fixed.items()})
        finished = known["finished"].lower()
        yield ExportedResponse(
            source_id=known["response"][:200] or sha256("\x1f".join(row).encode("utf-8", "replace")).hexdigest()[:32],
            answers=_answers(line, row, used, losses),
            line=line,
            language=language_code(known["language"]),
            begun_at=moment(known["begun"], zone),
            submitted_at=moment(known["recorded"], zone) or moment(known["ended"], zone) or moment(known["begun"], zone),
            is_complete=not finished or finished in _YES,
            is_test=known["status"].lower() in _TESTS,
            customer=known["customer"][:200],
            contact=known["contact"][:200],
        )


def _answers(line: int, row: Sequence[str], used: list[tuple[Column, Target]], losses: Losses) -> dict[str, object]:
    answers: dict[str, object] = {}
    ticked: dict[str, list[str]] = {}
    placed: dict[str, list[tuple[str, str]]] = {}
    for column, target in used:
        cell = row[column.place]
        if target.holds is Holds.TICK:
            if is_ticked(target, cell):
                ticked.setdefault(target.name, []).append(target.code)
        elif target.holds is Holds.PLACE:
            placed.setdefault(target.name, []).append((target.code, cell))
        else:
            try:
                value = value_of(target, cell)
            except Unfit:
                losses.add(line, column.code)
            else:
                if value is not None:
                    answers.setdefault(target.name, value)
    ranked = {name: found for name, cells in placed.items() if (found := in_order(cells))}
    return {**answers, **ticked, **ranked}


def _fixed(table: Table, outside: OutsideColumns) -> dict[str, int]:
    found: dict[str, int] = {}
    for column in table.columns:
        names = {column.code.lower(), column.import_id.lower()} | ({column.text.lower()} if column.code.lower().startswith("v") else set())
        for name, known in _FIXED.items():
            if names & known and name not in found:
                found[name] = column.place
    for name, wanted in (("customer", outside.customer), ("contact", outside.contact)):
        if wanted:
            found[name] = _place_of(wanted, table)
    return found


def _place_of(wanted: str, table: Table) -> int:
    """Where the column of that code, text or import id is."""
    even = wanted.strip().lower()
    for column in table.columns:
        if even in (column.code.lower(), column.text.strip().lower(), column.import_id.lower()):
            return column.place
    raise NotImportable("NO_SUCH_COLUMN", f"There is no column `{wanted}` in this file. Write it as in its first row.")


def _zone(table: Table, fixed: dict[str, int]) -> tzinfo:
    told = table.columns[fixed["begun"]].more.get("timeZone") if "begun" in fixed else None
    try:
        return ZoneInfo(str(told)) if told else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _why_not(column: Column, targets: Targets) -> str:
    name, own = column.code.lower(), column.import_id.lower()
    if name.startswith(_PERSONAL) or own.startswith(_PERSONAL):
        return "It holds an address, a place or a name, which is not needed for the answers. Name it as the customer's column if it is one."
    if name in _TECHNICAL or own in _TECHNICAL:
        return "It tells how the survey was filled in, not what was answered."
    if "_do_" in f"{name}_" or own.endswith("_do"):
        return "It tells in which order things were shown."
    if name.endswith("_nps_group") or own.endswith("_nps_group"):
        return "It is reckoned from the score, which is there."
    if targets.is_known_unasked(column.code, column.import_id):
        return "It belongs to something that is not asked here."
    return "No question of the questionnaire has this code."
