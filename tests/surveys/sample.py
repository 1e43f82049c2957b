"""A short questionnaire for tests, as a plain object that a test may change."""

from copy import deepcopy
from typing import Any

from voc.surveys.parse import parse
from voc.surveys.questionnaire import Questionnaire

_SAMPLE: dict[str, Any] = {
    "key": "after-call",
    "name": {"en": "After a call", "nl": "Na een gesprek"},
    "languages": ["en", "nl"],
    "pages": [
        {
            "id": "first",
            "questions": [
                {
                    "id": "nps",
                    "kind": "nps",
                    "required": True,
                    "text": {"en": "How likely are you to recommend us?", "nl": "Hoe waarschijnlijk is het dat u ons aanbeveelt?"},
                    "low": {"en": "not likely", "nl": "onwaarschijnlijk"},
                    "high": {"en": "very likely", "nl": "waarschijnlijk"},
                },
                {
                    "id": "cause",
                    "kind": "single_choice",
                    "show_if": "answers.nps <= 6",
                    "text": {"en": "What went wrong?", "nl": "Wat ging er mis?"},
                    "choices": [
                        {"code": "wait", "text": {"en": "The wait", "nl": "Het wachten"}},
                        {"code": "answer", "text": {"en": "The answer", "nl": "Het antwoord"}},
                    ],
                    "other": {"en": "Something else", "nl": "Iets anders"},
                },
            ],
        },
        {
            "id": "second",
            "title": {"en": "In your words", "nl": "In uw woorden"},
            "questions": [{"id": "why", "kind": "text", "text": {"en": "Why this score?", "nl": "Waarom dit cijfer?"}}],
        },
    ],
    "end_pages": [
        {
            "id": "let_down",
            "show_if": "answers.nps <= 6",
            "title": {"en": "Thank you for telling us", "nl": "Dank u dat u het vertelt"},
            "apology": {"en": "We are sorry.", "nl": "Het spijt ons."},
            "offer_call_back": True,
        },
        {"id": "thanks", "title": {"en": "Thank you", "nl": "Dank u wel"}},
    ],
    "invitation": {
        "subject": {"en": "How was our call?", "nl": "Hoe was ons gesprek?"},
        "greeting": {"en": "Hello {customer.first_name|there},", "nl": "Beste {customer.first_name|klant},"},
        "why": {"en": "You called {brand.name}.", "nl": "U belde {brand.name}."},
        "use": {"en": "We read every answer.", "nl": "We lezen elk antwoord."},
    },
}


def document() -> dict[str, Any]:
    """A fresh copy of the document."""
    return deepcopy(_SAMPLE)


def question(number: int, changed: dict[str, Any], page: int = 0) -> dict[str, Any]:
    """The document with fields of one question changed; None takes a field out."""
    found = document()
    one = found["pages"][page]["questions"][number]
    one.update(changed)
    for name in [name for name, value in changed.items() if value is None]:
        del one[name]
    return found


def with_questions(*questions: dict[str, Any]) -> Questionnaire:
    """A questionnaire of one page with these questions, in English; each gets a text where it has none."""
    found = document()
    found["languages"] = ["en"]
    written = [{"text": {"en": "A question?"}, **one} for one in questions]
    found["pages"] = [{"id": "only", "questions": written}]
    found["end_pages"] = [{"id": "thanks", "title": {"en": "Thank you"}}]
    found["invitation"] = {name: {"en": texts["en"]} for name, texts in found["invitation"].items()}
    found["name"] = {"en": "Test"}
    return parse(found)
