"""The form for whatever stands at a place of a draft: made from what the fields of its dataclass say of themselves. PURE."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2s
from typing import Any, get_args, get_origin

from voc.surveys.described import ID, Said
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import NOTHING, Question
from voc.surveys.texts import Texts
from voc.surveys.words import WORDS
from voc.web.designer_document import Document, Draft, item_name, items, kind_at, plain_hints, raw_at, short

FIRST = ("title", "text", "help", "name")
BEHIND = ("reason", "comment", "messages", "links", "code", "source_id", "id")
ELSEWHERE = frozenset({"key", "pages", "questions", "invitation", "words", "walks", "origin"})
OWN_WORDS = "words"
MOST_TEXTS_BESIDE = 90
_LONG = 300


@dataclass(frozen=True, slots=True)
class Box:
    """One thing to fill in: its place below the panel's, its language where it is a text, and what stands there."""

    name: str
    value: str
    language: str = ""

    @property
    def id(self) -> str:
        """The id of its input on the page."""
        return box_id(self.name)

    @property
    def mark(self) -> str:
        """By which a change is known."""
        return marked(self.value)


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list, with the boxes that fit beside it: its texts, and the code under which answers are kept."""

    at: str
    name: str
    text: str
    boxes: tuple[Box, ...]
    code: Box | None = None


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: its widget, the sentence about it, and its boxes or items."""

    name: str
    widget: str
    said: Said
    default: str
    boxes: tuple[Box, ...] = ()
    options: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    label: str = ""

    @property
    def own_name(self) -> str:
        """Its name without what it is part of."""
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Panel:
    """The form of one place."""

    at: str
    kind: Any
    raw: Mapping[str, Any]
    fields: tuple[FormField, ...]

    @property
    def boxes(self) -> Iterator[tuple[FormField, Box]]:
        """Everything that can be filled in, with the field it belongs to."""
        for one in self.fields:
            yield from ((one, box) for box in one.boxes)
            for item in one.items:
                yield from ((_TEXT_BESIDE, box) for box in item.boxes)
                if item.code:
                    yield _CODE_BESIDE, item.code

    @property
    def seen(self) -> str:
        """What stood in every box, for the form to carry: only what differs from it was changed."""
        return json.dumps({box.name: box.mark for _, box in self.boxes}, ensure_ascii=False, separators=(",", ":"))

    @property
    def before(self) -> list[FormField]:
        """What is filled in every time."""
        return [one for one in self.fields if one.name.partition("/")[0] not in self._behind]

    @property
    def behind(self) -> list[FormField]:
        """What is needed now and then."""
        return [one for one in self.fields if one.name.partition("/")[0] in self._behind]

    @property
    def is_question(self) -> bool:
        """Whether a question stands here."""
        return issubclass(self.kind, Question)

    @property
    def _behind(self) -> tuple[str, ...]:
        return BEHIND if self.is_question else ()


_TEXT_BESIDE = FormField("text", "texts", Said(""), "")
_CODE_BESIDE = FormField("code", "words", Said(""), "")


def panel_at(draft: Draft, at: str, languages: tuple[str, ...]) -> Panel | None:
    """The form for what stands at a place, with texts in these languages; None where nothing stands there."""
    if at == OWN_WORDS:
        return _words_panel(draft, languages)
    kind, raw = kind_at(draft.document, at), raw_at(draft.document, at)
    if not isinstance(raw, Mapping) or not is_dataclass(kind):
        return None
    assert isinstance(kind, type)
    found = [_field(draft.document, at, one, hint, raw, languages) for one, hint in _ordered(kind) if one.name not in ELSEWHERE]
    inside = (one for several in found for one in several)
    return Panel(at, kind, raw, tuple(one for one in inside if not (kind is Questionnaire and one.name == "id")))


def _words_panel(draft: Draft, languages: tuple[str, ...]) -> Panel:
    """Own words in place of ours, on buttons and in messages; each is called by ours."""
    held = draft.document.get("words")
    raw: Mapping[str, Any] = held if isinstance(held, Mapping) else {}
    found = (
        FormField(name, "texts", Said("", longest=300), "", _texts(name, raw.get(name), languages), label=ours.say(languages[0]))
        for name, ours in WORDS.items()
    )
    return Panel(OWN_WORDS, Questionnaire, raw, tuple(found))


def box_id(name: str) -> str:
    """The id of the input for a name."""
    return "f-" + re.sub(r"[^A-Za-z0-9_]+", "-", name)


