"""Under which column codes Qualtrics exports the answers to each question. PURE."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import (
    Cells,
    Choice,
    Choosing,
    Fields,
    Hidden,
    InRows,
    Look,
    Matrix,
    MultipleChoice,
    NotAsked,
    Question,
    Ranking,
    Row,
    SideBySide,
    SingleChoice,
    Statement,
)
from voc.surveys.unroll import unrolled

_QID = re.compile(r"(?P<turn>\d+_)?(?P<id>QID\d+)(?P<rest>.*)\Z", re.DOTALL)


class Holds(StrEnum):
    """What the cells of a column hold: a value, whether a choice was made, the place of a choice in an order, own words."""

    VALUE = "value"
    TICK = "tick"
    PLACE = "place"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Target:
    """The answer that a column is about; `code` is the choice, where a column is about one."""

    question: Question
    name: str
    holds: Holds
    code: str = ""
    choices: tuple[Choice, ...] = ()


class Targets:
    """Every answer of a questionnaire by the codes of columns that may hold it."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._by_tag: dict[str, list[Target]] = {}
        self._by_place: dict[str, Target] = {}
        self._by_id: dict[str, list[Target]] = {}
        self.unasked: set[str] = set()
        for page, turns in zip(questionnaire.pages, unrolled(questionnaire), strict=True):
            items = page.loop_over or _chosen(questionnaire, page.loop)
            for turn, one in enumerate(turns):
                before = f"{items[turn].code}_" if items and turn < len(items) else ""
                for question in one.questions:
                    self._take(question, before)

    def find(self, code: str, import_id: str) -> Target | None:
        """The answer of a column: by its code, and by its import id where the code is used more than once or unknown."""
        shared = self._by_tag.get(_even(code), [])
        if len({one.name for one in shared}) == 1:
            return shared[0]
        match = _QID.match(import_id.replace("-", "_"))
        own = [one for one in shared if match and one.question.source_id == match["id"]]
        if own:
            return own[0]
        found = self._by_id.get(_even(import_id.replace("-", "_")), []) if import_id else []
        return found[0] if found else (shared[0] if shared else self._by_place.get(_even(code)))

    def is_known_unasked(self, code: str, import_id: str) -> bool:
        """Whether a column belongs to something that is not asked here, such as the time on a page."""
        match = _QID.match(import_id.replace("-", "_"))
        return bool(match and match["id"] in self.unasked) or any(_even(code).startswith(f"{tag}_") for tag in self.unasked)

    def _take(self, question: Question, before: str) -> None:
        if isinstance(question, NotAsked | Statement):
            self.unasked |= {question.source_id, _even(question.code)} - {""}
            return
        for ending, target in _columns(question):
            tag = question.code or question.id
            if ending.startswith("@"):
                self._by_place.setdefault(_even(f"{before}{tag}{ending[1:]}"), target)
                continue
            written = ending[1:] if ending.startswith("=") else f"{tag}{ending}"
            self._by_tag.setdefault(_even(f"{before}{written}"), []).append(target)
            if question.source_id.startswith("QID") and not ending.startswith("="):
                self._by_id.setdefault(_even(f"{before}{question.source_id}{ending}"), []).append(target)


def _chosen(questionnaire: Questionnaire, question_id: str) -> tuple[Choice, ...]:
    found = questionnaire.question(question_id) if question_id else None
    return found.all_choices if isinstance(found, MultipleChoice) else ()


def _columns(question: Question) -> Iterator[tuple[str, Target]]:
    """Endings of column codes behind the tag of a question; one that begins with `=` stands without the tag.

    Those that begin with `@` count rows by their places; they are only looked at where nothing else fits.
    """
    if isinstance(question, InRows):
        yield from _in_rows(question)
    elif isinstance(question, Fields):
        for one, name in question.field_names():
            yield from ((ending, Target(question, name, Holds.VALUE)) for ending in (f"_{one.code}", f"_{one.code}_TEXT", f"={one.code}"))
    elif isinstance(question, Choosing):
        yield from _choosing(question)
    elif isinstance(question, Hidden):
        yield "", Target(question, question.id, Holds.VALUE)
    else:
        yield from ((ending, Target(question, question.id, Holds.VALUE)) for ending in ("", "_TEXT", "_1"))


