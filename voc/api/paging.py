"""Keyset pages over any queryset, on both databases: a cursor names a place in an order, so paging stays right while rows arrive."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from tortoise.expressions import Q
from tortoise.models import Model
from tortoise.queryset import QuerySet

from voc.api.cursors import Cursor
from voc.core.errors import Fault, Invalid

DEFAULT = 20
MOST = 100


@dataclass(frozen=True, slots=True)
class Paging:
    """What a client asks of a list: so many from the front after a cursor, or so many from the back before one."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    @property
    def is_backward(self) -> bool:
        """Whether the page is counted from the back."""
        return self.last is not None

    @property
    def size(self) -> int:
        """How many items the page may have."""
        asked = self.last if self.first is None else self.first
        return DEFAULT if asked is None else asked

    def check(self) -> None:
        """Refuse sizes below 0 or over 100, and both directions at once (Invalid)."""
        faults = [
            Fault(name, "OUT_OF_RANGE", f"`{name}` takes a number from 0 to {MOST}, and not {size}.")
            for name, size in (("first", self.first), ("last", self.last))
            if size is not None and not 0 <= size <= MOST
        ]
        if self.first is not None and self.last is not None:
            faults.append(Fault("last", "BOTH_DIRECTIONS", "Ask for `first` or for `last`, not for both."))
        if faults:
            raise Invalid(faults)


@dataclass(slots=True)
class PageEdge:
    """One item of a page with its place in the list."""

    node: Any
    _cursor: Callable[[Any], str]

    @property
    def cursor(self) -> str:
        """Its place, made only when asked for."""
        return self._cursor(self.node)


@dataclass(slots=True)
class Page:
    """The rows of one page, and whether there are more on either side."""

    nodes: list[Any]
    has_next_page: bool
    has_previous_page: bool
    cursor: Callable[[Any], str]
    count: Callable[[], Awaitable[int]]
    edges: list[PageEdge] = field(init=False)

    def __post_init__(self) -> None:
        self.edges = [PageEdge(node, self.cursor) for node in self.nodes]

    @property
    def page_info(self) -> "Page":
        """The page itself: it knows."""
        return self

    @property
    def start_cursor(self) -> str | None:
        """The place of the first item."""
        return self.cursor(self.nodes[0]) if self.nodes else None

    @property
    def end_cursor(self) -> str | None:
        """The place of the last item."""
        return self.cursor(self.nodes[-1]) if self.nodes else None


class Listing:
    """A list of rows of one table that clients can page through, in one of several orders.

    `orders` maps members of an enum to columns, `-` for descending; the first is the default. The id is added to each as the
    last column. Columns must be NOT NULL: a null has no place that both databases agree on. Those in `never_null` may be
    null in the table, and the author promises to page only rows where they are not.
    """

    def __init__(self, name: str, model: type[Model], orders: Mapping[Enum, tuple[str, ...]], *, never_null: Collection[str] = ()) -> None:
        for columns in orders.values():
            for column in columns:
                if model._meta.fields_map[column.lstrip("-")].null and column.lstrip("-") not in never_null:
                    raise TypeError(f"The list {name} cannot be ordered by {column}: the column takes nulls.")
        self.name = name
        self.model = model
        self.orders = {order: _with_id(columns) for order, columns in orders.items()}
        self.default = next(iter(orders))

    async def page(self, rows: QuerySet[Any], paging: Paging, order: Enum | None = None) -> Page:
        """The page of these rows that the client asks for. A wrong size, or a cursor of another list or order, is Invalid."""
        paging.check()
        columns = self.columns(order)
        found = await self.asked(rows, paging, order).order_by(*turned(columns, paging.is_backward)).limit(paging.size + 1)
        return self.cut(found, paging, order, rows.count)

    def asked(self, rows: QuerySet[Any], paging: Paging, order: Enum | None) -> QuerySet[Any]:
        """The rows on the asked side of the cursors."""
        columns = self.columns(order)
        for name, text, turn in (("after", paging.after, False), ("before", paging.before, True)):
            if text is not None:
                place = self._cursor(order).read(text, name)
                rows = rows.filter(beyond(turned(columns, turn), place))
        return rows

    def cut(self, found: list[Any], paging: Paging, order: Enum | None, count: Callable[[], Awaitable[int]]) -> Page:
        """Make a page of what was found in the asked direction, one row more than its size where there is more."""
        is_more, nodes = len(found) > paging.size, found[: paging.size]
        if paging.is_backward:
            nodes.reverse()
            has_previous, has_next = is_more, paging.before is not None
        else:
            has_previous, has_next = paging.after is not None, is_more or paging.before is not None
        if paging.is_backward and paging.after is not None:
            has_previous = True
        return Page(nodes, has_next, has_previous, self._cursor(order).write, count)

    def columns(self, order: Enum | None) -> tuple[str, ...]:
        """The columns of an order, the id last."""
        return self.orders[order or self.default]

    def _cursor(self, order: Enum | None) -> Cursor:
        return Cursor(self.name, (order or self.default).name, self.model, tuple(column.lstrip("-") for column in self.columns(order)))


def turned(columns: tuple[str, ...], turn: bool) -> tuple[str, ...]:
    """The same columns, each in the other direction if `turn`."""
    return tuple((column[1:] if column.startswith("-") else f"-{column}") for column in columns) if turn else columns


def beyond(columns: tuple[str, ...], place: tuple[Any, ...]) -> Q:
    """The rows that come after a place in the order of the columns.

    Written as `a >= x AND (a > x OR the rest)`, so that a database can begin reading its index at the place.
    """
    column, value = columns[0], place[0]
    name, comparison = column.lstrip("-"), "lt" if column.startswith("-") else "gt"
    strictly = Q(**{f"{name}__{comparison}": value})
    if len(columns) == 1:
        return strictly
    return Q(**{f"{name}__{comparison}e": value}) & (strictly | beyond(columns[1:], place[1:]))


def _with_id(columns: tuple[str, ...]) -> tuple[str, ...]:
    if any(column.lstrip("-") == "id" for column in columns):
        return columns
    return (*columns, "-id" if columns[-1].startswith("-") else "id")
