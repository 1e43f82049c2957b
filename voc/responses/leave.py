"""Closing responses that somebody began and did not send."""

from datetime import timedelta
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import as_uuid, marks, rows
from voc.core.events import emit_many
from voc.core.verb import verb
from voc.outreach.open.door import give_back_places
from voc.responses.events import ResponseChanged, ResponseSubmitted
from voc.responses.models import ResponseState

OPEN_FOR = timedelta(hours=24)
AT_ONCE = 500


@verb(Action.SUBMIT_RESPONSE)
async def close_left(actor: Actor, ref: str) -> None:
    """Make responses that nobody touched for 24 hours count for what was answered, up to 500 at a time.

    One that counted before, was opened again and left again has changed. Held ones stay held. Places of open links are free again.
    """
    now = clock.now()
    old = await rows(
        "SELECT id, submitted_at, suspect FROM response WHERE state = ? AND saved_at < ? ORDER BY saved_at LIMIT ?",
        ResponseState.OPEN,
        now - OPEN_FOR,
        AT_ONCE,
    )
    if not old:
        return
    ids = [row["id"] for row in old]
    closed = await rows(
        f"""UPDATE response SET state = ?, submitted_at = COALESCE(submitted_at, ?) WHERE state = ? AND id IN ({marks(ids)})
            RETURNING id, invitation_id""",
        ResponseState.LEFT,
        now,
        ResponseState.OPEN,
        *ids,
    )
    await give_back_places([row["invitation_id"] for row in closed if row["invitation_id"]])
    facts = {as_uuid(row["id"]): row for row in old}
    told = [one for row in closed if (one := as_uuid(row["id"])) and not facts[one]["suspect"]]
    await emit_many(_fact(one, counted_before=facts[one]["submitted_at"] is not None) for one in told)


def _fact(response_id: UUID, *, counted_before: bool) -> ResponseSubmitted | ResponseChanged:
    return ResponseChanged(response_id) if counted_before else ResponseSubmitted(response_id)
