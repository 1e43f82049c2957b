"""Tables, and several fields. PURE."""

from dataclasses import replace
from typing import Any

from voc.surveys.formats.keys import words_apart
from voc.surveys.formats.naming import codes
from voc.surveys.formats.surveyjs.items import choices_of, items_of, rows_of
from voc.surveys.formats.surveyjs.setting import Setting
from voc.surveys.formats.values import Raw, first_of, flag_in, maps_in, text_in, whole_in
from voc.surveys.questions import (
    Cells,
    Choice,
    ColumnGroup,
    Fields,
    Format,
    Matrix,
    Order,
    Question,
    Row,
    ShortField,
    SideBySide,
    SingleChoice,
    Statement,
    Text,
    slugs,
)
from voc.surveys.texts import Texts

_CHOOSING = {"dropdown": Cells.SINGLE, "radiogroup": Cells.SINGLE, "checkbox": Cells.MULTIPLE, "tagbox": Cells.MULTIPLE}
_PLAIN = ("id", "code", "source_id", "text", "help", "links")
_FORMATS = {"email": Format.EMAIL, "tel": Format.PHONE, "url": Format.URL, "number": Format.NUMBER}


def matrix(raw: Raw, shared: dict[str, Any], setting: Setting) -> Question:
    """Rows with one of the columns each; without rows, a single choice."""
    source_id = shared["source_id"]
    every = _every_row(raw)
    columns = choices_of(raw.get("columns"), source_id, setting)
    rows = rows_of(raw.get("rows"), source_id, setting, optional=not every)
    shared = {**shared, "required": shared["required"] or every}
    if not columns:
        return _empty(raw, shared, setting)
    if not rows:
        setting.notes.changed(source_id, "ROWS_MISSING", "matrix without rows", "Without rows it is a single choice.")
        return SingleChoice(choices=columns, **shared)
    order = Order.RANDOM if text_in(first_of(raw, "rowsOrder", "rowOrder")).lower() == "random" else Order.AS_WRITTEN
    cells = Cells.MULTIPLE if text_in(raw.get("cellType")) == "checkbox" else Cells.SINGLE
    return Matrix(rows=rows, columns=columns, cells=cells, order=order, **shared)


def grid(raw: Raw, shared: dict[str, Any], setting: Setting) -> Question:
    """Rows with several columns, each of its own kind."""
    rows = rows_of(raw.get("rows"), shared["source_id"], setting, optional=True)
    return _side_by_side(raw, rows, shared, setting)


def dynamic_grid(raw: Raw, shared: dict[str, Any], setting: Setting) -> Question:
    """A table to which rows were added: as many rows as it began with."""
    begins = max(whole_in(raw.get("rowCount"), 0, 1000) or 2, whole_in(raw.get("minRowCount"), 0, 1000) or 0)
    count = min(max(begins, 1), 10)
    why = f"Customers could add rows; here there are {count}. Add more where they are needed."
    setting.notes.simplified(shared["source_id"], "ROWS_FIXED", f"matrixdynamic with {begins} rows at first", why)
    rows = tuple(Row(code=str(at), text=Texts({setting.spoken.base: str(at)}), optional=True) for at in range(1, count + 1))
    return _side_by_side(raw, rows, shared, setting)


def several_fields(raw: Raw, shared: dict[str, Any], setting: Setting) -> Question:
    """Several short things to type."""
    found = []
    items = list(items_of(raw.get("items")))
    is_required = [flag_in(item.raw.get("isRequired")) for item in items]
    for item, kept, required in zip(items, codes(item.code for item in items), is_required, strict=True):
        text = setting.spoken.texts(item.text, shared["source_id"], 2000, otherwise=item.code)
        kind = _FORMATS.get(text_in(item.raw.get("inputType")).lower(), Format.WORDS)
        longest = whole_in(item.raw.get("maxLength"), 1, 10_000) or 300
        found.append(ShortField(code=kept, text=text, format=kind, longest=longest, optional=not required and any(is_required)))
    if not found:
        return _empty(raw, shared, setting)
    return Fields(fields=tuple(found), **{**shared, "required": shared["required"] or any(is_required)})


