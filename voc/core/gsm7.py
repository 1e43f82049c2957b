"""How many text messages a text takes, and which of its letters make it more. PURE.

Networks pack 160 letters of their own alphabet (GSM 03.38) in one message. One letter outside of it turns the whole text into UCS-2, where
70 fit. A text in several messages loses the room for the words that join them: 153 or 67 are left in each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE = frozenset("\f^{}\\[~]|€")


class Alphabet(StrEnum):
    """How a text message is written: the network's own alphabet, or any letter at all in twice the room."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


@dataclass(frozen=True, slots=True)
class Messages:
    """What sending a text takes: `size` letters' worth of room where `room` is what one message has, in `count` messages.

    `costly` are the letters without which it would be less: those outside the alphabet, or, within it, those that count for two.
    """

    alphabet: Alphabet
    size: int
    count: int
    costly: tuple[str, ...]

    @property
    def room(self) -> int:
        """How much fits in a single message."""
        return _ROOM[self.alphabet][0]


_ROOM = {Alphabet.GSM7: (160, 153), Alphabet.UCS2: (70, 67)}


def messages_for(text: str) -> Messages:
    """The messages a text takes; none for an empty one."""
    outside = _met([letter for letter in text if letter not in PLAIN and letter not in DOUBLE])
    if outside:
        return _counted(Alphabet.UCS2, [2 if ord(letter) > 0xFFFF else 1 for letter in text], outside)
    doubled = _met([letter for letter in text if letter in DOUBLE])
    return _counted(Alphabet.GSM7, [2 if letter in DOUBLE else 1 for letter in text], doubled)


def _met(letters: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(letters))


def _counted(alphabet: Alphabet, sizes: Sequence[int], costly: tuple[str, ...]) -> Messages:
    """A letter of two places stands in one message: where only one place is left, that stays empty."""
    size, (room, room_in_each) = sum(sizes), _ROOM[alphabet]
    if size <= room:
        return Messages(alphabet, size, int(size > 0), costly)
    count, filled = 1, 0
    for one in sizes:
        if filled + one > room_in_each:
            count, filled = count + 1, 0
        filled += one
    return Messages(alphabet, size, count, costly)
