"""Texts are at most B1: short sentences of common words, by Flesch (English, 1948) and Flesch-Douma (Dutch, 1960). PURE."""

import re
from collections.abc import Iterator

from voc.surveys.lint.rule import Finding, Rule, all_texts
from voc.surveys.questionnaire import Questionnaire, Severity

FEWEST_WORDS = 12
HARDEST = 45.0
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:]+(?:\s|$)|\n+")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_VOWELS = {"en": re.compile(r"[aeiouy]+"), "nl": re.compile(r"(?:ij|oei|ooi|aai|eeu|ieu|[aeiouyëïöüé])+")}
_FLESCH = {"en": (206.835, 1.015, 84.6), "nl": (206.84, 0.93, 77.0)}


def ease(text: str, language: str) -> float:
    """How easily a text is read, from 100 (very easy) down to 0 and less; 60 is where B1 begins to end."""
    words = _WORD.findall(text.lower())
    sentences = max(1, len([part for part in _SENTENCE_END.split(text) if part.strip()]))
    base, length, weight = _FLESCH[language]
    return base - length * len(words) / sentences - weight * sum(_syllables(word, language) for word in words) / max(1, len(words))


def _syllables(word: str, language: str) -> int:
    groups = len(_VOWELS[language].findall(word))
    silent = language == "en" and word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, language, text in all_texts(questionnaire):
        plain, base = _PLACEHOLDER.sub("", text), language.split("-", 1)[0]
        if base in _FLESCH and len(_WORD.findall(plain)) >= FEWEST_WORDS and ease(plain, base) < HARDEST:
            message = "Many people find this hard to read. Use shorter sentences and everyday words."
            yield Finding(path, message, "Veel mensen vinden dit moeilijk te lezen. Gebruik kortere zinnen en alledaagse woorden.")


RULE = Rule(
    "HARD_TO_READ",
    Severity.WARNING,
    _find,
    good=(
        {"text": {"en": "You called us on Monday. How well did we help you with your question on the phone?"}},
        {"text": {"nl": "U belde ons maandag. Hoe goed hielpen wij u met uw vraag aan de telefoon?"}},
    ),
    bad=(
        {"text": {"en": "To what extent does our organisational infrastructure accommodate your individual and collective expectations?"}},
        {"text": {"nl": "In hoeverre komt onze organisatorische infrastructuur tegemoet aan uw individuele en collectieve verwachtingen?"}},
    ),
)
