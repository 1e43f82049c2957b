"""Both ends of a scale say what they mean. PURE."""

from collections.abc import Iterator

from voc.surveys.check_logic import questions_with_paths
from voc.surveys.lint.rule import Finding, Rule
from voc.surveys.questionnaire import Questionnaire, Severity
from voc.surveys.questions import Rating, Scale, Slider


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, question in questions_with_paths(questionnaire):
        if not isinstance(question, Scale | Slider) or (question.low and question.high):
            continue
        lowest, highest = question.ends if isinstance(question, Scale) else (question.lowest, question.highest)
        labelled = {point.value for point in question.labels} if isinstance(question, Rating) else set()
        if not {lowest, highest} <= labelled and not (isinstance(question, Slider) and len(question.labels) > 1):
            message = f"Say with `low` and `high` what {lowest:g} and {highest:g} mean."
            yield Finding(path, message, f"Zeg met `low` en `high` wat {lowest:g} en {highest:g} betekenen.")


def _scale(**more: object) -> dict[str, object]:
    return {"questions": [{"id": "score", "kind": "rating", "text": {"en": "How was it?"}, **more}]}


RULE = Rule(
    "MISSING_END_LABELS",
    Severity.WARNING,
    _find,
    good=(
        _scale(low={"en": "bad"}, high={"en": "good"}),
        _scale(labels=[{"value": 1, "text": {"en": "bad"}}, {"value": 5, "text": {"en": "good"}}]),
    ),
    bad=(_scale(), _scale(low={"en": "bad"})),
)
