"""Whoever holds a link about their messages and data, and whether it was a person who pressed a button there."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from voc.core import clock
from voc.core.access import Actor
from voc.outreach.links import Purpose, invitation_named_by, secret_for
from voc.outreach.models import Invitation
from voc.responses.around import Around, around
from voc.responses.link import link_of
from voc.responses.scanners import Deed
from voc.responses.weigh import note_odd, weigh_choice
from voc.web.dead_ends import unknown_link
from voc.web.face import Face, face_of
from voc.web.posted_form import PostedForm
from voc.web.stamp import make_stamp, served_at
from voc.web.wording import Words, catalogues, words_for

STAMP = "_stamp"


@dataclass(frozen=True, slots=True)
class Holder:
    """One request over a link that names a person and the list they are on."""

    request: Request
    invitation: Invitation
    around: Around
    words: Words

    @property
    def actor(self) -> Actor:
        """Whom the invitation was sent to, as far as anybody can know."""
        return Actor.respondent(self.invitation.id, self.words.reader)

    @property
    def face(self) -> Face:
        """The face of the brand that asked."""
        return face_of(self.around, self.words.reader)

    @property
    def messages(self) -> str:
        """The address of their messages and data."""
        return f"/m/{secret_for(Purpose.MESSAGES, self.invitation.id)}"

    @property
    def stamp(self) -> str:
        """The stamp of a page that is served now."""
        return make_stamp(self.invitation.id, clock.now(), "")

    async def is_person(self, deed: Deed, form: PostedForm, *, is_final: bool = False) -> bool:
        """Whether the press is taken for a person's; if not, it is kept as evidence and the page asks to press once more.

        Nobody is asked twice for being fast: it takes two signs, of which what a scanner opened before is none. Only what is final
        (`is_final`) wants a page that could have been read.
        """
        link = await link_of(self.invitation.id)
        if link is None:
            return True
        pressed = served_at(self.invitation.id, form.one(STAMP))
        weighed = await weigh_choice(link, deed, pressed, clock.now())
        is_held = bool(weighed.suspect) or (is_final and weighed.press.was_too_fast)
        await note_odd(self.actor, link, weighed, is_held=is_held)
        return not is_held


async def holder_of(request: Request, purpose: Purpose) -> Holder | Response:
    """The holder of the link in the address, or the page for a link that nobody made."""
    invitation_id = invitation_named_by(purpose, request.path_params["secret"])
    invitation = await Invitation.get_or_none(id=invitation_id) if invitation_id else None
    found = await around(invitation.id) if invitation else None
    if invitation is None or found is None:
        return unknown_link(request)
    wished = request.query_params.get("language", "")
    language = wished if wished in catalogues()["survey"] else invitation.language
    return Holder(request, invitation, found, words_for("survey", language))
