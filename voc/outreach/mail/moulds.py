"""Letters with gaps: what all mails about one edition in one language share is made once, and what is each reader's own is put in."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import escape

_GAP = re.compile("\ue000([a-z0-9_.]+)\ue001")
Pieces: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mould:
    """A letter whose gaps are not filled yet: texts and the names of gaps in turn."""

    subject: Pieces
    text: Pieces
    html: Pieces


def gap(name: str) -> str:
    """What stands in a letter for something of the reader's own."""
    return f"\ue000{name}\ue001"


def pieces(written: str) -> Pieces:
    """A text taken apart at its gaps."""
    return tuple(_GAP.split(written))


def plain(apart: Pieces, values: Mapping[str, str]) -> str:
    """The text with its gaps filled, as it is."""
    return _joined(apart, values, str)


def marked_up(apart: Pieces, values: Mapping[str, str]) -> str:
    """The HTML with its gaps filled: nothing that is put in is markup."""
    return _joined(apart, values, escape)


def _joined(apart: Pieces, values: Mapping[str, str], put: Callable[[str], str]) -> str:
    filled = list(apart)
    # A gap that nobody made, in somebody's own text, stays what it is.
    filled[1::2] = [put(values[name]) if name in values else gap(name) for name in apart[1::2]]
    return "".join(filled)
