"""The holder of a link says that the ask is not for them."""

from datetime import datetime

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.errors import NotFound
from voc.core.events import emit
from voc.core.verb import joining, verb
from voc.outreach import invitations
from voc.outreach.wishes.odd_presses import take_back_decline
from voc.responses.events import ResponseChanged
from voc.responses.keep import set_columns
from voc.responses.link import Link
from voc.responses.models import ResponseState
from voc.responses.weigh import note_odd, weigh_decline


@verb(Action.ANSWER)
async def decline(actor: Actor, link: Link, served_at: datetime | None) -> bool:
    """Note that the ask was not for whoever holds the link; says whether it was noted.

    A press that bears two signs of a scanner is evidence only. If the answer before it was odd as well, one and the same machine presses
    everything: that answer is held from then on. An answer that a person sent stays.
    """
    if actor.id != link.invitation_id:
        raise NotFound
    weighed, began_oddly = await weigh_decline(link, served_at, clock.now())
    await note_odd(actor, link, weighed, is_held=bool(weighed.suspect))
    if not weighed.suspect:
        await invitations.decline(actor, link.invitation_id)
        return True
    if link.response_id is not None and began_oddly and not link.suspect:
        await set_columns(link.response_id, {"suspect": weighed.suspect})
        await joining(take_back_decline)(actor, link.invitation_id)
        if link.response_state == ResponseState.COMPLETE:
            await emit(ResponseChanged(link.response_id))
    return False
