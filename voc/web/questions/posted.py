"""What the form of a page brings back, as the check of answers takes it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from voc.surveys.questions import Asked, CallMeBack, Consent, FileUpload, Question, Ranking
from voc.web.posted_form import PostedForm
from voc.web.questions.given import KNOWN, OTHER

LONGEST_PLACE = 9


@dataclass(frozen=True, slots=True)
class Typed:
    """What was filled in: `raw` for the check, `shown` as it stands on the page again."""

    raw: Mapping[str, object]
    shown: Mapping[str, object]


def names_of(questions: Iterable[Question]) -> frozenset[str]:
    """The names of the answers asked for, with the ids of their questions. What is not asked of the customer is not among them."""
    asked = [question for question in questions if isinstance(question, Asked)]
    return frozenset({name for question in asked for name in (question.id, *question.names())})


def typed_values(questions: Iterable[Question], form: PostedForm, *, phone: str | None, files: Mapping[str, list[str]]) -> Typed:
    """The answers of a form. `phone` is the number we know the customer by, `files` the ids of what was sent with each question."""
    raw: dict[str, object] = {}
    shown: dict[str, object] = {}
    for question in questions:
        if not isinstance(question, Asked):
            continue
        values = form.values(question.names())
        read = next((read for kind, read in _READ if isinstance(question, kind)), None)
        extra = read(question, form, values) if read else {}
        if isinstance(question, CallMeBack):
            _number(question, form, values, phone)
        elif isinstance(question, FileUpload):
            values[question.id] = files.get(question.id, [])
        raw.update(values)
        shown.update({**values, **extra})
    return Typed(raw, shown)


def _in_order(question: Ranking, form: PostedForm, values: dict[str, object]) -> dict[str, object]:
    """Places become an order. Two in one place are no order: the first of them stands there twice, which the check refuses."""
    posted = [(code, place) for one in form.many(question.id) for place, _, code in [one.partition(":")]]
    places = {code: place for code, place in posted if code and place.isdecimal() and len(place) <= LONGEST_PLACE}
    by_place: dict[int, str] = {}
    order = []
    for code, place in sorted(places.items(), key=lambda item: int(item[1])):
        order.append(by_place.setdefault(int(place), code))
    values[question.id] = order
    return {question.id: places}


def _consent(question: Consent, _form: PostedForm, values: dict[str, object]) -> dict[str, object]:
    """A box that is not ticked says nothing."""
    if values.get(question.id) != "yes":
        values.pop(question.id, None)
    return {}


def _number(question: CallMeBack, form: PostedForm, values: dict[str, object], phone: str | None) -> None:
    where = form.one(f"{question.id}_where")
    if where == KNOWN and phone:
        values[question.id] = phone
    elif where != OTHER and form.many(f"{question.id}_where") and not where:
        values[question.id] = ""


_READ: tuple[tuple[type[Question], Callable[[Any, PostedForm, dict[str, object]], dict[str, object]]], ...] = (
    (Ranking, _in_order),
    (Consent, _consent),
)
