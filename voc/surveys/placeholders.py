"""Placeholders in texts: `{customer.first_name|there}` is the first name, or "there" where it is not known. PURE.

`{answers.delivery_day|…}` is what was answered before, `{scores.effort|…}` a named score, `{loop.text}` the answer a page is repeated for.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"\{\s*(?P<name>[a-z_]+(?:\.[a-z][a-z0-9_]*)+)\s*(?:\|(?P<fallback>[^{}]*))?\}")
ALWAYS_KNOWN = frozenset({"brand.name"})
KNOWN = {
    "customer.first_name": "the customer's first name",
    "customer.name": "the customer's full name",
    "contact.ended_on": "the day the contact ended, as the reader's language writes it",
    "contact.agent_name": "the colleague in the contact",
    "contact.touchpoint": "the kind of moment, in the reader's language",
    "brand.name": "the name we ask under",
}
ANSWERS = "answers."
SCORES = "scores."
LOOP_TEXT = "loop.text"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One placeholder of a text; `fallback` is None where none was written."""

    name: str
    fallback: str | None


def placeholders(text: str) -> tuple[Placeholder, ...]:
    """All placeholders of a text, in order."""
    return tuple(Placeholder(match["name"], match["fallback"]) for match in _PLACEHOLDER.finditer(text)) if "{" in text else ()


def filled(text: str, values: Mapping[str, str | None]) -> str:
    """The text with its placeholders filled in; what is not known becomes its fallback. Plain text: the page or mail escapes it."""
    return _PLACEHOLDER.sub(lambda match: values.get(match["name"]) or match["fallback"] or "", text)


def renamed(text: str, names: Mapping[str, str]) -> str:
    """The text with answers called by other names."""

    def other(match: re.Match[str]) -> str:
        name = names.get(match["name"].removeprefix(ANSWERS)) if match["name"].startswith(ANSWERS) else None
        return match[0].replace(match["name"], ANSWERS + name, 1) if name else match[0]

    return _PLACEHOLDER.sub(other, text)


def said_in_loop(text: str, item: str) -> str:
    """The text with `{loop.text}` filled in by what the page is repeated for, which may be a placeholder itself."""
    return _PLACEHOLDER.sub(lambda match: item or match["fallback"] or "" if match["name"] == LOOP_TEXT else match[0], text)
