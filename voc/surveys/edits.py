"""Small changes of a document, as a designer makes them one by one. PURE.

A place is a path of names with `/` between: `questions/nps/text/en`, `pages/first/title`, `questions/cause/choices/wait`. In lists an
item is found by its id, code or value, else by its number; `/` in a name is written `~1`, `~` is `~0`. A document that is no
questionnaire (yet) can be changed as well.
"""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from voc.core.errors import Fault, Invalid
from voc.core.expression_words import is_name, names_read, with_names
from voc.surveys.described import ID, IN_WORDS
from voc.surveys.placeholders import ANSWERS, placeholders, renamed

Document = dict[str, Any]
_CONDITIONS = {"show_if", "end_if", "when"}
_MOST = 500


@dataclass(frozen=True, slots=True)
class Put:
    """Write a value at a place; None takes it away."""

    path: str
    value: object


@dataclass(frozen=True, slots=True)
class Add:
    """Put something new into the list at a place, before the item with this name or number, else at the end."""

    path: str
    value: object
    before: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Bring the item at a place before another of the list at `to` (its own list where left out), else to its end."""

    path: str
    to: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Copy:
    """Put the same again after the item at a place, under another id."""

    path: str
    new_id: str


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a question another id, wherever it is spoken of."""

    question: str
    new_id: str


Edit = Put | Add | Move | Copy | Rename


def edited(document: Document, edits: tuple[Edit, ...]) -> Document:
    """The document after all edits, in order. Raises Invalid, by the number of the edit, where one cannot be done; then none is."""
    if not 0 < len(edits) <= _MOST:
        raise Invalid.at("operations", "WRONG_LENGTH", f"Send 1 to {_MOST} operations at a time.")
    changed = deepcopy(document)
    for number, edit in enumerate(edits):
        try:
            _DO[type(edit)](changed, edit)
        except _Cannot as cannot:
            raise Invalid([Fault(f"operations[{number}]", cannot.code, str(cannot))]) from None
    return changed


def places(edit: Edit) -> tuple[str, ...]:
    """What an edit depends on: if two editors touch none of each other's places, both may go on."""
    if isinstance(edit, Rename):
        return ("",)
    if isinstance(edit, Move):
        return (edit.path, edit.to or _above(edit.path))
    return (edit.path,)


def value_at(document: Document, path: str) -> object:
    """What stands at a place; None where nothing does."""
    try:
        return _Place(document, path).value
    except _Cannot:
        return None


class _Cannot(Exception):
    """An edit that cannot be done."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class _Place:
    """A place in a document: what holds it, and under which key or number."""

    def __init__(self, document: Document, path: str, *, make: bool = False) -> None:
        self._path = path
        *steps, last = (part.replace("~1", "/").replace("~0", "~") for part in path.split("/"))
        self.holder: Any = document
        if not steps and last == "questions":
            raise _Cannot("WRONG_PLACE", "Questions stand on pages: name `pages/<id>/questions`.")
        if steps and steps[0] == "questions":
            found = _question(document, steps[1] if len(steps) > 1 else last)
            if len(steps) == 1:
                self.holder, last = found[0], str(found[1])
                self.key: Any = found[1]
                return
            self.holder, steps = found[0][found[1]], steps[2:]
        for step in steps:
            self.holder = self._into(step, make=make)
        self.key = _number(self.holder, last) if isinstance(self.holder, list) else last
        if isinstance(self.holder, list) and self.key is None:
            raise _Cannot("NOT_THERE", f"There is no `{last}` at `{path}`.")
        if not isinstance(self.holder, list | dict):
            raise _Cannot("WRONG_PLACE", f"`{path}` leads into a plain value.")

    @property
    def value(self) -> Any:
        """What stands there."""
        return self.holder.get(self.key) if isinstance(self.holder, dict) else self.holder[self.key]

    def _into(self, step: str, *, make: bool) -> Any:
        if isinstance(self.holder, list):
            number = _number(self.holder, step)
            if number is None:
                raise _Cannot("NOT_THERE", f"There is no `{step}` at `{self._path}`.")
            return self.holder[number]
        if not isinstance(self.holder, dict):
            raise _Cannot("WRONG_PLACE", f"`{self._path}` leads into a plain value.")
        if step not in self.holder and make:
            self.holder[step] = {}
        if step not in self.holder:
            raise _Cannot("NOT_THERE", f"There is no `{step}` at `{self._path}`.")
        return self.holder[step]


def _put(document: Document, edit: Put) -> None:
    place = _Place(document, edit.path, make=edit.value is not None)
    if edit.value is None:
        if isinstance(place.holder, dict):
            place.holder.pop(place.key, None)
        else:
            del place.holder[place.key]
    elif isinstance(place.holder, dict) and place.holder.get("id") and place.key == "id" and "kind" in place.holder:
        raise _Cannot("WRONG_PLACE", "The id of a question is changed by renaming it, so that conditions go along.")
    else:
        place.holder[place.key] = deepcopy(edit.value)


def _add(document: Document, edit: Add) -> None:
    items = _list_at(document, edit.path)
    name = _name(edit.value)
    if name and _number(items, name) is not None:
        raise _Cannot("USED_TWICE", f"There is a `{name}` at `{edit.path}` already.")
    items.insert(_where(items, edit.before), deepcopy(edit.value))


def _move(document: Document, edit: Move) -> None:
    place = _Place(document, edit.path)
    if not isinstance(place.holder, list):
        raise _Cannot("WRONG_PLACE", f"`{edit.path}` is no item of a list.")
    item = place.holder.pop(place.key)
    items = _list_at(document, edit.to) if edit.to else place.holder
    items.insert(_where(items, edit.before), item)


def _copy(document: Document, edit: Copy) -> None:
    place = _Place(document, edit.path)
    if not isinstance(place.holder, list) or not isinstance(place.value, dict):
        raise _Cannot("WRONG_PLACE", f"`{edit.path}` is no item of a list.")
    copied = deepcopy(place.value)
    copied["id" if "id" in copied else "code"] = edit.new_id
    place.holder.insert(place.key + 1, copied)


def _rename(document: Document, edit: Rename) -> None:
    holder, number = _question(document, edit.question)
    if not (re.fullmatch(ID, edit.new_id) and is_name(edit.new_id)):
        raise _Cannot("WRONG_VALUE", f"`{edit.new_id[:80]}` cannot be an id. {IN_WORDS[ID]}")
    if edit.new_id != edit.question and any(one.get("id") == edit.new_id for one in _asked(document)):
        raise _Cannot("USED_TWICE", f"There is a question `{edit.new_id}` already. Choose another id.")
    holder[number]["id"] = edit.new_id
    names = {name: f"{edit.new_id}{name.removeprefix(edit.question)}" for name in _names_of(document, edit.question)}
    _everywhere(document, lambda text, is_condition: _called(text, names, is_condition=is_condition))
    for page in _items(document, "pages"):
        if page.get("loop") == edit.question:
            page["loop"] = edit.new_id
    for score in _items(document, "scores"):
        score["questions"] = [edit.new_id if one == edit.question else one for one in score.get("questions", [])]


_DO: dict[type[Any], Callable[[Document, Any], None]] = {Put: _put, Add: _add, Move: _move, Copy: _copy, Rename: _rename}


def _names_of(document: Document, question: str) -> set[str]:
    """The question's own name, and all names that are spoken of and begin with it, but for those of other questions."""
    others = {str(one.get("id")) for one in _asked(document)}
    longer = tuple(f"{other}_" for other in others if other.startswith(f"{question}_"))
    spoken: set[str] = set()
    _everywhere(document, lambda text, is_condition: _noted(text, spoken, is_condition=is_condition))
    mine = {name for name in spoken - others if name.startswith(f"{question}_")}
    return {question} | {name for name in mine if not (longer and name.startswith(longer))}


