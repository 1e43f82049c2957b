"""The end of a preview: the thanks that these answers would get, as their page shows them."""

from typing import Any

from starlette.responses import Response

from voc.core import clock, settings
from voc.responses.link import CHANGEABLE
from voc.responses.read_answer import WINDOWS
from voc.web.pages import page
from voc.web.posted_form import PostedForm
from voc.web.preview_visit import Peek
from voc.web.questions.given import shown_phone
from voc.web.read_back import read_back

_NOT_ASKED = {"known": "", "where": "", "phone": "", "window": WINDOWS[0], "windows": WINDOWS, "asked": "", "asked_window": "", "fault": ""}


def call_asked(form: PostedForm) -> dict[str, Any]:
    """What the wish to be called would say; without a number it says what is missing."""
    phone = form.one("phone").strip()
    window = form.one("window") if form.one("window") in WINDOWS else WINDOWS[0]
    typed = {**_NOT_ASKED, "phone": phone, "window": window}
    return {**typed, "asked": shown_phone(phone), "asked_window": window} if phone else {**typed, "fault": "fault_phone_missing"}


async def thanks_page(peek: Peek, call: dict[str, Any] | None = None) -> Response:
    """The end page for the answers so far, with the offer to call where it makes one."""
    dressed = await peek.dressed()
    checked = peek.checked(peek.known)
    way = checked.walk
    voice, end = dressed.voice.knowing(way), way.end_page
    asked = [question for step in way.steps for question in step.questions]
    wish = call or _NOT_ASKED
    return page(
        peek.request,
        "survey/preview_thanks.html",
        dressed.words,
        status=422 if wish["fault"] else 200,
        policy=dressed.face.policy,
        face=dressed.face,
        v=voice,
        end=end,
        given=read_back(voice, asked, checked.answers, peek.files),
        until=dressed.words.moment(clock.now() + CHANGEABLE, settings.current().default_time_zone),
        offers_call=end.offer_call_back and not wish["asked"],
        call=wish,
        address=peek.request.url.path.removesuffix("/call"),
        stamp="",
        messages="",
        **peek.more,
    )
