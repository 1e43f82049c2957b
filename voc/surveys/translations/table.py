"""The table of translations: each text with a key that does not move when questions do, and how far each language is. PURE."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from voc.surveys.parse import parse
from voc.surveys.placeholders import placeholders
from voc.surveys.questionnaire import Problem, Questionnaire, QuestionnaireError
from voc.surveys.questions import Question
from voc.surveys.texts import Texts
from voc.surveys.words import WORDS

_IN_PATH = re.compile(r"[^.\[\]]+|\[\d+\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One text: its key, its path in the document, and what it says in each language; `is_ours` where the words are built in."""

    key: str
    path: str
    texts: Mapping[str, str]
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a questionnaire is there in one language."""

    language: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What a translator wrote for a key and language; `source` is the text it was made from, where that is known."""

    key: str
    language: str
    text: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry does: NEW, CHANGED, SAME, or why it is not taken: STALE, UNKNOWN_KEY, PLACEHOLDER."""

    code: str
    key: str
    language: str
    before: str
    after: str

    @property
    def is_taken(self) -> bool:
        """Whether it changes the questionnaire."""
        return self.code in {"NEW", "CHANGED"}


def lines(questionnaire: Questionnaire) -> tuple[Line, ...]:
    """Every text in the order of the document, the built-in words last: those that a language lacks, or that are written anew."""
    found = [Line(key, path, dict(texts)) for key, path, texts in _texts_in(questionnaire, "", "") if not path.startswith("words.")]
    for name, ours in WORDS.items():
        own = questionnaire.words.get(name) or Texts()
        if own or any(_ours(ours, language) is None for language in questionnaire.languages):
            spoken = {language: own.get(language) or _ours(ours, language) for language in questionnaire.languages}
            found.append(Line(f"words.{name}", f"words.{name}", {language: text for language, text in spoken.items() if text}, not own))
    return tuple(found)


def progress(questionnaire: Questionnaire) -> tuple[Progress, ...]:
    """How far each language is."""
    table = lines(questionnaire)
    return tuple(Progress(language, sum(language in line.texts for line in table), len(table)) for language in questionnaire.languages)


def changes(questionnaire: Questionnaire, entries: tuple[Entry, ...]) -> tuple[Change, ...]:
    """What the entries would do, one by one; those in a language that is not there yet bring it along.

    An entry is not taken where its key is gone, where the source has changed since it was made (STALE: translate it again), or where it
    lost or made up a placeholder.
    """
    table = {line.key: line for line in lines(questionnaire)}
    first = questionnaire.default_language
    found = []
    for entry in entries:
        line = table.get(entry.key)
        before = line.texts.get(entry.language, "") if line else ""
        found.append(Change(_code(line, entry, before, first), entry.key, entry.language, before, entry.text))
    return tuple(found)


def with_changes(questionnaire: Questionnaire, content: Mapping[str, Any], taken: tuple[Change, ...]) -> dict[str, Any]:
    """The document that the questionnaire was read from, with the changes that are taken; nothing else in it changes.

    Raises QuestionnaireError, by key, where a text cannot stand in its place.
    """
    document = deepcopy(dict(content))
    paths = {line.key: line.path for line in lines(questionnaire)}
    for change in taken:
        if not change.is_taken:
            continue
        if change.language not in document["languages"]:
            document["languages"].append(change.language)
        _texts_at(document, paths[change.key])[change.language] = change.after
    try:
        parse(document)
    except QuestionnaireError as refused:
        keys = {path: key for key, path in paths.items()}
        raise QuestionnaireError(tuple(_by_key(problem, keys) for problem in refused.problems)) from None
    return document


def _code(line: Line | None, entry: Entry, before: str, first: str) -> str:
    if line is None:
        return "UNKNOWN_KEY"
    if entry.text == before:
        return "SAME"
    if entry.source is not None and entry.language != first and entry.source != line.texts.get(first, ""):
        return "STALE"
    if _named(entry.text) != _named(line.texts.get(first, "")) and entry.language != first:
        return "PLACEHOLDER"
    return "CHANGED" if before and not line.is_ours else "NEW"


def _named(text: str) -> set[str]:
    return {placeholder.name for placeholder in placeholders(text)}


def _ours(ours: Texts, language: str) -> str | None:
    return ours.get(language) or ours.get(language.split("-", 1)[0])


def _texts_in(value: Any, key: str, path: str) -> Iterator[tuple[str, str, Texts]]:
    if isinstance(value, Texts):
        if value:
            yield key, path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            name = getattr(item, "id", None) or getattr(item, "code", None) or str(index)
            # A question keeps its key when it moves to another page.
            yield from _texts_in(item, name if isinstance(item, Question) else f"{key}.{name}", f"{path}[{index}]")
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _texts_in(item, f"{key}.{name}", f"{path}.{name}")
    elif is_dataclass(value):
        for one in fields(value):
            beginning = f"{key}." if key else ""
            yield from _texts_in(getattr(value, one.name), f"{beginning}{one.name}", f"{path}.{one.name}" if path else one.name)


def _texts_at(document: Any, path: str) -> dict[str, str]:
    *steps, last = (int(part[1:-1]) if part.startswith("[") else part for part in _IN_PATH.findall(path))
    for step in steps:
        document = document[step] if isinstance(step, int) else document.setdefault(step, {})
    found: dict[str, str] = document[last] if isinstance(last, int) else document.setdefault(last, {})
    return found


def _by_key(problem: Problem, keys: Mapping[str, str]) -> Problem:
    place, _, language = problem.path.rpartition(".")
    return Problem(f"{keys[place]}.{language}" if place in keys else problem.path, problem.code, problem.message, problem.severity)
