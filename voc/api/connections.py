"""Connections: the one shape of every list that is paged, and its four arguments."""

from typing import Annotated, Generic, TypeVar

import strawberry

from voc.api.exposed import shape
from voc.api.paging import DEFAULT, MOST, Page

T = TypeVar("T")

First = Annotated[
    int | None,
    strawberry.argument(description=f"How many items from the front, 0 to {MOST}; {DEFAULT} when neither `first` nor `last` is given."),
]
After = Annotated[str | None, strawberry.argument(description="Only items that come after this cursor.")]
Last = Annotated[int | None, strawberry.argument(description=f"How many items from the back, 0 to {MOST}; not together with `first`.")]
Before = Annotated[str | None, strawberry.argument(description="Only items that come before this cursor.")]


@shape
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool
    """Whether items follow this page."""
    has_previous_page: bool
    """Whether items come before this page."""
    start_cursor: str | None
    """The cursor of the first item of the page; null when it is empty."""
    end_cursor: str | None
    """The cursor of the last item of the page; null when it is empty."""


@shape
class Edge(Generic[T]):
    """An item of a list with its place."""

    node: T
    """The item."""
    cursor: str
    """Its place, for `after` and `before`; good for this list in this order only."""


@shape
class Connection(Generic[T]):
    """A page of a list. Cursors name places, not numbers: no item is missed or met twice while others arrive."""

    edges: list[Edge[T]]
    """The items of this page with their cursors."""
    nodes: list[T]
    """The items of this page, for those who need no cursors."""
    page_info: PageInfo
    """Where this page stands in the list."""

    @strawberry.field
    async def total_count(page: strawberry.Parent[Page]) -> int:  # noqa: N805 - the source is the page
        """How many items the whole list has, whatever the page."""
        return await page.count()
