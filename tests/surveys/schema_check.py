"""The part of JSON Schema that ours is written in, for tests."""

import re
from collections.abc import Iterator
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}


def refusals(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "") -> Iterator[str]:
    """Why a value is not what a schema says; nothing where it is."""
    if "$ref" in schema:
        schema = root["definitions"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema and all(list(refusals(value, one, root, path)) for one in schema["anyOf"]):
        yield f"{path}: fits none"
    if "const" in schema and value != schema["const"]:
        yield f"{path}: not {schema['const']}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: not one of {schema['enum']}"
    if "type" in schema and (not isinstance(value, TYPES[schema["type"]]) or (isinstance(value, bool) and schema["type"] != "boolean")):
        yield f"{path}: no {schema['type']}"
        return
    if isinstance(value, str):
        yield from _text(value, schema, path)
    elif isinstance(value, dict):
        yield from _group(value, schema, root, path)
    elif isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{path}: too few"
        for at, item in enumerate(value):
            yield from refusals(item, schema.get("items", {}), root, f"{path}[{at}]")
    elif isinstance(value, int | float) and not schema.get("minimum", value) <= value <= schema.get("maximum", value):
        yield f"{path}: out of bounds"


def _text(value: str, schema: dict[str, Any], path: str) -> Iterator[str]:
    if not schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value)):
        yield f"{path}: too long or too short"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path}: not like {schema['pattern']}"


def _group(value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    yield from (f"{path}.{name}: missing" for name in schema.get("required", []) if name not in value)
    own = schema.get("properties", {})
    other = schema.get("additionalProperties", {})
    for name, item in value.items():
        if name in own:
            yield from refusals(item, own[name], root, f"{path}.{name}")
        elif other is False:
            yield f"{path}.{name}: unknown"
        elif isinstance(other, dict):
            yield from _text(name, schema.get("propertyNames", {}), f"{path}.{name}")
            yield from refusals(item, other, root, f"{path}.{name}")
