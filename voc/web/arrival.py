"""The mark of a visitor on an open link before anything is kept: the id drawn for them and the edition they saw, sealed for a day."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from voc.core.ids import new_id
from voc.core.seals import sealed, told_in
from voc.outreach.open.door import ANSWER_WITHIN

_ID = 16
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
        return sealed(told, "arrival", open_link_id)


def read_arrival(open_link_id: UUID, text: str, now: datetime) -> Arrival | None:
    """The arrival that a form of this link brings back; None when it is more than a day old, of another link, or made up."""
    told = told_in(text, 2 * _ID + _MOMENT, "arrival", open_link_id)
    if told is None:
        return None
    at = datetime.fromtimestamp(int.from_bytes(told[2 * _ID :], "big") / 1000, UTC)
    return Arrival(UUID(bytes=told[:_ID]), UUID(bytes=told[_ID : 2 * _ID]), at) if now - at < ANSWER_WITHIN else None
