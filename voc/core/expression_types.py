"""How conditions are carried into CEL: our kinds as protobuf messages, and the operators that work on them."""

import operator
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from cel_expr_python import cel
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, timestamp_pb2, wrappers_pb2

from voc.core.expression_values import Unusable, as_attributes, as_moment, as_number, as_text, as_texts, as_yes_no

Variables = Mapping[str, Mapping[str, "Kind"]]


class Kind(StrEnum):
    """What a field of a variable holds."""

    NUMBER = "number"
    TEXT = "text"
    YES_NO = "yes_no"
    TEXTS = "texts"
    MOMENT = "moment"
    ATTRIBUTES = "attributes"


def checker_for(variables: Variables) -> tuple[Any, dict[str, Any]]:
    """The CEL environment in which conditions over these variables are compiled, and the message class that carries each variable."""
    pool = _pool(variables)
    messages = {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"voc.{name}")) for name in variables}
    checker = cel.NewEnv(
        pool,
        config=cel.NewEnvConfigFromYaml(_LEFT_OUT),
        variables={**{name: cel.Type(f"voc.{name}") for name in variables}, "now": cel.Type.TIMESTAMP},
        functions=_declarations(),
        extensions=[cel.CelExtension("voc", _additions())],
    )
    return checker, messages


def put(message: Any, key: str, kind: Kind, value: object) -> None:
    """Set a field of a variable's message; raises Unusable where the value is of another kind."""
    try:
        _PUT[kind](message, key, value)
    except Unusable as unusable:
        raise Unusable(f"{message.DESCRIPTOR.name}.{key} {unusable}") from None


# How our kinds are carried: wrapper messages are null where nothing was given, so that `has()` and comparisons can tell.
# A bare Timestamp would read as 1970 instead, hence a message of our own around it.
_CARRIED = {
    Kind.NUMBER: ".google.protobuf.DoubleValue",
    Kind.TEXT: ".google.protobuf.StringValue",
    Kind.YES_NO: ".google.protobuf.BoolValue",
    Kind.MOMENT: ".voc.Moment",
}
_Field = descriptor_pb2.FieldDescriptorProto


def _pool(variables: Variables) -> descriptor_pool.DescriptorPool:
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
