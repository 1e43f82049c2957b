"""A questionnaire for each kind of question, as a page of its own."""

from typing import Any

from tests.responses.documents import INVITATION, both

YES = [
    {"code": code, "text": both(english, dutch)}
    for code, english, dutch in (("a", "Apples", "Appels"), ("b", "Bread", "Brood"), ("c", "Cheese", "Kaas"))
]
AGREE = [
    {"code": "1", "text": both("Disagree", "Oneens")},
    {"code": "2", "text": both("Neither agree nor disagree", "Niet eens, niet oneens")},
    {"code": "3", "text": both("Agree", "Eens")},
]
ROWS = [
    {"code": "speed", "text": both("The speed of the delivery", "De snelheid van de bezorging")},
    {"code": "care", "text": both("The care for your parcel", "De zorg voor uw pakket")},
    {"code": "price", "text": both("The price", "De prijs")},
]
PICTURES = [{**choice, "image": f"https://pictures.example/{choice['code']}.jpg"} for choice in YES]

KINDS: dict[str, dict[str, Any]] = {
    "nps": {
        "kind": "nps",
        "low": both("Not at all likely", "Heel onwaarschijnlijk"),
        "high": both("Extremely likely", "Heel waarschijnlijk"),
    },
    "csat": {"kind": "csat", "low": both("Very bad", "Heel slecht"), "high": both("Very good", "Heel goed")},
    "ces": {"kind": "ces", "low": both("Disagree", "Oneens"), "high": both("Agree", "Eens")},
    "numbers": {"kind": "rating", "lowest": 1, "highest": 10},
    "many_numbers": {"kind": "rating", "lowest": 0, "highest": 30},
    "stars": {"kind": "rating", "look": "stars", "low": both("Bad", "Slecht"), "high": both("Good", "Goed")},
    "faces": {"kind": "rating", "look": "faces", "low": both("Bad", "Slecht"), "high": both("Good", "Goed")},
    "points": {
        "kind": "rating",
        "look": "words",
        "highest": 3,
        "labels": [
            {"value": at, "text": text} for at, text in enumerate((both("Bad", "Slecht"), both("Fair", "Matig"), both("Good", "Goed")), 1)
        ],
    },
    "radios": {
        "kind": "single_choice",
        "choices": [*YES, {"code": "d", "text": both("A shop", "Een winkel"), "own_words": True}],
        "other": both("Something else", "Iets anders"),
    },
    "menu": {"kind": "single_choice", "look": "drop_down", "choices": YES, "other": both("Something else", "Iets anders")},
    "pictures": {"kind": "single_choice", "look": "pictures", "choices": PICTURES},
    "boxes": {
        "kind": "multiple_choice",
        "choices": [*YES, {"code": "none", "text": both("None of these", "Geen van deze"), "exclusive": True}],
        "at_most": 2,
    },
    "picture_boxes": {"kind": "multiple_choice", "look": "pictures", "choices": PICTURES},
    "table": {
        "kind": "matrix",
        "rows": [*ROWS, {"code": "x", "text": both("Something else", "Iets anders"), "own_words": True}],
        "columns": AGREE,
    },
    "short_table": {"kind": "matrix", "rows": ROWS, "columns": [{"code": str(at), "text": both(str(at), str(at))} for at in range(1, 6)]},
    "wide_table": {
        "kind": "matrix",
        "rows": ROWS,
        "columns": [{"code": f"n{at}", "text": both(f"Column number {at}", f"Kolom nummer {at}")} for at in range(1, 9)],
    },
    "box_table": {"kind": "matrix", "cells": "multiple", "rows": ROWS, "columns": AGREE},
    "text_table": {"kind": "matrix", "cells": "text", "rows": ROWS, "columns": AGREE[:2]},
    "number_table": {"kind": "matrix", "cells": "number", "rows": ROWS, "columns": AGREE[:2]},
    "bipolar": {
        "kind": "matrix",
        "bipolar": True,
        "rows": [{"code": "slow", "text": both("Slow:Fast", "Traag:Snel")}, {"code": "rude", "text": both("Rude:Kind", "Onaardig:Aardig")}],
        "columns": [{"code": str(at), "text": both(str(at), str(at))} for at in range(1, 6)],
    },
    "sides": {
        "kind": "side_by_side",
        "rows": ROWS,
        "groups": [
            {"id": "matters", "text": both("How important?", "Hoe belangrijk?"), "columns": AGREE},
            {"id": "used", "text": both("When did you use it?", "Wanneer gebruikt?"), "cells": "multiple", "columns": YES[:2]},
            {"id": "why", "text": both("Why?", "Waarom?"), "cells": "text"},
        ],
    },
    "ranking": {"kind": "ranking", "choices": YES},
    "sum": {"kind": "constant_sum", "rows": ROWS, "total": 100, "unit": both("points", "punten")},
    "slider": {"kind": "slider", "low": both("Cold", "Koud"), "high": both("Warm", "Warm"), "unit": both("degrees", "graden")},
    "sliders": {"kind": "slider", "rows": ROWS, "low": both("Bad", "Slecht"), "high": both("Good", "Goed"), "highest": 10, "step": 0.5},
    "long_text": {"kind": "text", "reason": both("We may call you about it.", "We bellen u er misschien over.")},
    "line": {"kind": "text", "long": False},
    "email": {"kind": "text", "long": False, "format": "email"},
    "phone": {"kind": "text", "long": False, "format": "phone"},
    "url": {"kind": "text", "long": False, "format": "url"},
    "number": {
        "kind": "number",
        "unit": both("parcels a year", "pakketten per jaar"),
        "comment": both("Anything to add?", "Wilt u iets toevoegen?"),
    },
    "date": {"kind": "date"},
    "time": {"kind": "time"},
    "date_time": {"kind": "date_time"},
    "fields": {
        "kind": "fields",
        "fields": [
            {"code": "street", "text": both("Street and number", "Straat en nummer")},
            {"code": "mail", "text": both("Mail address", "Mailadres"), "format": "email", "optional": True},
        ],
    },
    "yes_no": {"kind": "yes_no"},
    "consent": {"kind": "consent", "agree": both("Yes, you may publish my answer", "Ja, u mag mijn antwoord publiceren")},
    "tick": {"kind": "consent"},
    "call": {"kind": "call_me_back"},
    "file": {"kind": "file", "most_files": 2, "most_megabytes": 1},
    "statement": {
        "kind": "statement",
        "links": [
            {"url": "https://pictures.example/parcel.jpg", "medium": "image", "text": both("A wet parcel", "Een nat pakket")},
            {"url": "https://noord.example/terms", "text": both("Our terms", "Onze voorwaarden")},
        ],
    },
}


def of_kind(name: str, **changed: Any) -> dict[str, Any]:
    """A survey with one question of this kind, and a line of text after it."""
    question = {
        "id": name,
        "text": both("What do you think of our service this time?", "Wat vindt u van onze dienst deze keer?"),
        **KINDS[name],
        **changed,
    }
    return {
        "key": f"kind-{name.replace('_', '-')}",
        "name": both(name, name),
        "languages": ["en", "nl"],
        "pages": [{"id": "all", "questions": [question]}],
        "end_pages": [{"id": "thanks", "title": both("Thank you", "Dank u wel")}],
        "invitation": INVITATION,
    }
