"""Responses that LimeSurvey exported as CSV, onto a questionnaire that came from the same survey. PURE."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from io import StringIO

from voc.surveys.formats.exported import OutsideColumns
from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.limesurvey_columns import Column, columns_of
from voc.surveys.questionnaire import Questionnaire

LARGEST = 100_000_000
_NO_DATE = datetime(1980, 1, 1)  # noqa: DTZ001 - LimeSurvey writes this day where there is none; it has no zone.
_FACTS = {
    **{"id": "id", "response id": "id", "submitdate": "submitted_at", "date submitted": "submitted_at", "startdate": "started_at"},
    **{"date started": "started_at", "startlanguage": "language", "start language": "language", "token": "token", "access code": "token"},
}
_TECHNICAL = {
    *("lastpage", "last page", "seed", "datestamp", "date last action", "ipaddr", "ip address", "refurl", "referrer url"),
    *("interviewtime", "total time"),
}
_TIMING = re.compile(r"(?:group|question)time\b", re.IGNORECASE)
_HEADER = re.compile(r"(?P<code>[^\s.:]+(?:\[[^\]]*\])*)(?:[.:]\s.*)?\Z", re.DOTALL)

Answer = str | bool | float | list[str]


@dataclass(frozen=True, slots=True)
class GivenResponse:
    """One response as it was given elsewhere: answers by our names, in the shape of our JSON; whole where it was submitted."""

    id: str
    answers: Mapping[str, Answer]
    started_at: datetime | None = None
    submitted_at: datetime | None = None
    language: str = ""
    token: str = ""
    customer: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class GivenResponses:
    """All responses of a file. `used` are the columns that found an answer, with its name; `unused` those that did not."""

    responses: tuple[GivenResponse, ...]
    used: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()


def read_limesurvey_csv(
    data: bytes, questionnaire: Questionnaire, zone: tzinfo = UTC, outside: OutsideColumns | None = None
) -> GivenResponses:
    """The responses in an export of LimeSurvey: codes or words as answers, codes or `code. text` as headers, any separator.

    `zone` is that of the server they were given on; `outside` names the columns with ids of customers (else the token is one) and
    contacts. Addresses of machines are not read. Raises NotImportable for what is no such table.
    """
    rows = _rows(data)
    headers = next(rows, [])
    columns = columns_of(questionnaire)
    places: dict[int, Column] = {}
    facts: dict[int, str] = {}
    unused = []
    ids = {column.strip().lower(): name for name, column in _outside(outside) if column.strip()}
    for at, header in enumerate(headers):
        plain = header.strip()
        key = (match["code"] if (match := _HEADER.match(plain)) else plain).strip()
        if name := ids.get(plain.lower()) or ids.get(key.lower()):
            facts[at] = name
        elif found := columns.get(key) or columns.get(plain):
            places[at] = found
        elif fact := _FACTS.get(key.lower()) or _FACTS.get(plain.lower()):
            facts[at] = fact
        elif plain and key.lower() not in _TECHNICAL and plain.lower() not in _TECHNICAL and not _TIMING.search(plain):
            unused.append(plain)
    if not places:
        raise NotImportable("NO_COLUMNS", "No column of this table belongs to a question of this survey. Export it with question codes.")
    responses = tuple(_response(row, places, facts, zone) for row in rows if any(cell.strip() for cell in row))
    return GivenResponses(responses, {headers[at]: column.name for at, column in places.items()}, tuple(unused))


def _outside(outside: OutsideColumns | None) -> tuple[tuple[str, str], ...]:
    return (("customer", outside.customer), ("contact", outside.contact)) if outside else ()


def _rows(data: bytes) -> Iterator[list[str]]:
    if len(data) > LARGEST:
        raise NotImportable("TOO_LARGE", f"The file is larger than {LARGEST // 1_000_000} MB. Export it in parts.")
    text = _decoded(data)
    if not text.strip():
        raise NotImportable("EMPTY", "The file is empty.")
    first = text.lstrip().split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator)
    except csv.Error as fault:
        raise NotImportable("NOT_A_TABLE", f"The file cannot be read as a table ({fault}). Export it anew as CSV.") from None


def _decoded(data: bytes) -> str:
    encodings = ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _response(row: list[str], places: Mapping[int, Column], facts: Mapping[int, str], zone: tzinfo) -> GivenResponse:
    given: dict[str, list[tuple[int, Answer]]] = {}
    for at, column in places.items():
        value = column.read(row[at].strip()) if at < len(row) else None
        if value is not None:
            given.setdefault(column.name, []).append((column.place, value))
    known = {name: row[at].strip() for at, name in facts.items() if at < len(row)}
    return GivenResponse(
        id=known.get("id", ""),
        answers={name: _together(values) for name, values in given.items()},
        started_at=_moment(known.get("started_at", ""), zone),
        submitted_at=_moment(known.get("submitted_at", ""), zone),
        language=known.get("language", ""),
        token=known.get("token", ""),
        customer=known.get("customer", "") or known.get("token", ""),
        contact=known.get("contact", ""),
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
