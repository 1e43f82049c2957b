"""Whether every page, question, choice, row and end page can be reached by somebody. PURE.

The answers that a condition depends on are tried in all combinations: every point of a scale, every choice, yes and no. Where a
condition depends on typed words, numbers or days, or where the combinations are too many, nothing is claimed: a false alarm is worse.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from voc.core.expression_words import names_read
from voc.core.expressions import Fault
from voc.core.remember import remembered
from voc.surveys.course import Course, answers_read, conditions_of, course_of
from voc.surveys.questionnaire import Problem, Questionnaire
from voc.surveys.questions import (
    Asked,
    Choosing,
    Consent,
    Date,
    DateTime,
    Hidden,
    Matrix,
    MultipleChoice,
    Number,
    Question,
    Ranking,
    Scale,
    SideBySide,
    SingleChoice,
    Source,
    Text,
    YesNo,
)

MOST_TRIALS = 3000
MOST_TRIALS_IN_ALL = 20_000
NEVER = "false"
MOST_KEPT = 16


@dataclass(frozen=True, slots=True)
class _Part:
    """Something with a condition: `around` are the conditions above it, `against` those that must not be met before it."""

    path: str
    name: str
    condition: str
    around: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def conditions(self) -> tuple[str, ...]:
        """Everything it depends on directly."""
        return (self.condition, *self.around, *self.against)


@remembered(MOST_KEPT)
def unreachable(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """The parts that nobody can ever see; what says `false` is meant. The last few findings are kept, for long surveys take seconds."""
    return tuple(_unreachable(questionnaire))


def _unreachable(questionnaire: Questionnaire) -> list[Problem]:
    course = course_of(questionnaire)
    around = _around(course)
    left = MOST_TRIALS_IN_ALL
    problems = []
    for part in _parts(course):
        needed = _needed(course, around, part)
        if needed is None or part.condition.strip() == NEVER:
            continue
        tried = 0
        for trial in islice(product(*(values for _, values in needed)), min(MOST_TRIALS, left) + 1):
            tried += 1
            if _is_seen(course, around, part, dict(zip((name for name, _ in needed), trial, strict=True))):
                break
        else:
            if tried <= min(MOST_TRIALS, left):
                message = f"Nobody can ever see `{part.name}`: `{part.condition}` is never met."
                dutch = f"Niemand krijgt `{part.name}` ooit te zien: aan `{part.condition}` wordt nooit voldaan."
                problems.append(Problem(part.path, "UNREACHABLE", message, dutch=dutch))
        left = max(0, left - tried)
    return problems


def deciding(questionnaire: Questionnaire) -> dict[str, list[object]]:
    """The answers on which any condition depends, in the order asked, each with values that may tell ways apart; None is no answer."""
    course = course_of(questionnaire)
    reads = frozenset().union(*(answers_read(questionnaire, text, course.names) for text in conditions(questionnaire)))
    names = _with_what_they_build_on(course, _around(course), reads)
    return {name: [*_values(course.owners[name], name), *_samples(course.owners[name], name)] or [None] for name in names}


def conditions(questionnaire: Questionnaire) -> frozenset[str]:
    """Every condition there is, with loops written out."""
    course = course_of(questionnaire)
    found = {text for part in _parts(course) for text in part.conditions}
    found |= {page.end_if for turns in course.pages for page in turns}
    found |= {page.show_if for turns in course.pages for page in turns}
    found |= {text for turns in course.pages for page in turns for question in page.questions for _, text in conditions_of(question)}
    return frozenset(found | {quota.when for quota in questionnaire.quotas}) - {""}


def _parts(course: Course) -> Iterator[_Part]:
    for number, turns in enumerate(course.pages):
        page, path = turns[0], f"pages[{number}]"
        above = (page.show_if,) if page.show_if else ()
        if page.show_if and course.questionnaire.pages[number].show_if:
            yield _Part(f"{path}.show_if", page.id, page.show_if)
        for at, question in enumerate(page.questions):
            for end, text in conditions_of(question):
                around = above if end == "show_if" or not question.show_if else (*above, question.show_if)
                yield _Part(f"{path}.questions[{at}].{end}", question.id, text, around)
    before: tuple[str, ...] = ()
    for number, end_page in enumerate(course.questionnaire.end_pages):
        if end_page.show_if:
            yield _Part(f"end_pages[{number}].show_if", end_page.id, end_page.show_if, (), before)
            before = (*before, end_page.show_if)


def _around(course: Course) -> dict[str, tuple[str, ...]]:
    """For each question the conditions under which it is asked."""
    return {
        question.id: tuple(one for one in (page.show_if, question.show_if) if one)
        for turns in course.pages
        for page in turns
        for question in page.questions
    }


def _needed(course: Course, around: Mapping[str, tuple[str, ...]], part: _Part) -> list[tuple[str, list[object]]] | None:
    """The answers that decide whether a part is seen, in the order asked, with all they may be; None where that is not known."""
    if any("scores" in text for text in part.conditions):
        return None
    reads: frozenset[str] = frozenset().union(*(_reads(text) for text in part.conditions))
    names = _with_what_they_build_on(course, around, reads)
    found = [(name, _values(course.owners[name], name)) for name in names if not _is_set_twice(course, name)]
    if len(found) < len(names):
        return None
    return None if any(values in ([], [None]) for _, values in found) else found


def _is_set_twice(course: Course, name: str) -> bool:
    """Whether several hidden questions say what this is."""
    if not isinstance(course.owners[name], Hidden):
        return False
    return sum(question.id == name for question in course.questionnaire.questions()) > 1


def _with_what_they_build_on(course: Course, around: Mapping[str, tuple[str, ...]], reads: frozenset[str]) -> list[str]:
    """These answers and those that decide whether they are given at all, in the order of the document."""
    needed: set[str] = set()
    new = {name for name in reads if name in course.owners}
    while new:
        needed |= new
        asked = {course.owners[name].id for name in new}
        new = {name for one in asked for text in around[one] for name in _reads(text) if name in course.owners} - needed
    return [name for name in course.kinds if name in needed] if needed else []


def _is_seen(course: Course, around: Mapping[str, tuple[str, ...]], part: _Part, trial: Mapping[str, object]) -> bool:
    counted: dict[str, object] = {}
    for name, value in trial.items():
        if value is not None and all(_is_met(course, text, counted) for text in around[course.owners[name].id]):
            counted[name] = value
    above = all(_is_met(course, text, counted) for text in (*part.around, part.condition))
    return above and not any(_is_met(course, text, counted) for text in part.against)


def _is_met(course: Course, text: str, counted: Mapping[str, object]) -> bool:
    outcome = course.condition(text).evaluate({"answers": counted})
    return isinstance(outcome, Fault) or outcome


def _reads(condition: str) -> frozenset[str]:
    return frozenset(field for _, field in names_read(condition, ("answers",)) if field)


def _values(question: Question, name: str) -> list[object]:
    """All that an answer may be, nothing at all among it where it need not be given; empty where it may be anything."""
    values: list[object] = [] if isinstance(question, Asked) and question.required and name == question.id else [None]
    if isinstance(question, Scale) and name == question.id:
        values += question.points
    elif isinstance(question, MultipleChoice | Ranking) and name == question.id:
        values += _combinations(question.codes)
    elif isinstance(question, SingleChoice) and name == question.id:
        values += question.codes
    elif isinstance(question, YesNo | Consent) and name == question.id:
        values += [True, False]
    elif isinstance(question, Matrix | SideBySide):
        values += _cells(question, name)
    elif isinstance(question, Hidden) and question.source is Source.FIXED and "{" not in question.value:
        values += [question.value]
    return values


def _combinations(codes: tuple[str, ...]) -> list[object]:
    return [*([code] for code in codes), *(list(codes[:count]) for count in range(2, len(codes) + 1))]


def _cells(question: Matrix | SideBySide, name: str) -> list[object]:
    for _, part, own in question.cell_names():
        if own == name:
            several = question.cells if isinstance(question, Matrix) else getattr(part, "cells", "")
            columns = question.columns if isinstance(question, Matrix) else getattr(part, "columns", ())
            codes = tuple(column.code for column in columns)
            return {"single": list(codes), "multiple": _combinations(codes)}.get(several, [])
    return []


def _samples(question: Question, name: str) -> list[object]:
    """One example of an answer that may be anything."""
    if name != question.id or isinstance(question, Choosing):
        return []
    if isinstance(question, Number):
        return [question.lowest or question.highest or 1]
    if isinstance(question, Date | DateTime):
        return [str(question.earliest or question.latest or "2026-01-01")]
    return ["words"] if isinstance(question, Text) else []
