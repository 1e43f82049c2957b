"""A questionnaire made ready to be asked: loops written out, pages cut into steps, everything found by its name. PURE.

It is made once for a questionnaire and kept, for a long survey has thousands of questions and every press walks through them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from voc.core import expressions
from voc.core.expression_words import names_read
from voc.core.expressions import Environment, Expression, Kind
from voc.core.remember import remembered
from voc.surveys.placeholders import ANSWERS, SCORES, placeholders
from voc.surveys.questionnaire import Page, Questionnaire, texts_in
from voc.surveys.questions import Choice, Choosing, InRows, Matrix, Metric, Order, Question, Row, SideBySide
from voc.surveys.unroll import unrolled

CHOICES, ROWS, COLUMNS = "choices", "rows", "columns"
MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Step:
    """What is on the screen at once: some questions of one page. `id` is the page's, with `-2` and so on for later cuts of it."""

    id: str
    page: Page
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Everything that can be asked. `pages` has for each page of the document the pages it becomes, `names` the answers of a question.

    `moving` are questions of which not everybody sees the same; `draws` says whether not everybody sees the same pages or questions.
    """

    questionnaire: Questionnaire
    pages: tuple[tuple[Page, ...], ...]
    questions: Mapping[str, Question]
    names: Mapping[str, tuple[str, ...]]
    owners: Mapping[str, Question]
    kinds: Mapping[str, Kind]
    environment: Environment
    steps: Mapping[str, tuple[Step, ...]]
    moving: Mapping[str, tuple[tuple[str, tuple[Any, ...]], ...]]
    draws: bool
    _compiled: dict[str, Expression] = field(default_factory=dict, repr=False)

    def condition(self, text: str) -> Expression:
        """A condition of the document, compiled once."""
        found = self._compiled.get(text)
        if found is None:
            found = self._compiled[text] = expressions.compile(text, self.environment)
        return found

    def cuts(self) -> Iterator[Step]:
        """Every step there could be, in the order of the document."""
        return (step for turns in self.pages for page in turns for step in self.steps[page.id])

    def order(self, seed: int, answers: Mapping[str, object]) -> tuple[list[int], list[int]]:
        """The pages of the document in the order in which one person meets them, and those that are not for them.

        Seed 0 is the order of the document; of pages among which some are chosen, those with answers come first then.
        """
        number_of = {page.id: number for number, page in enumerate(self.questionnaire.pages)}
        begins: dict[int, list[int]] = {}
        left_out: list[int] = []
        for number, shuffle in enumerate(self.questionnaire.shuffles):
            units = sorted([number_of[page] for page in entry.split()] for entry in shuffle.pages)
            dealt = list(units)
            if seed:
                Random(f"{seed}:pages:{number}").shuffle(dealt)  # noqa: S311 - an order, not a secret
            elif shuffle.show:
                dealt.sort(key=lambda unit: not any(self._has_answers(at, answers) for at in unit))
            shown = shuffle.show or len(dealt)
            left_out += [at for unit in dealt[shown:] for at in unit]
            begins |= {at: [] for unit in units for at in unit}
            begins |= {unit[0]: met for unit, met in zip(units, dealt[:shown], strict=False)}
        return [met for at in range(len(self.pages)) for met in begins.get(at, [at])], left_out

    def _has_answers(self, at: int, answers: Mapping[str, object]) -> bool:
        return any(name in answers for page in self.pages[at] for question in page.questions for name in self.names[question.id])


@remembered(MOST_KEPT)
def course_of(questionnaire: Questionnaire) -> Course:
    """The questionnaire made ready; it must be one that `parse` gave."""
    pages = unrolled(questionnaire)
    questions = {question.id: question for turns in pages for page in turns for question in page.questions}
    kinds: dict[str, Kind] = {}
    owners: dict[str, Question] = {}
    names: dict[str, tuple[str, ...]] = {}
    for question in questions.values():
        own = question.names()
        names[question.id] = tuple(own)
        kinds |= own
        owners.update(dict.fromkeys(own, question))
    here = expressions.environment(variables_of(questionnaire, kinds))
    steps = {page.id: tuple(_cut(questionnaire, page, names)) for turns in pages for page in turns}
    moving = {question.id: found for question in questions.values() if (found := _moving(question))}
    draws = any(shuffle.show for shuffle in questionnaire.shuffles) or any(page.show for page in questionnaire.pages)
    return Course(questionnaire, pages, questions, names, owners, kinds, here, steps, moving, draws)


def owner_of(questionnaire: Questionnaire, name: str) -> Question | None:
    """The question that takes the answer of this name, wherever loops are written out."""
    return course_of(questionnaire).owners.get(name)


def metrics_of(questionnaire: Questionnaire) -> dict[str, Metric]:
    """The questions that yield a score by the names of their answers, loops written out."""
    return {question.id: question for question in course_of(questionnaire).questions.values() if isinstance(question, Metric)}


def conditions_of(question: Question) -> Iterator[tuple[str, str]]:
    """Every condition of a question with the end of its path: its own, those of its choices, rows and columns."""
    if question.show_if:
        yield "show_if", question.show_if
    for part, items in parts_of(question):
        path = part if part in (CHOICES, ROWS, COLUMNS) else f"groups[{part}].columns"
        for at, item in enumerate(items):
            if item.show_if:
                yield f"{path}[{at}].show_if", item.show_if


def parts_of(question: Question) -> Iterator[tuple[str, tuple[Choice | Row, ...]]]:
    """What a question is made of: its choices, rows and columns; the columns of the n-th group under `n`."""
    if isinstance(question, Choosing):
        yield CHOICES, question.all_choices
    if isinstance(question, InRows):
        yield ROWS, question.rows
    if isinstance(question, Matrix):
        yield COLUMNS, question.columns
    if isinstance(question, SideBySide):
        yield from ((str(number), group.columns) for number, group in enumerate(question.groups))


def answers_read(questionnaire: Questionnaire, condition: str, names: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The answers that a condition depends on, those behind the named scores it speaks of among them."""
    if not condition:
        return frozenset()
    read = names_read(condition, ("answers", "scores"))
    found = {field for variable, field in read if variable == "answers" and field}
    counted = {field for variable, field in read if variable == "scores"}
    for score in questionnaire.scores:
        if score.id in counted:
            found.update(name for question in score.questions for name in names.get(question, ()))
    return frozenset(found)


