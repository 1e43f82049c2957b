"""Conditions that people write (`show_if`, `when`), in CEL: checked when written, harmless when run.

A misspelt name or a comparison of unlike things is refused, with its position, when the condition is compiled. Running one never
raises. A condition about something that is not there is not met, as in SQL: `scores.nps <= 6` is false where there is no score, and
so is `!(scores.nps <= 6)`. What else goes wrong (a division by zero, too many steps) is a `Fault`, never taken for true.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from cel_expr_python import cel
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, timestamp_pb2, wrappers_pb2

from voc.core.expression_values import Unusable, as_attributes, as_moment, as_number, as_text, as_texts, as_yes_no
from voc.core.expression_words import is_name, names_read, said_for_people, type_in_words

LONGEST = 4000


class Kind(StrEnum):
    """What a field of a variable holds."""

    NUMBER = "number"
    TEXT = "text"
    YES_NO = "yes_no"
    TEXTS = "texts"
    MOMENT = "moment"
    ATTRIBUTES = "attributes"


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

    variables: Mapping[str, Mapping[str, Kind]]
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
        for key, kind in self._environment.variables[name].items():
            value = values.get(key)
            if value is not None and ((name, key) in self.reads or (name, "") in self.reads):
                try:
                    _PUT[kind](message, key, value)
                except Unusable as unusable:
                    raise Unusable(f"{name}.{key} {unusable}") from None
        return message


def environment(variables: Mapping[str, Mapping[str, Kind]]) -> Environment:
    """The environment with these variables. Raises ValueError for a name that conditions cannot hold."""
    return _environment(tuple((name, tuple(fields.items())) for name, fields in variables.items()))


@lru_cache(maxsize=1024)
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
    pool = _pool(variables)
    messages = {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"voc.{name}")) for name in variables}
    checker = cel.NewEnv(
        pool,
        config=cel.NewEnvConfigFromYaml(_LEFT_OUT),
        variables={**{name: cel.Type(f"voc.{name}") for name in variables}, "now": cel.Type.TIMESTAMP},
        functions=_declarations(),
        extensions=[cel.CelExtension("voc", _additions())],
    )
    return Environment(variables, checker, messages)


# How our kinds are carried: wrapper messages are null where nothing was given, so that `has()` and comparisons can tell.
# A bare Timestamp would read as 1970 instead, hence a message of our own around it.
_CARRIED = {
    Kind.NUMBER: ".google.protobuf.DoubleValue",
    Kind.TEXT: ".google.protobuf.StringValue",
    Kind.YES_NO: ".google.protobuf.BoolValue",
    Kind.MOMENT: ".voc.Moment",
}
_Field = descriptor_pb2.FieldDescriptorProto


def _pool(variables: Mapping[str, Mapping[str, Kind]]) -> descriptor_pool.DescriptorPool:
    pool = descriptor_pool.DescriptorPool()
    imports = (wrappers_pb2, timestamp_pb2)
    for module in imports:
        pool.AddSerializedFile(module.DESCRIPTOR.serialized_pb)
    file = descriptor_pb2.FileDescriptorProto(
        name="voc.proto", package="voc", syntax="proto3", dependency=[module.DESCRIPTOR.name for module in imports]
    )
    moment = file.message_type.add(name="Moment")
    moment.field.add(name="at", number=1, label=_Field.LABEL_OPTIONAL, type=_Field.TYPE_MESSAGE, type_name=".google.protobuf.Timestamp")
    for name, fields in variables.items():
        message = file.message_type.add(name=name)
        # Protobuf would refuse `day_1` beside `day1`, whose JSON names are alike; we never use those.
        message.options.deprecated_legacy_json_field_conflicts = True
        for number, (key, kind) in enumerate(fields.items(), 1):
            _declare(message, key, number, kind)
    pool.AddSerializedFile(file.SerializeToString())
    return pool


def _declare(message: descriptor_pb2.DescriptorProto, key: str, number: int, kind: Kind) -> None:
    added = message.field.add(name=key, number=number, label=_Field.LABEL_OPTIONAL)
    if kind in _CARRIED:
        added.type, added.type_name = _Field.TYPE_MESSAGE, _CARRIED[kind]
    elif kind is Kind.TEXTS:
        added.type, added.label = _Field.TYPE_STRING, _Field.LABEL_REPEATED
    else:
        entry = message.nested_type.add(name="".join(part.capitalize() for part in key.split("_")) + "Entry")
        entry.options.map_entry = True
        entry.field.add(name="key", number=1, type=_Field.TYPE_STRING, label=_Field.LABEL_OPTIONAL)
        entry.field.add(name="value", number=2, type=_Field.TYPE_STRING, label=_Field.LABEL_OPTIONAL)
        added.type, added.label = _Field.TYPE_MESSAGE, _Field.LABEL_REPEATED
        added.type_name = f".voc.{message.name}.{entry.name}"


def _set(read: Callable[[object], Any]) -> Callable[[Any, str, object], None]:
    def put(message: Any, key: str, value: object) -> None:
        getattr(message, key).value = read(value)

    return put


_PUT: dict[Kind, Callable[[Any, str, object], None]] = {
    Kind.NUMBER: _set(as_number),
    Kind.TEXT: _set(as_text),
    Kind.YES_NO: _set(as_yes_no),
    Kind.TEXTS: lambda message, key, value: getattr(message, key).extend(as_texts(value)),
    Kind.MOMENT: lambda message, key, value: getattr(message, key).at.FromDatetime(as_moment(value)),
    Kind.ATTRIBUTES: lambda message, key, value: getattr(message, key).update(as_attributes(value)),
}

# Stock CEL refuses `answers.nps <= 6`, a double beside an int, although it could run it. So the comparisons are declared anew, mixed
# ones included. `dyn` is left out because it would switch the checks off.
_COMPARE = {"_<_": operator.lt, "_<=_": operator.le, "_>_": operator.gt, "_>=_": operator.ge}
_RECKON = {"_+_": operator.add, "_-_": operator.sub, "_*_": operator.mul, "_/_": operator.truediv}
_LEFT_OUT = "stdlib:\n  exclude_functions:\n" + "".join(f'  - name: "{name}"\n' for name in (*_COMPARE, "@in", "dyn"))
_MIXED = ((cel.Type.INT, cel.Type.DOUBLE), (cel.Type.DOUBLE, cel.Type.INT))


def _declarations() -> list[Any]:
    moment, stamp = cel.Type("voc.Moment"), cel.Type.TIMESTAMP
    alike = [(kind, kind) for kind in (cel.Type.INT, cel.Type.DOUBLE, cel.Type.STRING, stamp, cel.Type.DURATION)]
    inside = [(one, cel.Type.List(many)) for one, many in (*alike[:3], *_MIXED)]
    inside.append((cel.Type.STRING, cel.Type.Map(cel.Type.STRING, cel.Type.STRING)))
    compare = [
        cel.FunctionDecl(
            name,
            [
                *_overloads(name, cel.Type.BOOL, (*alike, *_MIXED)),
                *_overloads(f"{name}moment", cel.Type.BOOL, ((moment, moment), (moment, stamp), (stamp, moment)), _timed(compare)),
            ],
        )
        for name, compare in _COMPARE.items()
    ]
    return [*compare, cel.FunctionDecl("@in", _overloads("in", cel.Type.BOOL, inside))]


def _additions() -> list[Any]:
    moment, stamp, length = cel.Type("voc.Moment"), cel.Type.TIMESTAMP, cel.Type.DURATION
    reckon = {name: _overloads(f"{name}mixed", cel.Type.DOUBLE, _MIXED, reckon) for name, reckon in _RECKON.items()}
    apart, shifted = ((moment, moment), (moment, stamp), (stamp, moment)), ((moment, length),)
    reckon["_-_"] += _overloads("apart", length, apart, _timed(operator.sub)) + _overloads("before", stamp, shifted, _timed(operator.sub))
    reckon["_+_"] += _overloads("after", stamp, shifted, _timed(operator.add))
    equal = {name: _overloads(f"{name}mixed", cel.Type.BOOL, _MIXED) for name in ("_==_", "_!=_")}
    lengths = {
        unit: _overloads(unit, length, ((cel.Type.INT,), (cel.Type.DOUBLE,)), lambda number, unit=unit: timedelta(**{unit: number}))
        for unit in ("days", "hours")
    }
    return [cel.FunctionDecl(name, overloads) for name, overloads in {**reckon, **equal, **lengths}.items()]


def _overloads(name: str, returns: Any, parameters: Any, run: Callable[..., Any] | None = None) -> list[Any]:
    more = {} if run is None else {"impl": run}
    return [cel.Overload(f"{name}{index}", returns, list(types), **more) for index, types in enumerate(parameters)]


def _timed(run: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def between(left: Any, right: Any) -> Any:
        return run(_moment_of(left), _moment_of(right))

    return between


def _moment_of(value: Any) -> Any:
    if isinstance(value, datetime | timedelta):
        return value
    if not value.HasField("at"):
        raise ValueError("voc:absent")
    return value.at.ToDatetime(UTC)
