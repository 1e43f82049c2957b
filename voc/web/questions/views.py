"""Questions made ready to be shown."""

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

from voc.surveys.questions import (
    Asked,
    CallMeBack,
    Consent,
    ConstantSum,
    Date,
    DateTime,
    Fields,
    FileUpload,
    Matrix,
    MultipleChoice,
    Number,
    Question,
    Ranking,
    Scale,
    SideBySide,
    SingleChoice,
    Slider,
    Statement,
    Text,
    Time,
    YesNo,
)
from voc.web.questions import choosing, in_rows, typed
from voc.web.questions.given import Given
from voc.web.questions.parts import QuestionView, Reference, Room

_SHOWN: tuple[tuple[type[Question], Callable[[Any, Given], dict[str, Any]]], ...] = (
    (Scale, choosing.scale),
    (YesNo, choosing.yes_no),
    (SingleChoice, choosing.single),
    (MultipleChoice, choosing.multiple),
    (Ranking, choosing.ranking),
    (Consent, choosing.consent),
    (Matrix, in_rows.matrix),
    (SideBySide, in_rows.side_by_side),
    (ConstantSum, in_rows.constant_sum),
    (Slider, in_rows.slider),
    (Text, typed.text),
    (Number, typed.number),
    (Date, typed.date),
    (Time, typed.time),
    (DateTime, typed.date_time),
    (Fields, typed.fields),
    (CallMeBack, typed.call_me_back),
    (FileUpload, typed.file),
    (Statement, lambda question, given: {"shape": "statement"}),
)


def question_views(questions: Iterable[Question], given: Given) -> list[QuestionView]:
    """The questions that have something to show, with what was answered or typed so far."""
    return [view for question in questions if (view := _view(question, given))]


def _view(question: Question, given: Given) -> QuestionView | None:
    show = next((show for kind, show in _SHOWN if isinstance(question, kind)), None)
    if show is None:
        return None
    parts = show(question, given)
    parts["helps"] = tuple(part for part in (given.say(question.help), *parts.get("helps", ()), *_reason(question, given)) if part)
    facts = {"fault": given.messages.get(question.id, ""), **parts}
    return QuestionView(
        name=question.id,
        text=given.say(question.text),
        is_optional=isinstance(question, Asked) and not question.required,
        comment=_comment(question, given),
        references=tuple(_references(question, given)),
        **facts,
    )


def _comment(question: Question, given: Given) -> Room | None:
    if isinstance(question, Asked) and question.comment:
        return given.room(question.comment_name, given.say(question.comment), lines=3)
    return None


def _reason(question: Question, given: Given) -> Iterable[Markup]:
    if isinstance(question, Asked) and question.reason:
        yield given.word("reason", reason=given.say(question.reason))


def _references(question: Question, given: Given) -> Iterable[Reference]:
    for link in question.links:
        medium = link.medium.value
        if medium == "image" and not link.url.startswith("https://"):
            medium = "page"
        text = given.say(link.text) or ("" if medium == "image" else given.word(f"link_{medium}"))
        yield Reference(link.url, medium, text)
