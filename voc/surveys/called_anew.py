"""A questionnaire with other names for some of its questions, wherever it speaks of them. PURE."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from voc.core.expression_words import with_names
from voc.surveys.placeholders import renamed
from voc.surveys.questionnaire import NamedScore, Page, Questionnaire
from voc.surveys.questions import Question
from voc.surveys.renames import answer_names
from voc.surveys.texts import Texts

_CONDITIONS = {"show_if", "end_if", "when"}


def called_anew(before: Questionnaire, after: Questionnaire, names: Mapping[str, str]) -> Questionnaire:
    """The older edition with the names that its questions have in the newer: ids, conditions, placeholders, loops and scores."""
    if not names:
        return before
    called: Questionnaire = _part(before, answer_names(before, after, names))
    return called


def _part(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, Texts):
        return value.changed(lambda _, text: renamed(text, names))
    if isinstance(value, tuple):
        return tuple(_part(one, names) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {one.name: after for one in fields(value) if (after := _field(value, one.name, names)) is not getattr(value, one.name)}
    return replace(value, **changed) if changed else value


def _field(owner: Any, name: str, names: Mapping[str, str]) -> Any:
    value = getattr(owner, name)
    if name in _CONDITIONS and isinstance(value, str):
        return with_names(value, "answers", names)
    if (name == "id" and isinstance(owner, Question)) or (name == "loop" and isinstance(owner, Page)):
        return names.get(value, value)
    if name == "questions" and isinstance(owner, NamedScore):
        return tuple(names.get(one, one) for one in value)
    return _part(value, names) if isinstance(value, Texts | tuple) or is_dataclass(value) else value
