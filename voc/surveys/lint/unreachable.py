"""Nothing stands in a questionnaire that nobody can ever see, and no condition contradicts itself. PURE."""

from collections.abc import Iterator

from voc.surveys import reach
from voc.surveys.lint.rule import Finding, Rule
from voc.surveys.questionnaire import Questionnaire, Severity


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    return (Finding(problem.path, problem.message, problem.dutch) for problem in reach.unreachable(questionnaire))


def _after(condition: str) -> dict[str, object]:
    score = {"id": "score", "kind": "csat", "text": {"en": "How was it?"}, "low": {"en": "bad"}, "high": {"en": "good"}}
    return {"questions": [score, {"id": "why", "kind": "text", "text": {"en": "Why?"}, "show_if": condition}]}


RULE = Rule(
    "UNREACHABLE",
    Severity.ERROR,
    _find,
    good=(_after("answers.score <= 2"),),
    bad=(_after("answers.score > 5"), _after("answers.score < 2 && answers.score > 4")),
)
