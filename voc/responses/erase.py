"""Deleting the answers of one link, for whoever holds it. What is left says that there was a response, and nothing that it said."""

from uuid import UUID

from voc.core import clock, live
from voc.core.access import Action, Actor
from voc.core.db import as_json, as_uuid, execute, rows
from voc.core.errors import NotFound
from voc.core.events import emit
from voc.core.verb import joining, verb
from voc.outreach.wishes.odd_presses import forget_evidence
from voc.responses.events import ResponseErased
from voc.responses.quotas import release


@verb(Action.ANSWER)
async def erase_own_answers(actor: Actor, invitation_id: UUID) -> bool:
    """Delete what was answered over an invitation, and say whether there was anything; again changes nothing.

    Gone are the answers, the wish to be called, which page thanked for them, quotas and the signs of scanners with them; scores, readings,
    files and what was told of them follow at once by reactions. The row stays, marked with who deleted and when, so that the link takes no
    more answers and nothing that comes late can bring them back. The customer is still asked or left alone as before.
    """
    if actor.id != invitation_id:
        raise NotFound
    # The update changes nothing: it takes the lock.
    found = await rows(_LOCK, invitation_id)
    response_id = as_uuid(found[0]["id"]) if found else None
    if response_id is None:
        return False
    for table in ("answer", "call_back"):
        await execute(f"DELETE FROM {table} WHERE response_id = ?", response_id)
    await release(UUID(str(found[0]["survey_id"])), tuple(as_json(found[0]["quotas"]) or ()))
    now = clock.now()
    await execute(_EMPTY, now, actor.name, now, response_id)
    await joining(forget_evidence)(actor, invitation_id)
    await emit(ResponseErased(response_id))
    await live.note("response", response_id)
    return True


_LOCK = """
    UPDATE response SET invitation_id = invitation_id WHERE invitation_id = ? AND erased_at IS NULL RETURNING id, survey_id, quotas"""
# One that was still open is over now, so that nothing is told of it a day later.
_EMPTY = """
    UPDATE response SET erased_at = ?, erased_by = ?, state = CASE state WHEN 'open' THEN 'left' ELSE state END,
        submitted_at = COALESCE(submitted_at, ?), suspect = '', duplicate = '', quotas = '[]', over_quota = '', end_page = NULL
    WHERE id = ?"""
