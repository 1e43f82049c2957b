"""Reading the parts of a policy's document, each fault at its place with the way out. PURE."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, fields
from difflib import get_close_matches
from typing import Any, TypeVar

from voc.core.errors import Fault
from voc.core.expressions import ExpressionError, compile
from voc.outreach.policies.clocks import Among, Clock, Otherwise, Since, Whose
from voc.outreach.policies.conditions import HERE
from voc.outreach.policies.reminders import MOST_REMINDERS, Reminder
from voc.outreach.policies.rules import CONTACTS_OWN, CUSTOMERS_OWN, OURS, SENDABLE
from voc.outreach.policies.variants import Variant
from voc.outreach.policies.windows import WEEKDAYS, Window
from voc.staff.holiday_countries import no_such_country

S = TypeVar("S", bound=str)
_WALL = re.compile(r"([01]\d|2[0-3]):[0-5]\d|24:00")
_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MOST_PARTS = 20
OUTCOMES = ("solved", "solved_by_bot", "transferred", "unsolved", "abandoned", "spam", "supplier", "unknown")


class Place:
    """Where in the document we are; every place of one document writes into the same list of faults."""

    def __init__(self, path: str, name: str = "", faults: list[Fault] | None = None) -> None:
        self.path, self.name = path, name
        self.faults: list[Fault] = [] if faults is None else faults

    def at(self, name: str) -> "Place":
        """The place of a field."""
        return Place(f"{self.path}.{_camel(name)}", name, self.faults)

    def item(self, index: int) -> "Place":
        """The place of one of a list."""
        return Place(f"{self.path}[{index}]", self.name, self.faults)

    def fault(self, code: str, message: str) -> None:
        """Note a fault here."""
        self.faults.append(Fault(self.path, code, message))

    def fields(self, value: object, known: Collection[str]) -> dict[str, object]:
        """The fields of an object that are known; the others are faults, with the nearest."""
        if not isinstance(value, Mapping):
            self.fault("NOT_AN_OBJECT", f"Write fields here: {', '.join(f'`{name}`' for name in known)}.")
            return {}
        for name in [str(one)[:64] for one in value if one not in known][:_MOST_PARTS]:
            near = get_close_matches(name, known, n=1)
            way_out = f"Did you mean `{near[0]}`?" if near else f"It has {', '.join(f'`{one}`' for one in known)}."
            self.at(name).fault("UNKNOWN_FIELD", f"There is no `{name}` here. {way_out}")
        return {name: value[name] for name in value if name in known}

    def whole(self, value: object, least: int, most: int) -> int:
        """A whole number in a range."""
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.fault("OUT_OF_RANGE", f"`{self.name}` is a whole number from {least} to {most}.")
            return least
        return value

    def choice(self, value: object, choices: Iterable[S]) -> S:
        """One of several words."""
        words = tuple(choices)
        found = next((word for word in words if word == value), None)
        if found is None:
            self.fault("NOT_A_CHOICE", f"`{self.name}` is one of {', '.join(words)}.")
        return words[0] if found is None else found

    def several(self, value: object) -> list[object]:
        """A list; a single word stands for a list of one."""
        if isinstance(value, list | tuple) and len(value) <= _MOST_PARTS:
            return list(value)
        if isinstance(value, str):
            return [value]
        self.fault("NOT_A_LIST", f"`{self.name}` is a list of at most {_MOST_PARTS}.")
        return []

    def words(self, value: object, choices: Iterable[S]) -> tuple[S, ...]:
        """Several different words of a few."""
        known = tuple(choices)
        given = self.several(value)
        for index, one in enumerate(given):
            if one in given[:index]:
                self.item(index).fault("TWICE", f"`{one}` is listed twice.")
        return tuple(self.item(index).choice(one, known) for index, one in enumerate(given))


def key(place: Place, value: object) -> str:
    """The key of a survey, or of an arm of an experiment."""
    if not isinstance(value, str) or not value.strip() or len(value) > 64:
        place.fault("NOT_A_KEY", f"A key of `{place.name}` is text of at most 64 characters.")
        return ""
    return value.strip()


def keys(place: Place, value: object) -> tuple[str, ...]:
    """The keys of touchpoints, at least one."""
    given = place.several(value)
    found = [key(place.item(index), one) for index, one in enumerate(given)]
    for index, one in enumerate(found):
        if one and one in found[:index]:
            place.item(index).fault("TWICE", f"`{one}` is listed twice.")
    if not given and isinstance(value, list | tuple):
        place.fault("MISSING", "`touchpoints` lists at least one key.")
    return tuple(found)


def condition(place: Place, value: object) -> str:
    """A condition in CEL; empty is always."""
    if not isinstance(value, str):
        place.fault("NOT_A_CONDITION", "`when` is a condition in CEL, such as `contact.outcome == 'solved'`; leave it out for always.")
        return ""
    text = value.strip()
    if text:
        try:
            compile(text, HERE)
        except ExpressionError as refusal:
            place.fault("WRONG_CONDITION", f"{refusal.message} (line {refusal.line}, column {refusal.column})")
    return text


def channels(place: Place, value: object) -> tuple[str, ...]:
    """At least one channel that we can ask over, the first choice first."""
    given = place.several(value)
    if not given:
        place.fault("MISSING", f"`channels` lists at least one of {', '.join(SENDABLE)}, the first choice first.")
    for index, channel in enumerate(given):
        if channel not in SENDABLE:
            message = f"`{channel}` is no channel we can ask over: {', '.join(SENDABLE)} (other: another system delivers the link)."
            place.item(index).fault("UNKNOWN_CHANNEL", message)
        elif channel in given[:index]:
            place.item(index).fault("TWICE", f"`{channel}` is listed twice.")
    return tuple(str(channel) for channel in given)


def languages(place: Place, value: object) -> str:
    """Whose language, or which."""
    if isinstance(value, str) and (value in (CUSTOMERS_OWN, CONTACTS_OWN) or _CODE.fullmatch(value)):
        return value
    place.fault("NOT_A_LANGUAGE", f"`language` is {CUSTOMERS_OWN}, {CONTACTS_OWN} or a code such as `nl` or `pt-BR`.")
    return CUSTOMERS_OWN


def window(place: Place, value: object) -> Window | None:
    """The hours of asking; None is any time."""
    if value is None:
        return None
    given = _Part(place, Window, value)
    found = Window(
        days=given.read("days", lambda at, days: at.words(days, WEEKDAYS)),
        opens=given.read("opens", _wall),
        closes=given.read("closes", lambda at, time: _wall(at, time, "24:00")),
        holidays=given.read("holidays", _country),
    )
    if not found.days:
        place.at("days").fault("MISSING", f"`days` lists at least one of {', '.join(WEEKDAYS)}.")
    if found.opens >= found.closes:
        place.at("closes").fault(
            "NEVER_OPEN", f"The window opens at {found.opens} and must close later on the same day; `24:00` is midnight."
        )
    return found


def reminders(place: Place, value: object) -> tuple[Reminder, ...]:
    """The reminders, the first first."""
    found = []
    for index, one in enumerate(place.several(value)):
        given = _Part(place.item(index), Reminder, one)
        days = given.read("days", lambda at, days: at.whole(days, 1, 90))
        found.append(Reminder(days=days, channel=given.read("channel", _channel)))
    if len(found) > MOST_REMINDERS:
        place.fault("TOO_MANY", f"At most {MOST_REMINDERS} reminders follow an ask; one is what most customers bear.")
    return tuple(found)


def variants(place: Place, value: object) -> tuple[Variant, ...]:
    """The arms of an experiment."""
    found = []
    for index, one in enumerate(place.several(value)):
        given = _Part(place.item(index), Variant, one)
        weight = given.read("weight", lambda at, weight: at.whole(weight, 1, 1000))
        found.append(Variant(key=given.read("key", key), survey=given.read("survey", key), weight=weight))
        if found[-1].key in [earlier.key for earlier in found[:-1]]:
            place.item(index).at("key").fault("TWICE", f"Two variants are called `{found[-1].key}`.")
    if len(found) == 1:
        place.fault("ONE_VARIANT", "An experiment needs at least two variants; for one survey `survey` is enough.")
    return tuple(found)


def clocks(place: Place, value: object) -> tuple[Clock, ...]:
    """Further clocks."""
    return tuple(_clock(place.item(index), one) for index, one in enumerate(place.several(value)))


def outcomes(place: Place, value: object) -> tuple[str, ...]:
    """Ways in which a contact may end that nobody is asked about."""
    return place.words(value, OUTCOMES)


def _clock(place: Place, value: object) -> Clock:
    given = _Part(place, Clock, value)
    return Clock(
        since=given.read("since", lambda at, since: at.choice(since, Since)),
        days=given.read("days", lambda at, days: at.whole(days, 1, 3660)),
        whose=given.read("whose", lambda at, whose: at.choice(whose, Whose)),
        among=given.read("among", lambda at, among: at.choice(among, Among)),
        otherwise=given.read("otherwise", lambda at, otherwise: at.choice(otherwise, (Otherwise.SKIP, Otherwise.DELAY))),
    )


class _Part:
    """An object inside the document: its fields, each read at its place or taken from the defaults of its class."""

    def __init__(self, place: Place, of: type, value: object) -> None:
        self.place = place
        self.defaults = {one.name: one.default for one in fields(of)}
        self.given = place.fields(value, self.defaults)

    def read(self, name: str, read: Any) -> Any:
        if name in self.given:
            return read(self.place.at(name), self.given[name])
        if self.defaults[name] is MISSING:
            self.place.at(name).fault("MISSING", f"`{name}` is missing.")
            return read(Place(""), "?")
        return self.defaults[name]


def _channel(place: Place, value: object) -> str | None:
    return None if value is None else place.choice(value, OURS)


def _wall(place: Place, value: object, otherwise: str = "00:00") -> str:
    if isinstance(value, str) and _WALL.fullmatch(value):
        return value
    place.fault("NOT_A_TIME", "Write a time of day such as '09:00', in YAML with the quotes; '24:00' is midnight at the end of the day.")
    return otherwise


def _country(place: Place, value: object) -> str:
    if value in (None, ""):
        return ""
    refusal = no_such_country(value) if isinstance(value, str) else "Write a code such as NL, BE or DE-BY."
    if refusal:
        place.fault("UNKNOWN_COUNTRY", refusal)
        return ""
    return str(value)


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
