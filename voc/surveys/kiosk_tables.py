"""Conditions as tables, for a device that has no CEL: under which answers each is met, tried beforehand in every combination. PURE."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from math import prod

import orjson

from voc.core.expression_words import names_read
from voc.core.expressions import Fault
from voc.surveys.course import Course, answers_read
from voc.surveys.named_scores import named_scores
from voc.surveys.placeholders import ANSWERS, SCORES, filled, placeholders
from voc.surveys.questions import (
    Cells,
    Choosing,
    Consent,
    Hidden,
    InRows,
    Matrix,
    MultipleChoice,
    Question,
    Scale,
    SingleChoice,
    Source,
    YesNo,
)

MOST_COMBINATIONS = 3000
MOST_CHOICES = 10


class Undecidable(ValueError):
    """A condition that no table can hold; `name` is the answer that may be too many things."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Facts:
    """What hidden questions know on one kiosk: the parts of its address, and the channel."""

    link: tuple[tuple[str, str], ...] = ()
    channel: str = ""

    def value(self, question: Hidden) -> str:
        """What a hidden question is there; empty where nothing is known."""
        given = {Source.LINK: dict(self.link).get(question.key or question.id, ""), Source.CHANNEL: self.channel}
        return given.get(question.source, "") or filled(question.value, {})


@dataclass(frozen=True, slots=True)
class Table:
    """Under which answers a condition is met. A key is the JSON of what was posted for each of `reads`, a list of texts for each.

    `unsure` are the keys with which it cannot be decided: then a question is shown, and nothing is ended.
    """

    reads: tuple[str, ...]
    met: tuple[str, ...]
    unsure: tuple[str, ...]


def table_of(course: Course, condition: str, asked: frozenset[str], facts: Facts) -> Table:
    """The table of a condition. `asked` are the ids of questions on the device, `facts` tell the hidden ones; others have no answer.

    Refuses with Undecidable what depends on typed words, numbers, days or orders, and more than 3,000 combinations.
    """
    names = tuple(_reads(course, condition))
    possible = [_possible(course, name, asked, facts) for name in names]
    if prod(len(values) for values in possible) > MOST_COMBINATIONS:
        raise Undecidable(max(zip(names, possible, strict=True), key=lambda one: len(one[1]))[0])
    met: list[str] = []
    unsure: list[str] = []
    for trial in product(*possible):
        outcome = _outcome(course, condition, {name: value for name, value in zip(names, trial, strict=True) if value is not None})
        if isinstance(outcome, Fault) or outcome:
            (unsure if isinstance(outcome, Fault) else met).append(key_of(trial))
    return Table(names, tuple(met), tuple(unsure))


def key_of(values: tuple[object, ...]) -> str:
    """The key of a combination of canonical values; None is no answer."""
    return orjson.dumps([_posted(value) for value in values]).decode()


def _posted(value: object) -> list[str]:
    """A canonical value as a form posts it."""
    if value is None:
        return []
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]


def _outcome(course: Course, condition: str, answers: Mapping[str, object]) -> bool | Fault:
    expression = course.condition(condition)
    values: dict[str, Mapping[str, object]] = {"answers": answers}
    if any(variable == "scores" for variable, _ in expression.reads):
        values["scores"] = named_scores(course, answers)
    return expression.evaluate(values)


def _reads(course: Course, condition: str) -> Iterator[str]:
    """The answers it depends on, in the order of the document; own words count for no score."""
    named = {name for _, name in names_read(condition, ("answers",))}
    needed = answers_read(course.questionnaire, condition, course.names)
    return (name for name in course.kinds if name in needed and (name in named or not _is_words(course.owners[name], name)))


def _is_words(question: Question, name: str) -> bool:
    if isinstance(question, Choosing):
        return name != question.id
    return isinstance(question, InRows) and name in question.words_names().values()


def _possible(course: Course, name: str, asked: frozenset[str], facts: Facts) -> list[object]:
    """All that an answer may be, with nothing at all as the first."""
    question = course.owners[name]
    if isinstance(question, Hidden):
        return [None, *_told(course, name, facts)]
    if question.id not in asked:
        return [None]
    values = list(_values(question, name))
    if not values:
        raise Undecidable(name)
    return [None, *values]


def _told(course: Course, name: str, facts: Facts) -> list[str]:
    """What the hidden questions of one id may say; the one that is reached last says it."""
    hidden = [one for turns in course.pages for page in turns for one in page.questions if isinstance(one, Hidden) and one.id == name]
    if any(found.name.startswith((ANSWERS, SCORES)) for one in hidden for found in placeholders(one.value)):
        raise Undecidable(name)
    return list(dict.fromkeys(value for one in hidden if (value := facts.value(one))))


def _values(question: Question, name: str) -> Iterator[object]:
    if isinstance(question, Matrix) and question.cells is Cells.SINGLE and name not in question.words_names().values():
        yield from (column.code for column in question.columns)
    if name != question.id:
        return
    if isinstance(question, Scale):
        yield from question.points
    elif isinstance(question, SingleChoice):
        yield from question.codes
    elif isinstance(question, MultipleChoice) and len(question.codes) <= MOST_CHOICES:
        yield from (list(codes) for count in range(1, len(question.codes) + 1) for codes in combinations(question.codes, count))
    elif isinstance(question, YesNo):
        yield from (True, False)
    elif isinstance(question, Consent):
        yield True
