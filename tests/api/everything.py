"""A questionnaire with a loop, a quota, a score, a table and other kinds, as a map."""

from typing import Any


def says(text: str) -> dict[str, str]:
    """A text in English."""
    return {"en": text}


GRADES = [{"code": "a", "text": says("Good")}, {"code": "b", "text": says("Bad"), "points": 2}]
EVERYTHING: dict[str, Any] = {
    "key": "everything",
    "name": says("Everything"),
    "languages": ["en"],
    "origin": {"format": "qsf", "id": "SV_1", "languages": ["EN"]},
    "pages": [
        {
            "id": "first",
            "questions": [
                {
                    "id": "shops",
                    "kind": "multiple_choice",
                    "text": says("Which shops did you visit?"),
                    "choices": [{"code": "north", "text": says("North"), "points": 1}],
                    "other": says("Elsewhere"),
                }
            ],
        },
        {"id": "visit", "loop": "shops", "questions": [{"id": "clean", "kind": "rating", "text": says("How clean was {loop.text}?")}]},
        {
            "id": "last",
            "questions": [
                {
                    "id": "table",
                    "kind": "matrix",
                    "code": "Q7",
                    "source_id": "QID7",
                    "text": says("How was it?"),
                    "rows": [{"code": "x", "text": says("X")}, {"code": "y", "text": says("Y"), "show_if": "'other' in answers.shops"}],
                    "columns": GRADES,
                },
                {"id": "order", "kind": "ranking", "text": says("What matters most?"), "choices": GRADES},
                {"id": "at", "kind": "time", "text": says("At what time?")},
                {"id": "moment", "kind": "date_time", "text": says("When?")},
                {
                    "id": "share",
                    "kind": "constant_sum",
                    "required": True,
                    "text": says("Divide a hundred points."),
                    "rows": [{"code": "x", "text": says("X")}, {"code": "y", "text": says("Y")}],
                },
                {"id": "agree", "kind": "consent", "text": says("May we keep this?")},
            ],
        },
    ],
    "quotas": [{"id": "north", "limit": 5, "when": "'north' in answers.shops"}],
    "scores": [{"id": "visits", "questions": ["shops"]}],
    "end_pages": [{"id": "thanks", "title": says("Thank you")}],
    "invitation": {name: says("About your visit") for name in ("subject", "greeting", "why", "use")},
}
