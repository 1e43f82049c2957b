"""Saved walks in a document that is being edited: kept, and a question's new name goes along. PURE."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from voc.surveys.described import ID, IN_WORDS
from voc.surveys.edit_places import Cannot

_LISTS = ("asked", "must_ask", "must_not_ask")


def names_in_walks(document: Mapping[str, Any]) -> set[str]:
    """The answers and questions that saved walks speak of."""
    found: set[str] = set()
    for walk in _walks(document):
        found.update(str(name) for name in _answers(walk))
        found.update(name for field in _LISTS for name in _listed(walk, field) if isinstance(name, str))
    return found


def rename_in_walks(document: Mapping[str, Any], names: Mapping[str, str]) -> None:
    """Let every saved walk speak of answers and questions by their new names."""
    for walk in _walks(document):
        if answers := _answers(walk):
            walk["answers"] = {names.get(name, name): value for name, value in answers.items()}
        for field in _LISTS:
            if listed := _listed(walk, field):
                walk[field] = [names.get(name, name) if isinstance(name, str) else name for name in listed]


def save_walk(document: dict[str, Any], walk: Mapping[str, Any]) -> None:
    """Put a walk in the place of the one with its id, else after the others. Raises Cannot for an id that cannot be one."""
    if not re.fullmatch(ID, str(walk.get("id", ""))):
        raise Cannot("WRONG_VALUE", f"`{str(walk.get('id', ''))[:80]}` cannot name a walk. {IN_WORDS[ID]}")
    walks = document.setdefault("walks", [])
    if not isinstance(walks, list):
        raise Cannot("WRONG_PLACE", "`walks` is no list. Mend the text of the draft.")
    at = next((number for number, one in enumerate(walks) if isinstance(one, dict) and one.get("id") == walk.get("id")), len(walks))
    walks[at : at + 1] = [dict(walk)]


def _walks(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    walks = document.get("walks")
    return (walk for walk in walks if isinstance(walk, dict)) if isinstance(walks, list) else iter(())


def _answers(walk: Mapping[str, Any]) -> dict[str, Any]:
    found = walk.get("answers")
    return found if isinstance(found, dict) else {}


def _listed(walk: Mapping[str, Any], field: str) -> list[Any]:
    found = walk.get(field)
    return found if isinstance(found, list) else []
