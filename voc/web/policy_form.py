"""A policy's rules as the fields of a form, and back as the document that the API reads; and where its faults stand. PURE."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voc.web.posted_form import PostedForm

NUMBERS = (
    "settle_minutes",
    "ask_within_days",
    "expire_days",
    "sample_percent",
    "answers_a_month",
    "quiet_days",
    "quiet_days_after_answer",
    "quiet_days_after_decline",
    "yearly_budget",
    "priority",
    "answer_worth",
)
TEXTS = ("survey", "when", "language", "if_asked_recently", "if_held", "if_no_marketing")
UNITS = {"days": 24 * 60, "hours": 60, "minutes": 1}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_CHANNELS = 4
_PLACE = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of the rules that the form shows as rows: its field in the document, the fields of a row, and a new one."""

    name: str
    one: str
    new: Mapping[str, object]
    most: int


ROWS = (
    Rows("clocks", "clock", {"since": "asked", "days": 30, "whose": "customer", "among": "all", "otherwise": "skip"}, 20),
    Rows("reminders", "reminder", {"days": 4, "channel": None}, 3),
    Rows("variants", "arm", {"key": "", "survey": "", "weight": 1}, 20),
)
IN_ORDER = (
    *("name", "key", "survey", "language", "touchpoints", "delay_number", "delay_unit", "ask_within_days"),
    *("has_window", "window_days", "opens", "closes", "holidays"),
    *("sample_percent", "answers_a_month", "when", "exclude_outcomes", "if_no_marketing", "if_held"),
    *("quiet_days", "if_asked_recently", "quiet_days_after_answer", "quiet_days_after_decline", "yearly_budget", "clock"),
    *("channel", "expire_days", "reminder", "variants", "arm", "priority", "answer_worth", "settle_minutes", "document"),
)
USUAL_WINDOW = {"days": list(DAYS[:5]), "opens": "09:00", "closes": "20:00", "holidays": ""}
Document = dict[str, Any]


def document_in(form: PostedForm) -> Document:
    """The rules as the form says them. What should be a number and is none stays a text, for the API to refuse at its place."""
    document: Document = {name: _number(form.one(name)) for name in NUMBERS} | {name: form.one(name).strip() for name in TEXTS}
    length, unit = _number(form.one("delay_number")), UNITS.get(form.one("delay_unit"), 1)
    document["delay_minutes"] = length * unit if isinstance(length, int) else length
    document["touchpoints"] = form.many("touchpoints")
    document["exclude_outcomes"] = form.many("exclude_outcomes")
    document["channels"] = [form.one(f"channel_{place}") for place in _chosen_channels(form)]
    hours = {name: form.one(name).strip() for name in ("opens", "closes", "holidays")}
    document["window"] = {"days": form.many("window_days"), **hours} if form.one("has_window") else None
    for rows in ROWS:
        document[rows.name] = [
            {name: _value(usual, form.one(f"{rows.one}_{number}_{name}")) for name, usual in rows.new.items()}
            for number in range(min(_count(form, rows), rows.most))
        ]
    return document


def with_rows(document: Document, press: str) -> tuple[Document, str]:
    """The rules after a press on "add" or "take away" of a row (`add:clocks`, `drop:clocks:1`), and the field to go on with.

    With the first arm of an experiment comes a second, and the survey that was asked is the first's.
    """
    what, _, rest = press.partition(":")
    name, _, number = rest.partition(":")
    rows = next((one for one in ROWS if one.name == name), None)
    if rows is None or what not in ("add", "drop"):
        return document, ""
    standing = list(document.get(name) or [])
    if what == "drop" and number.isdigit() and int(number) < len(standing):
        del standing[int(number)]
        return {**document, name: standing}, name
    if what == "add" and len(standing) < rows.most:
        begun = len(standing)
        if name == "variants":
            survey = document.get("survey", "")
            standing += (
                [{**rows.new, "survey": survey, "key": "ab"[place]} for place in range(2)]
                if not begun
                else [{**rows.new, "survey": survey}]
            )
        else:
            standing.append(dict(rows.new))
        return {**document, name: standing}, f"{rows.one}_{begun}_{next(iter(rows.new))}"
    return document, name


def field_of(path: str, document: Document, form: PostedForm | None = None) -> str:
    """The field of the form where a fault of the API stands, by its path such as `rules.clocks[0].days`."""
    name, *more = _snake(path.removeprefix("rules").removeprefix(".")).split(".")
    found = _PLACE.search(name)
    number, plain = int(found[1]) if found else 0, _PLACE.sub("", name)
    rows = next((one for one in ROWS if one.name == plain), None)
    if rows:
        return f"{rows.one}_{number}_{more[0] if more else next(iter(rows.new))}" if found else plain
    if plain == "channels":
        places = _chosen_channels(form) if form else []
        return f"channel_{places[number] if number < len(places) else 0}"
    if plain == "window":
        inside = _PLACE.sub("", more[0]) if more else "has_window"
        return "window_days" if inside == "days" else inside
    return "delay_number" if plain == "delay_minutes" else plain


def place_of(field: str) -> int:
    """Where a field stands in the form, for putting faults in its order."""
    if field in IN_ORDER:
        return IN_ORDER.index(field)
    return next((place for place, one in enumerate(IN_ORDER) if field.startswith(one)), len(IN_ORDER))


def delay_of(document: Document, chosen: str = "") -> tuple[object, str]:
    """The wait in the largest unit that says it without a remainder; what is no number stays in the `chosen` one."""
    minutes = document.get("delay_minutes", 0)
    if not isinstance(minutes, int):
        return minutes, chosen if chosen in UNITS else "minutes"
    unit = next(unit for unit, size in UNITS.items() if minutes % size == 0)
    return minutes // UNITS[unit], "days" if minutes == 0 else unit


def channels_in(document: Document) -> list[str]:
    """The chosen channels, and an empty place for each further choice."""
    chosen: Sequence[str] = document.get("channels") or []
    return [*chosen, *[""] * (MOST_CHANNELS - len(chosen))]


def _chosen_channels(form: PostedForm) -> list[int]:
    return [place for place in range(MOST_CHANNELS) if form.one(f"channel_{place}")]


def _count(form: PostedForm, rows: Rows) -> int:
    count = _number(form.one(f"{rows.name}_count"))
    return count if isinstance(count, int) else 0


def _value(usual: object, text: str) -> object:
    if isinstance(usual, int):
        return _number(text)
    return text.strip() or (None if usual is None else "")


def _number(text: str) -> int | str:
    bare = text.strip()
    return int(bare) if re.fullmatch(r"-?[0-9]{1,9}", bare) else bare


def _snake(path: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in path)
