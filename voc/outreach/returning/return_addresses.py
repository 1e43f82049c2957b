"""Addresses that say by themselves which invitation comes back: `bounce+b…@` for what returns, `bounce+u…@` for "stop".

They carry invitation and message under a seal, in letters that no mail system changes, so that nobody else can make one.
"""

from base64 import b32decode, b32encode
from binascii import Error
from dataclasses import dataclass
from enum import StrEnum
from hmac import compare_digest
from uuid import UUID

from voc.core import settings
from voc.core.ids import signed
from voc.outreach.links import KEY_VERSION

_SEAL = 8


class Way(StrEnum):
    """What comes to an address: its letter."""

    BACK = "b"
    STOP = "u"


@dataclass(frozen=True, slots=True)
class Named:
    """What an address names: the invitation, and which of its messages (0 the ask, 1 its first reminder)."""

    way: Way
    invitation_id: UUID
    reminder: int


def return_address(way: Way, invitation_id: UUID, reminder: int = 0) -> str | None:
    """The address for one message, in the mailbox of the settings; None where they name none."""
    mailbox, _, host = settings.current().bounce_address.partition("@")
    if not host:
        return None
    told = invitation_id.bytes + bytes([min(reminder, 255)])
    return f"{mailbox}+{way}{b32encode(told + _seal(way, told)).decode().lower()}@{host}"


def named_by(address: str) -> Named | None:
    """What one of our addresses names; None for any other, and for one that somebody made up."""
    tail = address.partition("@")[0].rpartition("+")[2].lower()
    try:
        way, raw = Way(tail[:1]), b32decode(tail[1:].upper())
    except (ValueError, Error):
        return None
    told, seal = raw[:-_SEAL], raw[-_SEAL:]
    if len(told) != 17 or not compare_digest(seal, _seal(way, told)):
        return None
    return Named(way, UUID(bytes=told[:16]), told[16])


def _seal(way: Way, told: bytes) -> bytes:
    return signed(settings.current().key(), "return", KEY_VERSION, way.value, told.hex())[:_SEAL]
