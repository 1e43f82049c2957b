"""What the holder of a link does: save a step, send, say that it is not for them."""

from collections.abc import Mapping
from datetime import datetime

from voc.core import clock, live
from voc.core.access import Action, Actor
from voc.core.errors import Conflict, NotFound
from voc.core.events import emit
from voc.core.verb import verb
from voc.outreach import invitations
from voc.responses.drafts import Posted
from voc.responses.events import ResponseChanged, ResponseSubmitted
from voc.responses.keep import Kept, keep, set_columns
from voc.responses.link import Link, Standing
from voc.responses.models import ResponseState
from voc.responses.queries import questionnaire_by_version
from voc.responses.scanners import SIGNS_NEEDED
from voc.responses.weigh import signs_of, suspicion

_ANSWERABLE = (Standing.OPEN, Standing.CHANGEABLE, Standing.DECLINED)


@verb(Action.ANSWER)
async def save_step(actor: Actor, link: Link, posted: Posted) -> Kept:
    """Keep the answers of one step; what has faults is named and not kept, the rest is.

    A response that was sent before is changed at once. Refuses a link that is closed (Conflict).
    """
    return await _answer(actor, link, posted, is_sent=False)


@verb(Action.ANSWER)
async def submit(actor: Actor, link: Link, posted: Posted) -> Kept:
    """Keep the answers and send the whole response; with faults anywhere it is kept but not sent.

    Sending the same again changes nothing. Sending other answers within 24 hours changes the response. Refuses a link that is
    closed (Conflict).
    """
    return await _answer(actor, link, posted, is_sent=True)


@verb(Action.ANSWER)
async def decline(actor: Actor, link: Link, served_at: datetime | None) -> None:
    """Note that the ask was not for whoever holds the link; an answer that was sent stays, unless a scanner seems to press everything."""
    _must_hold(actor, link)
    now = clock.now()
    await invitations.decline(actor, link.invitation_id)
    if link.response_id is not None and link.response_state == ResponseState.COMPLETE:
        signs = await signs_of(link, served_at, now, contradicts=True)
        if len(signs) >= SIGNS_NEEDED:
            await set_columns(link.response_id, {"suspect": ", ".join(signs)})
            await emit(ResponseChanged(link.response_id))


async def _answer(actor: Actor, link: Link, posted: Posted, *, is_sent: bool) -> Kept:
    _must_hold(actor, link)
    now = clock.now()
    if link.standing(now) not in _ANSWERABLE:
        raise Conflict("CLOSED", "This link no longer takes answers.")
    questionnaire = await questionnaire_by_version(link.version_id)
    kept = await keep(link, questionnaire, posted, is_sent=is_sent)
    suspect = await suspicion(link, questionnaire, posted, kept, now)
    was_sent = kept.was is ResponseState.COMPLETE
    if was_sent and not kept.has_changed and suspect == kept.suspect:
        return kept
    counts = was_sent or (is_sent and not kept.checked.faults)
    await set_columns(kept.response_id, _columns(kept, posted.language, suspect, now, counts=counts))
    if counts:
        await _tell(actor, link, kept, suspect)
    return kept


def _columns(kept: Kept, language: str, suspect: str, now: datetime, *, counts: bool) -> Mapping[str, object]:
    columns: dict[str, object] = {"saved_at": now, "language": language, "suspect": suspect}
    if not counts:
        return {**columns, "state": ResponseState.OPEN}
    columns["end_page"] = kept.checked.walk.end_page.id
    if kept.was is ResponseState.COMPLETE:
        return {**columns, "changed_at": now}
    return {**columns, "state": ResponseState.COMPLETE, "submitted_at": now}


async def _tell(actor: Actor, link: Link, kept: Kept, suspect: str) -> None:
    """A suspect answer is held: nothing follows it until a person shows up. One that was told already is looked at again."""
    was_told = kept.submitted_at is not None and not kept.suspect
    if suspect and not was_told:
        return
    if not was_told:
        await invitations.mark_answered(actor, link.invitation_id)
    await emit(ResponseChanged(kept.response_id) if was_told else ResponseSubmitted(kept.response_id))
    await live.note("response", kept.response_id, link.team_id)


def _must_hold(actor: Actor, link: Link) -> None:
    if actor.id != link.invitation_id:
        raise NotFound
