"""Sums and means of the points of answers, as a questionnaire names them. PURE."""

from collections.abc import Iterator, Mapping
from typing import Any

from voc.surveys.course import Course
from voc.surveys.questionnaire import NamedScore, Reckoning
from voc.surveys.questions import Cells, Choice, Choosing, Matrix, Question, SideBySide


def named_scores(course: Course, answers: Mapping[str, object]) -> dict[str, float]:
    """The named scores that these answers make; those without a single point are not there."""
    found = {}
    for score in course.questionnaire.scores:
        points = list(_points(course, score, answers))
        if points:
            found[score.id] = sum(points) / (len(points) if score.reckon is Reckoning.MEAN else 1)
    return found


def _points(course: Course, score: NamedScore, answers: Mapping[str, object]) -> Iterator[float]:
    for name in score.questions:
        question = course.questions.get(name)
        if question is not None:
            yield from points_of(question, answers)


def points_of(question: Question, answers: Mapping[str, object]) -> Iterator[float]:
    """What the answers to one question count for: the points of what was chosen, or numbers as they are."""
    if isinstance(question, Choosing):
        yield from _chosen(question.all_choices, answers.get(question.id))
    elif isinstance(question, Matrix) and question.cells in (Cells.SINGLE, Cells.MULTIPLE):
        for _, _, name in question.cell_names():
            yield from _chosen(question.columns, answers.get(name))
    elif isinstance(question, SideBySide):
        for _, group, name in question.cell_names():
            yield from _chosen(group.columns, answers.get(name)) if group.columns else _numbers(answers.get(name))
    else:
        for name in question.names():
            yield from _numbers(answers.get(name))


def _chosen(choices: tuple[Choice, ...], value: Any) -> Iterator[float]:
    codes = value if isinstance(value, list | tuple) else [value]
    return (choice.points for choice in choices if choice.points is not None and choice.code in codes)


def _numbers(value: object) -> Iterator[float]:
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield value
