"""An open link (`/o/…`): anybody may answer. Looking keeps nothing; the first press makes the visitor an invitation of their own.

From then on they are on `/s/…` like everybody else.
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from voc.core import clock
from voc.core.errors import Conflict
from voc.outreach.links import secret_of
from voc.outreach.models import InvitationState
from voc.outreach.open.door import ANSWER_WITHIN, FULL, OpenDoor, come_in, open_door, visitor_hash
from voc.outreach.open.kinds import OpenLinkKind, OpenLinkState
from voc.responses.link import Link, link_by_secret
from voc.responses.queries import questionnaire_by_version
from voc.responses.uploads import arrivals
from voc.surveys import flow
from voc.surveys.course import course_of
from voc.surveys.questionnaire import Questionnaire
from voc.web import thanks
from voc.web.address import address_of
from voc.web.arrival import Arrival, read_arrival
from voc.web.dead_ends import closed_door, closed_link, unknown_link
from voc.web.pages import let_frame, see_other
from voc.web.posted_files import Arrived, posted_form_and_files
from voc.web.posted_form import PostedForm
from voc.web.step_page import Screen
from voc.web.survey_files import allowances
from voc.web.survey_step import press, show_screen
from voc.web.visit import DEAD, Visit, spoken_language
from voc.web.wording import language_of


async def show(request: Request) -> Response:
    """The first step of the newest edition, for whoever comes by."""
    door = await open_door(request.path_params["secret"])
    if door is None or door.version_id is None:
        return unknown_link(request) if door is None else await closed_door(request, door.survey_id, "not_yet", status=404)
    if door.kind is OpenLinkKind.KIOSK:
        return see_other(f"/k/{request.path_params['secret']}")
    let_frame(request, door.allowed_origins)
    dead = await _dead_end(request, door)
    if dead:
        return dead
    visit = await _visit(request, door, Arrival.now(door.version_id, clock.now()))
    way = (await visit.checked({}, visit.language)).walk
    if not way.steps:
        return await thanks.over(visit, way)
    return await show_screen(visit, Screen(way.steps[0].id, way.steps[0].questions), {})


async def take(request: Request) -> Response:
    """A press on the first page. Pressed twice it begins once; a page that stood open for a day comes again as it was filled in."""
    door = await open_door(request.path_params["secret"])
    if door is None or door.version_id is None or door.kind is OpenLinkKind.KIOSK:
        return await show(request)
    let_frame(request, door.allowed_origins)
    newest = await questionnaire_by_version(door.version_id)
    form, arrived = await posted_form_and_files(request, allowances(course_of(newest).owners.values()), arrivals())
    arrival = read_arrival(door.id, form.one("_visit"), clock.now())
    link = await link_by_secret(secret_of(arrival.invitation_id)) if arrival else None
    dead = await _dead_end(request, door) if link is None else await _ended(request, link)
    visit = await _visit(request, door, arrival or Arrival.now(door.version_id, clock.now()), form)
    step = next((one for one in flow.cuts(visit.questionnaire) if one.id == form.one("_step")), None)
    if dead or step is None or arrival is None:
        for one in arrived:
            one.forget()
    if dead or step is None:
        return dead or see_other(f"{request.url.path}{_query(request)}")
    screen = Screen(step.id, step.questions)
    if arrival is None:
        return await show_screen(visit, screen, form.values(screen.names), note="open_stale")
    return await _pressed(visit if link is None else replace(visit, link=link), screen, door, form, arrived)


async def _pressed(visit: Visit, screen: Screen, door: OpenDoor, form: PostedForm, arrived: list[Arrived]) -> Response:
    """Another language alone keeps nothing; any other press, and a file, is somebody's who is here to answer."""
    if arrived or not form.one("_go").startswith("language"):
        await come_in(visit.actor, door, visit.link.invitation_id, visit.link.version_id, visit.language, _visitor(visit.request, door))
        visit = replace(visit, arrival="", posts_to=visit.address(_query(visit.request)))
    try:
        return await press(visit, screen, form, arrived)
    except Conflict as refused:
        if refused.code != FULL:
            raise
        return await closed_door(visit.request, door.survey_id, OpenLinkState.FULL, language=visit.language)


async def _dead_end(request: Request, door: OpenDoor) -> Response | None:
    """Why nobody can begin to answer now; None while somebody can."""
    state = door.state(clock.now())
    if state is not OpenLinkState.OPEN:
        return await closed_door(request, door.survey_id, state, language=door.language, closed_at=door.closes_at)
    return await closed_door(request, door.survey_id, "paused", language=door.language) if door.is_paused else None


async def _ended(request: Request, link: Link) -> Response | None:
    """Why this visitor, who began before, can answer no more."""
    standing = link.standing(clock.now())
    return await closed_link(request, link, standing) if standing in DEAD else None


async def _visit(request: Request, door: OpenDoor, arrival: Arrival, form: PostedForm | None = None) -> Visit:
    questionnaire = await questionnaire_by_version(arrival.version_id)
    language = spoken_language(questionnaire, (form.one("_language") if form else "") or _wish(request, door, questionnaire))
    link = Link(
        invitation_id=arrival.invitation_id,
        survey_id=door.survey_id,
        version_id=arrival.version_id,
        customer_id=None,
        contact_id=None,
        channel=door.channel,
        language=language,
        is_test=False,
        state=InvitationState.SENT,
        expires_at=arrival.at + ANSWER_WITHIN,
        declined_at=None,
        response_id=None,
        response_state=None,
        response_language=None,
        saved_at=None,
        submitted_at=None,
        open_link_id=door.id,
    )
    return Visit(request, secret_of(arrival.invitation_id), link, questionnaire, language, arrival=arrival.sealed(door.id))


def _wish(request: Request, door: OpenDoor, questionnaire: Questionnaire) -> str:
    """The language of the address, of the link, of the browser: the first that the survey speaks."""
    for one in (request.query_params.get("language", ""), door.language or ""):
        if one and spoken_language(questionnaire, one).split("-", 1)[0] == one.split("-", 1)[0]:
            return one
    return language_of(request.headers.get("accept-language", ""), questionnaire.languages, questionnaire.default_language)


def _query(request: Request) -> str:
    """What stands behind the address: hidden questions take it along."""
    return f"?{request.url.query}" if request.url.query else ""


def _visitor(request: Request, door: OpenDoor) -> str:
    browser = f"{request.headers.get('user-agent', '')}|{request.headers.get('accept-language', '')}"
    return visitor_hash(door.id, address_of(request), browser)
