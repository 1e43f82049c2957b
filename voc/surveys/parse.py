"""A document to a questionnaire and back. PURE."""

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from voc.surveys.check_logic import problems_in
from voc.surveys.questionnaire import Questionnaire, QuestionnaireError
from voc.surveys.questions import Question
from voc.surveys.reader import Reader
from voc.surveys.texts import Texts


def parse(document: object) -> Questionnaire:
    """The questionnaire that a plain object (of YAML or JSON) describes.

    Raises QuestionnaireError with every problem: fields that are missing, unknown or of the wrong kind, ids used twice, placeholders
    nobody can fill, conditions that are misspelt, compare unlike things or look ahead.
    """
    reader = Reader(_languages(document, "languages"), _languages(document, "fallback"))
    questionnaire: Questionnaire = reader.build(Questionnaire, document, "")
    if isinstance(document, dict) and document:
        reader.problems += problems_in(questionnaire, frozenset(reader.unread), frozenset(found.path for found in reader.problems))
    if reader.problems:
        raise QuestionnaireError(tuple(reader.problems))
    return questionnaire


def dump(questionnaire: Questionnaire) -> dict[str, Any]:
    """The questionnaire as a plain object that JSON can hold; `parse` makes the same questionnaire of it again."""
    return _plain(questionnaire)  # type: ignore[no-any-return]


def _languages(document: object, key: str) -> list[str]:
    found = document.get(key) if isinstance(document, dict) else None
    return [str(language) for language in found] if isinstance(found, list) else []


def _plain(value: Any) -> Any:
    if isinstance(value, Texts):
        return dict(value)
    if is_dataclass(value) and not isinstance(value, type):
        written = {one.name: _plain(getattr(value, one.name)) for one in fields(value) if not _is_left_out(one, getattr(value, one.name))}
        return {"id": value.id, "kind": value.kind, **written} if isinstance(value, Question) else written
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def _is_left_out(one: Any, value: Any) -> bool:
    return bool(value == (one.default if one.default_factory is MISSING else one.default_factory()))
