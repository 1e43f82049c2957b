"""Questionnaires for tests: a short one with a follow-up, and one with every kind of question."""

from typing import Any

from voc.surveys.parse import parse
from voc.surveys.questionnaire import Questionnaire


def both(english: str, dutch: str) -> dict[str, str]:
    """A text in the two languages."""
    return {"en": english, "nl": dutch}


INVITATION = {
    "subject": both("How was our delivery?", "Hoe ging onze bezorging?"),
    "greeting": both("Hello {customer.first_name|there},", "Dag {customer.first_name|klant},"),
    "why": both("We delivered your parcel.", "We hebben uw pakket bezorgd."),
    "use": both("A colleague reads what you write.", "Een collega leest wat u schrijft."),
}

SHORT: dict[str, Any] = {
    "key": "after-delivery",
    "name": both("After delivery", "Na bezorging"),
    "languages": ["en", "nl"],
    "intro": both(
        "We delivered your parcel on {contact.ended_on|the day we agreed}. How did that go?",
        "Op {contact.ended_on|de afgesproken dag} hebben we uw pakket bezorgd. Hoe ging dat?",
    ),
    "pages": [
        {
            "id": "first",
            "questions": [
                {
                    "id": "nps",
                    "kind": "nps",
                    "required": True,
                    "text": both("How likely are you to recommend us?", "Hoe waarschijnlijk is het dat u ons aanbeveelt?"),
                    "low": both("Not at all likely", "Heel onwaarschijnlijk"),
                    "high": both("Extremely likely", "Heel waarschijnlijk"),
                },
                {
                    "id": "why",
                    "kind": "text",
                    "longest": 500,
                    "text": both("What is the main reason for your score?", "Wat is de belangrijkste reden voor uw cijfer?"),
                },
            ],
        },
        {
            "id": "low",
            "show_if": "answers.nps <= 6",
            "questions": [
                {
                    "id": "what_went_wrong",
                    "kind": "multiple_choice",
                    "text": both("What went wrong?", "Wat ging er mis?"),
                    "choices": [
                        {"code": "late", "text": both("It came late", "Het kwam te laat")},
                        {"code": "broken", "text": both("It was broken", "Het was kapot")},
                    ],
                    "other": both("Something else", "Iets anders"),
                }
            ],
        },
    ],
    "end_pages": [
        {
            "id": "sorry",
            "show_if": "answers.nps <= 6",
            "title": both("Thank you for telling us", "Dank u wel dat u het zegt"),
            "apology": both("We are sorry that we let you down.", "Het spijt ons dat wij u teleurstelden."),
            "text": both("A colleague reads your answer today.", "Een collega leest uw antwoord vandaag."),
            "offer_call_back": True,
        },
        {"id": "thanks", "title": both("Thank you", "Dank u wel"), "text": both("We read every answer.", "We lezen elk antwoord.")},
    ],
    "invitation": INVITATION,
}

CHOICES = [{"code": code, "text": both(code.title(), code.upper())} for code in ("red", "green", "blue")]
EVERY_KIND: dict[str, Any] = {
    "key": "every-kind",
    "name": both("Every kind", "Elke soort"),
    "languages": ["en", "nl"],
    "pages": [
        {
            "id": "all",
            "title": both("All kinds of questions", "Allerlei vragen"),
            "questions": [
                {"id": "hello", "kind": "statement", "text": both("Please answer what you like.", "Antwoord wat u wilt.")},
                {"id": "nps", "kind": "nps", "text": both("Recommend?", "Aanbevelen?")},
                {"id": "csat", "kind": "csat", "text": both("Satisfied?", "Tevreden?")},
                {"id": "ces", "kind": "ces", "text": both("Easy?", "Makkelijk?")},
                {"id": "stars", "kind": "rating", "lowest": 0, "highest": 3, "text": both("How clean?", "Hoe schoon?")},
                {
                    "id": "one",
                    "kind": "single_choice",
                    "choices": CHOICES,
                    "other": both("Other", "Anders"),
                    "text": both("Which?", "Welke?"),
                },
                {
                    "id": "many",
                    "kind": "multiple_choice",
                    "choices": CHOICES,
                    "at_least": 2,
                    "at_most": 2,
                    "text": both("Which two?", "Welke twee?"),
                },
                {"id": "line", "kind": "text", "long": False, "longest": 20, "text": both("One line", "Een regel")},
                {"id": "amount", "kind": "number", "decimals": 2, "lowest": 0, "highest": 100, "text": both("How much?", "Hoeveel?")},
                {"id": "people", "kind": "number", "lowest": 1, "text": both("How many?", "Met hoeveel?")},
                {"id": "day", "kind": "date", "earliest": "2026-01-01", "latest": "2026-12-31", "text": both("When?", "Wanneer?")},
                {"id": "again", "kind": "yes_no", "text": both("Again?", "Nog eens?")},
            ],
        }
    ],
    "end_pages": [{"id": "thanks", "title": both("Thank you", "Dank u wel")}],
    "invitation": INVITATION,
}


def in_arabic(part: Any) -> Any:
    """The same part with its Dutch and English texts in Arabic (rough, but long and from right to left)."""
    if isinstance(part, dict) and set(part) == {"en", "nl"}:
        return {"ar": _ARABIC.get(part["en"], "نص باللغة العربية لهذا السؤال"), "en": part["en"]}
    if isinstance(part, dict):
        return {key: in_arabic(value) for key, value in part.items()}
    return [in_arabic(one) for one in part] if isinstance(part, list) else part


_ARABIC = {
    "How likely are you to recommend us?": "ما مدى احتمال أن توصي بنا؟",
    "Not at all likely": "غير محتمل إطلاقاً",
    "Extremely likely": "محتمل جداً",
    "What is the main reason for your score?": "ما السبب الرئيسي لتقييمك؟",
    "Thank you": "شكراً لك",
    "We delivered your parcel.": "لقد سلّمنا طردك.",
}
_ARABIC_WORDS = {
    "next": "التالي",
    "back": "رجوع",
    "send": "إرسال",
    "optional": "اختياري",
    "clear_choice": "مسح اختياري",
    "other_words": "أخبرنا بكلماتك",
    "choose_several": "اختر كل ما يناسب.",
    "call_back": "هل يمكننا الاتصال بك؟",
    "missing": "أجب عن هذا السؤال للمتابعة.",
}
ARABIC: dict[str, Any] = {
    **in_arabic(SHORT),
    "key": "arabic",
    "languages": ["ar", "en"],
    "words": {name: {"ar": text} for name, text in _ARABIC_WORDS.items()},
}


def short() -> Questionnaire:
    """A score, a reason, and what went wrong after a low score."""
    return parse(SHORT)


def every_kind() -> Questionnaire:
    """All kinds of questions on one page, none required."""
    return parse(EVERY_KIND)
