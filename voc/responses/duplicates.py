"""Whether somebody answered over the same open link before: said beside the response, which counts all the same."""

from enum import StrEnum

from voc.core.db import rows
from voc.responses.drafts import Posted
from voc.responses.link import Link


class Likeness(StrEnum):
    """What two responses over one open link have in common. Colleagues at one counter share both, so it proves nothing."""

    SAME_DEVICE = "same_device"
    SAME_BROWSER = "same_browser"


async def duplicate_of(link: Link, posted: Posted) -> str:
    """Why whoever begins may have answered before; empty where nothing speaks for it, and for personal links."""
    if link.open_link_id is None:
        return ""
    found = [Likeness.SAME_DEVICE] if posted.is_known_device else []
    if await rows(_BEFORE, link.invitation_id):
        found.append(Likeness.SAME_BROWSER)
    return ", ".join(found)


_BEFORE = """
    SELECT 1 AS one FROM invitation mine JOIN invitation other ON other.visitor_hash = mine.visitor_hash AND other.id <> mine.id
        JOIN response r ON r.invitation_id = other.id
    WHERE mine.id = ? LIMIT 1"""
