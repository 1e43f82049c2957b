"""The list beside a panel: all of a draft of ordinary length, of a long one the part around what is chosen. PURE."""

from collections.abc import Sequence
from dataclasses import dataclass

from voc.web.designer_document import Line

MOST_LISTED = 250
AROUND = 30
PAGES_AROUND = 60


@dataclass(frozen=True, slots=True)
class Section:
    """A page in the list: its number, its questions as far as they are shown, how many it has, and where what is not shown begins."""

    page: Line
    number: int
    questions: Sequence[Line]
    count: int
    earlier: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """The sections to show, and the pages before and after them that are not."""

    sections: Sequence[Section]
    earlier: str = ""
    later: str = ""


def listing(pages: Sequence[tuple[Line, Sequence[Line]]], page_at: str, number: int) -> Listing:
    """The list for whoever looks at a question (by its number on the page at `page_at`); the first page is open where nothing is chosen."""
    if sum(len(asked) for _, asked in pages) <= MOST_LISTED and len(pages) <= MOST_LISTED:
        return Listing([Section(page, at, asked, len(asked)) for at, (page, asked) in enumerate(pages, 1)])
    chosen = next((at for at, (page, _) in enumerate(pages) if page.at == page_at), 0)
    first, end = max(0, chosen - PAGES_AROUND), min(len(pages), chosen + PAGES_AROUND + 1)
    sections = [
        _around(page, at + 1, asked, max(0, number)) if at == chosen else Section(page, at + 1, (), len(asked))
        for at, (page, asked) in enumerate(pages[first:end], first)
    ]
    return Listing(sections, pages[first - 1][0].at if first else "", pages[end][0].at if end < len(pages) else "")


def _around(page: Line, number: int, asked: Sequence[Line], chosen: int) -> Section:
    first, end = max(0, chosen - AROUND), min(len(asked), chosen + AROUND + 1)
    earlier = asked[max(0, first - AROUND)].at if first else ""
    later = asked[min(len(asked) - 1, end + AROUND - 1)].at if end < len(asked) else ""
    return Section(page, number, asked[first:end], len(asked), earlier, later)
