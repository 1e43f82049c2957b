"""The rules of a policy as a document: read with every fault at its place, written back whole. PURE."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, asdict, fields
from typing import Any

from voc.core.errors import Fault, Invalid
from voc.outreach.policies.rules import MINUTES_A_DAY, Rules
from voc.outreach.policies.rules_reading import (
    Place,
    channels,
    clocks,
    condition,
    key,
    keys,
    languages,
    outcomes,
    reminders,
    variants,
    window,
)

Read = Callable[[Place, object], Any]
_OWN: Mapping[str, Read] = {
    "touchpoints": keys,
    "survey": key,
    "when": condition,
    "variants": variants,
    "channels": channels,
    "language": languages,
    "reminders": reminders,
    "window": window,
    "clocks": clocks,
    "exclude_outcomes": outcomes,
}

_NEEDED = {"touchpoints": "the keys of the touchpoints it is about", "survey": "the key of the survey it asks"}


def parse(document: Mapping[str, object], at: str = "rules") -> Rules:
    """The rules that a document writes down; Invalid with every fault. Absent fields have their defaults.

    A single `touchpoint` is read as `touchpoints`, in which form it is written back.
    """
    place = Place(at)
    known = {one.name: one for one in fields(Rules)}
    given = place.fields(_with_touchpoints(document), known)
    read = {name: _read(place.at(name), known[name], value) for name, value in given.items()}
    for name, one in known.items():
        if one.default is MISSING and name not in given:
            place.at(name).fault("MISSING", f"A policy needs `{name}`: {_NEEDED[name]}.")
    if not place.faults:
        rules = Rules(**read)
        place.faults.extend(_contradictions(rules, place))
    if place.faults:
        raise Invalid(place.faults)
    return rules


def dump(rules: Rules) -> dict[str, Any]:
    """The rules as a document with every field written out, so that new defaults never change an old policy."""
    return {name: _plain(value) for name, value in asdict(rules).items()}


def _with_touchpoints(document: Mapping[str, object]) -> Mapping[str, object]:
    if not isinstance(document, Mapping) or "touchpoint" not in document or "touchpoints" in document:
        return document
    return {"touchpoints" if name == "touchpoint" else name: value for name, value in document.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, str) else value


def _read(place: Place, known: Field[Any], value: object) -> Any:
    own = _OWN.get(known.name)
    if own:
        return own(place, value)
    meta = known.metadata
    return place.choice(value, meta["of"]) if "of" in meta else place.whole(value, meta.get("least", 0), meta["most"])


def _contradictions(rules: Rules, place: Place) -> Iterator[Fault]:
    within = rules.ask_within_days * MINUTES_A_DAY
    for name in ("delay_minutes", "settle_minutes"):
        if getattr(rules, name) >= within:
            message = f"`{name}` must end before `ask_within_days` do ({within} minutes), or nobody is ever asked."
            yield Fault(place.at(name).path, "TOO_LONG", message)
    if rules.reminders and sum(one.days for one in rules.reminders) >= rules.expire_days:
        message = f"The last reminder must leave a day before the link ends, {rules.expire_days} days after the ask (`expire_days`)."
        yield Fault(place.at("reminders").path, "TOO_LONG", message)
    if rules.answers_a_month and rules.sample_percent != 100:
        message = "Say either `sample_percent` or `answers_a_month`: the second works out the share by itself."
        yield Fault(place.at("sample_percent").path, "TWO_SAMPLES", message)
    if rules.variants and rules.survey not in rules.surveys:
        message = f"`survey` is the one that figures are compared with: make it one of {', '.join(rules.surveys)}."
        yield Fault(place.at("survey").path, "NO_VARIANT", message)
