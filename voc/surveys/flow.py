"""Which questions are asked, in which steps, and how it ends, for the answers given so far. PURE.

A page is one step, unless a question on it depends on another of the same page: then it is cut before that question, so that nobody
needs a script to see it. Answers to questions that are not shown (any more) count for nothing. A condition that cannot be decided
shows its question: asking once too often is better than never.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from voc.core import expressions
from voc.core.expressions import Environment
from voc.surveys.questionnaire import EndPage, Page, Questionnaire
from voc.surveys.questions import Choosing, Question, Statement, Text

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Step:
    """What is on the screen at once: some questions of one page. `id` is the page's, with `-2` and so on for later cuts of it."""

    id: str
    page: Page
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """A questionnaire as one person meets it: the steps with something to see, the answers that count, how it ends, what was undecided."""

    steps: tuple[Step, ...]
    answers: Answers
    end_page: EndPage
    faults: tuple[tuple[str, str], ...]

    def step(self, step_id: str) -> Step | None:
        """The step with this id, if it is shown."""
        return next((step for step in self.steps if step.id == step_id), None)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where somebody stands: questions answered or passed, questions to go, and minutes for those."""

    questions_done: int
    questions_to_go: int
    minutes_to_go: int


def cuts(questionnaire: Questionnaire) -> tuple[Step, ...]:
    """Every step there could be, whatever is answered."""
    here = questionnaire.environment()
    return tuple(step for page in questionnaire.pages for step in _cut(page, here))


def walk(questionnaire: Questionnaire, answers: Answers) -> Walk:
    """The way through the questionnaire that these answers make."""
    here = questionnaire.environment()
    counted: dict[str, object] = {}
    faults: list[tuple[str, str]] = []
    shown: list[Step] = []
    for page in questionnaire.pages:
        if not _is_met(page.show_if, page.id, counted, here, faults):
            continue
        for step in _cut(page, here):
            visible = []
            for question in step.questions:
                if _is_met(question.show_if, question.id, counted, here, faults):
                    visible.append(question)
                    counted.update(_counted(question, answers))
            if visible:
                shown.append(Step(step.id, page, tuple(visible)))
    end = _end(questionnaire, counted, here, faults)
    return Walk(tuple(shown), counted, end, tuple(faults))


def steps(questionnaire: Questionnaire, answers: Answers) -> tuple[Step, ...]:
    """The steps that are shown, each with the questions that are."""
    return walk(questionnaire, answers).steps


def next_step(questionnaire: Questionnaire, answers: Answers, after: str | None = None) -> Step | None:
    """The step that follows the one with id `after` (None: the first), or None when it is time to send."""
    order = [step.id for step in cuts(questionnaire)]
    passed = order.index(after) if after in order else -1
    return next((step for step in steps(questionnaire, answers) if order.index(step.id) > passed), None)


def previous_step(questionnaire: Questionnaire, answers: Answers, before: str) -> Step | None:
    """The step to which Back leads from the one with id `before`, or None on the first."""
    order = [step.id for step in cuts(questionnaire)]
    if before not in order:
        return None
    earlier = [step for step in steps(questionnaire, answers) if order.index(step.id) < order.index(before)]
    return earlier[-1] if earlier else None


def end_page(questionnaire: Questionnaire, answers: Answers) -> EndPage:
    """What is said after sending: the first end page whose condition is met, else the last one."""
    return walk(questionnaire, answers).end_page


def progress(questionnaire: Questionnaire, answers: Answers, at: str) -> Progress:
    """How far somebody is who has the step with id `at` before them; its own questions are still to go."""
    order = [step.id for step in cuts(questionnaire)]
    here = order.index(at) if at in order else len(order)
    done = to_go = 0
    seconds = 0.0
    for step in steps(questionnaire, answers):
        asked = sum(not isinstance(question, Statement) for question in step.questions)
        if order.index(step.id) < here:
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
    if isinstance(question, Text):
        return words / 4 + (25 if question.long else 10)
    return words / 4 + (0 if isinstance(question, Statement) else 5)


def _cut(page: Page, here: Environment) -> list[Step]:
    groups: list[list[Question]] = [[]]
    for question in page.questions:
        read = {field for _, field in expressions.compile(question.show_if, here).reads} if question.show_if else set()
        if any(read & _answer_ids(earlier) for earlier in groups[-1]):
            groups.append([])
        groups[-1].append(question)
    return [Step(page.id if number == 1 else f"{page.id}-{number}", page, tuple(group)) for number, group in enumerate(groups, 1)]


def _answer_ids(question: Question) -> set[str]:
    return set(question.names())


def _counted(question: Question, answers: Answers) -> dict[str, object]:
    return {name: answers[name] for name in _answer_ids(question) if answers.get(name) is not None}


def _is_met(condition: str, name: str, counted: Answers, here: Environment, faults: list[tuple[str, str]]) -> bool:
    if not condition:
        return True
    outcome = expressions.compile(condition, here).evaluate({"answers": counted})
    if isinstance(outcome, expressions.Fault):
        faults.append((name, outcome.reason))
        return True
    return outcome


def _end(questionnaire: Questionnaire, counted: Answers, here: Environment, faults: list[tuple[str, str]]) -> EndPage:
    for candidate in questionnaire.end_pages:
        outcome = expressions.compile(candidate.show_if, here).evaluate({"answers": counted}) if candidate.show_if else True
        if isinstance(outcome, expressions.Fault):
            faults.append((candidate.id, outcome.reason))
        elif outcome:
            return candidate
    return questionnaire.end_pages[-1]
