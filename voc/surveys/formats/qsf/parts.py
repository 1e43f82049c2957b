"""Choices, rows and columns with conditions of their own. PURE."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from voc.surveys.formats.qsf.logic import Logic, holds_something
from voc.surveys.formats.qsf.loose import Group, group
from voc.surveys.formats.qsf.options import Built
from voc.surveys.questions import Choosing, InRows, Matrix, Question


def with_conditions(built: Built, payload: Group, logic: Logic, source_id: str) -> Question:
    """The question with the conditions of its choices, or of its rows and columns."""
    question = built.question
    if isinstance(question, Choosing):
        found = _conditions(payload.get("Choices"), built.choices, logic, source_id)
        return replace(question, choices=_with(question.choices, found)) if found else question
    if isinstance(question, InRows):
        rows = _conditions(payload.get("Choices"), built.rows, logic, source_id)
        question = replace(question, rows=_with(question.rows, rows)) if rows else question
    if isinstance(question, Matrix):
        columns = _conditions(payload.get("Answers"), built.choices, logic, source_id)
        question = replace(question, columns=_with(question.columns, columns)) if columns else question
    elif _has_any(payload.get("Answers")):
        why = "Answers of this question cannot have conditions here; all of them are offered."
        logic.notes.dropped(source_id, "LOGIC_DROPPED", "a condition on an answer", why)
    return question


def _conditions(parts: object, codes: Mapping[str, str], logic: Logic, source_id: str) -> dict[str, str]:
    """The condition of each part that has one, by our code."""
    found = {}
    for part, item in group(parts).items():
        tree = item.get("DisplayLogic") if isinstance(item, dict) else None
        if part in codes and holds_something(tree) and (condition := logic.condition(tree, (source_id,))):
            found[codes[part]] = condition.yes
            logic.shown.choices[(source_id, part)] = condition
    return found


def _with(parts: tuple[Any, ...], conditions: Mapping[str, str]) -> tuple[Any, ...]:
    return tuple(replace(one, show_if=conditions[one.code]) if one.code in conditions else one for one in parts)


def _has_any(parts: object) -> bool:
    return any(isinstance(item, dict) and holds_something(item.get("DisplayLogic")) for item in group(parts).values())
