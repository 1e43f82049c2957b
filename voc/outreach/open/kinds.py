"""Ways to ask whoever comes by, and when one of them takes answers. PURE."""

from datetime import datetime
from enum import StrEnum


class OpenLinkKind(StrEnum):
    """Where an open link is found."""

    LINK = "link"
    POSTER = "poster"
    KIOSK = "kiosk"
    WIDGET = "widget"


class OpenLinkState(StrEnum):
    """Whether whoever comes now can begin to answer."""

    OPEN = "open"
    FULL = "full"
    CLOSED = "closed"
    REVOKED = "revoked"


def state_of(*, revoked_at: datetime | None, closes_at: datetime | None, cap: int | None, used: int, now: datetime) -> OpenLinkState:
    """Where an open link stands. The first reason counts: what was taken back stays so, whatever else is set."""
    if revoked_at is not None:
        return OpenLinkState.REVOKED
    if closes_at is not None and now >= closes_at:
        return OpenLinkState.CLOSED
    return OpenLinkState.FULL if cap is not None and used >= cap else OpenLinkState.OPEN
