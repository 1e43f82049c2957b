"""An answer that will do, for any question as it is shown to somebody."""

from typing import Any

from voc.surveys.flow import Walk
from voc.surveys.questions import (
    CallMeBack,
    Cells,
    Choosing,
    Consent,
    ConstantSum,
    Date,
    DateTime,
    Fields,
    FileUpload,
    Format,
    Matrix,
    Number,
    Question,
    Ranking,
    Scale,
    SideBySide,
    SingleChoice,
    Slider,
    Text,
    Time,
)

DAY = "2026-01-31"
WORDS = {
    Format.WORDS: "ab",
    Format.EMAIL: "x@example.com",
    Format.PHONE: "+31612345678",
    Format.URL: "https://example.com",
    Format.NUMBER: "12",
}


def some_answer(question: Question, way: Walk) -> dict[str, Any]:
    """What anybody could answer here, by the names of the answers."""
    if isinstance(question, Choosing):
        codes = [choice.code for choice in way.choices(question) if not choice.exclusive or isinstance(question, SingleChoice)]
        codes = codes or [choice.code for choice in way.choices(question)][:1]
        return {question.id: codes[:1][0] if isinstance(question, SingleChoice) else codes[: _most(question)]} if codes else {}
    if isinstance(question, Matrix | SideBySide | ConstantSum | Slider):
        return _in_rows(question, way)
    if isinstance(question, Fields):
        return {name: WORDS[one.format][: one.longest] for one, name in question.field_names()}
    return {question.id: _one(question)}


def _most(question: Choosing) -> int | None:
    most: int | None = getattr(question, "at_most", None)
    return most if most or isinstance(question, Ranking) else None


def _in_rows(question: Matrix | SideBySide | ConstantSum | Slider, way: Walk) -> dict[str, Any]:
    if isinstance(question, Slider) and not question.rows:
        return {question.id: question.lowest}
    rows = {row.code for row in way.rows(question) if not row.exclusive} or {row.code for row in way.rows(question)[:1]}
    if isinstance(question, Matrix):
        offered = [column.code for column in way.columns(question)]
        cells = [
            (name, question.cells, offered)
            for row, column, name in question.cell_names()
            if row.code in rows and (column is None or column.code in offered)
        ]
    elif isinstance(question, SideBySide):
        groups = {group.id: [column.code for column in way.columns(question, at)] for at, group in enumerate(question.groups)}
        cells = [(name, group.cells, groups[group.id]) for row, group, name in question.cell_names() if row.code in rows]
    else:
        names = [name for row, name in question.row_names() if row.code in rows]
        first, other = (question.total, 0) if isinstance(question, ConstantSum) else (question.lowest, question.lowest)
        return {name: other if at else first for at, name in enumerate(names)}
    typed = {Cells.TEXT: "ab", Cells.NUMBER: 1}
    return {
        name: typed.get(kind) or (codes[:1] if kind is Cells.MULTIPLE else codes[0])
        for name, kind, codes in cells
        if codes or kind in typed
    }


def _one(question: Question) -> Any:
    if isinstance(question, Scale):
        return question.ends[0]
    if isinstance(question, Number):
        return next(limit for limit in (question.lowest, question.highest, 0) if limit is not None)
    if isinstance(question, Text):
        return "12" if question.pattern or question.format is Format.NUMBER else WORDS[question.format].ljust(question.shortest, "b")
    if isinstance(question, Date):
        return str(question.earliest or question.latest or DAY)
    if isinstance(question, DateTime):
        return f"{question.earliest or question.latest or DAY}T12:00"
    if isinstance(question, Time):
        return question.earliest or question.latest or "12:00"
    if isinstance(question, CallMeBack):
        return WORDS[Format.PHONE]
    return ["0123456789abcdef"] if isinstance(question, FileUpload) else True if isinstance(question, Consent) else "yes"
