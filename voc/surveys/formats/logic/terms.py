"""What an expression of another system can stand for, and how that is said in CEL. PURE."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from voc.core.expressions import Kind


@dataclass(frozen=True, slots=True)
class Condition:
    """When it holds, and when it does not, both in CEL; for `!` cannot say "not, or not answered"."""

    yes: str
    no: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A text or a number that is written out."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of ours; `codes` are all codes it can have where there are such, `marks` the words another system has for yes and no."""

    name: str
    kind: Kind
    codes: tuple[str, ...] = ()
    points: Mapping[str, float] = field(default_factory=dict, hash=False)
    marks: tuple[str, str] = ("Y", "N")

    @property
    def cel(self) -> str:
        """How conditions speak of it."""
        return f"answers.{self.name}"


@dataclass(frozen=True, slots=True)
class Ticked:
    """Whether one code is among those of a multiple choice."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A number that CEL reckons."""

    cel: str


@dataclass(frozen=True, slots=True)
class Either:
    """One thing or another, as a condition has it."""

    condition: Condition
    then: "Term"
    otherwise: "Term"


@dataclass(frozen=True, slots=True)
class Several:
    """All the answers to one question."""

    terms: "tuple[Term, ...]"


Term = Condition | Constant | Answer | Ticked | Reckoned | Either | Several

ALWAYS = Condition("true", "false")
NEVER = Condition("false", "true")


def quoted(text: str) -> str:
    """A text as CEL writes it."""
    return json.dumps(text, ensure_ascii=False)


def negated(condition: Condition) -> Condition:
    """The opposite."""
    return Condition(condition.no, condition.yes)


def both(conditions: Iterable[Condition]) -> Condition:
    """All of them together."""
    found = list(conditions)
    return Condition(_joined("&&", [one.yes for one in found]), _joined("||", [one.no for one in found]))


def either(conditions: Iterable[Condition]) -> Condition:
    """At least one of them."""
    return negated(both(negated(one) for one in conditions))


def given(term: Term) -> Condition:
    """Whether there is an answer at all."""
    if isinstance(term, Several):
        return either(given(one) for one in term.terms)
    if isinstance(term, Answer):
        return Condition(f"has({term.cel})", f"!has({term.cel})")
    if isinstance(term, Constant):
        return ALWAYS if str(term.value) else NEVER
    if isinstance(term, Ticked):
        return Condition(f"{quoted(term.code)} in answers.{term.name}", f"!({quoted(term.code)} in answers.{term.name})")
    if isinstance(term, Either):
        return distributed(term, given)
    return term if isinstance(term, Condition) else ALWAYS


def distributed(term: Either, say: Callable[[Term], Condition]) -> Condition:
    """What is said of either, each where it counts."""
    first = both((term.condition, say(term.then)))
    return either((first, both((negated(term.condition), say(term.otherwise)))))


def _joined(sign: str, parts: list[str]) -> str:
    neutral, decisive = ("true", "false") if sign == "&&" else ("false", "true")
    if decisive in parts:
        return decisive
    left = list(dict.fromkeys(part for part in parts if part != neutral))
    if len(left) <= 1:
        return left[0] if left else neutral
    return f" {sign} ".join(f"({part})" if _is_loose(part, sign) else part for part in left)


def _is_loose(part: str, sign: str) -> bool:
    return sign == "&&" and " || " in part and not (part.startswith("(") and part.endswith(")") and part.count("(") == 1)
