"""The last look at what was imported: whatever our rules refuse is taken out and reported, so that the draft always parses. PURE."""

import re
from dataclasses import replace
from typing import Any

from voc.surveys.formats.imported import Fate, Imported, NotImportable, ReportItem
from voc.surveys.formats.wording import without_scripts
from voc.surveys.parse import dump, parse
from voc.surveys.questionnaire import Problem, Questionnaire, QuestionnaireError

_ROUNDS = 8
_SHOWN = 300
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_PLACEHOLDER = re.compile(r"\{([^{}]*[^{}?])\}")
_CONDITIONS = {"show_if", "end_if", "when", "loop"}
_OPTIONAL = {"pattern", "links", "image", "earliest", "latest", "lowest", "highest", "at_least", "at_most", "unit"}


def mended(questionnaire: Questionnaire, report: tuple[ReportItem, ...]) -> Imported:
    """The questionnaire as it parses, and the report with what had to go. Raises NotImportable where that does not help."""
    document, items = dump(questionnaire), list(report)
    for _ in range(_ROUNDS):
        try:
            return Imported(parse(document), tuple(replace(item, what=without_scripts(item.what)) for item in items))
        except QuestionnaireError as refusal:
            problems = refusal.problems
        mends = [item for problem in problems for item in _mend(document, problem)]
        if not mends:
            break
        items += mends
    raise NotImportable("NOT_UNDERSTOOD", f"The file cannot be made a questionnaire: {problems[0].path}: {problems[0].message}")


def _mend(document: dict[str, Any], problem: Problem) -> list[ReportItem]:
    steps = [int(number) if number else name for name, number in _STEP.findall(problem.path)]
    if (
        isinstance(said := _at(document, steps), str)
        and steps[-1] not in _CONDITIONS
        and (mend := _PLACEHOLDER.sub(r"{\1?}", said)) != said
    ):
        _put(document, steps, mend)
        return _items(document, steps, "PIPED_TEXT_KEPT", said, f"It has a question mark in it now. {problem.message}")
    for length in range(len(steps), 0, -1):
        if steps[length - 1] in _CONDITIONS | _OPTIONAL and (said := _at(document, steps[:length])) is not None:
            del _at(document, steps[: length - 1])[steps[length - 1]]
            code = "CONDITION_DROPPED" if steps[length - 1] in _CONDITIONS else "LIMIT_DROPPED"
            return _items(document, steps, code, str(said), f"It cannot be used here, so it was left out. {problem.message}")
    return []


def _at(document: Any, steps: list[str | int]) -> Any:
    for step in steps:
        if isinstance(document, dict):
            document = document.get(step)
        elif isinstance(document, list) and isinstance(step, int) and step < len(document):
            document = document[step]
        else:
            return None
    return document


def _put(document: Any, steps: list[str | int], value: object) -> None:
    _at(document, steps[:-1])[steps[-1]] = value


def _items(document: dict[str, Any], steps: list[str | int], code: str, what: str, why: str) -> list[ReportItem]:
    """One for the question; of what stands at a page, one for each question on it."""
    if steps[0] != "pages":
        return [ReportItem("survey", "", code, Fate.DROPPED, what[:_SHOWN], why)]
    questions = _at(document, [*steps[:2], "questions"]) or []
    found = questions[steps[3] : steps[3] + 1] if steps[2:3] == ["questions"] and isinstance(steps[3], int) else questions
    return [ReportItem(str(one.get("source_id") or one["id"]), str(one["id"]), code, Fate.DROPPED, what[:_SHOWN], why) for one in found]
