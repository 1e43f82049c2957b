"""The pages of a block. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from voc.surveys.formats.qsf.flow import skip_rules
from voc.surveys.formats.qsf.loose import Group, group, items, whole, word
from voc.surveys.formats.qsf.source import Block


@dataclass(slots=True)
class Draft:
    """A page of the file: the ids of its questions, and the skips after each."""

    block: str
    questions: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Skip:
    """Where the answer to a question leads past other questions: to a question, `ENDOFBLOCK` or `ENDOFSURVEY`."""

    question: str
    to: str
    expression: Group = field(hash=False)


def pages_of(block: Block) -> list[Draft]:
    """Its questions, page by page; a block begins a page."""
    drafts = [Draft(block.id)]
    for element in block.elements:
        kind, question = word(element.get("Type")), word(element.get("QuestionID"))
        if kind == "Page Break":
            drafts.append(Draft(block.id))
        elif question:
            drafts[-1].questions.append(question)
    return [draft for draft in drafts if draft.questions]


def skips_of(block: Block) -> Iterator[Skip]:
    """The skips of its questions, as comparisons."""
    for element in block.elements:
        for rule in skip_rules(element):
            question = word(element.get("QuestionID"))
            expression = {
                "LogicType": "Question",
                "LeftOperand": rule.get("Locator") or rule.get("ChoiceLocator"),
                "Operator": rule.get("Condition"),
                "RightOperand": rule.get("RightOperand") or rule.get("Value"),
                "Description": rule.get("Description") or rule.get("SkipToDescription"),
            }
            yield Skip(question, word(rule.get("SkipToDestination")), expression)


@dataclass(frozen=True, slots=True)
class Chance:
    """How the questions of a block are shuffled: whether at all, and how many of them are shown."""

    random: bool
    show: int | None
    pages_apart: bool


def chance_of(block: Block) -> Chance:
    """The random order of a block's questions."""
    kind = word(block.options.get("RandomizeQuestions"))
    if kind in {"", "false", "None", "0"}:
        return Chance(False, None, False)
    options = group(group(block.options.get("Randomization")).get("Advanced"))
    is_part = kind == "RandomWithOnlyX" or bool(items(options.get("RandomSubSet")))
    shown = whole(options.get("TotalRandSubset")) if is_part else None
    per_page = whole(options.get("QuestionsPerPage")) or whole(block.options.get("QuestionsPerPage"))
    return Chance(True, shown if shown and shown > 0 else None, bool(per_page))
