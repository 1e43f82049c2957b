"""Questions of LimeSurvey that are answered row by row. PURE."""

from voc.surveys.formats.lss.choosing import stand_in
from voc.surveys.formats.lss.making import Maker
from voc.surveys.formats.lss.source import Item
from voc.surveys.questions import Cells, ColumnGroup, Matrix, Question, SideBySide


def array(item: Item, maker: Maker) -> Question:
    """One column a row (A, B, C, E, F, H)."""
    columns = maker.built_in(item.type) if item.type in "ABCE" else maker.choices(item, (*item.options(), *item.options("1")))
    return Matrix(
        **maker.asked(item),
        rows=maker.rows(item),
        columns=columns or stand_in(item, maker),
        order=maker.order(item, "subquestion_order"),
    )


def table(item: Item, maker: Maker) -> Question:
    """A number, words or a tick in each cell (:, ;)."""
    cells = Cells.TEXT if item.type == ";" else Cells.NUMBER
    if item.type == ":" and item.is_set("multiflexible_checkbox"):
        cells = Cells.MULTIPLE
    elif item.is_set("numbers_only"):
        cells = Cells.NUMBER
    return Matrix(
        **maker.asked(item),
        rows=maker.rows(item),
        columns=maker.choices(item, item.rows("1")) or stand_in(item, maker),
        cells=cells,
        order=maker.order(item, "subquestion_order"),
    )


def dual(item: Item, maker: Maker) -> Question:
    """Two scales beside each other (1)."""
    groups = tuple(
        ColumnGroup(
            id=f"s{scale}",
            text=maker.texts(item.words(header, maker.wording.theirs), item, 2000),
            columns=maker.choices(item, item.options(scale)) or stand_in(item, maker),
        )
        for scale, header in (("0", "dualscale_headerA"), ("1", "dualscale_headerB"))
    )
    return SideBySide(**maker.asked(item), rows=maker.rows(item), groups=groups, order=maker.order(item, "subquestion_order"))
