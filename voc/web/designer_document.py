"""A draft as its designer sees it: pages and questions, every place in it and what stands there. Half-written drafts too. PURE."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from voc.surveys.check import check
from voc.surveys.documents import known_text
from voc.surveys.edits import value_at
from voc.surveys.flow import minutes
from voc.surveys.questionnaire import Questionnaire, QuestionnaireError
from voc.surveys.questions import KINDS, Question
from voc.surveys.reader import Reader

Document = Mapping[str, Any]
SHORT = 60
MOST_KNOWN = 100


@dataclass(frozen=True, slots=True)
class Draft:
    """A readable draft: the document, its languages, and the minutes to answer where it is sound enough to tell."""

    document: Document
    languages: tuple[str, ...]
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the list: a question, or the page that holds it."""

    at: str
    kind: str
    name: str
    text: str
    is_conditional: bool


@lru_cache(maxsize=32)
def read_draft(text: str) -> Draft | None:
    """The draft; None where its text cannot be read at all. Nobody changes what it gives."""
    try:
        content = known_text(text).content
    except QuestionnaireError:
        return None
    if not isinstance(content, dict):
        return None
    found = content.get("languages")
    languages = tuple(str(one) for one in found) if isinstance(found, list) else ()
    questionnaire = check(text).questionnaire
    return Draft(content, languages or ("en",), minutes(questionnaire) if questionnaire else None)


def pages(document: Document, language: str) -> Iterator[tuple[Line, list[Line]]]:
    """Every page with its questions, as short as a list needs them."""
    taken: set[str] = set()
    listed = items(document, "pages")
    for number, page in enumerate(listed):
        at = f"pages/{item_name(listed, number)}"
        asked: list[Line] = []
        for which, one in enumerate(items(page, "questions")):
            name = _own_name(one)
            here = f"questions/{escaped(name)}" if name and name not in taken else f"{at}/questions/{which}"
            asked.append(_line(here, one, language))
            taken.add(name)
        yield _line(at, page, language, "title"), asked


def items(holder: Any, name: str) -> Sequence[Any]:
    """The list of that name; empty where there is none."""
    found = holder.get(name) if isinstance(holder, Mapping) else None
    return found if isinstance(found, list) else ()


def item_name(listed: Sequence[Any], number: int) -> str:
    """The step of a path that leads to an item: its id, code or value, or its number where that says more."""
    name = _own_name(listed[number])
    first = next(at for at, one in enumerate(listed) if at == number or _own_name(one) == name)
    return escaped(name) if name and first == number else str(number)


def escaped(name: str) -> str:
    """A name as a step of a path."""
    return name.replace("~", "~0").replace("/", "~1")


def raw_at(document: Document, at: str) -> Any:
    """What stands at a place; the document itself where the place is empty."""
    return value_at(dict(document), at) if at else document


def kind_at(document: Document, at: str) -> Any:
    """The dataclass, or the type, of what may stand at a place; None where nothing may."""
    hint: Any = Questionnaire
    steps = at.split("/") if at else []
    for number, step in enumerate(steps, 1):
        if get_origin(hint) is tuple:
            hint = get_args(hint)[0]
            if hint is Question:
                raw = raw_at(document, "/".join(steps[:number]))
                hint = KINDS.get(str(raw.get("kind")), Question) if isinstance(raw, Mapping) else None
        else:
            hint = tuple[Question, ...] if hint is Questionnaire and step == "questions" else plain_hints(hint).get(step)
        if hint is None:
            return None
    return hint


def plain_hints(kind: Any) -> dict[str, Any]:
    """The types of a dataclass's fields, without the `None` that some may be."""
    hints = get_type_hints(kind) if is_dataclass(kind) else {}
    return {name: _bare(hint) for name, hint in hints.items()}


def unescaped(step: str) -> str:
    """The name that a step of a path stands for."""
    return step.replace("~1", "/").replace("~0", "~")


