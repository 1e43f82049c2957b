"""Whether people can read one colour on another (WCAG 2.2). PURE."""

import re

HEX = re.compile(r"#[0-9a-f]{6}")
READABLE = 4.5


def contrast(one: str, other: str) -> float:
    """The contrast of two colours such as `#1f4e79`, from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
