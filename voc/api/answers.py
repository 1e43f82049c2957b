"""Answers: one question's value each, in the shape of its kind."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from voc.api.exposed import interface, shape
from voc.api.questionnaires import label_of
from voc.responses.models import Answer as Row
from voc.surveys.placeholders import filled
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Choosing, Question, Scale, YesNo
from voc.surveys.words import word


@interface
class Answer:
    """One question's value in a response. New kinds may be added: handle unknown ones by `asked` and `shown`."""

    question: str
    """The id of the question; words typed at "something else" are kept under an id of their own."""
    asked: str
    """The question as the customer read it."""
    shown: str | None
    """The answer in words, for a person; null where you may not read it."""
    answered_at: datetime
    """When it was given, or last changed."""


@shape
class ScaleAnswer(Answer):
    """A number on a scale, such as that of NPS."""

    point: int | None
    """The number; null where you may not read it."""
    lowest: int
    """The lowest number of the scale."""
    highest: int
    """The highest number of the scale."""


@shape
class NumberAnswer(Answer):
    """A number that was typed."""

    number: float | None
    """The number; null where you may not read it."""


@shape
class ChoiceAnswer(Answer):
    """One of several choices."""

    choice: str | None
    """The code of the choice; null where you may not read it."""


@shape
class ChoicesAnswer(Answer):
    """Any number of several choices."""

    choices: list[str]
    """The codes of the choices; empty where you may not read them."""


@shape
class TextAnswer(Answer):
    """Own words."""

    text: str | None
    """The words; null where you may not read them."""


@shape
class DateAnswer(Answer):
    """A day."""

    date: date | None
    """The day; null where you may not read it."""


@shape
class YesNoAnswer(Answer):
    """Yes or no."""

    yes_no: bool | None
    """True for yes; null where you may not read it."""


KINDS: tuple[type[Answer], ...] = (ScaleAnswer, NumberAnswer, ChoiceAnswer, ChoicesAnswer, TextAnswer, DateAnswer, YesNoAnswer)


def answer_of(row: Row, questionnaire: Questionnaire, language: str, *, is_hidden: bool, brand: str = "") -> Answer:
    """The answer as its kind shows it, in the language of the response; `brand` is who asked, for questions that name it."""
    question = questionnaire.question(row.question)
    made = _MAKE.get(row.kind, _text)
    value = None if is_hidden else row.value
    facts = {
        "question": row.question,
        "asked": filled(_asked(questionnaire, row.question, language), {"brand.name": brand}),
        "shown": None if value is None else _shown(questionnaire, question, value, language),
        "answered_at": row.answered_at,
    }
    return made(facts, question, value)


def _asked(questionnaire: Questionnaire, name: str, language: str) -> str:
    question = questionnaire.question(name)
    if question is None:
        others = (one for one in questionnaire.questions() if isinstance(one, Choosing) and one.other_id == name)
        question = next(others, None)
    return question.text.say(language) if question else name


def _shown(questionnaire: Questionnaire, question: Question | None, value: Any, language: str) -> str:
    if isinstance(question, Choosing):
        return ", ".join(label_of(question, code, language) for code in (value if isinstance(value, list) else [value]))
    if isinstance(question, YesNo):
        return (question.yes_text if value else question.no_text).say(language) or word(questionnaire, "yes" if value else "no", language)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _scale(facts: Mapping[str, Any], question: Question | None, value: Any) -> Answer:
    lowest, highest = question.ends if isinstance(question, Scale) else (0, 0)
    return ScaleAnswer(**facts, point=value, lowest=lowest, highest=highest)


def _text(facts: Mapping[str, Any], _question: Question | None, value: Any) -> Answer:
    return TextAnswer(**facts, text=None if value is None else str(value))


_MAKE: dict[str, Callable[[Mapping[str, Any], Question | None, Any], Answer]] = {
    **dict.fromkeys(("nps", "csat", "ces", "rating"), _scale),
    "number": lambda facts, _question, value: NumberAnswer(**facts, number=value),
    "single_choice": lambda facts, _question, value: ChoiceAnswer(**facts, choice=value),
    "multiple_choice": lambda facts, _question, value: ChoicesAnswer(**facts, choices=value or []),
    "date": lambda facts, _question, value: DateAnswer(**facts, date=date.fromisoformat(value) if value else None),
    "yes_no": lambda facts, _question, value: YesNoAnswer(**facts, yes_no=value),
    "text": _text,
}
