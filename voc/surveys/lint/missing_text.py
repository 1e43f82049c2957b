"""A question without words cannot be asked. PURE."""

from collections.abc import Iterator

from voc.surveys.check_logic import questions_with_paths
from voc.surveys.lint.rule import Finding, Rule
from voc.surveys.questionnaire import Questionnaire, Severity
from voc.surveys.questions import Asked, Choosing, InRows, Matrix


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, question in questions_with_paths(questionnaire):
        if isinstance(question, Asked) and not question.text:
            yield Finding(f"{path}.text", f"`{question.id}` has no text: write what is asked.")
        if isinstance(question, Choosing):
            for number, choice in enumerate(question.choices):
                if not choice.text:
                    yield Finding(
                        f"{path}.choices[{number}].text", f"The choice `{choice.code}` has no text: write what the customer reads."
                    )
        if isinstance(question, InRows) and len(question.rows) > 1:  # the question itself says what an only row is about
            for number, row in enumerate(question.rows):
                if not row.text and not row.own_words:
                    yield Finding(f"{path}.rows[{number}].text", f"The row `{row.code}` has no text: write what it is about.")
        if isinstance(question, Matrix):
            for number, column in enumerate(question.columns):
                if not column.text:
                    yield Finding(f"{path}.columns[{number}].text", f"The column `{column.code}` has no text: write what it means.")


RULE = Rule(
    "MISSING_TEXT",
    Severity.ERROR,
    _find,
    good=(
        {"questions": [{"id": "why", "kind": "text", "text": {"en": "Why?"}}]},
        {"questions": [{"id": "gap", "kind": "not_asked"}]},
        {"questions": [{"id": "much", "kind": "slider", "text": {"en": "How much?"}, "rows": [{"code": "1"}]}]},
    ),
    bad=(
        {"questions": [{"id": "why", "kind": "text"}]},
        {"questions": [{"id": "which", "kind": "single_choice", "text": {"en": "Which?"}, "choices": [{"code": "a"}]}]},
        {
            "questions": [
                {
                    "id": "parts",
                    "kind": "matrix",
                    "text": {"en": "How?"},
                    "rows": [{"code": "a"}, {"code": "c"}],
                    "columns": [{"code": "b", "text": {"en": "B"}}],
                }
            ]
        },
    ),
)
