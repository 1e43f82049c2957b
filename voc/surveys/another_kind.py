"""Another kind of question made of one: what the new kind can hold stays, what it cannot is named. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from voc.surveys.described import Said
from voc.surveys.questions import KINDS, Choice, Nps, Question, Rating, Row, Scale, ShortField, Slider
from voc.surveys.texts import Texts

# Where the items of another kind find a place, by what the new kind has.
_FROM = {
    "choices": ("rows", "labels", "columns", "fields"),
    "rows": ("choices", "fields"),
    "fields": ("rows", "choices"),
    "columns": ("choices", "labels"),
}
_BOTH = frozenset({"id", "kind"})
_FURTHEST = 1e15


@dataclass(frozen=True, slots=True)
class Remade:
    """A question as another kind, and the names of the fields that found no place in it."""

    question: dict[str, Any]
    lost: tuple[str, ...]


def as_kind(question: Mapping[str, Any], kind: str) -> Remade:
    """The question as a known kind. Texts, help, conditions and whatever both kinds have stay as they are; choices become rows and back,
    words for points become choices; the ends of a scale go along where they fit. What is lost is named; the question given is not changed.
    """
    wanted = KINDS[kind]
    hints = get_type_hints(wanted)
    told: dict[str, Said] = {one.name: one.metadata["said"] for one in fields(wanted)}
    kept = {name: value for name, value in question.items() if name in told and _fits(value, hints[name], told[name])}
    found: dict[str, Any] = {**kept, "id": question.get("id", ""), "kind": kind}
    placed = _with_items(question, found, hints)
    _with_ends(question, found, wanted)
    gone = [name for name, value in question.items() if value and name not in {*found, *placed, *_BOTH}]
    parts = [f"{source}.{name}" for source, target in placed.items() for name in _left_out(question[source], found[target])]
    return Remade({name: found[name] for name in ("id", "kind", *told) if name in found}, (*gone, *parts))


def _with_items(question: Mapping[str, Any], found: dict[str, Any], hints: Mapping[str, Any]) -> dict[str, str]:
    """Put lists of the old kind where the new one has such a list under another name; says which went where."""
    placed: dict[str, str] = {}
    for name, sources in _FROM.items():
        item = next(iter(get_args(hints.get(name))), None)
        if name in found or item not in (Choice, Row, ShortField):
            continue
        source = next((one for one in sources if one not in placed and one not in found and _is_list(question.get(one))), None)
        if source:
            own = {one.name for one in fields(item)}
            found[name] = [_item(one, own) for one in question[source] if isinstance(one, Mapping)]
            placed[source] = name
    return placed


def _item(raw: Mapping[str, Any], own: set[str]) -> dict[str, Any]:
    code = raw.get("code", raw.get("value", ""))
    return {"code": str(code), **{name: value for name, value in raw.items() if name in own and name not in ("code", "format", "longest")}}


def _left_out(before: list[Any], after: list[Any]) -> list[str]:
    """What items said that they cannot say any more."""
    said = dict.fromkeys(name for one in before if isinstance(one, Mapping) for name, value in one.items() if value)
    return [name for name in said if name not in ("code", "value") and all(name not in one for one in after)]


def _with_ends(question: Mapping[str, Any], found: dict[str, Any], wanted: type[Question]) -> None:
    """A scale made of another keeps its lowest and highest number where they can be said."""
    old = KINDS.get(str(question.get("kind")))
    if old is None or not issubclass(old, Scale | Slider) or not issubclass(wanted, Rating | Slider):
        return
    standard = {one.name: one.default for one in fields(old)}
    for name, fixed in (("lowest", 0), ("highest", 10)):
        value = fixed if old is Nps else question.get(name, standard.get(name))
        if isinstance(value, int | float) and abs(value) <= _FURTHEST and (wanted is Slider or float(value).is_integer()):
            found[name] = int(value) if float(value).is_integer() else value


def _fits(value: object, hint: Any, told: Said) -> bool:
    """Whether a value can stand in a field of this type and these limits."""
    if get_origin(hint) is tuple:
        return isinstance(value, list) and all(_is_of(one, get_args(hint)[0]) for one in value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return value in [member.value for member in hint]
    if isinstance(value, bool):
        return hint is bool
    if isinstance(value, int | float):
        low, high = told.lowest, told.highest
        is_whole = isinstance(value, int) or float in (get_args(hint) or (hint,))
        return hint not in (str, bool) and is_whole and (low is None or value >= low) and (high is None or value <= high)
    return True


def _is_of(item: object, kind: Any) -> bool:
    if not isinstance(item, Mapping):
        return True
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return False
    return all(isinstance(text, str) for text in item.values()) if kind is Texts else set(item) <= {one.name for one in fields(kind)}


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value)
