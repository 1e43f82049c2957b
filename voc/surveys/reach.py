"""Whether every page, question and end page can be reached by somebody. PURE.

The answers that a condition depends on are tried in all combinations: every point of a scale, every choice, yes and no. Where a
condition depends on typed words, numbers or days, or where the combinations are too many, nothing is claimed: a false alarm is worse.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from voc.core.expression_words import names_read
from voc.surveys.flow import Walk, walk
from voc.surveys.questionnaire import Problem, Questionnaire
from voc.surveys.questions import Asked, Choosing, Date, MultipleChoice, Number, Question, Scale, Text, YesNo

MOST_TRIALS = 3000


@dataclass(frozen=True, slots=True)
class _Part:
    """Something with a condition of its own or around it; `reads` are the answers it depends on directly."""

    path: str
    id: str
    condition: str
    reads: frozenset[str]


def unreachable(questionnaire: Questionnaire) -> list[Problem]:
    """The parts that nobody can ever see."""
    problems = []
    for part in _parts(questionnaire):
        needed = _needed(part.reads, questionnaire)
        trials = list(islice(_trials(questionnaire, needed), MOST_TRIALS + 1))
        if len(trials) > MOST_TRIALS or any(isinstance(question, Text | Number | Date) for question in _asked(questionnaire, needed)):
            continue
        if not any(_sees(walk(questionnaire, trial), part) for trial in trials):
            problems.append(Problem(part.path, "UNREACHABLE", f"Nobody can ever see `{part.id}`: `{part.condition}` is never met."))
    return problems


def paths(questionnaire: Questionnaire) -> Iterator[Walk]:
    """Every way through the questionnaire that its conditions can tell apart; at most 3,000 of them."""
    reads = frozenset().union(*(part.reads for part in _parts(questionnaire)))
    trials = _trials(questionnaire, _needed(reads, questionnaire))
    return (walk(questionnaire, trial) for trial in islice(trials, MOST_TRIALS))


def _parts(questionnaire: Questionnaire) -> Iterator[_Part]:
    for number, page in enumerate(questionnaire.pages):
        around = _reads(page.show_if)
        if page.show_if:
            yield _Part(f"pages[{number}].show_if", page.id, page.show_if, around)
        for at, question in enumerate(page.questions):
            if question.show_if:
                path = f"pages[{number}].questions[{at}].show_if"
                yield _Part(path, question.id, question.show_if, around | _reads(question.show_if))
    before: frozenset[str] = frozenset()
    for number, end in enumerate(questionnaire.end_pages):
        before |= _reads(end.show_if)
        if end.show_if:
            yield _Part(f"end_pages[{number}].show_if", end.id, end.show_if, before)


def _reads(condition: str) -> frozenset[str]:
    return frozenset(field for _, field in names_read(condition, ("answers",)) if field)


def _needed(reads: frozenset[str], questionnaire: Questionnaire) -> frozenset[str]:
    """The answers that decide whether these answers are given at all, and so on, with themselves."""
    needed: frozenset[str] = frozenset()
    while reads - needed:
        needed |= reads
        reads = frozenset().union(
            *(
                _reads(page.show_if) | _reads(question.show_if)
                for page in questionnaire.pages
                for question in page.questions
                if needed & {question.id, f"{question.id}_other"}
            )
        )
    return needed


def _asked(questionnaire: Questionnaire, needed: frozenset[str]) -> list[Question]:
    return [question for question in questionnaire.questions() if question.id in needed]


def _trials(questionnaire: Questionnaire, needed: frozenset[str]) -> Iterator[Mapping[str, object]]:
    asked = _asked(questionnaire, needed)
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


def _sees(trail: Walk, part: _Part) -> bool:
    if part.path.startswith("end_pages"):
        return trail.end_page.id == part.id
    if ".questions[" in part.path:
        return any(question.id == part.id for step in trail.steps for question in step.questions)
    return any(step.page.id == part.id for step in trail.steps)