def page_of(document: Document, at: str) -> tuple[str, int]:
    """The page that a question is on, as a place, and its number there; the page itself and -1 for a page; nothing and -1 else."""
    for page, asked in pages(document, ""):
        if at == page.at:
            return page.at, -1
        for number, one in enumerate(asked):
            if at == one.at or at.startswith(f"{one.at}/"):
                return page.at, number
    return "", -1


def answers_before(document: Document, at: str, language: str) -> list[tuple[str, str]]:
    """The answers that are known at a place, by their names, with the question each is given to; all, where it is on no page.

    Of many only those of the last hundred questions before it are told.
    """
    before: list[Line] = []
    page_at, number = page_of(document, at)
    for page, asked in pages(document, language):
        here = page.at == page_at
        before += asked[:number] if here and number >= 0 else asked
        if here:
            break
    known: list[tuple[str, str]] = []
    for one in before[-MOST_KNOWN:]:
        raw = raw_at(document, one.at)
        kind = KINDS.get(one.kind)
        if kind and isinstance(raw, Mapping):
            built: Question = Reader().build(kind, raw, "")
            known += [(f"answers.{name}", one.text) for name in built.names()]
    return known


def place_of(document: Document, path: str, listed: Sequence[tuple[Line, Sequence[Line]]] = ()) -> tuple[str, str]:
    """Where a problem is to be mended: the place whose panel shows it, and the field there. `pages[0].questions[2].text.nl` it says.

    `listed` are the pages of the document, for whoever asks about many problems of a long one.
    """
    owner, below = "", ""
    value: Any = document
    steps = re.findall(r"[^.\[\]]+", path)
    listed = listed or (tuple(pages(document, "")) if steps[:1] == ["pages"] else ())
    for number, step in enumerate(steps):
        is_item = isinstance(value, list) and step.isdigit() and int(step) < len(value)
        if is_item and number == 1 and steps[0] == "pages":
            owner, below = listed[int(step)][0].at, ""
        elif is_item and number == 3 and (steps[0], steps[2]) == ("pages", "questions"):
            owner, below = listed[int(steps[1])][1][int(step)].at, ""
        else:
            name = item_name(value, int(step)) if is_item else escaped(step)
            below = f"{below}/{name}" if below else name
        value = value[int(step)] if is_item else value.get(step) if isinstance(value, Mapping) else None
        if is_item and number == 1 and steps[0] in ("end_pages", "shuffles", "quotas", "scores"):
            owner, below = below, ""
        elif number == 0 and step in ("invitation", "words"):
            owner, below = step, ""
    return owner, below


def new_name(document: Document, wished: str) -> str:
    """An id for a question that no other has: the wished one, or that with a number."""
    taken = {str(one.get("id")) for page in items(document, "pages") for one in items(page, "questions") if isinstance(one, Mapping)}
    return _free(wished, taken)


def free_name(listed: Sequence[Any], wished: str) -> str:
    """A name that no item of a list has."""
    return _free(wished, {_own_name(one) for one in listed})


def short(texts: Any, language: str) -> str:
    """A text on one line, cut where it is long, in the language or else the first there is."""
    said = str(texts.get(language) or next((text for text in texts.values() if text), "")) if isinstance(texts, Mapping) else ""
    flat = " ".join(said.split())
    return flat if len(flat) <= SHORT else f"{flat[:SHORT]}…"


def _line(at: str, raw: Any, language: str, text: str = "text") -> Line:
    held: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    return Line(at, str(held.get("kind", "")), str(held.get("id", "")), short(held.get(text), language), bool(held.get("show_if")))


def _own_name(item: Any) -> str:
    return str(item.get("id") or item.get("code") or item.get("value", "")) if isinstance(item, Mapping) else str(item)


def _free(wished: str, taken: set[str]) -> str:
    number, found = 1, wished
    while found in taken:
        number += 1
        found = f"{wished}_{number}"
    return found


def _bare(hint: Any) -> Any:
    return next(one for one in get_args(hint) if one is not NoneType) if isinstance(hint, UnionType) else hint
