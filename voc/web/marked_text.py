"""Marking words in what customers wrote: those that were searched for, and those that moved a reading."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup, escape


def searched(text: str, search: str) -> Markup:
    """The text with every searched word marked, whatever its case."""
    words = sorted(set(search.split()), key=len, reverse=True)
    if not words:
        return escape(text)
    found = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    return _joined(text, [(hit.start(), hit.end(), "") for hit in found.finditer(text)])


def explained(text: str, evidence: Iterable[Mapping[str, Any]]) -> Markup:
    """The text with the words that moved its reading marked as pleasant or unpleasant; places outside the text are passed over."""
    hits: list[tuple[int, int, str]] = []
    for one in sorted(evidence, key=lambda hit: int(hit["start"])):
        start, end = int(one["start"]), int(one["end"])
        if (hits[-1][1] if hits else 0) <= start < end <= len(text):
            hits.append((start, end, "positive" if one["weight"] > 0 else "negative"))
    return _joined(text, hits)


def _joined(text: str, hits: Iterable[tuple[int, int, str]]) -> Markup:
    pieces, at = [], 0
    for start, end, mood in hits:
        pieces.append(escape(text[at:start]))
        kind = Markup(' data-mood="{}"').format(mood) if mood else ""
        pieces.append(Markup("<mark{}>{}</mark>").format(kind, text[start:end]))
        at = end
    return Markup("").join([*pieces, escape(text[at:])])
