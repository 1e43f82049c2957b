"""Marking words in what customers wrote: those that were searched for, and those that moved a reading."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup, escape


class Hit(NamedTuple):
    """A place in a text; `mood` is empty for a word that was searched for."""

    start: int
    end: int
    mood: str = ""


def searched(text: str, search: str) -> Markup:
    """The text with every searched word marked, whatever its case."""
    return _marked(text, _searched(text, search))


def explained(text: str, evidence: Iterable[Mapping[str, Any]]) -> Markup:
    """The text with the words that moved its reading marked as pleasant or unpleasant; places outside the text are passed over."""
    return _marked(text, _moving(evidence))


def highlighted(text: str, search: str, evidence: Iterable[Mapping[str, Any]]) -> Markup:
    """The text with both marked; a word that was searched for is marked as that alone."""
    found = _searched(text, search)
    moving = [hit for hit in _moving(evidence) if all(hit.end <= one.start or one.end <= hit.start for one in found)]
    return _marked(text, [*found, *moving])


def _searched(text: str, search: str) -> list[Hit]:
    words = sorted(set(search.split()), key=len, reverse=True)
    if not words:
        return []
    found = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    return [Hit(hit.start(), hit.end()) for hit in found.finditer(text)]


def _moving(evidence: Iterable[Mapping[str, Any]]) -> list[Hit]:
    return [Hit(int(one["start"]), int(one["end"]), "positive" if one["weight"] > 0 else "negative") for one in evidence]


def _marked(text: str, hits: Iterable[Hit]) -> Markup:
    pieces, at = [], 0
    for start, end, mood in sorted(hits, key=lambda hit: hit.start):
        if not at <= start < end <= len(text):
            continue
        kind = Markup(' data-mood="{}"').format(mood) if mood else ""
        pieces += [escape(text[at:start]), Markup("<mark{}>{}</mark>").format(kind, text[start:end])]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])