def marked(value: str) -> str:
    """By which it is seen that a value was changed."""
    return blake2s(value.encode("utf-8", "replace"), digest_size=4).hexdigest()


def shown(value: object) -> str:
    """A value as it stands in a box."""
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, list | tuple):
        return "\n".join(shown(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None or isinstance(value, Mapping) else str(value)


def _ordered(kind: type[Any]) -> list[tuple[Field[Any], Any]]:
    hints, own = plain_hints(kind), {one.name: one for one in fields(kind)}
    common = {one.name for one in fields(Question)} if issubclass(kind, Question) else set()
    late = ("required", "wanted", "sensitive", "show_if")
    first = [name for name in FIRST if name in own]
    middle = [name for name in own if name not in {*first, *late, *BEHIND, *common}]
    rest = [name for name in own if name not in {*first, *middle}]
    rest.sort(key=lambda name: (name in BEHIND and bool(common), late.index(name) if name in late else 9))
    order = [*first, *middle, *rest] if common else [*first, *(name for name in own if name not in first)]
    return [(own[name], hints[name]) for name in order]


def _field(document: Document, at: str, one: Field[Any], hint: Any, raw: Mapping[str, Any], languages: tuple[str, ...]) -> list[FormField]:
    said: Said = one.metadata["said"]
    value, default = raw.get(one.name), _default(one)
    if hint is Texts:
        return [FormField(one.name, "texts", said, "", _texts(one.name, value, languages))]
    if get_origin(hint) is tuple:
        return [_several(document, at, one, get_args(hint)[0], raw, languages)]
    if is_dataclass(hint):
        held = value if isinstance(value, Mapping) else {}
        texts = [(part, f"{one.name}/{part.name}") for part in fields(hint)]
        return [FormField(path, "texts", part.metadata["said"], "", _texts(path, held.get(part.name), languages)) for part, path in texts]
    box = Box(one.name, shown(default if value is None else value))
    options: tuple[str, ...] = ()
    widget = {bool: "flag", int: "number", float: "number", date: "day"}.get(hint, "words")
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        widget, options = "one", tuple(member.value for member in hint)
    elif said.is_condition:
        widget = "condition"
    elif hint is str and said.pattern == ID:
        widget = "id"
    return [FormField(one.name, widget, said, shown(default), (box,), options)]


def _several(document: Document, at: str, one: Field[Any], hint: Any, raw: Mapping[str, Any], languages: tuple[str, ...]) -> FormField:
    said: Said = one.metadata["said"]
    listed, default = items(raw, one.name), shown(_default(one))
    if hint is Texts:
        held = {language: "\n".join(shown(text.get(language)) for text in listed if isinstance(text, Mapping)) for language in languages}
        return FormField(one.name, "lines of texts", said, "", tuple(Box(f"{one.name}/{code}", text, code) for code, text in held.items()))
    if is_dataclass(hint):
        is_beside = "text" in plain_hints(hint) and len(listed) * len(languages) <= MOST_TEXTS_BESIDE
        here = f"{at}/{one.name}" if at else one.name
        found = (_item(f"{here}/{item_name(listed, at)}", item, languages, one.name, is_beside) for at, item in enumerate(listed))
        return FormField(one.name, "items", said, "", items=tuple(found))
    value = shown(listed) if one.name in raw else default
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return FormField(one.name, "some", said, default, (Box(one.name, value),), tuple(member.value for member in hint))
    return FormField(one.name, "lines", said, default, (Box(one.name, value),))


def _item(at: str, raw: Any, languages: tuple[str, ...], field: str, is_beside: bool) -> Item:
    held: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    name = next((str(held[key]) for key in ("id", "code", "value", "url") if key in held), shown(held.get("pages")).replace("\n", ", "))
    below = f"{field}/{at.rpartition('/')[2]}"
    text = short(held.get("text") or held.get("title") or held.get("name"), languages[0])
    if not is_beside:
        return Item(at, name, text, ())
    code = Box(f"{below}/code", str(held["code"])) if "code" in held else None
    return Item(at, name, text, _texts(f"{below}/text", held.get("text"), languages), code)


def _texts(name: str, value: Any, languages: tuple[str, ...]) -> tuple[Box, ...]:
    held: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    return tuple(Box(f"{name}/{language}", shown(held.get(language)), language) for language in languages)


def _default(one: Field[Any]) -> Any:
    if one.default is not MISSING:
        return None if one.default is NOTHING else one.default
    return None