def variables_of(questionnaire: Questionnaire, kinds: Mapping[str, Kind]) -> dict[str, Mapping[str, Kind]]:
    """What the conditions of a questionnaire may speak of."""
    scores = {score.id: Kind.NUMBER for score in questionnaire.scores}
    return {"answers": kinds, **({"scores": scores} if scores else {})}


def _cut(questionnaire: Questionnaire, page: Page, names: Mapping[str, tuple[str, ...]]) -> Iterator[Step]:
    groups: list[list[Question]] = [[]]
    here: set[str] = set()
    for question in page.questions:
        if here and not here.isdisjoint(_needed(questionnaire, question, names)):
            groups.append([])
            here = set()
        groups[-1].append(question)
        here.update(names[question.id])
    for number, group in enumerate(groups, 1):
        yield Step(page.id if number == 1 else f"{page.id}-{number}", page, tuple(group))


def _needed(questionnaire: Questionnaire, question: Question, names: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The answers without which a question cannot be put on the screen: those in its conditions and in its texts."""
    found: set[str] = set()
    for _, condition in conditions_of(question):
        found |= answers_read(questionnaire, condition, names)
    for _, texts in texts_in(question):
        for text in texts.values():
            for placeholder in placeholders(text):
                if placeholder.name.startswith(ANSWERS):
                    found.add(placeholder.name.removeprefix(ANSWERS))
                elif placeholder.name.startswith(SCORES):
                    found |= answers_read(questionnaire, placeholder.name, names)
    return found


def _moving(question: Question) -> tuple[tuple[str, tuple[Any, ...]], ...]:
    """The parts of a question of which not everybody sees the same, or not in the same order."""
    shuffled = getattr(question, "order", Order.AS_WRITTEN) is Order.RANDOM
    return tuple(
        (part, items) for part, items in parts_of(question) if (shuffled and part in (CHOICES, ROWS)) or any(item.show_if for item in items)
    )
