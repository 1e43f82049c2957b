"""Which questions are asked, in which steps, and how it ends, for the answers given so far. PURE.

A page is one step, unless a question on it depends on another of the same page: then it is cut before that question, so that nobody
needs a script to see it. Answers to questions that are not shown (any more) count for nothing. A condition that cannot be decided
shows its question: asking once too often is better than never.
"""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil

from voc.surveys.course import Step, course_of, owner_of
from voc.surveys.questionnaire import EndPage, Questionnaire
from voc.surveys.questions import Choosing, Hidden, InRows, Question, Statement, Text
from voc.surveys.walking import Answers, Walk, walk

__all__ = [
    "Answers",
    "Progress",
    "Step",
    "Walk",
    "cuts",
    "end_page",
    "first_question",
    "minutes",
    "next_step",
    "owner_of",
    "places",
    "previous_step",
    "progress",
    "seconds_for",
    "seconds_to_answer",
    "steps",
    "walk",
]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where somebody stands: questions answered or passed, questions to go, and minutes for those."""

    questions_done: int
    questions_to_go: int
    minutes_to_go: int


def cuts(questionnaire: Questionnaire) -> tuple[Step, ...]:
    """Every step there could be, whatever is answered, in the order of the document."""
    return tuple(course_of(questionnaire).cuts())


def places(questionnaire: Questionnaire, answers: Answers, seed: int = 0) -> dict[str, int]:
    """The place of every step there could be, in the order in which this person meets them."""
    course = course_of(questionnaire)
    met, left_out = course.order(seed, answers)
    ids = (step.id for at in (*met, *left_out) for page in course.pages[at] for step in course.steps[page.id])
    return {step_id: place for place, step_id in enumerate(ids)}


def steps(questionnaire: Questionnaire, answers: Answers, *, seed: int = 0, full: Collection[str] = ()) -> tuple[Step, ...]:
    """The steps that are shown, each with the questions that are."""
    return walk(questionnaire, answers, seed=seed, full=full).steps


def next_step(questionnaire: Questionnaire, answers: Answers, after: str | None = None, *, seed: int = 0) -> Step | None:
    """The step that follows the one with id `after` (None: the first), or None when it is time to send."""
    order = places(questionnaire, answers, seed)
    passed = order.get(after, -1) if after else -1
    return next((step for step in steps(questionnaire, answers, seed=seed) if order[step.id] > passed), None)


def first_question(questionnaire: Questionnaire) -> Question:
    """The question that a message shows: the first that is asked of everybody."""
    step = next_step(questionnaire, {})
    asked = [question for question in (step.questions if step else ()) if not isinstance(question, Statement)]
    return asked[0] if asked else next(question for question in questionnaire.questions() if not isinstance(question, Statement))


def previous_step(questionnaire: Questionnaire, answers: Answers, before: str, *, seed: int = 0) -> Step | None:
    """The step to which Back leads from the one with id `before`, or None on the first."""
    order = places(questionnaire, answers, seed)
    if before not in order:
        return None
    earlier = [step for step in steps(questionnaire, answers, seed=seed) if order[step.id] < order[before]]
    return earlier[-1] if earlier else None


def end_page(questionnaire: Questionnaire, answers: Answers) -> EndPage:
    """What is said after sending: the first end page whose condition is met, else the last one."""
    return walk(questionnaire, answers).end_page


def progress(questionnaire: Questionnaire, answers: Answers, at: str, *, seed: int = 0) -> Progress:
    """How far somebody is who has the step with id `at` before them; its own questions are still to go."""
    order = places(questionnaire, answers, seed)
    here = order.get(at, len(order))
    done = to_go = 0
    seconds = 0.0
    for step in steps(questionnaire, answers, seed=seed):
        asked = sum(not isinstance(question, Statement) for question in step.questions)
        if order[step.id] < here:
            done += asked
        else:
            to_go += asked
            seconds += sum(seconds_for(question, questionnaire.default_language) for question in step.questions)
    return Progress(done, to_go, ceil(seconds / 60))


def minutes(questionnaire: Questionnaire) -> int:
    """How long answering takes: as declared, else estimated over all questions; at least 1."""
    return questionnaire.minutes or max(1, ceil(seconds_to_answer(questionnaire) / 60))


def seconds_to_answer(questionnaire: Questionnaire) -> float:
    """An estimate of the time to read and answer every question."""
    return sum(seconds_for(question, questionnaire.default_language) for question in questionnaire.questions())


def seconds_for(question: Question, language: str) -> float:
    """An estimate of the time one question takes: reading at four words a second, then answering."""
    words = len(question.text.say(language).split()) + len(question.help.say(language).split())
    if isinstance(question, Choosing):
        words += sum(len(choice.text.say(language).split()) for choice in question.choices)
    if isinstance(question, InRows) and question.rows:
        return words / 4 + sum(len(row.text.say(language).split()) / 4 + 4 for row in question.rows)
    if isinstance(question, Text):
        return words / 4 + (25 if question.long else 10)
    return words / 4 + (5 if question.names() and not isinstance(question, Hidden) else 0)