def _noted(text: str, spoken: set[str], *, is_condition: bool) -> str:
    if is_condition:
        spoken.update(field for _, field in names_read(text, ("answers",)))
    else:
        spoken.update(one.name.removeprefix(ANSWERS) for one in placeholders(text) if one.name.startswith(ANSWERS))
    return text


def _called(text: str, names: dict[str, str], *, is_condition: bool) -> str:
    return with_names(text, "answers", names) if is_condition else renamed(text, names)


def _everywhere(value: Any, change: Callable[[str, bool], str], key: str = "") -> Any:
    """Every text of a document changed where it stands."""
    if isinstance(value, dict):
        for name in value:
            value[name] = _everywhere(value[name], change, str(name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            value[number] = _everywhere(item, change, key)
    elif isinstance(value, str):
        return change(value, key in _CONDITIONS)
    return value


def _items(document: Document, name: str) -> Iterator[dict[str, Any]]:
    found = document.get(name)
    return (item for item in found if isinstance(item, dict)) if isinstance(found, list) else iter(())


def _asked(document: Document) -> Iterator[dict[str, Any]]:
    return (one for page in _items(document, "pages") for one in page.get("questions") or () if isinstance(one, dict))


def _question(document: Document, name: str) -> tuple[list[Any], int]:
    for page in _items(document, "pages"):
        questions = page.get("questions")
        if isinstance(questions, list):
            for number, question in enumerate(questions):
                if isinstance(question, dict) and question.get("id") == name:
                    return questions, number
    raise _Cannot("NOT_THERE", f"There is no question `{name}`.")


def _list_at(document: Document, path: str) -> list[Any]:
    place = _Place(document, path, make=True)
    if isinstance(place.holder, dict) and place.key not in place.holder:
        place.holder[place.key] = []
    if not isinstance(place.value, list):
        raise _Cannot("WRONG_PLACE", f"There is no list at `{path}`.")
    return place.value


def _where(items: list[Any], before: str) -> int:
    if not before:
        return len(items)
    number = _number(items, before)
    if number is None:
        raise _Cannot("NOT_THERE", f"There is no `{before}` to stand before.")
    return number


def _number(items: list[Any], name: str) -> int | None:
    for number, item in enumerate(items):
        if _name(item) == name:
            return number
    return int(name) if name.isdigit() and int(name) < len(items) else None


def _name(item: object) -> str:
    if not isinstance(item, dict):
        return item if isinstance(item, str) else ""
    return str(item.get("id") or item.get("code") or item.get("value", ""))


def _above(path: str) -> str:
    return path.rpartition("/")[0]
