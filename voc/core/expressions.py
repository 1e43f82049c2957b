"""Conditions that people write (`show_if`, `when`), in CEL: checked when written, harmless when run.

A misspelt name or a comparison of unlike things is refused, with its position, when the condition is compiled. Running one never
raises. A condition about something that is not there is not met, as in SQL: `scores.nps <= 6` is false where there is no score, and
so is `!(scores.nps <= 6)`. What else goes wrong (a division by zero, too many steps) is a `Fault`, never taken for true.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from cel_expr_python import cel

from voc.core.expression_types import Kind, Variables, checker_for, put
from voc.core.expression_values import Unusable, as_moment
from voc.core.expression_words import is_name, names_read, said_for_people, type_in_words

__all__ = ["Environment", "Expression", "ExpressionError", "Fault", "Kind", "compile", "environment"]

LONGEST = 20_000


class ExpressionError(ValueError):
    """The text is no usable condition. `line` and `column` count from 1, `position` from 0."""

    def __init__(self, message: str, text: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.line, self.column = line, column
        self.position = sum(len(row) + 1 for row in text.split("\n")[: line - 1]) + column - 1


@dataclass(frozen=True, slots=True)
class Fault:
    """A condition could not be decided, and why. Counts as false, so that nothing happens by mistake."""

    reason: str

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True, slots=True, eq=False)
class Environment:
    """What a condition may speak of: variables with typed fields, and `now`, `days(n)`, `hours(n)`."""

    variables: Variables
    _checker: Any = field(repr=False)
    _messages: Mapping[str, Any] = field(repr=False)

    def speaks_of(self) -> dict[str, tuple[str, ...]]:
        """Every name that a condition may use, with its fields."""
        return {**{name: tuple(fields) for name, fields in self.variables.items()}, "now": ()}


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A checked condition. It keeps no state and may be run from several threads at once."""

    text: str
    reads: frozenset[tuple[str, str]]
    _environment: Environment = field(repr=False)
    _program: Any = field(repr=False)

    def evaluate(self, values: Mapping[str, Mapping[str, object]], now: datetime | None = None) -> bool | Fault:
        """Whether the values meet the condition; a missing key or None is "not there". Never raises."""
        try:
            given = {name: self._message(name, values.get(name) or {}) for name in self._environment.variables}
            if now is not None:
                given["now"] = as_moment(now)
            outcome = self._program.eval(data=given)
        except Unusable as unusable:
            return Fault(f"{unusable}.")
        except RuntimeError as refusal:
            return Fault("The condition takes too many steps." if "budget" in str(refusal) else _first_line(refusal))
        if outcome.type() == cel.Type.BOOL:
            return bool(outcome.value())
        # The checker has refused unlike types, so at run time only a null can fail to find its operator.
        if outcome.type() == cel.Type.NULL or re.search(r"No matching overload|Key not found|voc:absent", str(outcome.value())):
            return False
        return Fault(_first_line(outcome.value()))

    def _message(self, name: str, values: Mapping[str, object]) -> Any:
        message = self._environment._messages[name]()
        kinds = self._environment.variables[name]
        # Only what is read: a long survey has thousands of answers, and a condition reads one or two.
        for key in kinds if (name, "") in self.reads else [read for variable, read in self.reads if variable == name]:
            value = values.get(key)
            if value is not None and key in kinds:
                put(message, key, kinds[key], value)
        return message


def environment(variables: Variables) -> Environment:
    """The environment with these variables. Raises ValueError for a name that conditions cannot hold."""
    return _environment(tuple((name, tuple(fields.items())) for name, fields in variables.items()))


@lru_cache(maxsize=4096)
def compile(text: str, within: Environment) -> Expression:
    """The condition, checked against what it may speak of; raises ExpressionError at the first thing that is wrong."""
    if not text.strip():
        raise ExpressionError("The condition is empty. Write one, or leave it out.", text)
    if len(text) > LONGEST:
        raise ExpressionError(f"The condition is longer than {LONGEST} characters. Split it.", text)
    try:
        program = within._checker.compile(text)
    except (RuntimeError, UnicodeError) as refusal:
        raise _located(str(refusal), text, within) from None
    kind = program.return_type()
    if kind != cel.Type.BOOL:
        raise ExpressionError(f"A condition must come out as true or false; this comes out as {type_in_words(kind.name().lower())}.", text)
    return Expression(text, names_read(text, within.speaks_of()), within, program)


def _located(refusal: str, text: str, within: Environment) -> ExpressionError:
    match = re.search(r"ERROR: <input>:(-?\d+):(-?\d+): (.*)", refusal)
    if not match:
        return ExpressionError(said_for_people(_first_line(refusal), within.speaks_of()), text)
    line, column = max(int(match[1]), 1), max(int(match[2]), 1)
    return ExpressionError(said_for_people(match[3], within.speaks_of()), text, line, column)


def _first_line(refusal: object) -> str:
    return re.sub(r"\A[A-Z_]+: |\s*\[[A-Z_]+\]\Z", "", str(refusal).split("\n", 1)[0])


@lru_cache(maxsize=128)
def _environment(declared: tuple[tuple[str, tuple[tuple[str, Kind], ...]], ...]) -> Environment:
    variables = {name: dict(fields) for name, fields in declared}
    for name in (*variables, *(key for fields in variables.values() for key in fields)):
        if not is_name(name):
            raise ValueError(f"`{name}` cannot be used in conditions. Begin with a small letter; go on with small letters, digits or _.")
    return Environment(variables, *checker_for(variables))
