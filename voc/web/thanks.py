"""Thanks, and what happens now (C3): the version's own text for the answer, the answers to read back, and the offer to call."""

from collections.abc import Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response

from voc.core import clock, settings
from voc.core.errors import Fault, Invalid
from voc.responses.call_back import ask_call_back
from voc.responses.link import CHANGEABLE
from voc.responses.models import CallBack
from voc.responses.queries import call_backs_of
from voc.responses.read_answer import WINDOWS, Value
from voc.responses.uploads import file_names
from voc.surveys.walking import Walk
from voc.web.pages import page, see_other
from voc.web.posted_form import PostedForm, posted_form
from voc.web.questions.given import shown_phone
from voc.web.read_back import read_back
from voc.web.stamp import make_stamp, served_at
from voc.web.visit import Surroundings, Visit, dress, meet
from voc.web.voice import Voice

KNOWN = "known"


async def show(request: Request) -> Response:
    """The thanks to whoever sent; whoever did not is led back to the questions."""
    visit = await meet(request)
    if isinstance(visit, Response):
        return visit
    if not visit.was_sent:
        return see_other(visit.address())
    return await _page(visit)


async def ask_to_be_called(request: Request) -> Response:
    """Note the wish to be called."""
    visit = await meet(request)
    if isinstance(visit, Response):
        return visit
    if not visit.was_sent:
        return see_other(visit.address())
    form = await posted_form(request)
    phone = None if form.one("where") == KNOWN else form.one("phone")
    window = form.one("window") if form.one("window") in WINDOWS else WINDOWS[0]
    try:
        pressed = served_at(visit.link.invitation_id, form.one("_stamp"))
        await ask_call_back(visit.actor, visit.link, phone=phone, window=window, served_at=pressed)
    except Invalid as refused:
        return await _page(visit, form=form, faults=refused.faults)
    return see_other(visit.address("/thanks"))


async def over(visit: Visit, way: Walk) -> Response:
    """What is said to whoever has nothing to answer any more, because there are enough answers of their sort."""
    dressed = await dress(visit)
    return page(
        visit.request,
        "survey/over.html",
        dressed.words,
        policy=dressed.face.policy,
        face=dressed.face,
        v=dressed.voice.knowing(way),
        end=way.end_page,
        messages=visit.messages,
    )


async def _page(visit: Visit, *, form: PostedForm | None = None, faults: Sequence[Fault] = ()) -> Response:
    dressed = await dress(visit)
    answers = await visit.answers()
    link = visit.link
    wish = (await call_backs_of([link.response_id])).get(link.response_id) if link.response_id else None
    way = (await visit.checked(answers, visit.language)).walk
    voice, end = dressed.voice.knowing(way), way.end_page
    until = (link.submitted_at or clock.now()) + CHANGEABLE
    return page(
        visit.request,
        "survey/thanks.html",
        dressed.words,
        status=422 if faults else 200,
        policy=dressed.face.policy,
        face=dressed.face,
        v=voice,
        end=end,
        given=await _given(visit, voice, way, answers),
        until=dressed.words.moment(until, dressed.around.time_zone or settings.current().default_time_zone),
        offers_call=end.offer_call_back and (wish is None or bool(faults) or "call" in visit.request.query_params),
        call=_call(dressed, wish, form, faults),
        address=visit.address(),
        stamp=make_stamp(link.invitation_id, clock.now(), ""),
        messages=visit.messages,
    )


async def _given(visit: Visit, voice: Voice, way: Walk, answers: Mapping[str, Value]) -> list[dict[str, object]]:
    asked = [question for step in way.steps for question in step.questions]
    return read_back(voice, asked, answers, await file_names(visit.questionnaire, answers))


def _call(dressed: Surroundings, wish: CallBack | None, form: PostedForm | None, faults: Sequence[Fault]) -> dict[str, object]:
    known = dressed.around.phone
    code = faults[0].code if faults else ""
    return {
        "known": shown_phone(known) if known else "",
        "where": form.one("where") if form else KNOWN,
        "phone": form.one("phone") if form else "",
        "window": form.one("window") if form else wish.window if wish else WINDOWS[0],
        "windows": WINDOWS,
        "asked": shown_phone(wish.phone) if wish else "",
        "asked_window": wish.window if wish else "",
        "fault": {"": "", "MISSING": "fault_phone_missing"}.get(code, "fault_phone_wrong"),
    }
