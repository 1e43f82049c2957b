"""What a kiosk asks: one question a screen, nothing personal, and who sees which question as tables that a device reads without us. PURE.

A kiosk goes on while there is no network, and has no CEL. So every condition of the questionnaire is tried beforehand with all that the
answers it depends on may be, and the device looks the outcome up: its way is the way of `walking.py`, which a test compares.
What no table can hold is refused when the kiosk is registered, never guessed on the device. Texts that repeat an answer are shown with
their fallback, which every such text has.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from voc.core.remember import remembered
from voc.surveys.check_logic import questions_with_paths
from voc.surveys.course import Course, conditions_of, course_of
from voc.surveys.kiosk_tables import Facts, Table, Undecidable, table_of
from voc.surveys.lint.personal_data import is_personal
from voc.surveys.questionnaire import Page, Problem, Questionnaire
from voc.surveys.questions import Asked, CallMeBack, FileUpload, Hidden, NotAsked, Question, Statement

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Stop:
    """One place on the way: a question that is asked, a fact that is known without asking, or, with neither, where it may end.

    `when` are the numbers of the tables that must all be met or unsure; `end` is the one that must be met for nothing more to come.
    """

    when: tuple[int, ...]
    page: Page
    question: Question | None = None
    value: str = ""
    end: int | None = None

    @property
    def is_screen(self) -> bool:
        """Whether there is something to see."""
        return self.question is not None and not isinstance(self.question, Hidden)


@dataclass(frozen=True, slots=True)
class Plan:
    """A questionnaire as a kiosk asks it: the stops in order, the end pages with what each needs, and the tables."""

    stops: tuple[Stop, ...]
    ends: tuple[tuple[str, tuple[int, ...]], ...]
    tables: tuple[Table, ...]

    def questions(self) -> tuple[Question, ...]:
        """Every question with a screen, in order."""
        return tuple(stop.question for stop in self.stops if stop.question is not None and stop.is_screen)


def is_left_out(question: Question) -> bool:
    """Whether a kiosk does not ask it: it is about who somebody is, or wants a file of theirs, and others wait behind them."""
    if isinstance(question, CallMeBack | FileUpload):
        return True
    return isinstance(question, Asked) and (question.sensitive or bool(question.reason) or is_personal(question))


@remembered(MOST_KEPT)
def plan_of(questionnaire: Questionnaire, facts: Facts) -> Plan:
    """The plan of a questionnaire without problems (see `kiosk_problems`); `facts` tell its hidden questions."""
    course = course_of(questionnaire)
    tables = _Tables(course, facts)
    stops = tuple(stop for turns in course.pages for page in turns for stop in _stops(page, tables, facts))
    late = {quota.end_page for quota in questionnaire.quotas}
    last = questionnaire.end_pages[-1]
    usual = [end for end in questionnaire.end_pages if end.show_if or end.id not in late]
    ends = tuple((end.id, tables.numbers(end.show_if)) for end in usual)
    return Plan(stops, (*ends, (last.id, ())), tuple(tables.made))


@remembered(MOST_KEPT)
def kiosk_problems(questionnaire: Questionnaire, facts: Facts) -> tuple[Problem, ...]:
    """Why a kiosk cannot ask this, each with the question and the way out; empty where it can.

    Trying every combination takes long, and every answer of a kiosk asks for it: what came out is kept.
    """
    problems = [*_personal(questionnaire), *_varying(questionnaire)]
    if course_of(questionnaire).draws:
        problems.append(Problem("pages", "DRAWN", "Here not everybody is asked the same. A kiosk asks all: show all pages and questions."))
    if not problems:
        problems += _undecidable(questionnaire, facts)
    if not problems and not any(isinstance(question, Asked) for question in plan_of(questionnaire, facts).questions()):
        problems.append(Problem("pages", "NOTHING_TO_ASK", "Nothing is left to ask: a kiosk asks nothing personal and takes no files."))
    return tuple(problems)


def _personal(questionnaire: Questionnaire) -> Iterator[Problem]:
    for path, question in questions_with_paths(questionnaire):
        if isinstance(question, Asked) and question.required and is_left_out(question):
            message = (
                f"`{question.id}` must be answered and is personal, which a kiosk does not ask. Make it optional: then it is left out."
            )
            yield Problem(path, "PERSONAL", message)


def _varying(questionnaire: Questionnaire) -> Iterator[Problem]:
    for path, question in questions_with_paths(questionnaire):
        if not is_left_out(question) and any(end != "show_if" for end, _ in conditions_of(question)):
            message = f"`{question.id}` offers not everybody the same answers. A kiosk offers all: take the conditions of its parts out."
            yield Problem(path, "VARYING", message)


def _undecidable(questionnaire: Questionnaire, facts: Facts) -> Iterator[Problem]:
    course = course_of(questionnaire)
    tables = _Tables(course, facts)
    for path, name, condition in _conditions(course):
        try:
            tables.numbers(condition)
        except Undecidable as refused:
            message = f"Whether `{name}` comes depends on `{refused.name}`, which may be too many things for a kiosk: `{condition}`."
            yield Problem(path, "UNDECIDABLE", message)


def _conditions(course: Course) -> Iterator[tuple[str, str, str]]:
    """Every condition with a path and the name of what depends on it."""
    for at, turns in enumerate(course.pages):
        for page in turns:
            yield from ((f"pages[{at}].{end}", page.id, text) for end, text in (("show_if", page.show_if), ("end_if", page.end_if)) if text)
            for number, question in enumerate(page.questions):
                if question.show_if and not is_left_out(question):
                    yield f"pages[{at}].questions[{number}].show_if", question.id, question.show_if
    for at, end_page in enumerate(course.questionnaire.end_pages):
        if end_page.show_if:
            yield f"end_pages[{at}].show_if", end_page.id, end_page.show_if


class _Tables:
    """The tables made so far; each condition has one, however often it stands in the document."""

    def __init__(self, course: Course, facts: Facts) -> None:
        self._course = course
        self._facts = facts
        self._asked = frozenset(one.id for one in course.questions.values() if not is_left_out(one))
        self._numbers: dict[str, int] = {}
        self.made: list[Table] = []

    def numbers(self, *conditions: str) -> tuple[int, ...]:
        return tuple(self._number(condition) for condition in conditions if condition)

    def _number(self, condition: str) -> int:
        if condition not in self._numbers:
            self.made.append(table_of(self._course, condition, self._asked, self._facts))
            self._numbers[condition] = len(self.made) - 1
        return self._numbers[condition]


def _stops(page: Page, tables: _Tables, facts: Facts) -> Iterator[Stop]:
    for question in page.questions:
        if isinstance(question, NotAsked) or is_left_out(question):
            continue
        when = tables.numbers(page.show_if, question.show_if)
        if isinstance(question, Hidden):
            yield Stop(when, page, question, facts.value(question))
        elif isinstance(question, Asked | Statement):
            yield Stop(when, page, question)
    if page.end_if:
        yield Stop(tables.numbers(page.show_if), page, end=tables.numbers(page.end_if)[0])
