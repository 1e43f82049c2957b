"""Whether every page, question and end page can be reached by somebody. PURE.

The answers that a condition depends on are tried in all combinations: every point of a scale, every choice, yes and no. Where a
condition depends on typed words, numbers or days, or where the combinations are too many, nothing is claimed: a false alarm is worse.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, product

from voc.core.expression_words import names_read
from voc.surveys.flow import Walk, walk
from voc.surveys.questionnaire import Problem, Questionnaire
from voc.surveys.questions import Asked, Choosing, Date, MultipleChoice, Number, Question, Scale, Statement, Text, YesNo

MOST_TRIALS = 3000


@dataclass(frozen=True, slots=True)
class _Part:
    """A question, page or end page with a condition; `reads` are the answers it depends on directly."""

    path: str
    condition: str
    reads: frozenset[str]
    question_id: str = ""
    page_id: str = ""
    end_id: str = ""

    @property
    def id(self) -> str:
        """The id of whichever it is."""
        return self.question_id or self.page_id or self.end_id

    def is_seen(self, walked: Walk) -> bool:
        """Whether this walk shows it."""
        if self.question_id:
            return any(question.id == self.question_id for step in walked.steps for question in step.questions)
        return walked.end_page.id == self.end_id or any(step.page.id == self.page_id for step in walked.steps)


def unreachable(questionnaire: Questionnaire) -> list[Problem]:
    """The parts that nobody can ever see."""
    builds_on = _builds_on(questionnaire)
    problems = []
    for part in _parts(questionnaire):
        needed = _needed(part.reads, builds_on)
        small = _reduced(questionnaire, needed, part)
        asked = [question for question in small.questions() if question.id in needed]
        trials = list(islice(_trials(asked), MOST_TRIALS + 1))
        if len(trials) > MOST_TRIALS or any(isinstance(question, Text | Number | Date) for question in asked):
            continue
        if not any(part.is_seen(walk(small, trial)) for trial in trials):
            problems.append(Problem(part.path, "UNREACHABLE", f"Nobody can ever see `{part.id}`: `{part.condition}` is never met."))
    return problems


def paths(questionnaire: Questionnaire) -> Iterator[Walk]:
    """Every way through the questionnaire that its conditions can tell apart; at most 3,000 of them."""
    reads = frozenset().union(*(part.reads for part in _parts(questionnaire)))
    needed = _needed(reads, _builds_on(questionnaire))
    trials = _trials([question for question in questionnaire.questions() if question.id in needed])
    return (walk(questionnaire, trial) for trial in islice(trials, MOST_TRIALS))


def _builds_on(questionnaire: Questionnaire) -> dict[str, frozenset[str]]:
    """For each answer the ones that decide whether it is asked for."""
    builds_on = {}
    for page in questionnaire.pages:
        for question in page.questions:
            reads = _reads(page.show_if) | _reads(question.show_if)
            builds_on[question.id] = reads
            if isinstance(question, Choosing) and question.other_id:
                builds_on[question.other_id] = reads | {question.id}
    return builds_on


def _reduced(questionnaire: Questionnaire, needed: frozenset[str], part: _Part) -> Questionnaire:
    """The questionnaire with only what bears on one part, for a long one has too much to walk through so often."""
    pages = []
    for page in questionnaire.pages:
        kept = tuple(question for question in page.questions if question.id in needed or question.id == part.question_id)
        if page.id == part.page_id:
            kept = (Statement(id=page.id, text=page.title),)
        if kept:
            pages.append(replace(page, questions=kept))
    *others, last = questionnaire.end_pages
    at = next((number for number, end in enumerate(others, 1) if end.id == part.end_id), 0)
    return replace(questionnaire, pages=tuple(pages), end_pages=(*others[:at], last))


def _parts(questionnaire: Questionnaire) -> Iterator[_Part]:
    for number, page in enumerate(questionnaire.pages):
        around = _reads(page.show_if)
        if page.show_if:
            yield _Part(f"pages[{number}].show_if", page.show_if, around, page_id=page.id)
        for at, question in enumerate(page.questions):
            if question.show_if:
                path = f"pages[{number}].questions[{at}].show_if"
                yield _Part(path, question.show_if, around | _reads(question.show_if), question_id=question.id)
    before: frozenset[str] = frozenset()
    for number, end in enumerate(questionnaire.end_pages):
        before |= _reads(end.show_if)
        if end.show_if:
            yield _Part(f"end_pages[{number}].show_if", end.show_if, before, end_id=end.id)


def _reads(condition: str) -> frozenset[str]:
    return frozenset(field for _, field in names_read(condition, ("answers",)) if field)


def _needed(reads: frozenset[str], builds_on: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The answers that decide whether these answers are given at all, and so on, with themselves."""
    needed: frozenset[str] = frozenset()
    while reads - needed:
        new = reads - needed
        needed |= new
        reads = frozenset().union(*(builds_on.get(name, frozenset()) for name in new))
    return needed


def _trials(asked: list[Question]) -> Iterator[Mapping[str, object]]:
    for values in product(*(_values(question) for question in asked)):
        yield {question.id: value for question, value in zip(asked, values, strict=True) if value is not None}


def _values(question: Question) -> list[object]:
    values: list[object] = [] if isinstance(question, Asked) and question.required else [None]
    if isinstance(question, Scale):
        values += question.points
    elif isinstance(question, MultipleChoice):
        codes = question.codes
        values += [[code] for code in codes] + [list(codes[:count]) for count in range(2, len(codes) + 1)]
    elif isinstance(question, Choosing):
        values += question.codes
    elif isinstance(question, YesNo):
        values += [True, False]
    elif isinstance(question, Number):
        values.append(question.lowest or question.highest or 1)
    elif isinstance(question, Date):
        values.append(question.earliest or question.latest or "2026-01-01")
    elif isinstance(question, Text):
        values.append("words")
    return values
