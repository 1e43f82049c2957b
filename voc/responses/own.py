"""A customer's own answers, for whoever holds the link they were given over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voc.core.db import as_moment, as_uuid, rows
from voc.responses.queries import values_of
from voc.responses.read_answer import Value


@dataclass(frozen=True, slots=True)
class OwnResponse:
    """One response as its customer reads it back."""

    version_id: UUID
    at: datetime
    answers: Mapping[str, Value]


async def own_responses(invitation_id: UUID) -> list[OwnResponse]:
    """What was answered over this invitation, while it was not deleted: one response, or none.

    Answers over other links are not shown, though the same customer gave them: a message is passed on to a colleague more often than its
    reader knows what else a link in it would open. Each of the customer's messages opens its own.
    """
    found = await rows(_OWN, invitation_id)
    answers = await values_of([one for row in found if (one := as_uuid(row["id"]))])
    return [
        OwnResponse(version, at, answers[one])
        for row in found
        if (version := as_uuid(row["version_id"])) and (at := as_moment(row["saved_at"])) and (one := as_uuid(row["id"]))
    ]


_OWN = "SELECT id, version_id, saved_at FROM response WHERE invitation_id = ? AND erased_at IS NULL"
