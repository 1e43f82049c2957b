"""What an answer may be: one check for pages and for programs. PURE.

Canonical values are what JSON can hold: a whole number for a scale, a number, a text, a code, a list of codes in the order of the
questionnaire, `2026-11-21` for a day, true or false. Checking canonical values again gives the same ones.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from voc.core.errors import Fault
from voc.responses.read_answer import Value, Wrong, readers
from voc.surveys.flow import Walk, walk
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import OTHER, Asked, Choosing, Question, Text
from voc.surveys.words import word


@dataclass(frozen=True, slots=True)
class Checked:
    """What was answered and counts, what must be mended (`path` is the question's id), and the way through the questionnaire."""

    answers: Mapping[str, Value]
    faults: tuple[Fault, ...]
    walk: Walk


def check(questionnaire: Questionnaire, raw: Mapping[str, object], language: str, *, asked: Collection[str] | None = None) -> Checked:
    """Read every answer, drop those to questions that are not shown, and list all faults in the reader's language.

    `asked` are the questions that had to be answered this time; None stands for all, as when everything is sent at once. A fault
    elsewhere is left to the step where that question stands, and its value dropped.
    """
    read: dict[str, Value] = {}
    wrong: dict[str, Wrong] = {}
    for question in questionnaire.questions():
        for name, value_of in readers(question):
            try:
                value = value_of(raw.get(name))
            except Wrong as refused:
                wrong[name] = refused
            else:
                if value is not None:
                    read[name] = value
    _drop_unmeant_words(questionnaire, read)
    way = walk(questionnaire, read)
    faults = tuple(_faults(questionnaire, way, wrong, language, asked))
    if asked is None:
        faults += tuple(_unknown(questionnaire, raw))
    return Checked({name: value for name, value in read.items() if name in way.answers}, faults, way)


def kind_of(questionnaire: Questionnaire, name: str) -> str:
    """The kind under which an answer is stored; words typed at "something else" are text."""
    question = questionnaire.question(name)
    return question.kind if question else Text.kind


def _faults(
    questionnaire: Questionnaire, way: Walk, wrong: Mapping[str, Wrong], language: str, asked: Collection[str] | None
) -> list[Fault]:
    found = []
    for step in way.steps:
        for question in step.questions:
            if asked is not None and question.id not in asked:
                continue
            for name, _ in readers(question):
                refused = wrong.get(name) or _missing(question, name, way)
                if refused:
                    found.append(Fault(name, refused.name.upper(), _said(questionnaire, refused, language)))
    return found


def _missing(question: Question, name: str, way: Walk) -> Wrong | None:
    needed = isinstance(question, Asked) and question.required and name == question.id
    return Wrong("missing") if needed and name not in way.answers else None


def _unknown(questionnaire: Questionnaire, raw: Mapping[str, object]) -> list[Fault]:
    known = questionnaire.answer_kinds()
    return [
        Fault(name, "UNKNOWN_QUESTION", f"There is no question `{name}`. There are {', '.join(sorted(known))}.")
        for name in raw
        if name not in known
    ]


def _drop_unmeant_words(questionnaire: Questionnaire, read: dict[str, Value]) -> None:
    """Words typed at "something else" count only while that is chosen."""
    for question in questionnaire.questions():
        if isinstance(question, Choosing) and question.other_id in read:
            chosen = read.get(question.id)
            if OTHER not in (chosen if isinstance(chosen, list) else [chosen]):
                del read[question.other_id]


def _said(questionnaire: Questionnaire, refused: Wrong, language: str) -> str:
    text = "This question takes {takes}." if refused.name == "wrong_kind" else word(questionnaire, refused.name, language)
    # A designer's own wording may name what is not there: that is shown as written.
    return re.sub(r"\{(\w+)\}", lambda named: str(refused.limits.get(named[1], named[0])), text)
