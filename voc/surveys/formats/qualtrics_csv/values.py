"""Cells to raw values of our answers. PURE."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo

from voc.surveys.formats.qualtrics_csv.targets import Holds, Target
from voc.surveys.questions import Choice, Date, MultipleChoice, Scale

_NOT_TICKED = {"", "0", "-99", "false", "off"}
_MOMENTS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M")
_DAYS = ("%Y-%m-%d", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y")
_SEEN_NOT_ANSWERED = "-99"


class Unfit(ValueError):
    """A cell holds no answer to its question."""


def value_of(target: Target, cell: str) -> object | None:
    """The raw value of a cell that holds one; None where nothing was answered. Raises Unfit."""
    plain = cell.strip()
    if plain in ("", _SEEN_NOT_ANSWERED):
        return None
    if target.holds is Holds.WORDS:
        return plain
    if target.choices:
        if isinstance(target.question, MultipleChoice) or _is_list(target, plain):
            return [_code(target.choices, part) for part in _parts(target.choices, plain)]
        return _code(target.choices, plain)
    if isinstance(target.question, Scale):
        number = re.match(r"-?\d+", plain)
        if not number:
            raise Unfit
        return number[0]
    return _day(plain) if isinstance(target.question, Date) else plain


def is_ticked(target: Target, cell: str) -> bool:
    """Whether a cell says that its choice was made. A choice with the code 0 is ticked by a 0 too."""
    plain = cell.strip()
    return plain.lower() not in _NOT_TICKED or (plain == "0" == target.code)


def in_order(places: Iterable[tuple[str, str]]) -> list[str]:
    """Codes in the order of their places, given as `(code, cell)`; those without a place are left out."""
    found = [(float(cell), code) for code, cell in places if re.fullmatch(r"\s*\d+(\.\d+)?\s*", cell)]
    return [code for _, code in sorted(found)]


def moment(cell: str, zone: tzinfo = UTC) -> datetime | None:
    """A moment as exports write it, in the time zone of the export."""
    for pattern in _MOMENTS:
        try:
            found = datetime.strptime(cell.strip(), pattern)  # noqa: DTZ007 - the zone of the export is set right below
        except ValueError:
            continue
        try:
            return found.replace(tzinfo=UTC if pattern.endswith("Z") else zone).astimezone(UTC)
        except OverflowError:
            return None
    return None


def _day(plain: str) -> str:
    for pattern in _DAYS:
        try:
            return datetime.strptime(plain, pattern).date().isoformat()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise Unfit


def _is_list(target: Target, plain: str) -> bool:
    return target.name in target.question.names() and target.question.names()[target.name] == "texts" and bool(plain)


def _parts(choices: tuple[Choice, ...], plain: str) -> list[str]:
    """Several answers in one cell; a text that is one of the choices is one answer even with a comma in it."""
    known = {_even(text) for choice in choices for text in choice.text.values()}
    return [plain] if _even(plain) in known else [part for part in plain.split(",") if part.strip()]


def _code(choices: tuple[Choice, ...], plain: str) -> str:
    """The code of an answer that is written as its code or as its text, in any language."""
    wanted = plain.strip()
    for choice in choices:
        if choice.code == wanted:
            return choice.code
    even = _even(wanted)
    for choice in choices:
        if even in {_even(text) for text in choice.text.values()}:
            return choice.code
    if re.fullmatch(r"-?\d+\.0+", wanted):
        return _code(choices, wanted.split(".")[0])
    raise Unfit


def _even(text: str) -> str:
    return " ".join(text.split()).casefold()
