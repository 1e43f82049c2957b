"""A brand's picture: what may be one, by its content, and how large it is shown. PURE."""

from dataclasses import dataclass
from hashlib import sha256

import puremagic

MOST_BYTES = 100_000
LIGHT_BYTES = 6_000
"""Up to here a first visit with the picture stays within 15 kB; above it a slow line is felt."""
MOST_PIXELS = 4_000
LEAST_PIXELS = 16
ROOM = (200, 48)
PNG, JPEG = "image/png", "image/jpeg"
# Frames of JPEG that say the size of the picture; the others between them are tables.
_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_BARE = frozenset({0x01, *range(0xD0, 0xDA)})


class NoLogo(ValueError):
    """The bytes are no picture we take; `code` for programs, the message with the way out."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture in pixels."""

    body: bytes
    media_type: str
    width: int
    height: int

    @property
    def hash(self) -> str:
        """What it is called."""
        return sha256(self.body).hexdigest()


def read_logo(body: bytes) -> Logo:
    """The picture these bytes are, told from their content; NoLogo for drawings (SVG), other files, and what is too large or cut off."""
    if len(body) > MOST_BYTES:
        raise NoLogo("TOO_LARGE", f"The picture has {len(body) // 1000} kB; at most {MOST_BYTES // 1000} kB. Save it smaller.")
    media_type = _media_type(body)
    try:
        width, height = _png_size(body) if media_type == PNG else _jpeg_size(body)
    except (IndexError, ValueError):
        raise NoLogo("NOT_A_PICTURE", "The picture is cut off or broken. Save it again.") from None
    if min(width, height) < LEAST_PIXELS or max(width, height) > MOST_PIXELS:
        raise NoLogo("WRONG_SIZE", f"The picture is {width} x {height}; each side has {LEAST_PIXELS} to {MOST_PIXELS:,} pixels.")
    return Logo(body, media_type, width, height)


def shown_size(width: int, height: int) -> tuple[int, int]:
    """How many pixels of the page a picture takes: as it is where there is room, else smaller in the same shape."""
    scale = min(1.0, ROOM[0] / width, ROOM[1] / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _media_type(body: bytes) -> str:
    try:
        found = next((match.mime_type for match in puremagic.magic_string(body) if match.mime_type), "")
    except (ValueError, puremagic.PureError):
        found = ""
    if found not in (PNG, JPEG):
        raise NoLogo("NOT_A_PICTURE", "Send a PNG or a JPEG. A drawing (SVG) can carry scripts: save it as PNG.")
    return found


def _png_size(body: bytes) -> tuple[int, int]:
    if body[12:16] != b"IHDR" or b"IEND" not in body[-16:]:
        raise ValueError
    return int.from_bytes(body[16:20]), int.from_bytes(body[20:24])


def _jpeg_size(body: bytes) -> tuple[int, int]:
    at = 2
    if b"\xff\xd9" not in body[-32:]:
        raise ValueError
    while True:
        if body[at] != 0xFF:
            raise ValueError
        kind = body[at + 1]
        if kind in _SIZES:
            return int.from_bytes(body[at + 7 : at + 9]), int.from_bytes(body[at + 5 : at + 7])
        at += 1 if kind == 0xFF else 2 if kind in _BARE else 2 + int.from_bytes(body[at + 2 : at + 4])
