"""What an answer may be: one check for pages, programs and rehearsals. PURE.

Canonical values are what JSON can hold: a whole number for a scale, a number, a text, a code, a list of codes in the order of the
questionnaire, `2026-11-21` for a day, true or false. Checking canonical values again gives the same ones.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from voc.core.errors import Fault
from voc.core.expressions import Kind
from voc.core.remember import remembered
from voc.responses.judge import is_put, missing, wrong_in
from voc.responses.read_answer import Read, Value, Wrong, readers
from voc.surveys.course import Course, course_of
from voc.surveys.flow import Walk, walk
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Asked, CallMeBack, Choosing, Question, Text
from voc.surveys.words import word

MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Checked:
    """What was answered and counts, what must be mended (`path` is the answer's name), and the way through the questionnaire.

    `missing` are the questions on that way of which something must still be answered, whether or not it was asked this time.
    """

    answers: Mapping[str, Value]
    faults: tuple[Fault, ...]
    walk: Walk
    missing: frozenset[str] = field(default_factory=frozenset)


def check(
    questionnaire: Questionnaire,
    raw: Mapping[str, object],
    language: str,
    *,
    asked: Collection[str] | None = None,
    seed: int = 0,
    full: Collection[str] = (),
    country: str = "",
) -> Checked:
    """Read every answer, drop those to questions that are not shown, and list all faults in the reader's language.

    `asked` are the answers that were asked for this time; None stands for all, as when everything is sent at once. A fault elsewhere is
    left to the step where that question stands, and its value dropped. `seed` and `full` are those of the walk; telephone numbers
    without a prefix are those of `country`.
    """
    course = course_of(questionnaire)
    read, wrong = _read(course, raw, country)
    way = _walked(course, read, wrong, language, seed, full)
    left_out = {question.id: names for question in _questions(way) if (names := missing(question, way, way.answers))}
    faults = [*_faults(course, way, wrong, left_out, language, asked)]
    if asked is None:
        faults += _unknown(course, raw)
    return Checked(cast(Mapping[str, Value], way.answers), tuple(faults), way, frozenset(left_out))


def kind_of(questionnaire: Questionnaire, name: str) -> str:
    """The kind under which an answer is stored: its question's; own words, comments and cells of text are text."""
    question = course_of(questionnaire).owners.get(name)
    if question is None or name == question.id:
        return question.kind if question else Text.kind
    return Text.kind if is_words(question, name) else question.kind


def is_words(question: Question, name: str) -> bool:
    """Whether an answer is in the customer's own words, beside or below what else is asked."""
    from_rows = getattr(question, "words_names", {})
    words = set((from_rows() if callable(from_rows) else from_rows).values())
    if isinstance(question, Asked) and question.comment:
        words.add(question.comment_name)
    return name in words


@remembered(MOST_KEPT)
def _readers(course: Course) -> Mapping[str, Read]:
    return {name: read for question in course.questions.values() for name, read in readers(question)}


def _read(course: Course, raw: Mapping[str, object], country: str) -> tuple[dict[str, Value], dict[str, Wrong]]:
    known = _readers(course)
    read: dict[str, Value] = {}
    wrong: dict[str, Wrong] = {}
    for name, given in raw.items():
        value_of = known.get(name)
        if value_of is None:
            continue
        try:
            value = value_of(given, country)
        except Wrong as refused:
            wrong[name] = refused
        else:
            if value is not None:
                read[name] = value
    _choose_where_words_are(course, read, wrong)
    for name in [name for name in wrong if name not in course.questions]:
        question = course.owners[name]
        if isinstance(question, CallMeBack) and name == question.window_name and question.id not in {*read, *wrong}:
            del wrong[name]  # without a number nobody is called, whenever it suits
    return read, wrong


def _choose_where_words_are(course: Course, read: dict[str, Value], wrong: Mapping[str, Wrong]) -> None:
    """Words beside an answer choose it where nothing was chosen."""
    for name in list(read):
        question = course.owners[name]
        if isinstance(question, Choosing) and question.id not in read and question.id not in wrong:
            codes = [code for code, own in question.words_names.items() if own in read]
            if codes and question.answer:
                read[question.id] = codes if question.answer is Kind.TEXTS else codes[0]


def _walked(course: Course, read: Mapping[str, Value], wrong: dict[str, Wrong], language: str, seed: int, full: Collection[str]) -> Walk:
    """The way these answers make. What will not do is noted and taken away, until walking again with what counts changes nothing."""
    while True:
        way = walk(course.questionnaire, read, seed=seed, full=full)
        refused = dict(_refused(way, language))
        for name, why in refused.items():
            wrong.setdefault(name, why)
        taken = {own for name in refused for own in _taken_with(course, name)}
        # Without a seed it is the answers that say which of several pages were drawn: only those that count may.
        if not taken and course.draws and not seed:
            taken = {name for name in read if name not in way.answers}
        if not taken:
            return way
        read = {name: value for name, value in read.items() if name not in taken}


def _questions(way: Walk) -> Iterator[Question]:
    return (question for step in way.steps for question in step.questions)


def _refused(way: Walk, language: str) -> list[tuple[str, Wrong]]:
    found = ((question.id, wrong_in(question, way, way.answers, language)) for question in _questions(way))
    return [(name, why) for name, why in found if why]


def _taken_with(course: Course, question_id: str) -> tuple[str, ...]:
    """What goes with answers that will not do together: all of the question but its comment."""
    question = course.questions[question_id]
    comment = question.comment_name if isinstance(question, Asked) and question.comment else ""
    return tuple(name for name in course.names[question_id] if name != comment)


def _faults(
    course: Course,
    way: Walk,
    wrong: Mapping[str, Wrong],
    left_out: Mapping[str, list[str]],
    language: str,
    asked: Collection[str] | None,
) -> Iterator[Fault]:
    for question in _questions(way):
        names = course.names[question.id]
        if asked is not None and question.id not in asked and not any(name in asked for name in names):
            continue
        why = {name: wrong[name] for name in dict.fromkeys((question.id, *names)) if name in wrong and is_put(question, way, name)}
        lacks = [name for name in left_out.get(question.id, []) if name not in why]
        for name in [] if question.id in why else lacks:
            why[name] = Wrong("missing")
        for name, refused in why.items():
            yield Fault(name, refused.name.upper(), _said(course.questionnaire, question, refused, language))


def _unknown(course: Course, raw: Mapping[str, object]) -> list[Fault]:
    known = ", ".join(sorted(course.kinds)[:40])
    return [
        Fault(name, "UNKNOWN_QUESTION", f"There is no question `{name}`. There are {known}.") for name in raw if name not in course.kinds
    ]


def _said(questionnaire: Questionnaire, question: Question, refused: Wrong, language: str) -> str:
    own = question.messages if isinstance(question, Asked) else None
    chosen = own and (own.missing if refused.name == "missing" else own.wrong)
    if refused.name == "wrong_kind":
        text = "This question takes {takes}."
    else:
        text = (chosen and chosen.say(language)) or word(questionnaire, refused.name, language)
    # A designer's own wording may name what is not there: that is shown as written.
    return re.sub(r"\{(\w+)\}", lambda named: str(refused.limits.get(named[1], named[0])), text)
