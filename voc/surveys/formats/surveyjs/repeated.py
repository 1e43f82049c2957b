"""Panels to which people add more of the same: how many there are is asked first, then the questions come once for each. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from voc.surveys.formats.filled_in import in_languages
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.surveyjs.words import HOW_MANY, TEXT_MEMBERS
from voc.surveys.formats.values import Raw, flag_in, maps_in, text_in, whole_in
from voc.surveys.questions import Number, Question, Statement
from voc.surveys.texts import Texts

UNBOUNDED = 5
MOST = 10
MOST_ELEMENTS = 100
_INDEX = "{panelIndex}"


@dataclass(frozen=True, slots=True)
class Turns:
    """How often the questions of a panel come: at least `always` times, at most `most`; the file would go up to `wanted`, or on and on."""

    always: int
    most: int
    wanted: int | None

    @property
    def is_fixed(self) -> bool:
        """Whether nobody decides how often."""
        return self.always == self.most


def turns_of(raw: Raw, within: str) -> Turns:
    """How often the questions of a panel come here, once where it stands in another one; `within` is its whole name."""
    if within != text_in(raw.get("name")):
        return Turns(1, 1, None)
    there = whole_in(raw.get("panelCount"), 0, 1000) or 0
    stays = there if raw.get("allowRemovePanel") is False else 0
    always = max(whole_in(raw.get("minPanelCount"), 0, 1000) or 0, stays, int(flag_in(raw.get("isRequired"))))
    wanted = max(there, always) if raw.get("allowAddPanel") is False else whole_in(raw.get("maxPanelCount"), 1, 1000)
    room = max(MOST_ELEMENTS // max(_size(raw.get("templateElements")), 1), 1)
    most = max(min(max(wanted or UNBOUNDED, always), MOST, room), 1)
    return Turns(min(always, most), most, wanted)


def how_many(raw: Raw, shared: dict[str, Any], content: dict[str, Any], setting: Setting) -> Question:
    """The panel itself: the number of things that are added, or a text where nobody adds any."""
    turns = turns_of(raw, shared["source_id"])
    what = f"paneldynamic, at most {turns.wanted or 'any number of'} times"
    if turns.is_fixed:
        note = setting.notes.changed if turns.wanted == turns.most else setting.notes.simplified
        note(shared["source_id"], "REPEATED_BY_NUMBER", what, f"Its questions come {turns.most} times, whatever is there.")
        return Statement(**content)
    why = f"How many there are is asked first, then its questions come once for each, at most {turns.most} times."
    note = setting.notes.simplified if turns.wanted is None or turns.wanted > turns.most else setting.notes.changed
    note(shared["source_id"], "REPEATED_BY_NUMBER", what, why)
    help = _joined(shared["help"], in_languages(HOW_MANY, setting.spoken.languages))
    return Number(lowest=turns.always, highest=turns.most, **{**shared, "help": help})


def copies_of(raw: Raw, name: str, setting: Setting) -> Iterator[tuple[str, Raw, tuple[str, ...], Setting]]:
    """The questions of a panel, once for each turn: the scope of their names, the elements, their conditions, and where to report.

    What is said of the first turn holds for all, so the others are not reported again.
    """
    turns = turns_of(raw, name)
    elements = maps_in(raw.get("templateElements"))
    for turn in range(turns.most):
        written = {"elements": [_numbered(one, turn) for one in (*_heading(raw, turn), *elements)]}
        conditions = () if turn < turns.always else (f"{{{name}.length}} > {turn}",)
        quiet = replace(setting, notes=Notes(), spoken=setting.spoken.reporting_to(Notes()))
        yield (name if turn == 0 else f"{name}[{turn}]"), written, conditions, setting if turn == 0 else quiet


def _heading(raw: Raw, turn: int) -> list[Raw]:
    """What the file puts above each turn; from the second on at least its number, for the questions are the same."""
    said = raw.get("templateTitle")
    if not said and not turn:
        return []
    numbered = said if _INDEX in str(said) else _each(said or "", lambda text: f"{text} {_INDEX}")
    return [{"type": "html", "name": "heading", "html": numbered}]


def _each(said: object, change: Any) -> object:
    if isinstance(said, dict):
        return {name: change(text) for name, text in said.items() if isinstance(text, str)}
    return change(said) if isinstance(said, str) else said


def _numbered(raw: Any, turn: int) -> Any:
    """An element with the number of its turn in its texts."""
    if isinstance(raw, list):
        return [_numbered(one, turn) for one in raw]
    if not isinstance(raw, dict):
        return raw
    return {
        name: _each(value, lambda text: text.replace(_INDEX, str(turn + 1))) if name in TEXT_MEMBERS else _numbered(value, turn)
        for name, value in raw.items()
    }


def _size(elements: object) -> int:
    return sum(1 + _size(one.get("elements")) + _size(one.get("templateElements")) for one in maps_in(elements))


def _joined(first: Texts, second: Texts) -> Texts:
    return Texts({language: f"{first.get(language) or first.say(language)} {text}".strip() for language, text in second.items()})


def length_expression(name: str) -> str:
    """What a panel itself is in an expression: how many there are, nothing where there is none."""
    return f"iif({{{name}.length}} > 0, {{{name}.length}}, '')"


def is_counted(raw: Raw, question: Question) -> bool:
    """Whether a question asks how many there are of a panel."""
    return isinstance(question, Number) and text_in(raw.get("type")).lower() == "paneldynamic"
