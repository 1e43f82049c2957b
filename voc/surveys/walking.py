"""One walk through a questionnaire: what is shown to whom, which answers count, and how it ends. PURE."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from voc.core import expressions
from voc.surveys.course import CHOICES, COLUMNS, ROWS, Course, Step, answers_read, course_of, parts_of
from voc.surveys.named_scores import named_scores
from voc.surveys.placeholders import filled
from voc.surveys.questionnaire import EndPage, Page, Questionnaire
from voc.surveys.questions import Choice, Choosing, Hidden, InRows, Matrix, NotAsked, Order, Question, Row, SideBySide, Source
from voc.surveys.shown_answers import without_hidden, without_unmeant_words

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Walk:
    """A questionnaire as one person meets it: the steps with something to see, the answers that count, how it ends, what was undecided.

    `full_quota` is the quota that ended it, because there were enough of this sort. `scores` are the named ones that have a value.
    """

    steps: tuple[Step, ...]
    answers: Answers
    end_page: EndPage
    faults: tuple[tuple[str, str], ...]
    scores: Mapping[str, float] = field(default_factory=dict)
    full_quota: str = ""
    shown: Mapping[tuple[str, str], tuple[Any, ...]] = field(default_factory=dict, repr=False)

    def step(self, step_id: str) -> Step | None:
        """The step with this id, if it is shown."""
        return next((step for step in self.steps if step.id == step_id), None)

    def choices(self, question: Choosing) -> tuple[Choice, ...]:
        """The choices that are offered, in the order shown."""
        return self._part(question, CHOICES)

    def rows(self, question: InRows) -> tuple[Row, ...]:
        """The rows that are asked about, in the order shown."""
        return self._part(question, ROWS)

    def columns(self, question: Matrix | SideBySide, group: int = 0) -> tuple[Choice, ...]:
        """The columns that are offered; those of the n-th group where questions stand side by side."""
        return self._part(question, COLUMNS if isinstance(question, Matrix) else str(group))

    def _part(self, question: Question, part: str) -> tuple[Any, ...]:
        found = self.shown.get((question.id, part))
        return dict(parts_of(question))[part] if found is None else found


def walk(questionnaire: Questionnaire, answers: Answers, *, seed: int = 0, full: Collection[str] = ()) -> Walk:
    """The way through the questionnaire that these answers make.

    `seed` decides every random order, 0 is the order of the document; `full` are the quotas of which there are enough already.
    """
    return _Way(course_of(questionnaire), answers, seed, full).walked()


class _Way:
    def __init__(self, course: Course, answers: Answers, seed: int, full: Collection[str]) -> None:
        self._course = course
        self._given = answers
        self._seed = seed
        self._full = [quota for quota in course.questionnaire.quotas if quota.id in full]
        self._counted: dict[str, object] = {}
        self._faults: list[tuple[str, str]] = []
        self._steps: list[Step] = []
        self._shown: dict[tuple[str, str], tuple[Any, ...]] = {}

    def walked(self) -> Walk:
        ended_by = self._quota_met(())
        if not ended_by:
            ended_by = self._pages()
        scores = named_scores(self._course, self._counted)
        end = self._end(ended_by)
        return Walk(tuple(self._steps), self._counted, end, tuple(self._faults), scores, ended_by, self._shown)

    def _pages(self) -> str:
        """Walk page by page; gives the full quota that ended it."""
        passed: list[int] = []
        for at in self._course.order(self._seed, self._given)[0]:
            passed.append(at)
            for page in self._course.pages[at]:
                if self._page(page):
                    return ""
            if self._full and (quota := self._quota_met(passed)):
                return quota
        return ""

    def _page(self, page: Page) -> bool:
        """Walk one page; whether nothing more is asked after it."""
        if not self._is_met(page.show_if, page.id):
            return False
        drawn = self._drawn(page)
        for step in self._course.steps[page.id]:
            visible = [question for question in step.questions if (drawn is None or question.id in drawn) and self._is_seen(question)]
            if page.order is Order.RANDOM and self._seed:
                Random(f"{self._seed}:{step.id}").shuffle(visible)  # noqa: S311 - an order, not a secret
            if visible:
                self._steps.append(Step(step.id, page, tuple(visible)))
        return bool(page.end_if) and self._is_met(page.end_if, page.id, undecided=False)

    def _drawn(self, page: Page) -> set[str] | None:
        """The questions that one person sees of a page of which some are drawn; those that are answered come first in no random order."""
        if page.show is None:
            return None
        ids = [question.id for question in page.questions]
        if self._seed:
            Random(f"{self._seed}:{page.id}:drawn").shuffle(ids)  # noqa: S311 - an order, not a secret
        else:
            ids.sort(key=lambda one: not any(name in self._given for name in self._course.names[one]))
        return set(ids[: page.show])

    def _is_seen(self, question: Question) -> bool:
        if isinstance(question, NotAsked) or not self._is_met(question.show_if, question.id):
            return False
        for part, items in self._course.moving.get(question.id, ()):
            offered = [one for one in items if self._is_met(one.show_if, question.id)]
            self._shown[question.id, part] = self._in_order(question, part, offered)
        if isinstance(question, Hidden):
            self._know(question)
            return False
        found = {name: value for name in self._course.names[question.id] if (value := self._given.get(name)) is not None}
        if found:
            found = without_unmeant_words(question, found)
            self._counted.update(without_hidden(question, found, self._shown) if question.id in self._course.moving else found)
        return True

    def _know(self, question: Hidden) -> None:
        """Of several hidden questions with one id the last one that is reached says what it is."""
        given = None if question.source is Source.FIXED else self._given.get(question.id)
        value = given or filled(question.value, {f"answers.{name}": str(known) for name, known in self._counted.items()})
        if value:
            self._counted[question.id] = value

    def _in_order(self, question: Question, part: str, items: list[Any]) -> tuple[Any, ...]:
        """Those that are fixed keep their places; the others trade theirs."""
        if self._seed and part in (CHOICES, ROWS) and getattr(question, "order", None) is Order.RANDOM:
            moved = [item for item in items if not item.fixed]
            Random(f"{self._seed}:{question.id}:{part}").shuffle(moved)  # noqa: S311 - an order, not a secret
            items = [item if item.fixed else moved.pop() for item in items]
        return tuple(items)

    def _is_met(self, condition: str, name: str, *, undecided: bool = True) -> bool:
        if not condition:
            return True
        expression = self._course.condition(condition)
        values: dict[str, Answers] = {"answers": self._counted}
        if any(variable == "scores" for variable, _ in expression.reads):
            values["scores"] = named_scores(self._course, self._counted)
        outcome = expression.evaluate(values)
        if isinstance(outcome, expressions.Fault):
            self._faults.append((name, outcome.reason))
            return undecided
        return outcome

    def _quota_met(self, passed: Collection[int]) -> str:
        """The full quota this person falls under, as soon as everything it asks about was passed."""
        behind = {page.id for at in passed for page in self._course.pages[at]}
        for quota in self._full:
            read = answers_read(self._course.questionnaire, quota.when, self._course.names)
            needed = {turn.id for turns in self._course.pages for turn in turns if any(self._asks(turn, name) for name in read)}
            if needed <= behind and self._is_met(quota.when, quota.id, undecided=False):
                return quota.id
        return ""

    def _asks(self, page: Page, name: str) -> bool:
        owner = self._course.owners.get(name)
        return owner is not None and any(question.id == owner.id for question in page.questions)

    def _end(self, full_quota: str) -> EndPage:
        ends = self._course.questionnaire.end_pages
        if full_quota:
            named = next(quota.end_page for quota in self._full if quota.id == full_quota)
            return next((end for end in ends if end.id == named), ends[-1])
        late = {quota.end_page for quota in self._course.questionnaire.quotas}
        usual = (end for end in ends if end.show_if or end.id not in late)
        return next((end for end in usual if self._is_met(end.show_if, end.id, undecided=False)), ends[-1])
