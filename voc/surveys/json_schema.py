"""The JSON Schema of the questionnaire document, made from its dataclasses, so that editors complete and check the YAML. PURE."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from voc.surveys.described import LANGUAGE, Said
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import KINDS, Question
from voc.surveys.texts import Texts
from voc.surveys.words import WORDS

FILE_NAME = "questionnaire.schema.json"
_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number"}


def json_schema() -> dict[str, Any]:
    """The schema as a plain object (draft 7, which editors know best)."""
    definitions: dict[str, Any] = {}
    document = _group(Questionnaire, definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Questionnaire",
        "description": _first_line(Questionnaire),
        **{key: value for key, value in document.items() if key != "description"},
        "definitions": dict(sorted(definitions.items())),
    }


def questionnaire_schema_text() -> str:
    """The schema as it stands in the file."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def _group(kind: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties: dict[str, Any] = {}
    if issubclass(kind, Question):
        properties["kind"] = {"const": kind.kind, "description": _first_line(kind)}
    for one in fields(kind):
        said: Said = one.metadata["said"]
        properties[one.name] = {"description": said.sentence, **_described(hints[one.name], said, definitions), **_default(one)}
    required = [one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING]
    if issubclass(kind, Question):
        required.insert(0, "kind")
    return {
        "type": "object",
        "description": _first_line(kind),
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _described(hint: Any, said: Said, definitions: dict[str, Any]) -> dict[str, Any]:
    if get_origin(hint) is UnionType:
        hint = next(one for one in get_args(hint) if one is not NoneType)
    if get_origin(hint) is tuple:
        return {"type": "array", "minItems": said.fewest, "items": _described(get_args(hint)[0], said, definitions)}
    if hint is Texts:
        return _texts(said)
    if hint is Question:
        return {"anyOf": [_reference(kind, definitions) for kind in KINDS.values()]}
    if hint is date:
        return {"type": "string", "format": "date"}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [member.value for member in hint]}
    if hint in _PLAIN:
        return {"type": _PLAIN[hint], **_limits(hint, said)}
    if get_origin(hint) is not None and issubclass(get_origin(hint), Mapping):
        return _named(get_args(hint)[1], said)
    return _reference(hint, definitions)


def _named(hint: Any, said: Said) -> dict[str, Any]:
    if hint is Texts:
        return {"type": "object", "properties": {name: _texts(said) for name in sorted(WORDS)}, "additionalProperties": False}
    if hint is float:
        return {"type": "object", "additionalProperties": {"type": "number", **_limits(float, said)}}
    text = {"type": "string", "minLength": 1, "maxLength": said.longest}
    several = {"type": "array", "items": text}
    return {"type": "object", "additionalProperties": {"anyOf": [text, {"type": "number"}, {"type": "boolean"}, several]}}


def _texts(said: Said) -> dict[str, Any]:
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{LANGUAGE}$"},
        "additionalProperties": {"type": "string", "minLength": 1, "maxLength": said.longest},
        "minProperties": 1,
    }


def _limits(hint: Any, said: Said) -> dict[str, Any]:
    if hint is str:
        return {"pattern": f"^{said.pattern}$"} if said.pattern else {"maxLength": said.longest}
    bounds = {"minimum": said.lowest, "maximum": said.highest}
    return {name: int(bound) if bound == int(bound) else bound for name, bound in bounds.items() if bound is not None}


def _default(one: Field[Any]) -> dict[str, Any]:
    if one.default is MISSING or one.default is None or isinstance(one.default, Texts) or one.default == "":
        return {}
    return {"default": one.default.value if isinstance(one.default, StrEnum) else one.default}


def _reference(kind: type[Any], definitions: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        definitions[kind.__name__] = _group(kind, definitions)
    return {"$ref": f"#/definitions/{kind.__name__}"}


def _first_line(kind: type[Any]) -> str:
    return (kind.__doc__ or "").strip().split("\n", 1)[0]
