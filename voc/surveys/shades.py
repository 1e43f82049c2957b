"""What becomes of a brand's colours on light and on dark paper, so that everybody can read them. PURE."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from voc.surveys.colours import READABLE, contrast

LIGHT_PAPER = "#ffffff"
DARK_PAPER = "#1b212a"
EASY = 6.0
SEEN = 3.0
"""What the edge of a button needs beside its ground (WCAG 1.4.11)."""


class Scheme(StrEnum):
    """Whether a page is light or dark, as the reader's device wishes."""

    LIGHT = "light"
    DARK = "dark"


class Use(StrEnum):
    """Where a colour of the brand stands on a page."""

    BUTTON = "button"
    LINK = "link"
    EDGE = "edge"


@dataclass(frozen=True, slots=True)
class Pair:
    """One colour on another as customers meet them; `needed` is the least contrast at which it can be read or seen."""

    scheme: Scheme
    use: Use
    colour: str
    ground: str
    needed: float

    @property
    def ratio(self) -> float:
        """The contrast of the two, from 1 to 21."""
        return contrast(self.colour, self.ground)

    @property
    def is_enough(self) -> bool:
        """Whether everybody can tell them apart."""
        return self.ratio >= self.needed


PAPERS = {Scheme.LIGHT: LIGHT_PAPER, Scheme.DARK: DARK_PAPER}


def pairs(accent: str, on_accent: str) -> tuple[Pair, ...]:
    """Every pair a page shows, light first: the text of buttons as the brand says, links and the edges of buttons as near as can be."""
    return tuple(
        pair
        for scheme, paper in PAPERS.items()
        for pair in (
            Pair(scheme, Use.BUTTON, on_accent, accent, READABLE),
            Pair(scheme, Use.LINK, readable_on(paper, accent), paper, READABLE),
            Pair(scheme, Use.EDGE, readable_on(paper, accent, SEEN), paper, SEEN),
        )
    )


@lru_cache(maxsize=256)
def readable_on(paper: str, colour: str, least: float = EASY) -> str:
    """The colour itself where it has this contrast with the paper, else the nearest tint or shade of it that has."""
    towards = 255 if contrast(paper, "#ffffff") > contrast(paper, "#000000") else 0
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    mixed = colour
    for step in range(101):
        mixed = "#" + "".join(f"{round(channel + (towards - channel) * step / 100):02x}" for channel in channels)
        if contrast(mixed, paper) >= least:
            break
    return mixed
