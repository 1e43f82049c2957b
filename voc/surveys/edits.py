"""Small changes of a document, as a designer makes them one by one. PURE.

A place is a path of names with `/` between: `questions/nps/text/en`, `pages/first/title`, `questions/cause/choices/wait`. In lists an
item is found by its id, code or value, else by its number; `/` in a name is written `~1`, `~` is `~0`. A document that is no
questionnaire (yet) can be changed as well.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from voc.core.errors import Fault, Invalid
from voc.surveys.another_kind import as_kind
from voc.surveys.edit_names import page_again, rename
from voc.surveys.edit_places import Cannot, Document, Place, list_at, name_of, number_of, question_at, where
from voc.surveys.edits_of_walks import save_walk
from voc.surveys.questions import KINDS

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
    """Put the same again after the item at a place, under another id. The questions of a copied page get fresh ids of their own."""

    path: str
    new_id: str


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a question another id, wherever it is spoken of."""

    question: str
    new_id: str


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """Make another kind of question of one; it keeps its id and everything that the new kind can hold."""

    question: str
    kind: str


@dataclass(frozen=True, slots=True)
class SaveWalk:
    """Keep a walk as a test, in place of the one with the same id where there is one."""

    walk: Document


Edit = Put | Add | Move | Copy | Rename | ChangeKind | SaveWalk


def edited(document: Document, edits: tuple[Edit, ...]) -> Document:
    """The document after all edits, in order. Raises Invalid, by the number of the edit, where one cannot be done; then none is."""
    if not 0 < len(edits) <= _MOST:
        raise Invalid.at("operations", "WRONG_LENGTH", f"Send 1 to {_MOST} operations at a time.")
    changed = deepcopy(document)
    for number, edit in enumerate(edits):
        try:
            _DO[type(edit)](changed, edit)
        except Cannot as cannot:
            raise Invalid([Fault(f"operations[{number}]", cannot.code, str(cannot))]) from None
    return changed


def places(edit: Edit) -> tuple[str, ...]:
    """What an edit depends on: if two editors touch none of each other's places, both may go on."""
    if isinstance(edit, Rename):
        return ("",)
    if isinstance(edit, ChangeKind):
        return (f"questions/{edit.question}",)
    if isinstance(edit, SaveWalk):
        return (f"walks/{edit.walk.get('id', '')}",)
    if isinstance(edit, Move):
        return (edit.path, edit.to or _above(edit.path))
    return (edit.path,)


def value_at(document: Document, path: str) -> object:
    """What stands at a place; None where nothing does."""
    try:
        return Place(document, path).value
    except Cannot:
        return None


def _put(document: Document, edit: Put) -> None:
    place = Place(document, edit.path, make=edit.value is not None)
    if edit.value is None:
        if isinstance(place.holder, dict):
            place.holder.pop(place.key, None)
        else:
            del place.holder[place.key]
    elif isinstance(place.holder, dict) and place.holder.get("id") and place.key == "id" and "kind" in place.holder:
        raise Cannot("WRONG_PLACE", "The id of a question is changed by renaming it, so that conditions go along.")
    else:
        place.holder[place.key] = deepcopy(edit.value)


def _add(document: Document, edit: Add) -> None:
    items = list_at(document, edit.path)
    name = name_of(edit.value)
    if name and number_of(items, name) is not None:
        raise Cannot("USED_TWICE", f"There is a `{name}` at `{edit.path}` already.")
    items.insert(where(items, edit.before), deepcopy(edit.value))


def _move(document: Document, edit: Move) -> None:
    place = Place(document, edit.path)
    if not isinstance(place.holder, list):
        raise Cannot("WRONG_PLACE", f"`{edit.path}` is no item of a list.")
    item = place.holder.pop(place.key)
    items = list_at(document, edit.to) if edit.to else place.holder
    items.insert(where(items, edit.before), item)


def _copy(document: Document, edit: Copy) -> None:
    place = Place(document, edit.path)
    if not isinstance(place.holder, list) or not isinstance(place.value, dict):
        raise Cannot("WRONG_PLACE", f"`{edit.path}` is no item of a list.")
    if number_of(place.holder, edit.new_id) is not None:
        raise Cannot("USED_TWICE", f"There is a `{edit.new_id}` beside it already. Choose another name.")
    if isinstance(place.value.get("questions"), list):
        copied = page_again(document, place.value, edit.new_id)
    else:
        copied = deepcopy(place.value) | {"id" if "id" in place.value else "code": edit.new_id}
    place.holder.insert(place.key + 1, copied)


def _change_kind(document: Document, edit: ChangeKind) -> None:
    holder, number = question_at(document, edit.question)
    if edit.kind not in KINDS:
        raise Cannot("WRONG_VALUE", f"There is no kind `{edit.kind[:80]}`. Choose one of {', '.join(KINDS)}.")
    holder[number] = as_kind(holder[number], edit.kind).question


def _rename(document: Document, edit: Rename) -> None:
    rename(document, edit.question, edit.new_id)


def _save_walk(document: Document, edit: SaveWalk) -> None:
    save_walk(document, edit.walk)


_DO: dict[type[Any], Callable[[Document, Any], None]] = {
    Put: _put,
    Add: _add,
    Move: _move,
    Copy: _copy,
    Rename: _rename,
    ChangeKind: _change_kind,
    SaveWalk: _save_walk,
}


def _above(path: str) -> str:
    return path.rpartition("/")[0]
