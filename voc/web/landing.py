"""Where a score in a mail leads (C1): the score is chosen already and can be changed, and nothing counts before Send."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from voc.outreach.invitations import mark_seen
from voc.surveys import flow
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Format, Question, Scale, Text
from voc.web.pages import see_other
from voc.web.posted_form import posted_form
from voc.web.step_page import Screen
from voc.web.survey_step import press, show_screen
from voc.web.visit import meet


async def show(request: Request) -> Response:
    """The question of the mail with the score of the link; a link without one leads to the survey."""
    visit = await meet(request)
    if isinstance(visit, Response):
        return visit
    asked, score = _scored(visit.questionnaire, dict(request.query_params))
    await mark_seen(visit.link.invitation_id, int(score) if score else None)
    if asked is None:
        return see_other(visit.address())
    before = {} if visit.is_untold else await visit.answers()
    known: dict[str, object] = {**before, **({asked.id: int(score)} if score else {})}
    note = "answered_before" if visit.was_sent and not visit.is_untold else ""
    return await show_screen(visit, landing_of(visit.questionnaire, asked), known, note=note, score=score)


async def take(request: Request) -> Response:
    """A press of one of the buttons."""
    form = await posted_form(request)
    visit = await meet(request, language=form.one("_language"), even_declined=True)
    if isinstance(visit, Response):
        return visit
    asked, _ = _scored(visit.questionnaire, dict(request.query_params))
    if asked is None:
        return see_other(visit.address())
    return await press(visit, landing_of(visit.questionnaire, asked), form)


def landing_of(questionnaire: Questionnaire, asked: Question) -> Screen:
    """The scored question and the first room for own words that everybody gets."""
    step = next(step for step in flow.cuts(questionnaire) if asked in step.questions)
    words = next((one for one in _always_asked(questionnaire) if isinstance(one, Text) and one.format is Format.WORDS), None)
    return Screen(step.id, (asked, words) if words else (asked,), is_landing=True)


def _scored(questionnaire: Questionnaire, parameters: dict[str, str]) -> tuple[Scale | None, str]:
    """The scale a link speaks of, by its id or its kind, and the score where it is one of the scale."""
    for question in _always_asked(questionnaire):
        if isinstance(question, Scale):
            for name in (question.id, question.kind):
                if name in parameters:
                    score = parameters[name]
                    return question, score if score in {str(point) for point in question.points} else ""
    return None, ""


def _always_asked(questionnaire: Questionnaire) -> Iterator[Question]:
    """The questions that do not depend on any answer."""
    always = (page for page in questionnaire.pages if not (page.show_if or page.loop or page.loop_over or page.show))
    return (question for page in always for question in page.questions if not question.show_if)
