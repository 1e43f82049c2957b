"""Ways to ask whoever comes by. PURE."""

from enum import StrEnum


class OpenLinkKind(StrEnum):
    """Where an open link stands."""

    LINK = "link"
    POSTER = "poster"
    KIOSK = "kiosk"
    WIDGET = "widget"
