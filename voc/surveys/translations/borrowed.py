"""Translations that another survey has already of the same words. PURE."""

from voc.surveys.questionnaire import Questionnaire
from voc.surveys.translations.table import Entry, lines


def borrowed(questionnaire: Questionnaire, other: Questionnaire, language: str) -> tuple[Entry, ...]:
    """What the other says in a language wherever it says the same in our first language; only for texts that we lack there."""
    first = questionnaire.default_language
    known: dict[str, str] = {}
    for line in lines(other):
        source, text = line.texts.get(first, ""), line.texts.get(language, "")
        if source and text:
            known.setdefault(_flat(source), text)
    found = []
    for line in lines(questionnaire):
        source = line.texts.get(first, "")
        if source and not line.texts.get(language) and _flat(source) in known:
            found.append(Entry(line.key, language, known[_flat(source)], source))
    return tuple(found)


def _flat(text: str) -> str:
    return " ".join(text.split())
