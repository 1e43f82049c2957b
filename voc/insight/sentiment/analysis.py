"""What an analyser promises, and what it says of a text. PURE."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Label(StrEnum):
    """The mood of a text; `unknown` where no analyser knows its language."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"
    MIXED = "mixed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A word that moved the score. `text[start:end] == word`; `rule` says what gave it its weight."""

    start: int
    end: int
    word: str
    weight: float
    rule: str

    def as_row(self) -> dict[str, object]:
        """As it is stored beside the reading."""
        return {"start": self.start, "end": self.end, "word": self.word, "weight": self.weight, "rule": self.rule}


@dataclass(frozen=True, slots=True)
class Analysis:
    """What an analyser says of one text.

    `score` runs from -1 to 1 and is None where the mood is unknown. `sentence` is the one that carries the mood, empty where none does.
    """

    label: Label
    score: float | None
    sentence: str
    evidence: tuple[Evidence, ...]
    language: str
    language_from: str
    analyser: str
    analyser_version: str


class Analyser(Protocol):
    """Reads texts of the languages it knows. The same text and version always give the same analysis."""

    @property
    def name(self) -> str:
        """The name readings carry."""

    @property
    def version(self) -> str:
        """Everything that can change a reading: package, lexicon, interpreter, own rules."""

    @property
    def languages(self) -> frozenset[str]:
        """The languages it knows, as `en`."""

    def analyse(self, text: str, language: str) -> Analysis:
        """The mood of a text written in one of its languages."""
