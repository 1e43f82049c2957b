"""One answer: what was typed, chosen or sent by a program becomes the canonical value, or is refused with the way out. PURE.

What must hold between several answers (sums, rows that are missing) is in `voc.responses.judge`.
"""

from collections.abc import Callable, Iterator
from typing import Any

from voc.responses.read_answer import chosen, moments, typed
from voc.responses.read_answer.chosen import WINDOWS
from voc.responses.read_answer.wrong import Read, Value, Wrong
from voc.surveys.questions import (
    Asked,
    CallMeBack,
    Cells,
    Choice,
    Choosing,
    Consent,
    ConstantSum,
    Date,
    DateTime,
    Fields,
    FileUpload,
    Hidden,
    InRows,
    Matrix,
    MultipleChoice,
    Number,
    Question,
    Ranking,
    Scale,
    SideBySide,
    SingleChoice,
    Slider,
    Text,
    Time,
    YesNo,
)

__all__ = ["WINDOWS", "Read", "Value", "Wrong", "readers"]


def readers(question: Question) -> list[tuple[str, Read]]:
    """The names under which a question is answered, each with its reader: None where nothing was answered, else a value or Wrong.

    A reader takes what was given and the country whose telephone numbers need no prefix.
    """
    return [(name, _nothing_is_none(read)) for name, read in _readers(question)]


def _readers(question: Question) -> Iterator[tuple[str, Read]]:
    whole = next((read for kind, read in _WHOLE if isinstance(question, kind)), None)
    if whole:
        yield question.id, lambda raw, country: whole(question, raw, country)
    elif isinstance(question, InRows):
        yield from _rows(question)
    elif isinstance(question, Fields):
        for one, name in question.field_names():
            yield name, lambda raw, country, one=one: typed.field(one, raw, country)  # type: ignore[misc]
    if isinstance(question, CallMeBack):
        yield question.window_name, lambda raw, _: chosen.window(raw)
    if isinstance(question, Choosing | InRows):
        for name in question.words_names.values() if isinstance(question, Choosing) else question.words_names().values():
            yield name, lambda raw, _: typed.words(raw, typed.LONGEST_OTHER)
    if isinstance(question, Asked) and question.comment:
        yield question.comment_name, lambda raw, _: typed.words(raw, typed.LONGEST_COMMENT)


def _rows(question: InRows) -> Iterator[tuple[str, Read]]:
    if isinstance(question, Matrix):
        cell = _cell(question.cells, question.columns)
        yield from ((name, cell) for _, _, name in question.cell_names())
    elif isinstance(question, SideBySide):
        cells = {group.id: _cell(group.cells, group.columns) for group in question.groups}
        yield from ((name, cells[group.id]) for _, group, name in question.cell_names())
    elif isinstance(question, ConstantSum):
        yield from ((name, lambda raw, _: typed.share(raw)) for _, name in question.row_names())
    elif isinstance(question, Slider):
        for name in [name for _, name in question.row_names()] or [question.id]:
            yield name, lambda raw, _: typed.slid(question, raw)


def _cell(cells: Cells, columns: tuple[Choice, ...]) -> Read:
    codes = tuple(column.code for column in columns)
    return {
        Cells.SINGLE: lambda raw, _: chosen.code(codes, raw),
        Cells.MULTIPLE: lambda raw, _: chosen.several(codes, raw),
        Cells.TEXT: lambda raw, _: typed.words(raw, typed.LONGEST_CELL),
        Cells.NUMBER: lambda raw, _: typed.any_number(raw),
    }[cells]


def _nothing_is_none(read: Read) -> Read:
    return lambda raw, country: None if raw is None or raw in ("", [], ()) else read(raw, country)


_WHOLE: tuple[tuple[type[Question], Callable[[Any, object, str], Value | None]], ...] = (
    (Scale, lambda question, raw, _: typed.point(question, raw)),
    (Number, lambda question, raw, _: typed.number_typed(question, raw)),
    (SingleChoice, lambda question, raw, _: chosen.code(question.codes, raw)),
    (MultipleChoice, lambda question, raw, _: chosen.several(question.codes, raw)),
    (Ranking, lambda question, raw, _: chosen.in_order(question.codes, raw)),
    (Text, typed.text),
    (Date, lambda question, raw, _: moments.day(question, raw)),
    (Time, lambda question, raw, _: moments.time_of_day(question, raw)),
    (DateTime, lambda question, raw, _: moments.moment(question, raw)),
    (YesNo, lambda _question, raw, _: chosen.yes_no(raw)),
    (Consent, lambda _question, raw, _: chosen.yes_no(raw)),
    (CallMeBack, lambda _question, raw, country: typed.phone(raw, country)),
    (FileUpload, lambda question, raw, _: chosen.files(question, raw)),
    (Hidden, lambda _question, raw, _: typed.fact(raw)),
)
