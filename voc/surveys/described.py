"""What a field of the questionnaire document is held to, said once: for the reader, for the JSON Schema and for people. PURE."""

from dataclasses import dataclass
from typing import Any

ID = r"[a-z][a-z0-9_]{0,62}"
KEY = r"[a-z][a-z0-9-]{0,62}"
CODE = r"\S(?:[^\r\n\t]{0,198}\S)?"
ADDRESS = r"https?://[^\s<>\"']{1,2000}"
CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
LANGUAGE = r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?"
IN_WORDS = {
    ID: "Begin with a small letter; go on with small letters, digits or _ (at most 63).",
    KEY: "Begin with a small letter; go on with small letters, digits or - (at most 63).",
    CODE: "A code is one line of at most 200 characters, with no space at its ends.",
    ADDRESS: "Write an address that begins with https://.",
    CLOCK: "Write a time of day such as `09:00`.",
    LANGUAGE: "Write a language code such as `nl` or `pt-BR`.",
}


@dataclass(frozen=True, slots=True)
class Said:
    """The sentence about a field, and its limits: characters of a text, size of a number, items of a list."""

    sentence: str
    pattern: str = ""
    longest: int = 5000
    lowest: float | None = None
    highest: float | None = None
    fewest: int = 0
    is_condition: bool = False


def said(sentence: str, **limits: Any) -> dict[str, Said]:
    """The metadata of a dataclass field: its sentence and limits."""
    return {"said": Said(sentence, **limits)}