def _in_rows(question: InRows) -> Iterator[tuple[str, Target]]:
    if isinstance(question, SideBySide):
        yield from _side_by_side(question)
    elif isinstance(question, Matrix):
        yield from _matrix(question)
    elif question.rows:
        for row, name in question.row_names():
            yield from ((ending, Target(question, name, Holds.VALUE)) for ending in _row_endings(question, row))
    else:
        yield from ((ending, Target(question, question.id, Holds.VALUE)) for ending in ("", "_1"))
    words = question.words_names()
    for row in question.rows:
        if row.code in words:
            target = Target(question, words[row.code], Holds.WORDS)
            yield from ((f"{ending}_TEXT", target) for ending in (*_row_endings(question, row), f"#1_{row.code}"))


def _choosing(question: Choosing) -> Iterator[tuple[str, Target]]:
    choices = question.all_choices
    if isinstance(question, SingleChoice) and question.look is Look.DROP_DOWN:
        yield "_1", Target(question, question.id, Holds.VALUE, choices=choices)
    if not isinstance(question, Ranking):
        yield "", Target(question, question.id, Holds.VALUE, choices=choices)
    holds = Holds.PLACE if isinstance(question, Ranking) else Holds.TICK
    if isinstance(question, MultipleChoice | Ranking):
        yield from ((f"_{one.code}", Target(question, question.id, holds, one.code, choices)) for one in choices)
    words = question.words_names
    for code, name in words.items():
        yield f"_{code}_TEXT", Target(question, name, Holds.WORDS, code)
    if len(words) == 1 or not isinstance(question, MultipleChoice):
        yield from (("_TEXT", Target(question, name, Holds.WORDS, code)) for code, name in list(words.items())[:1])


def _matrix(question: Matrix) -> Iterator[tuple[str, Target]]:
    for row, column, name in question.cell_names():
        for ending in _row_endings(question, row):
            if column is not None:
                target = Target(question, name, Holds.VALUE)
                yield from ((f"{ending}_{column.code}", target), (f"{ending}_{column.code}_TEXT", target))
            else:
                yield from _in_row(question, ending, name, question.cells, question.columns)


def _side_by_side(question: SideBySide) -> Iterator[tuple[str, Target]]:
    for row, group, name in question.cell_names():
        number, _, column = group.id.removeprefix("g").partition("_")
        for ending in (f"#{number}_{row.code}", f"@#{number}_{_place_of(question, row)}"):
            if column:
                target = Target(question, name, Holds.VALUE)
                yield from ((f"{ending}_{column}", target), (f"{ending}_{column}_TEXT", target))
            else:
                yield from _in_row(question, ending, name, group.cells, group.columns)
                if group.cells in (Cells.TEXT, Cells.NUMBER):
                    target = Target(question, name, Holds.VALUE)
                    yield from ((f"{ending}_TEXT", target), (f"{ending}_1_TEXT", target), (f"{ending}_1", target))


def _in_row(question: Question, ending: str, name: str, cells: Cells, columns: tuple[Choice, ...]) -> Iterator[tuple[str, Target]]:
    yield ending, Target(question, name, Holds.VALUE, choices=columns)
    if cells is Cells.MULTIPLE:
        yield from ((f"{ending}_{one.code}", Target(question, name, Holds.TICK, one.code, columns)) for one in columns)


def _row_endings(question: InRows, row: Row) -> tuple[str, ...]:
    """A row is named by its code, with the tag of the question before it, without it, or by its place."""
    return tuple(dict.fromkeys((f"_{row.code}", f"={row.code}", f"@_{_place_of(question, row)}")))


def _place_of(question: InRows, row: Row) -> str:
    return str(question.rows.index(row) + 1)


def _even(code: str) -> str:
    return " ".join(code.split()).casefold()
