"""Ids of our own for what has a name elsewhere: answer names never meet, codes are used once. PURE."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from voc.core.expression_words import is_name
from voc.surveys.questions import Question, slugs

LONGEST = 63
_CODE = 200
Asked = TypeVar("Asked", bound=Question)


class Names:
    """Gives out ids; none is given twice."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def page(self, wanted: str) -> str:
        """An id for a page, a quota or a score."""
        return self._free(slug(wanted, "page"), ())

    def question(self, question: Asked, wanted: str) -> Asked:
        """The question with an id of its own, such that none of its answers has a name that another has."""
        ends = tuple(name.removeprefix(question.id) for name in question.names())
        room = max(LONGEST - max((len(end) for end in ends), default=0), 4)
        return replace(question, id=self._free(slug(wanted, "q")[:room].rstrip("_"), ends, room))

    def _free(self, wanted: str, ends: Iterable[str], room: int = LONGEST) -> str:
        found, number = wanted, 1
        while any(f"{found}{end}" in self._taken or not is_name(f"{found}{end}"[:LONGEST]) for end in ("", *ends)):
            number += 1
            found = f"{wanted[: room - len(str(number)) - 1].rstrip('_')}_{number}"
        self._taken |= {found, *(f"{found}{end}" for end in ends)}
        return found


def slug(wanted: str, otherwise: str) -> str:
    """A name of small letters, digits and _ that begins with a letter."""
    found = next(slugs([wanted]))
    if found == "x" and "x" not in wanted.lower():
        return otherwise
    return found if found[0].isalpha() else f"{otherwise}_{found}"


def code(wanted: str) -> str:
    """One line without space at its ends, as codes are."""
    return " ".join(wanted.split())[:_CODE].strip()


def codes(wanted: Iterable[str]) -> list[str]:
    """Codes in order, each used once; an empty one gets its number."""
    found: list[str] = []
    taken: set[str] = set()
    for number, one in enumerate(wanted, 1):
        first = code(one) or str(number)
        free, count = first, 1
        while free in taken:
            count += 1
            free = f"{first[: _CODE - 5]}_{count}"
        taken.add(free)
        found.append(free)
    return found


def places(questions: Iterable[Question]) -> dict[str, int]:
    """Where the answer with a name is given: the number of its question."""
    found: dict[str, int] = {}
    for number, question in enumerate(questions):
        for name in question.names():
            found.setdefault(name, number)
    return found
