"""PURE. A stream of bytes in lines, without ever holding more than one line of it."""

from collections.abc import Iterator
from typing import NamedTuple

BOM = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """A line with its number, counted from 1. A line that was longer than allowed is not kept: its bytes are None."""

    number: int
    text: bytes | None


class Lines:
    """Cuts what it is fed into lines of at most `longest` bytes; empty lines are counted and left out."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._number = 1
        self._begun = bytearray()
        self._is_too_long = False

    def feed(self, more: bytes) -> Iterator[Line]:
        """The lines that are whole now."""
        *ends, rest = more.split(b"\n")
        for end in ends:
            self._add(end)
            yield from self.end()
            self._number += 1
        self._add(rest)

    def end(self) -> Iterator[Line]:
        """The line that was begun, which nothing follows."""
        text = bytes(self._begun).removeprefix(BOM).strip() if self._number == 1 else bytes(self._begun).strip()
        if self._is_too_long or text:
            yield Line(self._number, None if self._is_too_long else text)
        self._begun.clear()
        self._is_too_long = False

    def _add(self, part: bytes) -> None:
        if not self._is_too_long:
            self._is_too_long = len(self._begun) + len(part) > self._longest
            self._begun += b"" if self._is_too_long else part
