"""The nearest colour that is easy to read on some paper. PURE."""

from functools import lru_cache

from voc.surveys.colours import contrast

LIGHT_PAPER = "#ffffff"
DARK_PAPER = "#1b212a"
EASY = 6.0


@lru_cache(maxsize=256)
def readable_on(paper: str, colour: str) -> str:
    """The colour itself where text in it is easy to read on the paper, else the nearest tint or shade of it that can."""
    towards = 255 if contrast(paper, "#ffffff") > contrast(paper, "#000000") else 0
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    mixed = colour
    for step in range(101):
        mixed = "#" + "".join(f"{round(channel + (towards - channel) * step / 100):02x}" for channel in channels)
        if contrast(mixed, paper) >= EASY:
            break
    return mixed
