"""One's own answers: to read back on the page about messages and data, and to delete after a page that says what that means."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from voc.outreach.links import Purpose
from voc.responses.erase import erase_own_answers
from voc.responses.own import own_responses
from voc.responses.queries import questionnaire_by_version
from voc.responses.scanners import Deed
from voc.responses.uploads import file_names
from voc.surveys.walking import walk
from voc.web.holder import Holder, holder_of
from voc.web.pages import page, see_other
from voc.web.posted_form import posted_form
from voc.web.read_back import read_back
from voc.web.voice import Voice


async def own_answers(holder: Holder) -> list[dict[str, Any]]:
    """What was answered over this link, as it was asked, with the day."""
    shown = []
    for response in await own_responses(holder.invitation.id):
        questionnaire = await questionnaire_by_version(response.version_id)
        way = walk(questionnaire, response.answers)
        asked = [question for step in way.steps for question in step.questions]
        voice, files = Voice(questionnaire, holder.words.reader, {}).knowing(way), await file_names(questionnaire, response.answers)
        given = [one for one in read_back(voice, asked, response.answers, files) if one["answer"]]
        shown.append({"day": holder.words.day(response.at), "given": given})
    return shown


async def ask_erase(request: Request) -> Response:
    """What deleting means, and the button that does it; where there is nothing to delete, back to the page it came from."""
    holder = await holder_of(request, Purpose.MESSAGES)
    return holder if isinstance(holder, Response) else await _page(holder)


async def erase(request: Request) -> Response:
    """Delete the answers of this link for good. A press that nobody can have thought about gets the page once more."""
    holder = await holder_of(request, Purpose.MESSAGES)
    if isinstance(holder, Response):
        return holder
    if not await holder.is_person(Deed.ERASED, await posted_form(request), is_final=True):
        return await _page(holder, asks_again=True)
    await erase_own_answers(holder.actor, holder.invitation.id)
    return see_other(f"{holder.messages}?erased")


async def _page(holder: Holder, *, asks_again: bool = False) -> Response:
    own = await own_answers(holder)
    if not own:
        return see_other(holder.messages)
    return page(
        holder.request,
        "survey/erase.html",
        holder.words,
        policy=holder.face.policy,
        face=holder.face,
        own=own,
        asks_again=asks_again,
        stamp=holder.stamp,
        messages=holder.messages,
    )
