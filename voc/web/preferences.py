"""My messages and data (C5), and the address behind the stop button of mail programs (RFC 8058). Looking changes nothing."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from voc.core.access import Actor
from voc.customers.models import Channel
from voc.outreach.addresses import kept_under
from voc.outreach.links import Purpose, invitation_named_by, secret_for
from voc.outreach.models import Invitation
from voc.outreach.preferences import Preference, Wish, preferences_of, set_preferences, unsubscribe
from voc.responses.around import Around, around
from voc.responses.own import own_responses
from voc.responses.queries import questionnaire_by_version
from voc.responses.uploads import file_names
from voc.surveys.walking import walk
from voc.web.dead_ends import unknown_link
from voc.web.face import Face, face_of
from voc.web.pages import page, see_other
from voc.web.posted_form import PostedForm, posted_form
from voc.web.read_back import read_back
from voc.web.voice import Voice
from voc.web.wording import Words, catalogues, words_for

_NAMED_CHANNELS = (Channel.EMAIL, Channel.SMS)


@dataclass(frozen=True, slots=True)
class _Holder:
    """Whoever holds a link about their messages."""

    request: Request
    invitation: Invitation
    around: Around
    words: Words

    @property
    def actor(self) -> Actor:
        return Actor.respondent(self.invitation.id, self.words.reader)

    @property
    def face(self) -> Face:
        return face_of(self.around, self.words.reader)


async def show(request: Request) -> Response:
    """What we ask and how often, how it stands now, what can be chosen, and one's own answers."""
    holder = await _holder(request, Purpose.MESSAGES)
    if isinstance(holder, Response):
        return holder
    return await _page(holder)


async def choose(request: Request) -> Response:
    """Do as was chosen, at once."""
    holder = await _holder(request, Purpose.MESSAGES)
    if isinstance(holder, Response):
        return holder
    form = await posted_form(request)
    try:
        wish = Wish(form.one("wish"))
    except ValueError:
        return await _page(holder, form=form, has_fault=True)
    channel = kept_under(holder.invitation.channel) if form.one("channel") == "this" else None
    await set_preferences(holder.actor, holder.invitation.id, wish, channel)
    return see_other(f"{request.url.path}?saved")


async def ask_stop(request: Request) -> Response:
    """A page with one button: mail scanners follow this address too, so looking must not stop anything."""
    holder = await _holder(request, Purpose.STOP)
    if isinstance(holder, Response):
        return holder
    return _stop_page(holder, is_stopped=False)


async def stop(request: Request) -> Response:
    """Stop at once, for a mail program or a person: no cookie, no session, no redirect, and again changes nothing."""
    holder = await _holder(request, Purpose.STOP)
    if isinstance(holder, Response):
        return holder
    await unsubscribe(holder.actor, holder.invitation.id)
    if "text/html" in request.headers.get("accept", ""):
        return _stop_page(holder, is_stopped=True)
    return PlainTextResponse("Stopped.")


async def _holder(request: Request, purpose: Purpose) -> _Holder | Response:
    invitation_id = invitation_named_by(purpose, request.path_params["secret"])
    invitation = await Invitation.get_or_none(id=invitation_id) if invitation_id else None
    found = await around(invitation.id) if invitation else None
    if invitation is None or found is None:
        return unknown_link(request)
    wished = request.query_params.get("language", "")
    language = wished if wished in catalogues()["survey"] else invitation.language
    return _Holder(request, invitation, found, words_for("survey", language))


def _stop_page(holder: _Holder, *, is_stopped: bool) -> Response:
    return page(
        holder.request,
        "survey/stop.html",
        holder.words,
        policy=holder.face.policy,
        face=holder.face,
        is_stopped=is_stopped,
        messages=f"/m/{secret_for(Purpose.MESSAGES, holder.invitation.id)}",
    )


async def _page(holder: _Holder, *, form: PostedForm | None = None, has_fault: bool = False) -> Response:
    standing = {one.channel: one for one in await preferences_of(holder.invitation)}
    channel = kept_under(holder.invitation.channel)
    here = standing.get(channel, Preference(channel, False, None))
    return page(
        holder.request,
        "survey/mine.html",
        holder.words,
        status=422 if has_fault else 200,
        policy=holder.face.policy,
        face=holder.face,
        here=here,
        until=holder.words.day(here.until) if here.until else "",
        wishes=[wish.value for wish in Wish],
        chosen_channel=form.one("channel") if form else "all",
        channel="channel_" + (channel.value if channel in _NAMED_CHANNELS else "other"),
        has_fault=has_fault,
        is_saved="saved" in holder.request.query_params,
        own=await _own_answers(holder.invitation.id, holder.words),
    )


async def _own_answers(invitation_id: UUID, words: Words) -> list[dict[str, Any]]:
    shown = []
    for response in await own_responses(invitation_id):
        questionnaire = await questionnaire_by_version(response.version_id)
        way = walk(questionnaire, response.answers)
        asked = [question for step in way.steps for question in step.questions]
        voice, files = Voice(questionnaire, words.reader, {}).knowing(way), await file_names(questionnaire, response.answers)
        given = [one for one in read_back(voice, asked, response.answers, files) if one["answer"]]
        shown.append({"day": words.day(response.at), "given": given})
    return shown
