"""A question whose rows or choices all have conditions is asked where one of them is met: an empty one cannot be answered. PURE."""

from collections.abc import Iterable
from typing import Protocol

_LONGEST = 10_000


class Part(Protocol):
    """A row or a choice."""

    @property
    def show_if(self) -> str:
        """When it is shown; always, where empty."""


def asked_with_parts(own: str, parts: Iterable[Part]) -> str:
    """The condition of a question, given its own and those of its parts."""
    conditions = list(dict.fromkeys(part.show_if for part in parts))
    if not conditions or "" in conditions:
        return own
    any_of = " || ".join(one for one in conditions if one != "false") or "false"
    if len(any_of) > _LONGEST:
        return own
    return f"({own}) && ({any_of})" if own else any_of
