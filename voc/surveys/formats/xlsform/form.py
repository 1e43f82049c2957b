"""A form as its questions in order, each with the groups around it, and the lists they choose from. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voc.surveys.formats.imported import NotImportable
from voc.surveys.formats.languages import language_code
from voc.surveys.formats.notes import Notes
from voc.surveys.formats.xlsform.table import Line, Table, in_base, table_of
from voc.surveys.formats.xlsform.types import Type, type_of

_ON_ONE_PAGE = ("field-list", "table-list")
_NO_LANGUAGE = "default"


@dataclass(frozen=True, slots=True)
class Frame:
    """A group or repeat that stands around questions."""

    path: str
    line: Line
    is_repeat: bool

    @property
    def is_one_page(self) -> bool:
        """Whether all of it is shown on one page."""
        return any(word in self.line.get("appearance").lower() for word in _ON_ONE_PAGE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as the form has it; `id` is its path."""

    id: str
    name: str
    type: Type
    line: Line
    frames: tuple[Frame, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """The whole form. `languages` are its own names for them, the base language first; empty where it names none."""

    settings: Line
    languages: tuple[str, ...]
    base: str
    entries: tuple[Entry, ...]
    lists: Mapping[str, tuple[Line, ...]]
    external: Mapping[str, tuple[Line, ...]]
    columns: tuple[str, ...] = field(default=())


def form_of(sheets: Mapping[str, list[list[str]]], notes: Notes) -> Form:
    """The form in these sheets. Raises NotImportable where there is no survey sheet or no question in it."""
    if "survey" not in sheets:
        raise NotImportable("NOT_AN_XLSFORM", "There is no sheet `survey` in this workbook. Name the sheet with the questions so.")
    survey = table_of(sheets["survey"])
    if "type" not in survey.columns:
        raise NotImportable("NOT_AN_XLSFORM", "The sheet `survey` has no column `type`. Write the headers into its first row.")
    choices = table_of(sheets.get("choices") or sheets.get("choices and columns") or [], of_choices=True)
    external = table_of(sheets.get("external_choices") or [], of_choices=True)
    settings = next(iter(table_of(sheets.get("settings") or []).lines), Line(2, {}, {}))
    languages, base = _languages(settings.get("default_language"), survey, choices)
    entries = tuple(_entries(list(in_base(survey.lines, base)), notes))
    if not entries:
        raise NotImportable("NO_QUESTIONS", "There is no question in the sheet `survey`.")
    return Form(settings, languages, base, entries, _lists(choices, base), _lists(external, base), survey.columns)


def _languages(wanted: str, survey: Table, choices: Table) -> tuple[tuple[str, ...], str]:
    """The languages, and the one in which bare headers are."""
    named = [one for one in dict.fromkeys((*survey.languages, *choices.languages)) if one]
    if wanted and wanted.lower() != _NO_LANGUAGE:
        base = next((one for one in named if one.lower() == wanted.lower()), "") or _alike(wanted, named) or wanted
    elif named and "" not in survey.languages:
        base = named[0]
    else:
        base = _NO_LANGUAGE
    others = [one for one in named if one != base]
    return ((base, *others) if others or base != _NO_LANGUAGE else ()), base


def _alike(wanted: str, named: list[str]) -> str:
    """The one language among these that is meant by another name for it, such as `en` for `English (en)`."""
    code = language_code(wanted)
    found = [one for one in named if code and language_code(one) == code]
    return found[0] if len(found) == 1 else ""


def _lists(table: Table, base: str) -> dict[str, tuple[Line, ...]]:
    found: dict[str, list[Line]] = {}
    for line in in_base(table.lines, base):
        if line.get("list_name") and (line.get("name") or line.texts("label")):
            found.setdefault(line.get("list_name"), []).append(line)
    return {name: tuple(lines) for name, lines in found.items()}


def _entries(lines: list[Line], notes: Notes) -> list[Entry]:
    frames: list[Frame] = []
    found = []
    for line in lines:
        written = line.get("type")
        if not written or written.startswith("#"):
            _note_untyped(line, notes)
            continue
        kind = type_of(written)
        path = "/".join((*(frame.path.rsplit("/", 1)[-1] for frame in frames), line.get("name")))
        if kind.name == "close":
            if frames:
                frames.pop()
        elif line.get("disabled").lower() in {"yes", "true", "1"}:
            notes.dropped(path, "DISABLED_DROPPED", written, "The row is disabled in the form.")
        elif kind.name in {"group", "repeat"}:
            frames.append(Frame(path, line, kind.name == "repeat"))
        else:
            name = line.get("name") or f"row_{line.number}"
            found.append(Entry(path if line.get("name") else f"{path}{name}", name, kind, line, tuple(frames)))
    return found


def _note_untyped(line: Line, notes: Notes) -> None:
    if line.get("name") or line.texts("label"):
        what = line.get("name") or next(iter(line.texts("label").values()))
        notes.dropped(f"row {line.number}", "ROW_DROPPED", what, "The row has no type, so it is no question.")
