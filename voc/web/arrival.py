"""The mark of a visitor on an open link before anything is kept: the id drawn for them and the edition they saw, sealed for a day."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import UTC, datetime
from hmac import compare_digest
from uuid import UUID

from voc.core import settings
from voc.core.ids import new_id, signed
from voc.outreach.open_door import ANSWER_WITHIN

_HALF = 16
_MOMENT = 8


@dataclass(frozen=True, slots=True)
class Arrival:
    """A visitor who has seen the first page: whoever presses twice sends the same one, and so begins once."""

    invitation_id: UUID
    version_id: UUID
    at: datetime

    @classmethod
    def now(cls, version_id: UUID, now: datetime) -> "Arrival":
        """Somebody who opens the link at this moment."""
        return cls(new_id(), version_id, now)

    def sealed(self, open_link_id: UUID) -> str:
        """The text to put in a form of this link; nobody else can make one."""
        told = self.invitation_id.bytes + self.version_id.bytes + round(self.at.timestamp() * 1000).to_bytes(_MOMENT, "big")
        return urlsafe_b64encode(told + _seal(open_link_id, told)).rstrip(b"=").decode("ascii")


def read_arrival(open_link_id: UUID, text: str, now: datetime) -> Arrival | None:
    """The arrival that a form of this link brings back; None when it is more than a day old, of another link, or made up."""
    try:
        raw = urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    except (Error, ValueError):
        return None
    told, seal = raw[:-_HALF], raw[-_HALF:]
    if len(told) != 2 * _HALF + _MOMENT or not compare_digest(seal, _seal(open_link_id, told)):
        return None
    at = datetime.fromtimestamp(int.from_bytes(told[2 * _HALF :], "big") / 1000, UTC)
    return Arrival(UUID(bytes=told[:_HALF]), UUID(bytes=told[_HALF : 2 * _HALF]), at) if now - at < ANSWER_WITHIN else None


def _seal(open_link_id: UUID, told: bytes) -> bytes:
    return signed(settings.current().key(), "arrival", open_link_id, told.hex())[:_HALF]
