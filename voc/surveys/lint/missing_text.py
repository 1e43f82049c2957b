"""A question without words cannot be asked. PURE."""

from collections.abc import Iterator

from voc.surveys.check_logic import questions_with_paths
from voc.surveys.lint.rule import Finding, Rule
from voc.surveys.questionnaire import Questionnaire, Severity
from voc.surveys.questions import Asked, Choosing, InRows, Matrix


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, question in questions_with_paths(questionnaire):
        if isinstance(question, Asked) and not question.text:
            dutch = f"`{question.id}` heeft geen tekst: schrijf wat er gevraagd wordt."
            yield Finding(f"{path}.text", f"`{question.id}` has no text: write what is asked.", dutch)
        if isinstance(question, Choosing):
            for number, choice in enumerate(question.choices):
                if not choice.text:
                    message = f"The choice `{choice.code}` has no text: write what the customer reads."
                    dutch = f"De keuze `{choice.code}` heeft geen tekst: schrijf wat de klant leest."
                    yield Finding(f"{path}.choices[{number}].text", message, dutch)
        if isinstance(question, InRows) and len(question.rows) > 1:  # the question itself says what an only row is about
            for number, row in enumerate(question.rows):
                if not row.text and not row.own_words:
                    message = f"The row `{row.code}` has no text: write what it is about."
                    dutch = f"De rij `{row.code}` heeft geen tekst: schrijf waar hij over gaat."
                    yield Finding(f"{path}.rows[{number}].text", message, dutch)
        if isinstance(question, Matrix):
            for number, column in enumerate(question.columns):
                if not column.text:
                    message = f"The column `{column.code}` has no text: write what it means."
                    dutch = f"De kolom `{column.code}` heeft geen tekst: schrijf wat hij betekent."
                    yield Finding(f"{path}.columns[{number}].text", message, dutch)


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
