"""What a policy says, as a document: read with every fault at its place, written back whole. PURE."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from voc.core.errors import Fault, Invalid
from voc.core.expressions import ExpressionError, compile
from voc.outreach.conditions import HERE

SENDABLE = ("email", "outbox", "other")
MINUTES_A_DAY = 24 * 60


class Otherwise(StrEnum):
    """What to do with a customer whom something speaks against asking now."""

    SKIP = "skip"
    DELAY = "delay"
    ASK = "ask"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """When, whom and how to ask after a touchpoint. Every duration says its unit.

    A contact is looked at `settle_minutes` after its end, so that what arrives late still counts, and is asked about
    `delay_minutes` after its end, or not at all once `ask_within_days` are over. `quiet_days` keep that much distance to every
    other invitation of the customer, before and after; the other two count from an answer or from "not for me".
    `channels` are tried in this order; the link works for `expire_days`. Policies of a higher priority choose first.
    """

    touchpoint: str
    survey: str
    when: str = ""
    channels: tuple[str, ...] = ("email",)
    delay_minutes: int = field(default=0, metadata={"most": 90 * MINUTES_A_DAY})
    settle_minutes: int = field(default=5, metadata={"most": MINUTES_A_DAY})
    ask_within_days: int = field(default=7, metadata={"least": 1, "most": 366})
    expire_days: int = field(default=30, metadata={"least": 1, "most": 366})
    quiet_days: int = field(default=30, metadata={"most": 3660})
    quiet_days_after_answer: int = field(default=0, metadata={"most": 3660})
    quiet_days_after_decline: int = field(default=30, metadata={"most": 3660})
    if_asked_recently: Otherwise = field(default=Otherwise.SKIP, metadata={"of": (Otherwise.SKIP, Otherwise.DELAY)})
    if_held: Otherwise = field(default=Otherwise.DELAY, metadata={"of": tuple(Otherwise)})
    priority: int = field(default=0, metadata={"least": -1000, "most": 1000})


def parse(document: Mapping[str, object], at: str = "rules") -> Rules:
    """The rules that a document writes down; Invalid with every fault. Absent fields have their defaults."""
    reader = _Reader(at)
    values = {key: value for key, value in document.items() if reader.knows(key)}
    read = {name: reader.read(name, values[name]) for name in values}
    for name in ("touchpoint", "survey"):
        if name not in values:
            reader.fault(name, "MISSING", f"A policy needs `{name}`: the key of the {name} it is about.")
    if not reader.faults:
        rules = Rules(**read)
        reader.faults += _contradictions(rules, at)
    if reader.faults:
        raise Invalid(reader.faults)
    return rules


def dump(rules: Rules) -> dict[str, Any]:
    """The rules as a document with every field written out, so that new defaults never change an old policy."""
    return {
        **asdict(rules),
        "channels": list(rules.channels),
        "if_asked_recently": str(rules.if_asked_recently),
        "if_held": str(rules.if_held),
    }


def _contradictions(rules: Rules, at: str) -> Iterator[Fault]:
    within = rules.ask_within_days * MINUTES_A_DAY
    for name in ("delay_minutes", "settle_minutes"):
        if getattr(rules, name) >= within:
            message = f"`{name}` must end before `ask_within_days` do ({within} minutes), or nobody is ever asked."
            yield Fault(f"{at}.{_camel(name)}", "TOO_LONG", message)


class _Reader:
    def __init__(self, at: str) -> None:
        self.at = at
        self.faults: list[Fault] = []
        self.known = {known.name: known for known in fields(Rules)}

    def fault(self, name: str, code: str, message: str) -> None:
        self.faults.append(Fault(f"{self.at}.{_camel(name)}", code, message))

    def knows(self, key: str) -> bool:
        if key in self.known:
            return True
        near = get_close_matches(str(key), self.known, n=1)
        way_out = f"Did you mean `{near[0]}`?" if near else f"It has {', '.join(f'`{name}`' for name in self.known)}."
        self.fault(str(key), "UNKNOWN_FIELD", f"A policy has no `{key}`. {way_out}")
        return False

    def read(self, name: str, value: object) -> Any:
        meta = self.known[name].metadata
        if name in ("touchpoint", "survey"):
            return self._key(name, value)
        if name == "when":
            return self._condition(value)
        if name == "channels":
            return self._channels(value)
        return self._choice(name, value, meta["of"]) if "of" in meta else self._whole(name, value, meta.get("least", 0), meta["most"])

    def _key(self, name: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip() or len(value) > 64:
            self.fault(name, "NOT_A_KEY", f"`{name}` is the key of a {name}: text of at most 64 characters.")
            return ""
        return value.strip()

    def _condition(self, value: object) -> str:
        if not isinstance(value, str):
            self.fault(
                "when", "NOT_A_CONDITION", "`when` is a condition in CEL, such as `contact.outcome == 'solved'`; leave it out for always."
            )
            return ""
        text = value.strip()
        if text:
            try:
                compile(text, HERE)
            except ExpressionError as refusal:
                self.fault("when", "WRONG_CONDITION", f"{refusal.message} (line {refusal.line}, column {refusal.column})")
        return text

    def _channels(self, value: object) -> tuple[str, ...]:
        given = [value] if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else []
        if not given:
            self.fault("channels", "MISSING", f"`channels` lists at least one of {', '.join(SENDABLE)}, the first choice first.")
        for index, channel in enumerate(given):
            if channel not in SENDABLE:
                message = f"`{channel}` is no channel we can ask over: {', '.join(SENDABLE)} (other: another system delivers the link)."
                self.faults.append(Fault(f"{self.at}.channels[{index}]", "UNKNOWN_CHANNEL", message))
            elif channel in given[:index]:
                self.faults.append(Fault(f"{self.at}.channels[{index}]", "TWICE", f"`{channel}` is listed twice."))
        return tuple(str(channel) for channel in given)

    def _choice(self, name: str, value: object, choices: tuple[Otherwise, ...]) -> Otherwise:
        if value not in choices:
            self.fault(name, "NOT_A_CHOICE", f"`{name}` is one of {', '.join(choices)}.")
            return choices[0]
        return Otherwise(str(value))

    def _whole(self, name: str, value: object, least: int, most: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.fault(name, "OUT_OF_RANGE", f"`{name}` is a whole number from {least} to {most}.")
            return least
        return value


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
