"""Questions that are answered row by row: tables, an amount that is divided, numbers between two ends."""

from markupsafe import Markup

from voc.surveys.questions import Cells, ColumnGroup, ConstantSum, InRows, Matrix, Row, SideBySide, Slider
from voc.surveys.questions.question import slugs
from voc.web.questions.given import Given, written
from voc.web.questions.parts import Cell, Head, Line, Room

SHORT, MOST_SHORT = 3, 7
MOST_BESIDE = {"narrow": 5, "wide": 9}
TYPES = {Cells.SINGLE: "radio", Cells.MULTIPLE: "checkbox", Cells.TEXT: "text", Cells.NUMBER: "number"}


def matrix(question: Matrix, given: Given) -> dict[str, object]:
    """A fieldset a row; from a wider screen on the rows stand under one head a column."""
    heads = tuple(Head(f"{question.id}-h{number}", given.say(column.text) or column.code) for number, column in enumerate(question.columns))
    lines = tuple(_line(question, given, row, name, (_choosing(question, given, name),)) for row, name in _rows(question, given))
    if question.cells in (Cells.TEXT, Cells.NUMBER):
        lines = tuple(_line(question, given, row, name, tuple(_typing(question, given, name))) for row, name in _rows(question, given))
    return {"shape": "table", "look": _width(heads), "heads": heads, "lines": lines}


def _choosing(question: Matrix, given: Given, name: str) -> Cell:
    options = given.options(name, question.columns, head=f"{question.id}-h")
    return Cell(name, TYPES[question.cells], options=options, fault=given.messages.get(name, ""))


def _typing(question: Matrix, given: Given, name: str) -> list[Cell]:
    codes = slugs(column.code for column in question.columns)
    return [
        _typed_cell(given, question.cells, f"{name}_{slug}", (column.text and given.say(column.text)) or column.code)
        for column, slug in zip(question.columns, codes, strict=True)
    ]


def _typed_cell(given: Given, cells: Cells, name: str, head: Markup | str) -> Cell:
    attributes = {"inputmode": "decimal"} if cells is Cells.NUMBER else {}
    return Cell(name, TYPES[cells], head=head, room=given.room(name, head, attributes=attributes), fault=given.messages.get(name, ""))


def side_by_side(question: SideBySide, given: Given) -> dict[str, object]:
    """Several questions about each row, each in a cell of its own."""
    heads = tuple(Head(f"{question.id}-h{number}", given.say(group.text)) for number, group in enumerate(question.groups))
    lines = tuple(
        _line(question, given, row, name, tuple(_group(given, group, f"{name}_{group.id}") for group in question.groups))
        for row, name in _rows(question, given)
    )
    return {"shape": "groups", "look": f"beside-{len(heads)}" if len(heads) <= 4 else "stacked", "heads": heads, "lines": lines}


def _group(given: Given, group: ColumnGroup, name: str) -> Cell:
    if not group.columns:
        return _typed_cell(given, group.cells, name, given.say(group.text))
    options = given.options(name, group.columns)
    return Cell(name, TYPES[group.cells], head=given.say(group.text), options=options, fault=given.messages.get(name, ""))


def constant_sum(question: ConstantSum, given: Given) -> dict[str, object]:
    """A number for each row, and what they must add up to."""
    unit = given.say(question.unit)
    total = written(question.total) if question.total else ""
    helps = (given.word("sum_to", total=total, unit=unit),) if total else ()
    rooms = tuple(_number_room(given, row, name, unit) for row, name in _rows(question, given))
    return {"shape": "sum", "rooms": rooms, "own": _own(question, given), "total": total, "unit": unit, "helps": helps}


def slider(question: Slider, given: Given) -> dict[str, object]:
    """A number for each row, or one; a script adds the sliding."""
    unit, low, high = given.say(question.unit), given.say(question.low), given.say(question.high)
    ends = {"data-low": written(question.lowest), "data-high": written(question.highest), "data-step": written(question.step)}
    named: list[tuple[Row | None, str]] = [*_rows(question, given)] or [(None, question.id)]
    rooms = tuple(_number_room(given, row, name, unit, ends) for row, name in named)
    help = given.word("slider_help", lowest=written(question.lowest), highest=written(question.highest))
    words = {"low": low, "high": high, "helps": (help,)}
    return {"shape": "slider", "rooms": rooms, "own": _own(question, given), "total": "", **words, **_marks(question, given)}


def _marks(question: Slider, given: Given) -> dict[str, object]:
    """Words along the scale stand in for those at the ends where there are none."""
    if not question.labels or question.low or question.high:
        return {}
    return {"low": given.say(question.labels[0]), "high": given.say(question.labels[-1])}


def _number_room(given: Given, row: Row | None, name: str, unit: Markup, more: dict[str, str] | None = None) -> Room:
    label = (given.say(row.text) or row.code) if row else ""
    return given.room(name, label, unit=unit, attributes={"inputmode": "decimal", "autocomplete": "off", **(more or {})})


def _rows(question: InRows, given: Given) -> list[tuple[Row, str]]:
    return given.rows(question.id, list(question.row_names()))


def _own(question: InRows, given: Given) -> tuple[Room, ...]:
    shown = {row.code: row for row, _ in _rows(question, given)}
    return tuple(
        given.room(name, Markup("{}: {}").format(given.say(shown[code].text), given.voice.word("other_words")))
        for code, name in question.words_names().items()
        if code in shown
    )


def _line(question: Matrix | SideBySide, given: Given, row: Row, name: str, cells: tuple[Cell, ...]) -> Line:
    text, far = given.say(row.text) or Markup.escape(row.code), Markup()
    if isinstance(question, Matrix) and question.bipolar:
        near, _, other = given.voice.plain(row.text).partition(":")
        text, far = Markup.escape(near.strip()), Markup.escape(other.strip())
    own = question.words_names().get(row.code)
    room = given.room(own, given.voice.word("other_words")) if own else None
    return Line(name, text, cells, far=far, room=room, is_optional=row.optional or not question.required)


def _width(heads: tuple[Head, ...]) -> str:
    """From which width columns fit beside each other; `short` heads fit beside each other on a telephone too."""
    beside = next((name for name, most in MOST_BESIDE.items() if len(heads) <= most), "stacked")
    longest = max(len(head.text.striptags() if isinstance(head.text, Markup) else head.text) for head in heads)
    return f"{beside} short" if len(heads) <= MOST_SHORT and longest <= SHORT else beside
