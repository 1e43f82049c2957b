"""Answers that count: none for what was not shown, no own words for what was not chosen. PURE."""

from collections.abc import Iterator, Mapping
from typing import Any

from voc.surveys.course import CHOICES, COLUMNS, ROWS
from voc.surveys.questions import CallMeBack, Cells, Choosing, InRows, Matrix, Question, SideBySide

Found = dict[str, object]
Shown = Mapping[tuple[str, str], tuple[Any, ...]]


def without_unmeant_words(question: Question, found: Found) -> Found:
    """The answers without words typed beside something that was not chosen."""
    if isinstance(question, CallMeBack) and question.id not in found:
        return {name: value for name, value in found.items() if name != question.window_name}
    if not isinstance(question, Choosing):
        return found
    words = question.words_names
    if not any(name in found for name in words.values()):
        return found
    chosen = _codes(found.get(question.id))
    unmeant = {name for code, name in words.items() if code not in chosen}
    return {name: value for name, value in found.items() if name not in unmeant}


def without_hidden(question: Question, found: Found, shown: Shown) -> Found:
    """The answers without choices, rows and columns that were not offered."""
    if isinstance(question, Choosing):
        offered = _offered(shown, question.id, CHOICES)
        kept = {**found, question.id: _kept(found.get(question.id), offered)}
        return without_unmeant_words(question, {name: value for name, value in kept.items() if value is not None})
    if isinstance(question, InRows):
        return dict(_in_rows(question, found, shown))
    return found


def _in_rows(question: InRows, found: Found, shown: Shown) -> Iterator[tuple[str, object]]:
    rows = _offered(shown, question.id, ROWS)
    cells = cells_of(question)
    for name, value in found.items():
        row, part, column = cells.get(name, ("", "", ""))
        offered = _offered(shown, question.id, part) if part else None
        if row and rows is not None and row not in rows:
            continue
        if column and offered is not None and column not in offered:
            continue
        kept = value if column else _kept(value, offered)
        if kept is not None:
            yield name, kept


def cells_of(question: InRows) -> dict[str, tuple[str, str, str]]:
    """For each name of a question with rows its row, the part of the question that says what may be chosen, and its column."""
    found = {name: (row.code, "", "") for row, name in question.row_names()}
    texts = question.words_names()
    if isinstance(question, Matrix):
        chosen = question.cells in (Cells.SINGLE, Cells.MULTIPLE)
        found = {name: (row.code, COLUMNS, "" if chosen or column is None else column.code) for row, column, name in question.cell_names()}
    elif isinstance(question, SideBySide):
        picked = {group.id: str(at) for at, group in enumerate(question.groups) if group.cells in (Cells.SINGLE, Cells.MULTIPLE)}
        found = {name: (row.code, picked.get(group.id, ""), "") for row, group, name in question.cell_names()}
    return {**found, **{name: (code, "", "") for code, name in texts.items()}}


def _offered(shown: Shown, question_id: str, part: str) -> set[str] | None:
    """The codes that were offered; None where everybody is offered all."""
    found = shown.get((question_id, part))
    return None if found is None else {item.code for item in found}


def _kept(value: Any, offered: set[str] | None) -> Any:
    if offered is None or value is None:
        return value
    if isinstance(value, list | tuple):
        return [code for code in value if code in offered] or None
    return value if value in offered else None


def _codes(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
