"""A kiosk (C6): one question a screen. The page holds all that a device needs to go on without us; without script it asks screen by screen.

Without script nothing is kept before the last press: what was answered travels along in the form, and is taken under an id that was
drawn with the first screen, so that a press that comes twice is one response.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from voc.core import clock, settings
from voc.core.errors import Conflict, Fault, Invalid
from voc.core.ids import new_id
from voc.outreach.open.door import OpenDoor, open_door
from voc.outreach.open.kinds import OpenLinkKind, OpenLinkState
from voc.outreach.open.kiosk_editions import Edition, edition_for, edition_numbered
from voc.responses.answers import Checked, check
from voc.responses.around import Around, around_survey
from voc.responses.kiosk import KioskAnswers, kiosk_actor, take_from_kiosk
from voc.surveys.questionnaire import EndPage
from voc.surveys.questions import Question
from voc.web.dead_ends import dead_end, unknown_link
from voc.web.headers import content_policy, hash_source
from voc.web.kiosk_screens import Shown, Speech, device_plan, everything, faults_in, screens, speech
from voc.web.pages import page, see_other
from voc.web.posted_form import PostedForm, posted_form
from voc.web.questions.posted import Typed, names_of, typed_values
from voc.web.step_frame import image_policy
from voc.web.visit import spoken_language


@dataclass(frozen=True, slots=True)
class Kiosk:
    """One request of a kiosk, and the edition it asks."""

    request: Request
    door: OpenDoor
    edition: Edition
    found: Around
    language: str

    @property
    def address(self) -> str:
        """The address of the device."""
        return f"/k/{self.request.path_params['secret']}"

    @property
    def shut(self) -> str:
        """Why nothing is asked now; empty while something is."""
        if self.door.state(clock.now()) is not OpenLinkState.OPEN:
            return "closed"
        return "paused" if self.door.is_paused else ""

    @property
    def said(self) -> Speech:
        """Words and face for whoever stands there."""
        return speech(self.edition, self.found, self.language)


async def show(request: Request) -> Response:
    """The first screen, the thanks after the last one, or that the kiosk is closed (410)."""
    kiosk = await meet(request)
    if isinstance(kiosk, Response):
        return kiosk
    wanted = request.query_params.get("end")
    over = next((end for end in kiosk.edition.questionnaire.end_pages if end.id == wanted), None)
    if over is not None or kiosk.shut:
        return _page(kiosk, over=None if kiosk.shut else over)
    form = PostedForm({"_id": [str(new_id())]})
    return _screen(kiosk, form, typed_values((), form, phone=None, files={}), kiosk.edition.plan.questions()[0])


async def take(request: Request) -> Response:
    """A press without script: another language, one screen back or on, and after the last one the answers are taken."""
    kiosk = await meet(request)
    if isinstance(kiosk, Response):
        return kiosk
    form = await posted_form(request)
    number = form.one("_number")
    shown = await edition_numbered(kiosk.door, int(number)) if number.isdecimal() and len(number) < 9 else None
    kiosk = replace(kiosk, edition=shown or kiosk.edition, language=form.one("_language") or kiosk.language)
    kiosk = replace(kiosk, language=spoken_language(kiosk.edition.questionnaire, kiosk.language))
    asked = kiosk.edition.plan.questions()
    here = next((question for question in asked if question.id == form.one("_step")), None)
    if here is None or kiosk.shut or not _uuid(form.one("_id")):
        return see_other(kiosk.address)
    typed = typed_values(asked, form, phone=None, files={})
    what, _, which = form.one("_go").partition(":")
    if what == "language":
        return _screen(replace(kiosk, language=spoken_language(kiosk.edition.questionnaire, which)), form, typed, here)
    checked = _checked(kiosk, typed, names_of([here]))
    faults = [fault for fault in checked.faults if what != "back" or fault.code != "MISSING"]
    if faults:
        return _screen(kiosk, form, typed, here, faults)
    met = [question.id for step in checked.walk.steps for question in step.questions]
    way = [question for question in asked if question.id in met or question is here]
    beside = way.index(here) + (-1 if what == "back" else 1)
    return await _send(kiosk, form, typed, checked) if beside == len(way) else _screen(kiosk, form, typed, way[max(0, beside)])


async def meet(request: Request) -> Kiosk | Response:
    """The kiosk behind a request, or the page that says why there is none."""
    door = await open_door(request.path_params["secret"])
    if door is None or door.kind is not OpenLinkKind.KIOSK:
        return unknown_link(request)
    edition = await edition_for(door)
    if edition is None:
        return dead_end(request, "withdrawn", 410)
    language = spoken_language(edition.questionnaire, request.query_params.get("language") or door.language or "")
    found = cast(Around, await around_survey(door.survey_id, language, door.channel))
    return Kiosk(request, door, edition, found, language)


async def _send(kiosk: Kiosk, form: PostedForm, typed: Typed, checked: Checked) -> Response:
    answers = KioskAnswers(
        id=UUID(form.one("_id")),
        number=kiosk.edition.number,
        version_id=kiosk.edition.version_id,
        language=kiosk.language,
        raw=typed.raw,
        answered_at=clock.now(),
    )
    try:
        await take_from_kiosk(kiosk_actor(kiosk.door), kiosk.door, answers)
    except Invalid as refused:
        faults = [replace(fault, path=fault.path.removeprefix("answers.")) for fault in refused.faults]
        places = [
            (question, fault) for question in kiosk.edition.plan.questions() for fault in faults if fault.path in names_of([question])
        ]
        if not places:
            raise
        return _screen(kiosk, form, typed, places[0][0], [fault for question, fault in places if question is places[0][0]])
    except Conflict:
        return see_other(kiosk.address)
    return see_other(f"{kiosk.address}?end={checked.walk.end_page.id}&language={kiosk.language}")


def _checked(kiosk: Kiosk, typed: Typed, asked: frozenset[str]) -> Checked:
    known = {stop.question.id: stop.value for stop in kiosk.edition.plan.stops if stop.question and not stop.is_screen and stop.value}
    country = settings.current().default_country
    return check(kiosk.edition.questionnaire, {**known, **typed.raw}, kiosk.language, asked=asked, country=country)


def _screen(kiosk: Kiosk, form: PostedForm, typed: Typed, question: Question, faults: Sequence[Fault] = ()) -> Response:
    """One screen as a form that carries along what was answered on the others."""
    asked = kiosk.edition.plan.questions()
    shown = screens(kiosk.edition, kiosk.said, [question], typed.shown, faults)[0]
    here = names_of([question])
    own = {"_id": form.one("_id"), "_step": question.id, "_number": str(kiosk.edition.number), "_language": kiosk.language}
    carried = [*own.items(), *((name, value) for name, value in form.pairs() if name in names_of(asked) - here)]
    first, last = question is asked[0], question is asked[-1]
    return _page(kiosk, shown=shown, carried=carried, faults=faults_in(shown.question, faults), has_back=not first, is_last=last)


def _page(kiosk: Kiosk, *, shown: Shown | None = None, over: EndPage | None = None, **facts: Any) -> Response:
    said, shut, door = kiosk.said, kiosk.shut, kiosk.door
    languages = kiosk.edition.questionnaire.languages
    begins_in = spoken_language(kiosk.edition.questionnaire, door.language or "")
    # Everything goes along with the first screen and with a closed door; a page of somebody without script has no use for it.
    is_whole = kiosk.request.method == "GET" and over is None
    found = {one: everything(kiosk.edition, kiosk.found, one, is_closed=bool(shut)) for one in languages} if is_whole else {}
    plan = device_plan(kiosk.edition, language=begins_in, pin_hash=door.pin_hash or "", is_closed=bool(shut)) if found else ""
    return page(
        kiosk.request,
        "kiosk/page.html",
        said.words,
        status=410 if shut == "closed" else 422 if facts.get("faults") else 200,
        policy=_policy(kiosk, said),
        k=said.around,
        v=said.voice,
        face=said.face,
        tongues=languages,
        kept=found.items(),
        plan=plan,
        shown=shown,
        over=over,
        shut=shut,
        address=kiosk.address,
        **{"faults": (), "carried": (), "has_back": False, "is_last": False, **facts},
    )


def _policy(kiosk: Kiosk, said: Speech) -> str:
    """What the page may load: the style that stands in it and ours, its own script, and answers sent to its own address."""
    styles = f"'self' {hash_source(said.face.style)}"
    policy = content_policy(styles=styles, connect="'self'", trusted_types="voc-kiosk") + "; worker-src 'self'"
    return image_policy(policy, [one.question for one in screens(kiosk.edition, said, kiosk.edition.plan.questions())])


def _uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
