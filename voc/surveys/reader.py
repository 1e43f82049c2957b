"""Plain objects to the dataclasses of a document, as their fields say. Every fault is noted with its path; none stops the reading. PURE."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, replace
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache, partial
from math import isfinite
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from voc.surveys.described import IN_WORDS, Said
from voc.surveys.questionnaire import Problem
from voc.surveys.questions import KINDS, Question, Statement
from voc.surveys.texts import Texts

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BLANKS: dict[Any, Any] = {str: "", bool: False, int: 0, float: 0.0, Texts: Texts()}


class Reader:
    """Reads one document. What it builds is only sound when `problems` stays empty; blanks stand where something was wrong."""

    def __init__(self, languages: Iterable[str] = (), fallback: Iterable[str] = ()) -> None:
        self.problems: list[Problem] = []
        self.unread: set[str] = set()
        self._fallback = tuple(fallback)
        self._rank = {language: rank for rank, language in enumerate(languages)}

    def note(self, path: str, code: str, message: str) -> None:
        """Keep a fault."""
        self.problems.append(Problem(path, code, message))

    def build(self, kind: type[Any], raw: object, path: str) -> Any:
        """An instance of the dataclass `kind`; fields it does not have are faults."""
        if not isinstance(raw, Mapping):
            self.note(path, "WRONG_TYPE", f"{_name(path)} must be a group of fields, not {_word(raw)}.")
            raw = {}
        hints, own = _fields_of(kind)  # type: ignore[arg-type]
        for key in raw:
            if key not in own and not (key == "kind" and issubclass(kind, Question)):
                self._unknown(str(key), own, _join(path, str(key)))
        return kind(**{name: self._field(one, hints[name], raw, path) for name, one in own.items()})

    def _field(self, one: Field[Any], hint: Any, raw: Mapping[str, object], path: str) -> Any:
        here, value = _join(path, one.name), raw.get(one.name)
        if value is None or value in ("", {}):
            if one.default is not MISSING:
                return one.default
            if one.default_factory is not MISSING:
                return one.default_factory()
            self.note(here, "MISSING", f"Add `{one.name}`: {one.metadata['said'].sentence[0].lower()}{one.metadata['said'].sentence[1:]}")
            return _blank(hint)
        return self._value(hint, value, here, one.metadata["said"])

    def _value(self, hint: Any, raw: object, path: str, said: Said) -> Any:
        if get_origin(hint) is UnionType:
            hint = next(one for one in get_args(hint) if one is not NoneType)
        if hint is Texts:
            return self._texts(raw, path, said)
        if hint is Question:
            return self._question(raw, path)
        if get_origin(hint) is tuple:
            return self._several(get_args(hint)[0], raw, path, said)
        if hint is str:
            return self._text(raw, path, said)
        if hint in {int, float, bool}:
            return self._plain(hint, raw, path, said)
        if hint is date:
            return self._date(raw, path)
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return self._one_of(hint, raw, path)
        if get_origin(hint) is not None:
            return self._named(get_args(hint)[1], raw, path, said)
        return self.build(hint, raw, path)

    def _question(self, raw: object, path: str) -> Question:
        if not isinstance(raw, Mapping):
            self.note(path, "WRONG_TYPE", f"A question must be a group of fields, not {_word(raw)}.")
            return Statement(id="", text=Texts())
        kind = KINDS.get(str(raw.get("kind", "")))
        if kind is None:
            self.unread.add(str(raw.get("id", "")))
            said = "has no `kind`" if raw.get("kind") is None else f"has the unknown kind `{raw['kind']}`"
            self.note(_join(path, "kind"), "UNKNOWN_KIND", f"This question {said}. Choose {_listed(KINDS)}.")
            return Statement(id=str(raw.get("id", "")), text=Texts())
        return self.build(kind, raw, path)  # type: ignore[no-any-return]

    def _several(self, hint: Any, raw: object, path: str, said: Said) -> tuple[Any, ...]:
        if not isinstance(raw, list | tuple):
            self.note(path, "WRONG_TYPE", f"{_name(path)} must be a list, not {_word(raw)}.")
            return ()
        if len(raw) < said.fewest:
            self.note(path, "TOO_FEW", f"{_name(path)} needs at least {said.fewest}.")
        return tuple(self._value(hint, item, f"{path}[{index}]", said) for index, item in enumerate(raw))

    def _texts(self, raw: object, path: str, said: Said) -> Texts:
        if not isinstance(raw, Mapping):
            self.note(path, "WRONG_TYPE", f"Write {_name(path)} once per language, such as `en: …`.")
            return Texts()
        ranked = sorted(raw.items(), key=lambda item: self._rank.get(str(item[0]), len(self._rank)))
        return Texts({str(language): self._text(text, _join(path, str(language)), said) for language, text in ranked}, self._fallback)

    def _named(self, hint: Any, raw: object, path: str, said: Said) -> dict[str, Any]:
        what = {Texts: "texts", float: "numbers"}.get(hint, "values")
        if not isinstance(raw, Mapping):
            self.note(path, "WRONG_TYPE", f"{_name(path)} must be a group of {what}, not {_word(raw)}.")
            return {}
        read = self._answer if hint is object else partial(self._value, hint)
        return {str(key): read(value, _join(path, str(key)), said) for key, value in raw.items()}

    def _answer(self, raw: object, path: str, said: Said) -> object:
        """What is answered to a question: a text, a number, true or false, a list of codes."""
        if isinstance(raw, list | tuple):
            return [self._text(one, f"{path}[{number}]", said) for number, one in enumerate(raw)]
        if isinstance(raw, bool | int | float):
            return self._plain(type(raw), raw, path, replace(said, lowest=None, highest=None))
        return self._text(raw, path, said)

    def _text(self, raw: object, path: str, said: Said) -> str:
        if not isinstance(raw, str):
            self.note(path, "WRONG_TYPE", f"{_name(path)} must be text, not {_word(raw)}. Put it in quotes.")
            return ""
        text = raw.strip()
        if not text:
            self.note(path, "EMPTY", f"{_name(path)} is empty. Fill it in, or leave it out.")
        elif _UNPRINTABLE.search(text):
            self.note(path, "WRONG_VALUE", f"{_name(path)} holds a character that cannot be shown. Type it again without it.")
        elif said.pattern and not re.fullmatch(said.pattern, text):
            self.note(path, "WRONG_VALUE", f"`{text[:80]}` cannot be used here. {IN_WORDS[said.pattern]}")
        elif len(text) > said.longest:
            self.note(path, "TOO_LONG", f"{_name(path)} has {len(text)} characters; at most {said.longest} fit.")
        return text

    def _plain(self, hint: Any, raw: object, path: str, said: Said) -> Any:
        wanted = {bool: "true or false", int: "a whole number", float: "a number"}[hint]
        fits = isinstance(raw, bool) if hint is bool else isinstance(raw, int if hint is int else int | float) and not isinstance(raw, bool)
        if not fits or (isinstance(raw, float) and not isfinite(raw)):
            self.note(path, "WRONG_TYPE", f"{_name(path)} must be {wanted}, not {_word(raw)}.")
            return hint()
        assert isinstance(raw, int | float)
        if (said.lowest is not None and raw < said.lowest) or (said.highest is not None and raw > said.highest):
            self.note(path, "WRONG_VALUE", f"{_name(path)} must be {_bounds(said)}.")
        return hint(raw)

    def _date(self, raw: object, path: str) -> date | None:
        try:
            return date.fromisoformat(str(raw))
        except ValueError:
            self.note(path, "WRONG_VALUE", f"{_name(path)} must be a day such as `2026-01-31`.")
            return None

    def _one_of(self, hint: type[StrEnum], raw: object, path: str) -> StrEnum:
        for member in hint:
            if member.value == raw:
                return member
        self.note(path, "WRONG_VALUE", f"{_name(path)} must be {_listed(member.value for member in hint)}.")
        return next(iter(hint))

    def _unknown(self, key: str, own: Mapping[str, object], path: str) -> None:
        near = get_close_matches(key, own, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else f"There can be {_listed(own)}."
        self.note(path, "UNKNOWN_FIELD", f"There is no field `{key[:80]}` here. {hint}")


@cache
def _fields_of(kind: type[Any]) -> tuple[Mapping[str, Any], Mapping[str, Field[Any]]]:
    return get_type_hints(kind), {one.name: one for one in fields(kind)}


def _blank(hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return ()
    if hint in _BLANKS:
        return _BLANKS[hint]
    return hint(**{one.name: _blank(get_type_hints(hint)[one.name]) for one in fields(hint) if one.default is MISSING})


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _name(path: str) -> str:
    return f"`{path.rsplit('.', 1)[-1]}`" if path else "The document"


def _word(raw: object) -> str:
    if raw is None:
        return "nothing"
    words = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "a group of fields"}
    return words.get(type(raw), "this")


def _bounds(said: Said) -> str:
    if said.lowest is None or said.highest is None:
        return f"{said.lowest:g} or more" if said.highest is None else f"{said.highest:g} or less"
    return f"from {said.lowest:g} to {said.highest:g}"


def _listed(names: Any) -> str:
    shown = [f"`{name}`" for name in names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"
