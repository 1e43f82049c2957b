"""Where sentences and their clauses begin and end. PURE."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Neither pattern begins with a repetition: ten thousand blanks must not take ten thousand squared steps.
_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’)\]]))\s+|\n")
_CLAUSE_END = re.compile(r";|\b(?:but|although|though|however|whereas)\b,?", re.IGNORECASE)


class Span(NamedTuple):
    """A stretch of a text, without the blanks around it."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Its words."""
        return text[self.start : self.end]


def sentences(text: str) -> list[Span]:
    """The sentences of a text, in order; blank ones are left out."""
    return list(_between(_SENTENCE_END, text, Span(0, len(text))))


def clauses(text: str, sentence: Span) -> list[Span]:
    """The parts of an English sentence that a "but" or a semicolon sets against each other; the word itself belongs to neither."""
    return list(_between(_CLAUSE_END, text, sentence))


def _between(ends: re.Pattern[str], text: str, within: Span) -> Iterator[Span]:
    start = within.start
    for found in ends.finditer(text, within.start, within.end):
        yield from _trimmed(text, start, found.start())
        start = found.end()
    yield from _trimmed(text, start, within.end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)
