"""The elements of a survey in the order in which they are met, each with the conditions around it. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from voc.surveys.formats.filled_in import in_languages
from voc.surveys.formats.keys import words_apart
from voc.surveys.formats.surveyjs.kinds import question_of
from voc.surveys.formats.surveyjs.members import report_members
from voc.surveys.formats.surveyjs.repeated import copies_of, is_counted
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.surveyjs.words import COMMENT
from voc.surveys.formats.values import Raw, first_of, flag_in, maps_in, text_in
from voc.surveys.questions import Messages, Question, Statement

DEEPEST = 40
_PANELS = {"panel", "flowpanel", "group"}


@dataclass(frozen=True, slots=True)
class Around:
    """What is true of every element inside a panel: its conditions, and the name of the repeated panel."""

    conditions: tuple[str, ...] = ()
    scope: str = ""
    never: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """One question with the expressions under which it is shown. `never` is set where only a trigger can show it."""

    question: Question
    raw: Raw
    names: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    scope: str = ""
    never: bool = False
    panels: tuple[str, ...] = field(default=())


def elements_of(raw: Raw) -> list[Raw]:
    """The elements of a page or panel; old files call them questions."""
    return [*maps_in(raw.get("elements")), *maps_in(raw.get("questions"))]


def placed_in(raw: Raw, setting: Setting, around: Around, panels: tuple[str, ...] = ()) -> Iterator[Placed]:
    """Every question of a page or panel."""
    for element in elements_of(raw):
        kind = text_in(element.get("type")).lower()
        if around.depth > DEEPEST:
            setting.notes.dropped(text_in(element.get("name")), "NESTED_TOO_DEEPLY", kind, "Panels inside panels go too deep.")
        elif kind in _PANELS or (elements_of(element) and "templateElements" not in element):
            yield from _panel(element, setting, around, panels)
        else:
            yield from _one(element, kind, setting, around, panels)


def _panel(raw: Raw, setting: Setting, around: Around, panels: tuple[str, ...]) -> Iterator[Placed]:
    name = text_in(raw.get("name"))
    report_members(raw, "panel", name, setting)
    inside = _inside(raw, around)
    panels = (*panels, name) if name else panels
    text = setting.spoken.texts(raw.get("title"), name, 20_000)
    help = setting.spoken.texts(raw.get("description"), name, 5000)
    if text or help:
        heading = Statement(id="x", source_id=name[:200], text=text or help, help=help if text else text)
        heading = setting.names.question(heading, words_apart(name) or "heading")
        yield Placed(heading, {}, (), inside.conditions, inside.scope, inside.never, panels)
    if text_in(raw.get("questionsOrder")).lower() == "random" and elements_of(raw):
        why = "Only the questions of a whole page can take turns here. Put these on a page of their own."
        setting.notes.simplified(name, "RANDOM_ORDER_DROPPED", "questionsOrder: random", why)
    yield from placed_in(raw, setting, inside, panels)


def _one(raw: Raw, kind: str, setting: Setting, around: Around, panels: tuple[str, ...]) -> Iterator[Placed]:
    name = text_in(raw.get("name"))
    within = f"{around.scope}.{name}" if around.scope else name
    inside = _inside(raw, around)
    report_members(raw, kind, within, setting)
    shared = _shared(raw, name, within, setting)
    question = setting.names.question(question_of(kind, raw, shared, setting), words_apart(within) or shared["text"].say(""))
    if around.scope:
        why = "It came again for each thing that was added; here it comes as often as is said at the panel, each time under its own name."
        setting.notes.changed(within, "REPEATED_BY_NUMBER", f"in the repeated panel {around.scope}", why)
    value_name = text_in(raw.get("valueName"))
    names: tuple[str, ...] = (within, f"{around.scope}.{value_name}" if around.scope and value_name else value_name)
    if is_counted(raw, question):
        names = tuple(f"{one}.length" for one in names if one)
    yield Placed(question, raw, names, inside.conditions, inside.scope, inside.never, panels)
    if kind == "paneldynamic":
        for scope, elements, conditions, where in copies_of(raw, within, setting):
            within_it = replace(inside, scope=scope, conditions=(*inside.conditions, *conditions))
            yield from placed_in(elements, where, within_it, (*panels, name))


def _inside(raw: Raw, around: Around) -> Around:
    found = [text for key in ("visibleIf", "enableIf") if (text := text_in(raw.get(key)))]
    never = raw.get("visible") is False and not text_in(raw.get("visibleIf"))
    return replace(
        around, conditions=tuple(dict.fromkeys((*around.conditions, *found))), never=around.never or never, depth=around.depth + 1
    )


def _shared(raw: Raw, name: str, within: str, setting: Setting) -> dict[str, Any]:
    """What all kinds have."""
    title = raw.get("title")
    text = setting.spoken.texts(title, within, otherwise=name if title in (None, {}) else "")
    help = setting.spoken.texts(raw.get("description"), within, 5000)
    missing = setting.spoken.texts(raw.get("requiredErrorText"), within, 300)
    links = (*setting.spoken.links(title, within), *setting.spoken.links(raw.get("description"), within))
    required = flag_in(raw.get("isRequired"))
    shared: dict[str, Any] = {
        "id": "x",
        "code": (text_in(raw.get("valueName")) or within if within == name else within)[:200],
        "source_id": within[:200],
        "text": text,
        "help": help,
        "links": tuple(dict.fromkeys(links)),
        "required": required,
        "wanted": not required and bool(text_in(raw.get("requiredIf"))),
    }
    if missing:
        shared["messages"] = Messages(missing=missing)
    if flag_in(raw.get("hasComment")) or flag_in(raw.get("showCommentArea")):
        said = setting.spoken.texts(first_of(raw, "commentText"), within, 300)
        shared["comment"] = said or in_languages(COMMENT, setting.spoken.languages)
    return shared
