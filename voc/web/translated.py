"""The texts of a draft beside their translation: which are missing, which are too long for their place, and what was typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?")
SHOWS = ("missing", "changed", "all", "long")
# How many characters can be read at once where a text stands, by the end of its key.
PLACES = {"subject": 50, "low": 30, "high": 30, "unit": 15, "title": 80, "greeting": 80}
BUTTONS = {"words.next", "words.back", "words.send", "words.clear_choice", "words.yes", "words.no"}
ON_A_BUTTON = 25
CHOICE = 90
NONE_KNOWN: Mapping[str, Mapping[str, Any]] = {}
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Row:
    """One text: what the source says, what the draft has, what stands in the box, and what to say about it."""

    number: int
    key: str
    is_ours: bool
    source: str
    kept: str
    typed: str
    fault: str = ""
    theirs: str = ""
    is_changed_since: bool = False
    reviewed_by: str = ""

    @property
    def id(self) -> str:
        """The id of its box."""
        return f"t-{self.number}"

    @property
    def is_missing(self) -> bool:
        """Whether the draft has nothing in this language."""
        return not self.kept

    @property
    def most(self) -> int:
        """How many characters its place holds; 0 where length does not matter."""
        return ON_A_BUTTON if self.key in BUTTONS else CHOICE if ".choices." in self.key else PLACES.get(self.key.rsplit(".", 1)[-1], 0)

    @property
    def is_too_long(self) -> bool:
        """Whether what stands in the box does not fit its place."""
        return bool(self.most) and len(_PLACEHOLDER.sub("", self.typed)) > self.most

    @property
    def placeholders(self) -> list[str]:
        """What is filled in when somebody reads the source."""
        return list(dict.fromkeys(_PLACEHOLDER.findall(self.source)))

    @property
    def mark(self) -> str:
        """Tells whether the draft still says what it said when the box was filled."""
        return mark_of(self.kept)

    @property
    def source_mark(self) -> str:
        """Tells whether the source still says what it said then."""
        return mark_of(self.source)


def mark_of(text: str) -> str:
    """A short mark of a text."""
    return sha256(text.encode()).hexdigest()[:12]


def rows_of(table: Mapping[str, Any], language: str, standings: Mapping[str, Mapping[str, Any]] = NONE_KNOWN) -> list[Row]:
    """Every text of a table in one language beside the source, with what is known of its translation."""
    first = table["languages"][0]
    found = []
    for number, line in enumerate(table["lines"], 1):
        texts = {one["language"]: one["text"] for one in line["texts"]}
        kept = texts.get(language, "")
        known = standings.get(line["key"], {})
        stands = {"is_changed_since": known.get("isChangedSince", False), "reviewed_by": known.get("reviewedBy", "")}
        found.append(Row(number, line["key"], line["isOurs"], texts.get(first, ""), kept, kept, **stands))
    return found


def with_typed(rows: Sequence[Row], texts: Mapping[str, str], marks: Mapping[str, str]) -> list[Row]:
    """The rows with what came from the boxes. A box that nobody changed shows what the draft says now; of one that a colleague changed
    too, what they wrote stays beside it."""
    found = []
    for row in rows:
        typed, seen = texts.get(row.key), marks.get(row.key)
        if typed is None or seen is None or mark_of(typed) == seen or typed == row.kept:
            found.append(row)
        else:
            found.append(replace(row, typed=typed, theirs=row.kept if seen != row.mark else ""))
    return found


def shown(rows: Sequence[Row], show: str) -> list[Row]:
    """Those that a filter asks for; what has a fault is always among them."""
    return [row for row in rows if row.fault or row.theirs or is_wanted(row, show)]


def is_wanted(row: Row, show: str) -> bool:
    """Whether a filter asks for a text."""
    return {"missing": row.is_missing, "long": row.is_too_long, "changed": row.is_changed_since}.get(show, True)