def _side_by_side(raw: Raw, rows: tuple[Row, ...], shared: dict[str, Any], setting: Setting) -> Question:
    source_id = shared["source_id"]
    groups, used = [], False
    for column in maps_in(raw.get("columns")) or [{"name": item.code, "title": item.text} for item in items_of(raw.get("columns"))]:
        group, takes_all = _group(raw, column, source_id, setting)
        used = used or takes_all
        if group:
            groups.append(group)
    groups = [replace(group, id=slug) for group, slug in zip(groups, slugs(group.id for group in groups), strict=True)]
    if not groups:
        return _empty(raw, shared, setting)
    unused = [item.code for item in items_of(raw.get("choices"))]
    if unused and not used:
        setting.notes.dropped(source_id, "CHOICES_UNUSED", ", ".join(unused), "No column offers these answers, so they were left out.")
    rows = rows or (Row(code="1", optional=True),)
    every = any(flag_in(column.get("isRequired")) for column in maps_in(raw.get("columns")))
    if every and not shared["required"]:
        why = "A single column cannot be required here; the whole question can be."
        setting.notes.simplified(source_id, "REQUIRED_COLUMN_DROPPED", "isRequired of a column", why)
    return SideBySide(rows=rows, groups=tuple(groups), **{**shared, "required": shared["required"] or _every_row(raw)})


def _group(raw: Raw, column: Raw, source_id: str, setting: Setting) -> tuple[ColumnGroup | None, bool]:
    name = text_in(first_of(column, "name", "value"))
    kind = text_in(column.get("cellType")).lower()
    kind = text_in(raw.get("cellType")).lower() or "dropdown" if kind in ("", "default") else kind
    if kind in ("expression", "html", "image"):
        setting.notes.dropped(source_id, "COLUMN_DROPPED", f"{name}: {kind}", "A column that is reckoned or only shown was left out.")
        return None, False
    own = choices_of(column.get("choices"), source_id, setting)
    choices = own or (choices_of(raw.get("choices"), source_id, setting) if kind in _CHOOSING else ())
    cells = _CHOOSING.get(kind, Cells.TEXT)
    if kind == "boolean":
        base = setting.spoken.base
        labels = (("true", first_of(column, "labelTrue") or "Yes"), ("false", first_of(column, "labelFalse") or "No"))
        choices = tuple(Choice(code=code, text=setting.spoken.texts(text, source_id, 300) or Texts({base: code})) for code, text in labels)
        cells = Cells.SINGLE
    elif kind == "rating":
        choices = choices_of(column.get("rateValues") or [str(number) for number in range(1, 6)], source_id, setting)
        cells = Cells.SINGLE
    elif cells is Cells.TEXT and text_in(column.get("inputType")).lower() in ("number", "range"):
        cells = Cells.NUMBER
    elif kind not in _CHOOSING and kind not in ("text", "comment"):
        setting.notes.simplified(source_id, "COLUMN_SIMPLIFIED", f"{name}: {kind}", "The cells of this column are typed as text.")
    if cells in (Cells.SINGLE, Cells.MULTIPLE) and not choices:
        setting.notes.simplified(source_id, "CHOICES_NOT_IN_FILE", name, "The answers of this column are not in the file; it is typed.")
        cells = Cells.TEXT
    text = setting.spoken.texts(column.get("title"), source_id, 2000, otherwise=name)
    columns = choices if cells in (Cells.SINGLE, Cells.MULTIPLE) else ()
    return ColumnGroup(
        id=f"c {name}" if not words_apart(name)[:1].isalpha() else words_apart(name), text=text, cells=cells, columns=columns
    ), bool(columns) and not own


def _every_row(raw: Raw) -> bool:
    return flag_in(raw.get("isAllRowRequired")) or flag_in(raw.get("eachRowRequired"))


def _empty(raw: Raw, shared: dict[str, Any], setting: Setting) -> Question:
    what = text_in(raw.get("type"))
    if shared["required"]:
        setting.notes.simplified(shared["source_id"], "ROWS_MISSING", what, "The table is empty; it is asked in own words.")
        return Text(**shared)
    setting.notes.simplified(shared["source_id"], "ROWS_MISSING", what, "The table is empty; its text stays.")
    return Statement(**{name: shared[name] for name in _PLAIN})
