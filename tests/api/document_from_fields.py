"""The document of a questionnaire, written down again by a frontend that knows its typed fields alone."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from voc.surveys.questionnaire import NamedScore, Origin, Questionnaire
from voc.surveys.questions import KINDS, Hidden, Question
from voc.surveys.texts import Texts

Fields = Mapping[str, Any]

# Where the API's name is another than the document's, for all parts and for one.
NAMES = {
    "id": "key",
    "minutes": "declaredMinutes",
    "long": "isLong",
    "own_words": "hasOwnWords",
    "offer_call_back": "isCallBackOffered",
    "order": "isInRandomOrder",
    **{name: f"is{name.capitalize()}" for name in ("required", "wanted", "sensitive", "exclusive", "fixed", "optional", "bipolar")},
}
OF_ONE = {(Hidden, "key"): "sourceKey", (Origin, "id"): "sourceId", (NamedScore, "reckon"): "isMean"}


def document_of(found: Fields) -> dict[str, Any]:
    """The document with every field that says something, also what goes without saying."""
    said: dict[str, dict[str, str]] = {}
    for one in found["texts"]:
        said.setdefault(one["path"], {})[one["language"]] = one["text"]
    return _part(Questionnaire, found, "", said)


def _part(of: Any, found: Fields, path: str, said: Mapping[str, dict[str, str]]) -> dict[str, Any]:
    hints = get_type_hints(of)
    written = {one.name: _value(of, one.name, hints[one.name], found, f"{path}.{one.name}".lstrip("."), said) for one in fields(of)}
    return {name: value for name, value in written.items() if value is not None}


def _value(of: type[Any], name: str, hint: Any, found: Fields, path: str, said: Mapping[str, dict[str, str]]) -> Any:
    kinds: list[Any] = [kind for kind in get_args(hint) or [hint] if kind not in (NoneType, ...)]
    if hint is Texts:
        return said.get(path, {})
    if get_origin(hint) is Mapping and Texts in kinds:
        return {place.removeprefix(f"{path}."): texts for place, texts in said.items() if place.startswith(f"{path}.")}
    told: Any = found.get(OF_ONE.get((of, name)) or NAMES.get(name) or _camel(name))
    if get_origin(hint) is tuple and kinds[0] is Texts:
        return [said.get(f"{path}[{at}]", {}) for at in range(len(told))]
    if get_origin(hint) is tuple and is_dataclass(kinds[0]):
        if name == "choices" and f"{path.removesuffix('choices')}other" in said:
            told = told[:-1]  # the answer "something else" is shown among them and written beside them
        return [
            _question(one, f"{path}[{at}]", said) if kinds[0] is Question else _part(kinds[0], one, f"{path}[{at}]", said)
            for at, one in enumerate(told)
        ]
    if is_dataclass(kinds[0]):
        return None if NoneType in get_args(hint) and told is None else _part(kinds[0], told or {}, path, said)
    return _scalar(name, kinds[0], told)


def _question(found: Fields, path: str, said: Mapping[str, dict[str, str]]) -> dict[str, Any]:
    kind = found["kind"].lower()
    return {"kind": kind, **_part(KINDS[kind], {**found, **found["limits"], **(found["cutOffs"] or {})}, path, said)}


def _scalar(name: str, kind: type, told: Any) -> Any:
    if isinstance(told, bool) and name == "order":
        return "random" if told else "as_written"
    if isinstance(told, bool) and name == "reckon":
        return "mean" if told else "sum"
    if isinstance(told, str) and issubclass(kind, Enum):
        return told.lower()
    return int(told) if kind is int and told is not None else told


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(other.capitalize() for other in others)
