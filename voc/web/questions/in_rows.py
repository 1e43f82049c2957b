"""Questions that are answered row by row: tables, an amount that is divided, numbers between two ends."""

from markupsafe import Markup, escape

from voc.surveys.questions import Cells, ConstantSum, InRows, Matrix, Row, SideBySide, Slider
from voc.surveys.questions.question import slugs
from voc.web.questions.given import Given, written
from voc.web.questions.parts import Cell, Line, Room

SHORT, MOST_TIGHT, MOST_BESIDE = 3, 7, 5
TYPES = {Cells.SINGLE: "radio", Cells.MULTIPLE: "checkbox", Cells.TEXT: "text", Cells.NUMBER: "number"}


def matrix(question: Matrix, given: Given) -> dict[str, object]:
    """A fieldset a row; from a wider screen on the rows stand under one head a column."""
    heads = tuple(given.say(column.text) or escape(column.code) for column in given.way.columns(question))
    is_typed = question.cells in (Cells.TEXT, Cells.NUMBER)
    cells = _typing if is_typed else _choosing
    lines = tuple(_line(question, given, row, name, tuple(cells(question, given, name))) for row, name in given.rows(question))
    return {"shape": "table", "look": _width(heads), "heads": heads, "lines": lines}


def _choosing(question: Matrix, given: Given, name: str) -> list[Cell]:
    options = given.options(name, given.way.columns(question))
    return [Cell(name, TYPES[question.cells], options=options, fault=given.messages.get(name, ""))]


def _typing(question: Matrix, given: Given, name: str) -> list[Cell]:
    slug_of = dict(zip((column.code for column in question.columns), slugs(column.code for column in question.columns), strict=True))
    return [
        _typed_cell(given, question.cells, f"{name}_{slug_of[column.code]}", given.say(column.text) or column.code)
        for column in given.way.columns(question)
    ]


def _typed_cell(given: Given, cells: Cells, name: str, head: Markup | str) -> Cell:
    attributes = {"inputmode": "decimal"} if cells is Cells.NUMBER else {}
    return Cell(name, TYPES[cells], head=head, room=given.room(name, head, attributes=attributes), fault=given.messages.get(name, ""))


def side_by_side(question: SideBySide, given: Given) -> dict[str, object]:
    """Several questions about each row, each in a cell of its own."""
    lines = tuple(_line(question, given, row, name, _groups(question, given, name)) for row, name in given.rows(question))
    return {"shape": "groups", "lines": lines}


def _groups(question: SideBySide, given: Given, name: str) -> tuple[Cell, ...]:
    return tuple(_group(question, given, at, f"{name}_{group.id}") for at, group in enumerate(question.groups))


def _group(question: SideBySide, given: Given, at: int, name: str) -> Cell:
    group = question.groups[at]
    if group.cells in (Cells.TEXT, Cells.NUMBER):
        return _typed_cell(given, group.cells, name, given.say(group.text))
    options = given.options(name, given.way.columns(question, at))
    return Cell(name, TYPES[group.cells], head=given.say(group.text), options=options, fault=given.messages.get(name, ""))


def constant_sum(question: ConstantSum, given: Given) -> dict[str, object]:
    """A number for each row, and what they must add up to."""
    unit = given.say(question.unit)
    total = written(question.total) if question.total else ""
    helps = (given.word("sum_to", total=total, unit=unit),) if total else ()
    rooms = tuple(_number_room(given, row, name, unit) for row, name in given.rows(question))
    return {"shape": "sum", "rooms": rooms, "own": _own(question, given), "total": total, "unit": unit, "helps": helps}


def slider(question: Slider, given: Given) -> dict[str, object]:
    """A number for each row, or one; a script adds the sliding."""
    unit, low, high = given.say(question.unit), given.say(question.low), given.say(question.high)
    ends = {"data-low": written(question.lowest), "data-high": written(question.highest), "data-step": written(question.step)}
    named: list[tuple[Row | None, str]] = [*given.rows(question)] or [(None, question.id)]
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


def _own(question: InRows, given: Given) -> tuple[Room, ...]:
    shown = {row.code: row for row, _ in given.rows(question)}
    return tuple(
        given.room(name, Markup("{}: {}").format(given.say(shown[code].text), given.voice.word("other_words")))
        for code, name in question.words_names().items()
        if code in shown
    )


def _line(question: Matrix | SideBySide, given: Given, row: Row, name: str, cells: tuple[Cell, ...]) -> Line:
    text, far = given.say(row.text) or escape(row.code), Markup()
    if isinstance(question, Matrix) and question.bipolar:
        near, _, other = given.voice.plain(row.text).partition(":")
        text, far = escape(near.strip()), escape(other.strip())
    own = question.words_names().get(row.code)
    room = given.room(own, given.voice.word("other_words")) if own else None
    return Line(name, text, cells, far=far, room=room, is_optional=row.optional or not question.required)


def _width(heads: tuple[Markup, ...]) -> str:
    """Few columns stand beside each other from a wider screen on, `tight` ones on a telephone too."""
    longest = max((len(head.striptags()) for head in heads), default=0)
    is_tight = longest <= SHORT and len(heads) <= MOST_TIGHT
    return "beside tight" if is_tight else "beside" if len(heads) <= MOST_BESIDE else "stacked"
