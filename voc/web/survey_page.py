"""The survey (C2), step by step: looking never records anything, each press saves what was filled in."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from voc.core.errors import Conflict
from voc.outreach.invitations import mark_seen
from voc.outreach.open.door import FULL
from voc.outreach.open.kinds import OpenLinkState
from voc.responses.answers import Checked
from voc.responses.uploads import arrivals
from voc.surveys import flow
from voc.surveys.course import Step, course_of
from voc.surveys.questions import Asked
from voc.web import thanks
from voc.web.dead_ends import closed_door
from voc.web.pages import see_other
from voc.web.posted_files import posted_form_and_files
from voc.web.step_page import Screen
from voc.web.survey_files import allowances
from voc.web.survey_step import press, show_screen
from voc.web.visit import meet, spoken_language


async def show(request: Request) -> Response:
    """The step that was asked for, or the one to go on with; thanks when all was sent."""
    visit = await meet(request, even_declined="after_all" in request.query_params)
    if isinstance(visit, Response):
        return visit
    await mark_seen(visit.link.invitation_id, None)
    wanted = request.query_params.get("step")
    comes_anew = visit.is_untold and wanted is None
    if visit.was_sent and wanted is None and not comes_anew:
        return see_other(visit.address("/thanks"))
    answers = {} if comes_anew else await visit.answers()
    so_far = await visit.checked(answers, visit.language)
    if not so_far.walk.steps:
        return await thanks.over(visit, so_far.walk)
    screen = _screen(so_far, wanted)
    note = "saved_thanks" if "saved" in request.query_params else "answered_before" if visit.was_sent and not comes_anew else ""
    return await show_screen(visit, screen, answers, note=note)


async def take(request: Request) -> Response:
    """A press of one of the buttons."""
    visit = await meet(request, even_declined=True)
    if isinstance(visit, Response):
        return visit
    form, arrived = await posted_form_and_files(request, allowances(course_of(visit.questionnaire).owners.values()), arrivals())
    visit = replace(visit, language=spoken_language(visit.questionnaire, form.one("_language") or visit.language))
    wanted = form.one("_step")
    step = next((one for one in flow.cuts(visit.questionnaire) if one.id == wanted), None)
    if step is None:
        return see_other(visit.address())
    try:
        return await press(visit, Screen(step.id, step.questions), form, arrived)
    except Conflict as refused:
        if refused.code != FULL:
            raise
        return await closed_door(request, visit.link.survey_id, OpenLinkState.FULL, language=visit.language)


def _screen(so_far: Checked, wanted: str | None) -> Screen:
    shown = so_far.walk.steps
    chosen = next((step for step in shown if step.id == wanted), None) or (shown[0] if wanted is not None else None)
    if chosen is None:
        chosen = next((step for step in shown if _is_open(step, so_far)), shown[-1])
    return Screen(chosen.id, chosen.questions)


def _is_open(step: Step, so_far: Checked) -> bool:
    """Whether nothing was answered yet on a step where something is asked, or something that must be is missing."""
    asked = [question for question in step.questions if isinstance(question, Asked)]
    answered = any(name in so_far.answers for question in asked for name in question.names())
    return (bool(asked) and not answered) or any(question.id in so_far.missing for question in asked)
