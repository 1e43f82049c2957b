"""What a simple condition says: comparisons, joined by and or or. PURE."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | float | bool


class Sign(StrEnum):
    """How an answer is compared."""

    IS = "is"
    IS_NOT = "is_not"
    AT_MOST = "at_most"
    BELOW = "below"
    AT_LEAST = "at_least"
    ABOVE = "above"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"


class How(StrEnum):
    """How several comparisons are joined."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One answer or named score compared. `name` is how conditions speak of it (`answers.nps`); ANSWERED has no values."""

    name: str
    sign: Sign
    values: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """At least two rules, of which all or any must hold; none of them is joined in the same way itself."""

    how: How
    parts: "tuple[Rule, ...]"


Rule: TypeAlias = Comparison | Joined


def joined(how: How, parts: Iterable[Rule]) -> Rule:
    """The parts as one rule; what is joined in the same way is taken in."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Joined) and part.how is how else (part,)))
    return flat[0] if len(flat) == 1 else Joined(how, flat)


def comparisons(rule: Rule) -> Iterator[Comparison]:
    """Every comparison in a rule, in order."""
    if isinstance(rule, Comparison):
        yield rule
    else:
        for part in rule.parts:
            yield from comparisons(part)
