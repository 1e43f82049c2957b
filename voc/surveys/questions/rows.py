"""Questions that are answered row by row. Each row's answer has a name of its own: `<id>_<row>`. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from voc.core.expressions import Kind
from voc.surveys.described import CODE, ID, said
from voc.surveys.questions.choosing import Choice
from voc.surveys.questions.question import NOTHING, Asked, Order, slugs
from voc.surveys.texts import Texts


class Cells(StrEnum):
    """What is answered in the cells of a row."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TEXT = "text"
    NUMBER = "number"


CELL_KINDS = {Cells.SINGLE: Kind.TEXT, Cells.MULTIPLE: Kind.TEXTS, Cells.TEXT: Kind.TEXT, Cells.NUMBER: Kind.NUMBER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One of the things asked about."""

    code: str = field(metadata=said("What its answers are kept under. Never change it once the survey is live.", pattern=CODE))
    text: Texts = field(
        default=NOTHING, metadata=said("What the customer reads. Where `bipolar` is set: both ends, with : between.", longest=5000)
    )
    optional: bool = field(default=False, metadata=said("Whether it may be left out although the question must be answered."))
    own_words: bool = field(default=False, metadata=said("Whether there is room to say what it is, kept as `<id>_<row>_text`."))
    exclusive: bool = field(default=False, metadata=said("Whether it is answered instead of all others."))
    fixed: bool = field(default=False, metadata=said("Whether it keeps its place when the order is random."))
    show_if: str = field(
        default="", metadata=said("A condition in CEL under which it is asked; always, where left out.", longest=20_000, is_condition=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class InRows(Asked):
    """A question with rows."""

    rows: tuple[Row, ...] = field(metadata=said("What is asked about, in the order shown.", fewest=1))
    order: Order = field(default=Order.AS_WRITTEN, metadata=said("The order in which rows are shown; fixed ones keep their place."))

    def row_names(self) -> Iterator[tuple[Row, str]]:
        """Each row with the beginning of the names of its answers."""
        return ((row, f"{self.id}_{slug}") for row, slug in zip(self.rows, slugs(row.code for row in self.rows), strict=True))

    def words_names(self) -> dict[str, str]:
        """For each row with room for own words, the name under which those are kept."""
        return {row.code: f"{name}_text" for row, name in self.row_names() if row.own_words}


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix(InRows):
    """The same asked about several things: a table of rows and columns."""

    kind: ClassVar[str] = "matrix"

    columns: tuple[Choice, ...] = field(metadata=said("What can be answered in a row, or what the cells of a row are for.", fewest=1))
    cells: Cells = field(default=Cells.SINGLE, metadata=said("One column a row, several, or words or a number in each cell."))
    bipolar: bool = field(default=False, metadata=said("Whether each row has a word at both ends."))

    def cell_names(self) -> Iterator[tuple[Row, Choice | None, str]]:
        """Each row, with its columns where each cell has an answer of its own, and the name of the answer."""
        for row, name in self.row_names():
            if self.cells in (Cells.SINGLE, Cells.MULTIPLE):
                yield row, None, name
            else:
                for column, slug in zip(self.columns, slugs(column.code for column in self.columns), strict=True):
                    yield row, column, f"{name}_{slug}"

    def answers(self) -> dict[str, Kind]:
        """A code or codes a row; or words or a number a cell."""
        kind = CELL_KINDS[self.cells]
        return {**{name: kind for _, _, name in self.cell_names()}, **dict.fromkeys(self.words_names().values(), Kind.TEXT)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGroup:
    """One of the questions asked about every row."""

    id: str = field(metadata=said("The end of the names of its answers.", pattern=ID))
    text: Texts = field(default=NOTHING, metadata=said("What is asked, above its columns.", longest=2000))
    cells: Cells = field(default=Cells.SINGLE, metadata=said("What is answered: one code, several, words or a number."))
    columns: tuple[Choice, ...] = field(default=(), metadata=said("The answers to choose from; none, where words or a number are asked."))


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide(InRows):
    """Several questions about the same things, side by side: `<id>_<row>_<group>`."""

    kind: ClassVar[str] = "side_by_side"

    groups: tuple[ColumnGroup, ...] = field(metadata=said("What is asked about every row.", fewest=1))

    def cell_names(self) -> Iterator[tuple[Row, ColumnGroup, str]]:
        """Each row and group with the name of the answer."""
        return ((row, group, f"{name}_{group.id}") for row, name in self.row_names() for group in self.groups)

    def answers(self) -> dict[str, Kind]:
        """One answer for each row and group."""
        names = {name: CELL_KINDS[group.cells] for _, group, name in self.cell_names()}
        return {**names, **dict.fromkeys(self.words_names().values(), Kind.TEXT)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstantSum(InRows):
    """An amount that is divided over the rows."""

    kind: ClassVar[str] = "constant_sum"

    total: float = field(default=100, metadata=said("What the numbers must add up to; 0 where they need not.", lowest=0, highest=1_000_000))
    unit: Texts = field(default=NOTHING, metadata=said("What is divided, shown after each number.", longest=60))

    def answers(self) -> dict[str, Kind]:
        """A number a row."""
        names = {name: Kind.NUMBER for _, name in self.row_names()}
        return {**names, **dict.fromkeys(self.words_names().values(), Kind.TEXT)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider(InRows):
    """A number for each row between two ends; without rows, one number kept under the id."""

    kind: ClassVar[str] = "slider"

    rows: tuple[Row, ...] = field(default=(), metadata=said("What is asked about; one number for the question itself, where left out."))
    lowest: float = field(default=0, metadata=said("The lowest number."))
    highest: float = field(default=100, metadata=said("The highest number."))
    step: float = field(default=1, metadata=said("The distance between two numbers.", lowest=0.000001))
    low: Texts = field(default=NOTHING, metadata=said("What the lowest number means.", longest=300))
    high: Texts = field(default=NOTHING, metadata=said("What the highest number means.", longest=300))
    labels: tuple[Texts, ...] = field(default=(), metadata=said("Words along the scale, evenly spread.", longest=300))
    unit: Texts = field(default=NOTHING, metadata=said("What is measured, shown after each number.", longest=60))

    def answers(self) -> dict[str, Kind]:
        """A number a row, or one."""
        names = {name: Kind.NUMBER for _, name in self.row_names()} or {self.id: Kind.NUMBER}
        return {**names, **dict.fromkeys(self.words_names().values(), Kind.TEXT)}
