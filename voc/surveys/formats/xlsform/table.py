"""A sheet as rows of named columns: headers are read without case, by all their old names, and with their language. PURE."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_ALIASES = {
    **{
        "relevance": "relevant",
        "caption": "label",
        "command": "type",
        "readonly": "read_only",
        "count": "repeat_count",
        "calculate": "calculation",
    },
    **{"jr:count": "repeat_count", "constraintmsg": "constraint_message", "jr:constraintmsg": "constraint_message", "list": "list_name"},
    **{
        "requiredmsg": "required_message",
        "jr:requiredmsg": "required_message",
        "tag": "name",
        "text": "label",
        "choice_filters": "choice_filter",
    },
    **{"constraining_message": "constraint_message", "big_image": "big-image", "skippable": "required", "repeat": "repeat_count"},
    **{"formtitle": "form_title", "formid": "form_id", "set_form_title": "form_title", "set_form_id": "form_id", "title": "form_title"},
}
_CHOICE_ALIASES = {"value": "name", "list": "list_name"}
_TRANSLATED = {"label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "audio", "video", "big-image"}
_PREFIXES = {"bind", "media", "control", "body", "instance"}
_UNLABELLED = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: cells by the name of their column, and translated ones by name and language ("" where the header names none)."""

    number: int
    cells: Mapping[str, str]
    translated: Mapping[str, Mapping[str, str]]
    base: str = _UNLABELLED

    def get(self, name: str) -> str:
        """A cell; "" where there is none."""
        return self.cells.get(name, "")

    def texts(self, name: str) -> dict[str, str]:
        """A translated cell by language; what stands under a bare header is in the base language, where that has no other."""
        found = dict(self.translated.get(name, {}))
        bare = found.pop(_UNLABELLED, "")
        if bare and not found.get(self.base):
            found[self.base] = bare
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet. `languages` are those that headers name, in order; "" is among them where a bare `label` holds something."""

    lines: tuple[Line, ...]
    columns: tuple[str, ...]
    languages: tuple[str, ...]


def table_of(rows: list[list[str]], *, of_choices: bool = False) -> Table:
    """The sheet; the first row that is not empty holds the headers."""
    if not rows:
        return Table((), (), ())
    headers = [_header(cell, of_choices) for cell in rows[0]]
    lines = tuple(_line(number, headers, row) for number, row in enumerate(rows[1:], 2))
    named = dict.fromkeys(language for name, language in headers if name in _TRANSLATED and language)
    bare = {_UNLABELLED: None} if any(line.translated.get("label", {}).get(_UNLABELLED) for line in lines) else {}
    return Table(lines, tuple(dict.fromkeys(name for name, _ in headers if name)), tuple({**bare, **named}))


def in_base(lines: Iterable[Line], base: str) -> Iterator[Line]:
    """The same rows, with the base language known."""
    return (Line(line.number, line.cells, line.translated, base) for line in lines)


def _header(cell: str, of_choices: bool) -> tuple[str, str]:
    parts = [part.strip() for part in (cell.split("::") if "::" in cell else re.split(r"(?<!jr):", cell)) if part.strip()]
    if not parts:
        return "", ""
    if parts[0].lower() in _PREFIXES and len(parts) > 1:
        parts = parts[1:] if parts[0].lower() in {"bind", "media"} or parts[1].lower() in {"jr:count", "appearance"} else ["::".join(parts)]
    name = parts[0].lower() if of_choices and parts[0].lower() not in _TRANSLATED else re.sub(r"\s+", "_", parts[0].lower())
    if of_choices:
        name = re.sub(r"\Alist name\Z", "list_name", name)
        name = _CHOICE_ALIASES.get(name, name)
        return name, parts[1] if len(parts) > 1 and name in _TRANSLATED else ""
    name = _ALIASES.get(name, name)
    return name, parts[1] if len(parts) > 1 and name in _TRANSLATED else ""


def _line(number: int, headers: list[tuple[str, str]], row: list[str]) -> Line:
    cells: dict[str, str] = {}
    translated: dict[str, dict[str, str]] = {}
    for (name, language), cell in zip(headers, row, strict=False):
        if name in _TRANSLATED:
            if cell:
                translated.setdefault(name, {}).setdefault(language, cell)
        elif name and cell and name not in cells:
            cells[name] = cell
    return Line(number, cells, translated)
