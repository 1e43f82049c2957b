"""Whoever chooses a language reads all of it in that language, unless a fallback was chosen. PURE."""

from collections.abc import Iterator

from voc.surveys.lint.rule import Finding, Rule
from voc.surveys.questionnaire import Questionnaire, Severity, texts_of
from voc.surveys.words import WORDS


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    if questionnaire.fallback:
        return
    for path, texts in texts_of(questionnaire):
        for language in questionnaire.languages:
            if language not in texts:
                message = f"This text is missing in `{language}`. Translate it, take the language out, or choose a `fallback`."
                dutch = f"Deze tekst ontbreekt in `{language}`. Vertaal hem, haal de taal eruit of kies een `fallback`."
                yield Finding(path, message, dutch)
    for language in questionnaire.languages:
        base = language.split("-", 1)[0]
        unsaid = sorted(name for name, ours in WORDS.items() if not {language, base} & set(questionnaire.words.get(name) or ours))
        if unsaid:
            message = f"We have no words in `{language}` for {', '.join(f'`{name}`' for name in unsaid)}. Write them under `words`."
            dutch = f"We hebben geen woorden in `{language}` voor {', '.join(f'`{name}`' for name in unsaid)}. Schrijf ze onder `words`."
            yield Finding("words", message, dutch)


_HALF = {"languages": ["en", "nl"], "questions": [{"id": "why", "kind": "text", "text": {"en": "Why?"}}]}

RULE = Rule(
    "MISSING_TRANSLATION",
    Severity.ERROR,
    _find,
    good=({"questions": [{"id": "why", "kind": "text", "text": {"en": "Why?"}}]}, {**_HALF, "fallback": ["en"]}),
    bad=(_HALF,),
)
