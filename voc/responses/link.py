"""What the holder of a secret link may do with it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID
from zlib import crc32

from voc.core.access import Actor
from voc.core.db import as_json, as_moment, as_uuid, rows
from voc.core.ids import secret_hash
from voc.customers.models import Channel
from voc.outreach.models import InvitationState
from voc.responses.models import ResponseState

CHANGEABLE = timedelta(hours=24)


class Standing(StrEnum):
    """Where a link stands."""

    OPEN = "open"
    CHANGEABLE = "changeable"
    ANSWERED = "answered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Link:
    """An invitation as the holder of its link meets it, with the response so far.

    `framed_by` are the websites in whose pages its own may stand: those of the widget it came over. `arrivals` are when its messages
    came to a mailbox or a telephone, as far as that is known. `suspect` is why the response is held.
    """

    invitation_id: UUID
    survey_id: UUID
    version_id: UUID
    customer_id: UUID | None
    contact_id: UUID | None
    channel: str
    language: str
    is_test: bool
    state: str
    expires_at: datetime
    declined_at: datetime | None
    response_id: UUID | None
    response_state: str | None
    response_language: str | None
    saved_at: datetime | None
    submitted_at: datetime | None
    open_link_id: UUID | None = None
    framed_by: tuple[str, ...] = ()
    arrivals: tuple[datetime, ...] = ()
    begun_at: datetime | None = None
    erased_at: datetime | None = None
    suspect: str = ""

    def standing(self, now: datetime) -> Standing:
        """What may be done now. Whoever has begun may finish within a day, also after the link expired; what was deleted stays so.

        An answer that is held closes no door: a person who comes later answers as if nobody had.
        """
        if self.erased_at:
            return Standing.ERASED
        if self.response_state == ResponseState.COMPLETE and self.submitted_at:
            if now - self.submitted_at < CHANGEABLE:
                return Standing.CHANGEABLE
            if not self.suspect:
                return Standing.ANSWERED
        if self.state == InvitationState.WITHDRAWN:
            return Standing.WITHDRAWN
        if now >= self.expires_at and not (self.saved_at and now - self.saved_at < CHANGEABLE):
            return Standing.EXPIRED
        return Standing.DECLINED if self.declined_at else Standing.OPEN

    @property
    def reads_in(self) -> str:
        """The language last used, or the one the invitation was written in."""
        return self.response_language or self.language

    @property
    def seed(self) -> int:
        """What decides every random order for the holder of this link; the same before anything is kept and after."""
        return 1 + crc32(self.invitation_id.bytes) % 0x7FFFFFFE

    def holder(self) -> Actor:
        """Whoever holds the link, as an actor."""
        return Actor.respondent(self.invitation_id, self.reads_in)


async def link_by_secret(secret: str) -> Link | None:
    """The link with this secret, or None; one statement, found by the secret's hash."""
    return _read(await rows(_LINK.format("i.secret_hash"), secret_hash(secret)))


async def link_of(invitation_id: UUID) -> Link | None:
    """The link of an invitation, or None; one statement."""
    return _read(await rows(_LINK.format("i.id"), invitation_id))


def _read(found: Sequence[dict[str, Any]]) -> Link | None:
    if not found:
        return None
    row = found[0]
    row.update({name: as_uuid(row[name]) for name in _IDS})
    row.update({name: as_moment(row[name]) for name in _MOMENTS})
    row["is_test"] = bool(row["is_test"])
    row["framed_by"] = tuple(as_json(row["framed_by"]) or ())
    row["suspect"] = row["suspect"] or ""
    arrivals = {at for name in _ARRIVALS if (at := as_moment(row.pop(name)))}
    row["arrivals"] = tuple(sorted(arrivals)) if row["channel"] in _BROUGHT else ()
    return Link(**row)


_IDS = ("invitation_id", "survey_id", "version_id", "customer_id", "contact_id", "response_id", "open_link_id")
_MOMENTS = ("expires_at", "declined_at", "saved_at", "submitted_at", "begun_at", "erased_at")
_ARRIVALS = ("sent_at", "delivered_at", "last_attempt_at")
# Other channels show the link to a person at the moment it is made.
_BROUGHT = (Channel.EMAIL, Channel.OUTBOX, Channel.SMS)
_LINK = """
    SELECT i.id AS invitation_id, i.survey_id, i.version_id, i.customer_id, i.contact_id, i.channel, i.language, i.is_test,
        i.state, i.expires_at, i.declined_at, r.id AS response_id, r.state AS response_state, r.language AS response_language,
        r.saved_at, r.submitted_at, r.begun_at, r.erased_at, r.suspect, i.open_link_id, o.allowed_origins AS framed_by,
        i.sent_at, i.delivered_at, (SELECT MAX(d.finished_at) FROM delivery d WHERE d.invitation_id = i.id) AS last_attempt_at
    FROM invitation i LEFT JOIN response r ON r.invitation_id = i.id LEFT JOIN open_link o ON o.id = i.open_link_id
    WHERE {} = ?"""
