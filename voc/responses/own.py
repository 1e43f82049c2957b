"""A customer's own answers, for whoever holds one of their links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voc.core.db import as_moment, as_uuid, rows
from voc.responses.queries import values_of
from voc.responses.read_answer import Value

NEWEST = 20


@dataclass(frozen=True, slots=True)
class OwnResponse:
    """One response as its customer reads it back."""

    version_id: UUID
    at: datetime
    answers: Mapping[str, Value]


async def own_responses(invitation_id: UUID) -> list[OwnResponse]:
    """The newest twenty responses of the customer an invitation was sent to, or of the invitation alone where the customer is not known."""
    found = await rows(_OWN, invitation_id, invitation_id, NEWEST)
    ids = {row["id"]: as_uuid(row["id"]) for row in found}
    answers = await values_of([one for one in ids.values() if one])
    return [
        OwnResponse(version, at, answers[one])
        for row in found
        if (version := as_uuid(row["version_id"])) and (at := as_moment(row["saved_at"])) and (one := ids[row["id"]])
    ]


_OWN = """
    SELECT r.id, r.version_id, r.saved_at FROM response r
    WHERE r.invitation_id = ? OR r.customer_id = (SELECT customer_id FROM invitation WHERE id = ?)
    ORDER BY r.saved_at DESC LIMIT ?"""
