"""Any question of any kind, made from the fields that its class declares."""

from dataclasses import MISSING, Field, fields
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from voc.core.expression_words import is_name
from voc.surveys.described import ADDRESS, CLOCK, CODE, ID, Said
from voc.surveys.questions import KINDS
from voc.surveys.texts import Texts

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True).filter(is_name)
CODES = st.from_regex(r"[A-Za-z0-9é][A-Za-z0-9_. \-]{0,6}[A-Za-z0-9]", fullmatch=True).filter(lambda code: code != "other")
WORDS = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="{}"), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
TRICKY = st.sampled_from(
    ["no", "1e3", "12:30", "~", "- a", "a: b", "# x", "'", '"', "<b>", "007", "2026-01-01", "yes\nand no", "*", "{x}", "!"]
)
# Pairs that belong together, and what only holds with something else beside it.
TOGETHER = ("lowest", "highest", "earliest", "latest", "shortest", "longest", "at_least", "at_most", "top_boxes", "bottom_boxes", "step")
PATTERNS = {CODE: CODES, ID: NAMES, ADDRESS: st.just("https://example.com/x?a=1"), CLOCK: st.just("09:30")}


def texts(languages: list[str]) -> SearchStrategy[dict[str, str]]:
    """A text in the first language, and perhaps in others."""
    text = WORDS | TRICKY
    return st.fixed_dictionaries({languages[0]: text}, optional=dict.fromkeys(languages[1:], text))


@st.composite
def any_question(draw: st.DrawFn, name: str, languages: list[str]) -> dict[str, Any]:
    """A question of any kind with any of its fields, as a plain object."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    document = draw(_group(KINDS[kind], languages)) | {"id": name, "kind": kind}
    document |= draw(st.sampled_from(_PAIRS.get(kind, [{}])))
    if document.get("labels") and kind == "rating":
        document["labels"] = [{"value": -2, "text": {languages[0]: "bad"}}]
    if kind == "side_by_side":
        for group in document["groups"]:
            group["columns"] = group.get("columns") or [{"code": "1"}, {"code": "2"}]
    return document


_PAIRS: dict[str, list[dict[str, Any]]] = {
    "csat": [{}, {"lowest": 0, "highest": 10, "top_boxes": 3}],
    "rating": [{"labels": []}, {"lowest": -2, "highest": 2, "labels": [{"value": -2, "text": {"en": "x"}}]}],
    "number": [{}, {"lowest": -1.5, "highest": 3}, {"decimals": 2, "highest": 100}],
    "slider": [{}, {"lowest": -1, "highest": 1, "step": 0.5}, {"highest": 10, "step": 2}],
    "date": [{}, {"earliest": "2025-01-01"}, {"earliest": "2025-01-01", "latest": date(2028, 1, 1).isoformat()}],
    "time": [{}, {"earliest": "09:00", "latest": "17:00"}],
    "text": [{}, {"shortest": 1, "longest": 20}, {"pattern": r"[a-z]+|\d{2}"}],
    "multiple_choice": [{}, {"at_least": 1, "at_most": 2}, {"at_most": 1}],
    "ranking": [{}, {"at_least": 1}, {"at_most": 1}],
}


@st.composite
def _group(draw: st.DrawFn, kind: type[Any], languages: list[str]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    found: dict[str, Any] = {}
    for one in fields(kind):
        must = one.default is MISSING and one.default_factory is MISSING
        if one.name == "show_if" or (one.name in TOGETHER and not must) or one.name in ("pattern", "labels", "value"):
            continue
        if must or draw(st.integers(0, 3)) == 0:
            found[one.name] = draw(_value(one, hints[one.name], languages))
    if kind.__name__ == "Point":
        found["value"] = 1
    return found


def _value(one: Field[Any], hint: Any, languages: list[str]) -> SearchStrategy[Any]:
    said: Said = one.metadata["said"]
    if get_origin(hint) is UnionType:
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if hint is Texts:
        return texts(languages)
    if get_origin(hint) is tuple:
        return _several(one, get_args(hint)[0], languages)
    if hint is bool:
        return st.booleans()
    if hint is str:
        return PATTERNS.get(said.pattern, WORDS.map(lambda text: text[:20]))
    if hint in (int, float):
        return st.integers(int(max(said.lowest or 0, 0)), int(min(said.highest or 9, 9)))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from([member.value for member in hint])
    return _group(hint, languages)


def _several(one: Field[Any], hint: Any, languages: list[str]) -> SearchStrategy[list[Any]]:
    least = max(one.metadata["said"].fewest, 2 if one.name == "choices" else 0)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.lists(st.sampled_from([member.value for member in hint]), min_size=max(least, 1), max_size=3)
    key = {"code": lambda item: item["code"].lower(), "id": lambda item: item["id"]}
    unique = next((of for name, of in key.items() if any(part.name == name for part in fields(hint))), lambda item: str(item))
    return st.lists(_group(hint, languages), min_size=least, max_size=3, unique_by=unique)
