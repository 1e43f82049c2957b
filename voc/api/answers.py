"""Answers: one value each, in the shape of what it holds."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from voc.api.answer_types import (
    Answer,
    ChoiceAnswer,
    ChoicesAnswer,
    DateAnswer,
    DateTimeAnswer,
    FilesAnswer,
    NumberAnswer,
    ScaleAnswer,
    TextAnswer,
    TimeAnswer,
    YesNoAnswer,
)
from voc.core.expressions import Kind
from voc.responses.in_words import answer_in_words, asked_in_words
from voc.responses.models import Answer as Row
from voc.surveys.course import course_of, owner_of
from voc.surveys.fills import texts_of_codes
from voc.surveys.placeholders import filled
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import CallMeBack, Date, DateTime, FileUpload, Question, Scale, Time

__all__ = ["KINDS", "Answer", "answer_of"]

KINDS: tuple[type[Answer], ...] = (
    *(ScaleAnswer, NumberAnswer, ChoiceAnswer, ChoicesAnswer, TextAnswer, DateAnswer),
    *(YesNoAnswer, TimeAnswer, DateTimeAnswer, FilesAnswer),
)
Facts = Mapping[str, Any]


def answer_of(row: Row, questionnaire: Questionnaire, language: str, *, is_hidden: bool, brand: str = "") -> Answer:
    """The answer as what it holds shows it, in the language of the response; `brand` is who asked, for questions that name it."""
    question = owner_of(questionnaire, row.question)
    value = None if is_hidden else row.value
    facts = {
        "question": row.question,
        "asked": filled(asked_in_words(questionnaire, row.question, language), {"brand.name": brand}),
        "shown": None if value is None else answer_in_words(questionnaire, row.question, value, language),
        "answered_at": row.answered_at,
    }
    return _maker(questionnaire, question, row.question)(facts, question, value)


def _maker(questionnaire: Questionnaire, question: Question | None, name: str) -> Callable[[Facts, Question | None, Any], Answer]:
    if question is None:
        return _text
    if name == question.id and isinstance(question, Scale):
        return _scale
    if isinstance(question, FileUpload):
        return _files if name == question.id else _text
    if isinstance(question, Time | Date | DateTime) and name == question.id:
        return _TIMED[question.kind]
    is_code = bool(texts_of_codes(question, name, "")) or (isinstance(question, CallMeBack) and name == question.window_name)
    return _CODES[course_of(questionnaire).kinds[name]] if is_code else _PLAIN[course_of(questionnaire).kinds[name]]


def _scale(facts: Facts, question: Question | None, value: Any) -> Answer:
    lowest, highest = question.ends if isinstance(question, Scale) else (0, 0)
    return ScaleAnswer(**facts, point=value, lowest=lowest, highest=highest)


def _number(facts: Facts, _question: Question | None, value: Any) -> Answer:
    return NumberAnswer(**facts, number=value)


def _text(facts: Facts, _question: Question | None, value: Any) -> Answer:
    return TextAnswer(**facts, text=None if value is None else str(value))


def _choices(facts: Facts, _question: Question | None, value: Any) -> Answer:
    return ChoicesAnswer(**facts, choices=value or [])


def _files(facts: Facts, _question: Question | None, value: Any) -> Answer:
    return FilesAnswer(**facts, files=value or [])


def _yes_no(facts: Facts, _question: Question | None, value: Any) -> Answer:
    return YesNoAnswer(**facts, yes_no=value)


_TIMED: Mapping[str, Callable[[Facts, Question | None, Any], Answer]] = {
    "date": lambda facts, _question, value: DateAnswer(**facts, date=date.fromisoformat(value) if value else None),
    "time": lambda facts, _question, value: TimeAnswer(**facts, time=value),
    "date_time": lambda facts, _question, value: DateTimeAnswer(**facts, local=value),
}
_PLAIN: Mapping[Kind, Callable[[Facts, Question | None, Any], Answer]] = {
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.TEXTS: _choices,
    Kind.YES_NO: _yes_no,
    Kind.MOMENT: _text,
}
_CODES: Mapping[Kind, Callable[[Facts, Question | None, Any], Answer]] = {
    **_PLAIN,
    Kind.TEXT: lambda facts, _question, value: ChoiceAnswer(**facts, choice=value),
}
