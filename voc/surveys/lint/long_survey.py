"""Answering takes three minutes at most, and no longer than was promised. PURE."""

from collections.abc import Iterator

from voc.surveys.flow import seconds_to_answer
from voc.surveys.lint.rule import Finding, Rule
from voc.surveys.questionnaire import Questionnaire, Severity

MOST_MINUTES = 3


def _find(questionnaire: Questionnaire) -> Iterator[Finding]:
    seconds = seconds_to_answer(questionnaire)
    if seconds > MOST_MINUTES * 60:
        message = f"Answering takes about {seconds / 60:.0f} minutes; after {MOST_MINUTES} many people leave. Ask less."
        dutch = f"Antwoorden duurt ongeveer {seconds / 60:.0f} minuten; na {MOST_MINUTES} haken veel mensen af. Vraag minder."
        yield Finding("pages", message, dutch)
    if questionnaire.minutes and questionnaire.minutes * 60 < seconds / 2:
        message = f"You promise {questionnaire.minutes} minutes; it takes about {seconds / 60:.0f}. Say so."
        dutch = f"Je belooft {questionnaire.minutes} minuten; het duurt er ongeveer {seconds / 60:.0f}. Zeg dat."
        yield Finding("minutes", message, dutch)


def _texts(count: int) -> dict[str, object]:
    return {"questions": [{"id": f"q{number}", "kind": "text", "text": {"en": "Why?"}} for number in range(count)]}


RULE = Rule("LONG_SURVEY", Severity.WARNING, _find, good=(_texts(3),), bad=(_texts(9), {**_texts(6), "minutes": 1}))
