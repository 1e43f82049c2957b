"""All ways through a questionnaire: how long each is, and how it ends. PURE.

Answers that no condition can tell apart are taken as one. Where there are more combinations than can be tried, each answer is tried by
itself and then some at random, always the same ones; it is said that there may be more ways.
"""

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from random import Random
from typing import Any

from voc.surveys.course import answers_read, course_of
from voc.surveys.flow import seconds_for
from voc.surveys.placeholders import ANSWERS
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.reach import conditions, deciding
from voc.surveys.rules.reading import rule_of
from voc.surveys.rules.rule import Comparison, Sign, comparisons
from voc.surveys.walk_tests import asked_in
from voc.surveys.walking import Walk, walk

MOST_TRIALS = 3000
MOST_LISTED = 50
# So many questions are walked past in all: a second or two at most, however long the survey is.
MOST_QUESTIONS_PASSED = 40_000
_ORDERS: Mapping[Sign, Callable[[Any, Any], bool]] = {
    Sign.BELOW: operator.lt,
    Sign.AT_MOST: operator.le,
    Sign.ABOVE: operator.gt,
    Sign.AT_LEAST: operator.ge,
}


@dataclass(frozen=True, slots=True)
class Path:
    """One way: the questions asked, how long that takes, the end page, and answers that lead along it."""

    asked: tuple[str, ...]
    end_page: str
    seconds: float
    answers: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Paths:
    """The ways that were found, the shortest first; `more` are found and not listed, `is_all` says whether everything was tried."""

    listed: tuple[Path, ...]
    more: int
    is_all: bool


def paths_of(questionnaire: Questionnaire, most: int = MOST_LISTED) -> Paths:
    """Every way that the conditions tell apart, as far as can be tried; at most so many are listed."""
    values = _told_apart(questionnaire)
    found: dict[tuple[tuple[str, ...], str], Walk] = {}
    for trial in _trials(values, _most_trials(questionnaire)):
        way = walk(questionnaire, trial)
        found.setdefault((tuple(asked_in(way)), way.end_page.id), way)
    paths = sorted((_path(questionnaire, key, way) for key, way in found.items()), key=lambda path: (len(path.asked), path.seconds))
    return Paths(tuple(paths[:most]), max(0, len(paths) - most), _combinations(values) <= _most_trials(questionnaire))


def paths(questionnaire: Questionnaire) -> Iterator[Walk]:
    """A walk for each combination of the answers that conditions depend on; at most 3,000 of them."""
    found = deciding(questionnaire)
    return (walk(questionnaire, _given(found, trial)) for trial in islice(product(*found.values()), MOST_TRIALS))


def _path(questionnaire: Questionnaire, key: tuple[tuple[str, ...], str], way: Walk) -> Path:
    seconds = sum(seconds_for(question, questionnaire.default_language) for step in way.steps for question in step.questions)
    return Path(*key, seconds, dict(way.answers))


def _most_trials(questionnaire: Questionnaire) -> int:
    return max(20, min(MOST_TRIALS, MOST_QUESTIONS_PASSED // max(1, len(course_of(questionnaire).questions))))


def _combinations(values: Mapping[str, Sequence[object]]) -> int:
    return prod(len(some) for some in values.values())


def _trials(values: Mapping[str, Sequence[object]], most: int) -> Iterator[dict[str, object]]:
    if _combinations(values) <= most:
        yield from (_given(values, trial) for trial in product(*values.values()))
        return
    dice = Random(0)  # noqa: S311 - the same ways every time
    for first in (0, -1):
        base = {name: some[first] for name, some in values.items()}
        alone = (base | {name: one} for name, some in values.items() for one in some)
        yield from (_given(values, trial.values()) for trial in islice(alone, most // 3))
    for _ in range(most // 3):
        yield _given(values, [dice.choice(some) for some in values.values()])


def _given(values: Mapping[str, Sequence[object]], trial: Iterable[object]) -> dict[str, object]:
    return {name: one for name, one in zip(values, trial, strict=True) if one is not None}


def _told_apart(questionnaire: Questionnaire) -> dict[str, list[object]]:
    """The deciding answers, each with one value of every sort that its comparisons tell apart."""
    course = course_of(questionnaire)
    compared: dict[str, list[Comparison]] = {}
    opaque: set[str] = set()
    for condition in sorted(conditions(questionnaire)):
        rule = rule_of(condition)
        for one in comparisons(rule) if rule else ():
            if one.name.startswith(ANSWERS):
                compared.setdefault(one.name.removeprefix(ANSWERS), []).append(one)
        if rule is None or any(not one.name.startswith(ANSWERS) for one in comparisons(rule)):
            opaque |= answers_read(questionnaire, condition, course.names)
    return {name: some if name in opaque else _one_of_each(some, compared.get(name, [])) for name, some in deciding(questionnaire).items()}


def _one_of_each(values: Iterable[object], compared: Sequence[Comparison]) -> list[object]:
    sorts: dict[tuple[bool, ...], object] = {}
    for value in values:
        sorts.setdefault((value is None, *(_meets(value, one) for one in compared)), value)
    return list(sorts.values())


def _meets(value: Any, one: Comparison) -> bool:
    if one.sign in (Sign.ANSWERED, Sign.NOT_ANSWERED):
        return value is not None
    if one.sign in (Sign.CHOSEN, Sign.NOT_CHOSEN):
        return isinstance(value, list) and one.values[0] in value
    if one.sign in (Sign.IS, Sign.IS_NOT, Sign.ONE_OF, Sign.NONE_OF):
        return value in one.values
    return isinstance(value, int | float) and _ORDERS[one.sign](value, one.values[0])
