"""Whether the limits of a question leave room for an answer. PURE."""

from collections.abc import Iterator
from typing import Any

from voc.surveys import patterns
from voc.surveys.questionnaire import Problem
from voc.surveys.questions import Cells, Csat, MultipleChoice, Question, Ranking, Rating, SideBySide, Slider, Text

_PAIRS = (("lowest", "highest"), ("earliest", "latest"), ("shortest", "longest"))


def limits_in(path: str, question: Question) -> Iterator[Problem]:
    """What is wrong with the limits of one question."""
    if isinstance(question, Csat | Rating | Slider):
        yield from _scale(path, question)
    else:
        yield from _crossed(path, question)
    if isinstance(question, MultipleChoice | Ranking):
        yield from _room(path, question)
    if isinstance(question, Text) and question.pattern and (fault := patterns.fault_in(question.pattern)):
        yield Problem(f"{path}.pattern", "WRONG_VALUE", f"This pattern cannot be used: {fault}. It is written in RE2.")
    if isinstance(question, SideBySide):
        for number, group in enumerate(question.groups):
            if group.cells in (Cells.SINGLE, Cells.MULTIPLE) and not group.columns:
                yield Problem(f"{path}.groups[{number}].columns", "TOO_FEW", "`columns` needs at least 1 where codes are chosen.")


def _scale(path: str, question: Csat | Rating | Slider) -> Iterator[Problem]:
    if question.highest <= question.lowest:
        yield Problem(f"{path}.highest", "WRONG_VALUE", "`highest` must be above `lowest`.")
    elif isinstance(question, Csat) and question.top_boxes + question.bottom_boxes > len(question.points):
        yield Problem(f"{path}.top_boxes", "WRONG_VALUE", "`top_boxes` and `bottom_boxes` overlap. Together they fit in the scale.")
    elif isinstance(question, Slider) and question.step > question.highest - question.lowest:
        yield Problem(f"{path}.step", "WRONG_VALUE", "`step` is larger than the scale.")
    elif isinstance(question, Rating):
        for number, point in enumerate(question.labels):
            if point.value not in question.points:
                yield Problem(f"{path}.labels[{number}].value", "WRONG_VALUE", f"{point.value} is no point of this scale.")


def _crossed(path: str, question: Question) -> Iterator[Problem]:
    for lower, upper in _PAIRS:
        low: Any = getattr(question, lower, None)
        high: Any = getattr(question, upper, None)
        if low not in (None, "") and high not in (None, "") and low > high:
            said = "before" if lower == "earliest" else "below"
            yield Problem(f"{path}.{upper}", "WRONG_VALUE", f"`{upper}` must not be {said} `{lower}`.")


def _room(path: str, question: MultipleChoice | Ranking) -> Iterator[Problem]:
    least, most = question.at_least or 0, question.at_most or len(question.codes)
    if not least <= most <= len(question.codes):
        message = f"`at_least` and `at_most` must leave room: there are {len(question.codes)} choices."
        yield Problem(f"{path}.at_most" if question.at_most else f"{path}.at_least", "WRONG_VALUE", message)
