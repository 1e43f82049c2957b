"""Which answer of ours a column of LimeSurvey's export holds, and how its cells read. PURE."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from voc.core.expressions import Kind
from voc.surveys.formats.logic.comparing import number
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import (
    Cells,
    Choice,
    Fields,
    Matrix,
    MultipleChoice,
    Question,
    Ranking,
    Scale,
    SideBySide,
    SingleChoice,
    Slider,
    YesNo,
)

_TICKED = {"y", "yes", "ja", "oui", "sí", "si", "sim", "da", "tak", "jah", "kyllä", "نعم", "1", "true", "checked"}
_UNTICKED = {"n", "no", "nee", "nein", "non", "não", "nie", "ei", "لا", "0", "false"}
_OTHER = "-oth-"

Reads = Callable[[str], "str | bool | float | list[str] | None"]


@dataclass(frozen=True, slots=True)
class Column:
    """The answer that a column holds. Columns of one list come together in the order of `place`; `read` gives None for no answer."""

    name: str
    read: Reads
    place: int = 0


def columns_of(questionnaire: Questionnaire) -> Mapping[str, Column]:
    """Every way to write the header of a column (`code`, `code[sub]`, `code_sub`), with its answer; the first of two questions counts."""
    found: dict[str, Column] = {}
    for question in questionnaire.questions():
        code = question.code or question.id
        for ends, column in _columns(question):
            for header in (f"{code}{ends}", f"{code}{_flat(ends)}"):
                found.setdefault(header, column)
    return found


def _flat(ends: str) -> str:
    return ends.replace("][", "_").replace("[", "_").replace("]", "")


def _columns(question: Question) -> Iterator[tuple[str, Column]]:
    if isinstance(question, MultipleChoice):
        yield from _multiple(question)
    elif isinstance(question, SingleChoice):
        yield "", Column(question.id, _code_among(question.all_choices))
        yield from (("[other]", Column(name, _words)) for code, name in question.words_names.items() if code == _OTHER)
    elif isinstance(question, Ranking):
        read = _listed(_code_among(question.all_choices))
        yield from ((f"[{place}]", Column(question.id, read, place)) for place in range(1, len(question.choices) + 1))
    elif isinstance(question, Matrix):
        yield from _cells(question)
    elif isinstance(question, SideBySide):
        for row, group, name in question.cell_names():
            column = Column(name, _code_among(group.columns))
            yield from ((f"[{row.code}]{end}", column) for end in _scale_ends(group.id))
    elif isinstance(question, Fields):
        kinds = question.answers()
        yield from ((f"[{one.code}]", Column(name, _of_kind(kinds[name]))) for one, name in question.field_names())
    elif isinstance(question, Slider):
        yield from ((f"[{row.code}]", Column(name, _decimal)) for row, name in question.row_names())
    elif own := question.names().get(question.id):
        yield (
            "",
            Column(question.id, _yes_no if isinstance(question, YesNo) else _decimal if isinstance(question, Scale) else _of_kind(own)),
        )
    if comment := getattr(question, "comment", None):
        yield from ((end, Column(f"{question.id}_comment", _words)) for end in ("[comment]", "comment") if comment)


def _multiple(question: MultipleChoice) -> Iterator[tuple[str, Column]]:
    words = question.words_names
    for place, choice in enumerate(question.choices):
        if choice.code == _OTHER:
            yield "[other]", Column(words[choice.code], _words)
            continue
        yield f"[{choice.code}]", Column(question.id, _ticked(choice), place)
        if choice.code in words:
            yield f"[{choice.code}comment]", Column(words[choice.code], _words)


def _cells(question: Matrix) -> Iterator[tuple[str, Column]]:
    for row, column, name in question.cell_names():
        if column is not None:
            yield f"[{row.code}_{column.code}]", Column(name, _decimal if question.cells is Cells.NUMBER else _words)
        elif question.cells is Cells.MULTIPLE:
            for place, one in enumerate(question.columns):
                yield f"[{row.code}_{one.code}]", Column(name, _ticked(one), place)
        else:
            yield f"[{row.code}]", Column(name, _code_among(question.columns))


def _scale_ends(group_id: str) -> tuple[str, ...]:
    """LimeSurvey counts the two scales from 0 in codes, and from 1 in words."""
    scale = group_id[1:]
    return (f"[{scale}]", f"_{scale}", f"#{scale}", f"[Scale {int(scale) + 1}]" if scale.isdigit() else f"[{scale}]")


def _code_among(choices: Iterable[Choice]) -> Reads:
    listed = tuple(choices)
    codes = {choice.code for choice in listed}
    by_words = {text: choice.code for choice in reversed(listed) for text in choice.text.values()}
    return lambda cell: (cell if cell in codes else by_words.get(cell, cell)) or None


def _ticked(choice: Choice) -> Reads:
    words = {choice.code.lower(), *(text.lower() for text in choice.text.values())}
    return lambda cell: [choice.code] if cell.lower() in _TICKED or (cell and cell.lower() in words - _UNTICKED) else None


def _listed(read: Reads) -> Reads:
    return lambda cell: [str(found)] if (found := read(cell)) else None


def _of_kind(kind: Kind) -> Reads:
    if kind is Kind.NUMBER:
        return _decimal
    return _day if kind is Kind.MOMENT else _words


def _words(cell: str) -> str | None:
    return cell or None


def _decimal(cell: str) -> float | str | None:
    found = number(cell.replace(",", ".")) if cell else None
    return found if found is not None else cell or None


def _yes_no(cell: str) -> bool | str | None:
    low = cell.lower()
    return True if low in _TICKED else False if low in _UNTICKED else cell or None


def _day(cell: str) -> str | None:
    return (cell.removesuffix(" 00:00:00").replace(" ", "T")) or None
