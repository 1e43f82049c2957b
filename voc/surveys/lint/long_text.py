"""Texts fit a phone of 360 pixels: a question in a few lines, a choice on two, a word at the end of a scale on one. PURE."""

import re
from collections.abc import Iterator

from voc.surveys.lint.rule import Finding, Rule, all_texts
from voc.surveys.questionnaire import Questionnaire, Severity

MOST = ((re.compile(r"\.(?:low|high)\.[^.]+$"), 40), (re.compile(r"\.(?:choices|columns)\[\d+\]\.text\.[^.]+$"), 100))
MOST_ELSEWHERE = 200


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, _, text in all_texts(questionnaire):
        most = next((most for place, most in MOST if place.search(path)), MOST_ELSEWHERE)
        if len(text) > most:
            message = f"{len(text)} characters are much on a phone. Try to say it in {most}."
            yield Finding(path, message, f"{len(text)} tekens is veel op een telefoon. Probeer het in {most} te zeggen.")


def _end(words: str) -> dict[str, object]:
    question = {"id": "score", "kind": "csat", "text": {"en": "How was it?"}, "low": {"en": words}, "high": {"en": "good"}}
    return {"questions": [question]}


RULE = Rule(
    "LONG_TEXT",
    Severity.WARNING,
    _find,
    good=({"text": {"en": "How was the visit?"}}, _end("not at all")),
    bad=({"text": {"en": "How was the visit? " * 11}}, _end("the very worst that I have ever been through")),
)
