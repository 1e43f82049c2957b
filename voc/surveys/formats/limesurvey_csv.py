"""Responses that LimeSurvey exported as CSV, onto a questionnaire that came from the same survey. PURE."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from hashlib import sha256

from voc.surveys.formats.delimited import Row, open_delimited
from voc.surveys.formats.exported import ColumnNotUsed, Exported, ExportedResponse, OutsideColumns
from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.limesurvey_columns import Column, columns_of
from voc.surveys.questionnaire import Questionnaire

_NO_DATE = datetime(1980, 1, 1)  # noqa: DTZ001 - LimeSurvey writes this day where there is none; it has no zone.
_FACTS = {
    **{"id": "id", "response id": "id", "submitdate": "submitted_at", "date submitted": "submitted_at", "startdate": "started_at"},
    **{"date started": "started_at", "startlanguage": "language", "start language": "language", "token": "customer"},
    **{"access code": "customer"},
}
_TECHNICAL = {
    *("lastpage", "last page", "seed", "datestamp", "date last action", "ipaddr", "ip address", "refurl", "referrer url"),
    *("interviewtime", "total time"),
}
_TIMING = re.compile(r"(?:group|question)time\b", re.IGNORECASE)
_HEADER = re.compile(r"(?P<code>[^\s.:]+(?:\[[^\]]*\])*)(?:[.:]\s.*)?\Z", re.DOTALL)

Answer = str | bool | float | list[str]


def read_limesurvey_csv(data: bytes, questionnaire: Questionnaire, outside: OutsideColumns | None = None, zone: tzinfo = UTC) -> Exported:
    """The responses in an export of LimeSurvey: codes or words as answers, codes or `code. text` as headers, any separator.

    `zone` is that of the server they were given on; `outside` names the columns with ids of customers (else the token is one) and
    contacts. Addresses of machines are not read. Raises NotImportable for what is no such table, and for an outside column that is
    not there.
    """
    file = open_delimited(data)
    rows = iter(file)
    _, headers = next(rows)
    columns = columns_of(questionnaire)
    places: dict[int, Column] = {}
    facts: dict[int, str] = {}
    unused = []
    ids = _outside_places(headers, outside or OutsideColumns())
    for at, header in enumerate(headers):
        plain, key = header.strip(), _code(header)
        if found := columns.get(key) or columns.get(plain):
            places[at] = found
        elif fact := _FACTS.get(key.lower()) or _FACTS.get(plain.lower()):
            facts[at] = fact
        elif at not in ids and plain and not _is_technical(plain, key):
            unused.append(ColumnNotUsed(plain, "No question of the questionnaire has this code."))
    if not places:
        raise NotImportable("NO_COLUMNS", "No column of this table belongs to a question of this survey. Export it with question codes.")
    facts = {at: name for at, name in facts.items() if name not in ids.values()} | ids
    prefix = (questionnaire.origin.id if questionnaire.origin else "") or questionnaire.key
    responses = (_response(row, places, facts, zone, prefix) for row in rows if any(cell.strip() for cell in row[1]))
    return Exported(responses, file.count() - 1, {headers[at]: column.name for at, column in places.items()}, tuple(unused))


def _code(header: str) -> str:
    plain = header.strip()
    return (match["code"] if (match := _HEADER.match(plain)) else plain).strip()


def _is_technical(plain: str, key: str) -> bool:
    return key.lower() in _TECHNICAL or plain.lower() in _TECHNICAL or bool(_TIMING.search(plain))


def _outside_places(headers: list[str], outside: OutsideColumns) -> dict[int, str]:
    found: dict[int, str] = {}
    for name, wanted in (("customer", outside.customer), ("contact", outside.contact)):
        even = wanted.strip().lower()
        at = next((at for at, header in enumerate(headers) if even in (header.strip().lower(), _code(header).lower())), None)
        if even and at is None:
            raise NotImportable("NO_SUCH_COLUMN", f"There is no column `{wanted}` in this file. Write it as in its first row.")
        if even and at is not None:
            found[at] = name
    return found


def _response(row: Row, places: Mapping[int, Column], facts: Mapping[int, str], zone: tzinfo, prefix: str) -> ExportedResponse:
    """LimeSurvey numbers the responses of each survey from 1, so that the survey's own number goes before."""
    line, cells = row
    given: dict[str, list[tuple[int, Answer]]] = {}
    for at, column in places.items():
        value = column.read(cells[at].strip()) if at < len(cells) else None
        if value is not None:
            given.setdefault(column.name, []).append((column.place, value))
    known = {name: cells[at].strip() for at, name in facts.items() if at < len(cells)}
    begun, submitted = _moment(known.get("started_at", ""), zone), _moment(known.get("submitted_at", ""), zone)
    own = known.get("id") or sha256("\x1f".join(cells).encode("utf-8", "replace")).hexdigest()[:32]
    return ExportedResponse(
        source_id=f"{prefix}:{own}"[:200],
        answers={name: _together(values) for name, values in given.items()},
        line=line,
        language=known.get("language", ""),
        begun_at=begun,
        submitted_at=submitted or begun,
        is_complete=submitted is not None,
        customer=known.get("customer", "")[:200],
        contact=known.get("contact", "")[:200],
    )


def _together(values: list[tuple[int, Answer]]) -> Answer:
    """Codes of several columns as one list, in the order of their places."""
    if isinstance(values[0][1], list):
        return [code for _, value in sorted(values, key=lambda one: one[0]) if isinstance(value, list) for code in value]
    return values[0][1]


def _moment(written: str, zone: tzinfo) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    if found.replace(tzinfo=None) == _NO_DATE:
        return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except OverflowError:
        return None
