"""What is typed: lines, paragraphs, numbers, days. PURE."""

import re
from datetime import date
from typing import Any

from voc.surveys.formats.surveyjs.scales import slider
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.values import Raw, first_of, flag_in, maps_in, number_in, text_in, whole_in
from voc.surveys.questions import Date, DateTime, Format, Messages, Number, Question, Text, Time

_FORMATS = {"email": Format.EMAIL, "tel": Format.PHONE, "url": Format.URL}
_DATES = {"date": Date, "datetime-local": DateTime, "datetime": DateTime}
_ANCHORED = re.compile(r"\^(.*)\$", re.DOTALL)
_UNSUPPORTED = re.compile(r"\(\?[=!<]|\\[1-9]|\\k|\(\?>|[*+?}]\+")


def typed(raw: Raw, shared: dict[str, Any], setting: Setting) -> Question:
    """A line of text, or what its `inputType` makes of it."""
    kind = text_in(raw.get("inputType")).lower()
    rules = {text_in(rule.get("type")).removesuffix("validator"): rule for rule in maps_in(raw.get("validators"))}
    _other_rules(raw, shared["source_id"], setting)
    numeric = rules.get("numeric", {})
    if kind == "range":
        return slider(raw, shared, setting)
    if kind == "number" or first_of(numeric, "minValue", "maxValue") is not None:
        return _number(raw, numeric, shared)
    if kind in _DATES:
        days: dict[str, Any] = {name: day for name, key in (("earliest", "min"), ("latest", "max")) if (day := _day(raw.get(key)))}
        return _DATES[kind](**days, **shared)
    if kind == "time":
        return Time(**shared)
    if kind in ("month", "week", "color", "password"):
        why = "There is no such field here; it is typed as text."
        setting.notes.simplified(shared["source_id"], "INPUT_TYPE_CHANGED", kind, why)
    kind = "email" if "email" in rules else kind
    found = Format.NUMBER if "numeric" in rules else _FORMATS.get(kind, Format.WORDS)
    return _words(raw, rules, {**shared, "long": False, "format": found}, setting)


def long_text(raw: Raw, shared: dict[str, Any], setting: Setting) -> Question:
    """A paragraph."""
    rules = {text_in(rule.get("type")).removesuffix("validator"): rule for rule in maps_in(raw.get("validators"))}
    _other_rules(raw, shared["source_id"], setting)
    return _words(raw, rules, shared, setting)


def _words(raw: Raw, rules: dict[str, Raw], shared: dict[str, Any], setting: Setting) -> Text:
    rule = rules.get("text", {})
    shortest = whole_in(rule.get("minLength"), 1, 10_000) or 0
    longest = whole_in(first_of(raw, "maxLength"), 1, 100_000) or whole_in(rule.get("maxLength"), 1, 100_000) or 2000
    pattern, said = _pattern(rules.get("regex", {}), shared["source_id"], setting)
    return Text(shortest=min(shortest, longest), longest=longest, pattern=pattern, **{**shared, **said})


def _pattern(rule: Raw, source_id: str, setting: Setting) -> tuple[str, dict[str, Any]]:
    written = text_in(first_of(rule, "regex", "pattern"))
    if not written:
        return "", {}
    anchored = _ANCHORED.fullmatch(written)
    pattern = anchored[1] if anchored else f"(?s:.*)(?:{written})(?s:.*)"
    try:
        re.compile(pattern)
        fits = not _UNSUPPORTED.search(pattern) and len(pattern) <= 2000
    except (re.error, RecursionError, OverflowError):
        fits = False
    if not fits:
        setting.notes.dropped(source_id, "PATTERN_DROPPED", written, "This regular expression cannot be used here. Write a simpler one.")
        return "", {}
    said = setting.spoken.texts(rule.get("text"), source_id, 300)
    return pattern, {"messages": Messages(wrong=said)} if said else {}


def _number(raw: Raw, rule: Raw, shared: dict[str, Any]) -> Number:
    lowest, highest = number_in(first_of(raw, "min")), number_in(first_of(raw, "max"))
    lowest = number_in(rule.get("minValue")) if lowest is None else lowest
    highest = number_in(rule.get("maxValue")) if highest is None else highest
    if lowest is not None and highest is not None and lowest > highest:
        lowest = highest = None
    step = number_in(raw.get("step"))
    written = f"{step:f}".rstrip("0").partition(".")[2] if step and step > 0 else ""
    anything = text_in(raw.get("step")) == "any" or (not step and not rule.get("onlyInteger"))
    return Number(lowest=lowest, highest=highest, decimals=min(len(written), 6) or (2 if anything else 0), **shared)


def _other_rules(raw: Raw, source_id: str, setting: Setting) -> None:
    for rule in maps_in(raw.get("validators")):
        if text_in(rule.get("type")).removesuffix("validator") not in ("text", "numeric", "regex", "email", "answercount"):
            what = text_in(first_of(rule, "expression", "type"))
            setting.notes.dropped(
                source_id, "VALIDATION_DROPPED", what, "Answers are not held to this rule. Check them when you read them."
            )
    if flag_in(raw.get("isUnique")):
        setting.notes.dropped(source_id, "VALIDATION_DROPPED", "isUnique", "Answers are not held to this rule.")


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(text_in(value)[:10])
    except ValueError:
        return None
