"""A question on a scale, or of yes and no, says no "not": people read over it and answer the opposite. PURE."""

from collections.abc import Iterator

from voc.surveys.lint.rule import Finding, Rule, asked_texts, one_of
from voc.surveys.questionnaire import Questionnaire, Severity
from voc.surveys.questions import Scale, YesNo

_NEGATIONS = {
    "en": one_of(r"(?<!or )not(?! at all)", "never", "none", "nothing", "without", r"\w+n['’]t"),
    "nl": one_of(r"(?<!of )niet(?! of wel)", "nooit", "geen", "niets", "zonder"),
    "de": one_of(r"(?<!oder )nicht", "nie", "niemals", r"kein\w*", "nichts", "ohne"),
    "fr": one_of(r"ne \w+(?:-\w+)? (?:pas|jamais|plus|rien)", r"n['’]\w+(?:-\w+)? (?:pas|jamais|plus|rien)", "aucune?", "sans"),
    "es": one_of(r"(?<! o )no", "nunca", "jamás", r"ning[uú]n\w*", "nada", "sin"),
}


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, language, text in asked_texts(questionnaire, Scale, YesNo):
        found = _NEGATIONS[language].search(text) if language in _NEGATIONS else None
        if found:
            message = f"“{found[0]}” is easily read over, and turns the answer around. Ask it the positive way."
            yield Finding(path, message, f"Over “{found[0]}” leest men makkelijk heen, en het keert het antwoord om. Vraag het positief.")


RULE = Rule(
    "NEGATION",
    Severity.WARNING,
    _find,
    good=(
        {"text": {"en": "Was your question answered?"}},
        {"text": {"nl": "Is uw vraag beantwoord?"}},
        {"questions": [{"id": "why", "kind": "text", "text": {"en": "What did not go well?"}}]},
    ),
    bad=(
        {"text": {"en": "How far do you agree that it was not easy?"}},
        {"questions": [{"id": "late", "kind": "yes_no", "text": {"en": "Didn't your order come on time?"}}]},
        {"text": {"nl": "Het kostte mij geen moeite."}},
        {"text": {"de": "War es nicht einfach?"}},
        {"text": {"fr": "Le colis n'est pas arrivé à temps ?"}},
        {"text": {"es": "¿No fue fácil?"}},
    ),
)
