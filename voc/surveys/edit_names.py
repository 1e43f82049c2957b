"""Names of questions: given anew wherever they are spoken of, and fresh ones for what is copied. PURE."""

import re
from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import Any

from voc.core.expression_words import is_name, names_read, with_names
from voc.surveys.described import ID, IN_WORDS
from voc.surveys.edit_places import Cannot, Document, asked, items, question_at
from voc.surveys.edits_of_walks import names_in_walks, rename_in_walks
from voc.surveys.placeholders import ANSWERS, placeholders, renamed

_CONDITIONS = {"show_if", "end_if", "when"}


def rename(document: Document, question: str, new_id: str) -> None:
    """Give a question another id, in conditions, texts, loops and scores too. Raises Cannot for an id that is taken or cannot be one."""
    holder, number = question_at(document, question)
    if not (re.fullmatch(ID, new_id) and is_name(new_id)):
        raise Cannot("WRONG_VALUE", f"`{new_id[:80]}` cannot be an id. {IN_WORDS[ID]}")
    if new_id != question and any(one.get("id") == new_id for one in asked(document)):
        raise Cannot("USED_TWICE", f"There is a question `{new_id}` already. Choose another id.")
    names = _new_names(document, document, {question: new_id})
    holder[number]["id"] = new_id
    _call(document, names)
    for page in items(document, "pages"):
        if page.get("loop") == question:
            page["loop"] = new_id
    for score in items(document, "scores"):
        if isinstance(held := score.get("questions"), list):
            score["questions"] = [new_id if one == question else one for one in held]
    rename_in_walks(document, names)


def page_again(document: Document, page: dict[str, Any], new_id: str) -> dict[str, Any]:
    """A copy of a page whose questions have ids of their own; what they say of each other is said of the copies."""
    copied = deepcopy(page)
    copied["id"] = new_id
    mine = [one for one in copied.get("questions") or () if isinstance(one, dict) and one.get("id")]
    taken = {str(one.get("id")) for one in asked(document)}
    fresh: dict[str, str] = {}
    for one in mine:
        fresh[str(one["id"])] = free(str(one["id"]), taken)
        taken.add(fresh[str(one["id"])])
    names = _new_names(document, copied, fresh)
    for one in mine:
        one["id"] = fresh[str(one["id"])]
    _call(copied, names)
    if isinstance(loop := copied.get("loop"), str) and loop in fresh:
        copied["loop"] = fresh[loop]
    return copied


def free(wished: str, taken: Iterable[str]) -> str:
    """The wished name, or that with a number: one that is not taken."""
    number, found, known = 1, wished, set(taken)
    while found in known:
        number += 1
        found = f"{wished[:58]}_{number}"
    return found


def _new_names(document: Document, part: Any, fresh: dict[str, str]) -> dict[str, str]:
    """For every name that a part speaks of and that begins with a question's, what it is called from now on."""
    others = {str(one.get("id")) for one in asked(document)}
    spoken: set[str] = set()
    _everywhere(part, lambda text, is_condition: _noted(text, spoken, is_condition=is_condition))
    spoken |= names_in_walks(part)
    found = dict(fresh)
    for old, new in fresh.items():
        longer = tuple(f"{other}_" for other in others if other.startswith(f"{old}_"))
        mine = (name for name in spoken - others if name.startswith(f"{old}_"))
        found |= {name: f"{new}{name.removeprefix(old)}" for name in mine if not (longer and name.startswith(longer))}
    return found


def _call(part: Any, names: dict[str, str]) -> None:
    _everywhere(part, lambda text, is_condition: with_names(text, "answers", names) if is_condition else renamed(text, names))


def _noted(text: str, spoken: set[str], *, is_condition: bool) -> str:
    if is_condition:
        spoken.update(field for _, field in names_read(text, ("answers",)))
    else:
        spoken.update(one.name.removeprefix(ANSWERS) for one in placeholders(text) if one.name.startswith(ANSWERS))
    return text


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
