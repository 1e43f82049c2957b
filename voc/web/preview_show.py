"""A questionnaire as customers will meet it, by a link that says what to show. Its buttons do what theirs do; nothing is kept or counted.

What was answered so far travels in the form, and is judged anew with each press.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voc.core.errors import Fault
from voc.core.ids import new_id
from voc.responses.answers import Checked
from voc.responses.what_next import step_after
from voc.surveys import flow
from voc.surveys.course import course_of
from voc.surveys.questions import FileUpload
from voc.web.dead_ends import dead_end
from voc.web.posted_files import Arrived, posted_form_and_files
from voc.web.posted_form import PostedForm, posted_form
from voc.web.preview_thanks import call_asked, thanks_page
from voc.web.preview_visit import Peek, in_frame, open_preview, peek_at
from voc.web.questions.posted import Typed, typed_values
from voc.web.step_page import Screen, Sheet, step_page, wanted_of
from voc.web.survey_files import allowances, judged
from voc.web.visit import spoken_language
from voc.web.wording import words_for


def routes() -> list[Route]:
    """One address for all steps; the wish to be called has its own, as on the pages of customers."""
    return [
        Route("/p/{token}", show, methods=["GET"]),
        Route("/p/{token}", take, methods=["POST"]),
        Route("/p/{token}/call", call, methods=["POST"]),
    ]


async def show(request: Request) -> Response:
    """The first step, or the one that was asked for."""
    found = await open_preview(request)
    return found if isinstance(found, Response) else await _begin(peek_at(request, found))


async def take(request: Request) -> Response:
    """A press of one of the buttons."""
    found = await open_preview(request)
    if isinstance(found, Response):
        return found
    allowed = allowances(course_of(found.questionnaire).owners.values())
    form, arrived = await posted_form_and_files(request, allowed, Path(tempfile.gettempdir()))
    try:
        peek = peek_at(request, found, form)
        step = next((one for one in flow.cuts(peek.questionnaire) if one.id == form.one("_step")), None)
        return await (_press(peek, Screen(step.id, step.questions), form, arrived) if step else _begin(peek))
    finally:
        for one in arrived:
            one.forget()


async def call(request: Request) -> Response:
    """The wish to be called, which nobody hears."""
    found = await open_preview(request)
    if isinstance(found, Response):
        return found
    form = await posted_form(request)
    return await thanks_page(peek_at(request, found, form), call_asked(form))


async def _begin(peek: Peek) -> Response:
    steps = peek.checked(peek.known).walk.steps
    if not steps:
        return await thanks_page(peek)
    wanted = peek.request.query_params.get("step")
    step = next((one for one in flow.cuts(peek.questionnaire) if one.id == wanted), steps[0])
    return await _screen(peek, Screen(step.id, step.questions))


async def _press(peek: Peek, screen: Screen, form: PostedForm, arrived: Sequence[Arrived]) -> Response:
    ids, names, faults = await _files(peek, screen, form, arrived)
    peek = replace(peek, files={**peek.files, **names})
    typed = typed_values(screen.questions, form, phone=None, files=ids)
    given = {name: value for name, value in typed.raw.items() if value not in (None, "", [], ())}
    answers = {**{name: value for name, value in peek.known.items() if name not in screen.names}, **given}
    checked = peek.checked(answers, screen.names)
    what, _, which = form.one("_go").partition(":")
    if what == "language":
        spoken = replace(peek, language=spoken_language(peek.questionnaire, which))
        return await _screen(spoken, screen, typed=typed)
    if what == "decline":
        dressed = await peek.dressed()
        return in_frame(dead_end(peek.request, "declined", 200, words=dressed.words, found=dressed.around))
    refused = {fault.path for fault in faults}
    faults += [fault for fault in checked.faults if fault.path not in refused]
    if what == "back":
        faults = [fault for fault in faults if fault.code != "MISSING"]
    if not faults and what != "back" and not form.one("_again"):
        faults = wanted_of(screen, checked, peek.questionnaire, peek.language)
    if faults:
        return await _screen(peek, screen, typed=typed, faults=[fault for fault in faults if fault.path in screen.names])
    return await _next(replace(peek, known=checked.answers), screen, checked, is_back=what == "back")


async def _next(peek: Peek, screen: Screen, checked: Checked, *, is_back: bool) -> Response:
    if is_back:
        before = flow.previous_step(peek.questionnaire, checked.answers, screen.step_id, seed=peek.seed)
        wanted = before.id if before else screen.step_id
    else:
        wanted = step_after(peek.questionnaire, checked, screen.step_id, peek.seed)
    step = checked.walk.step(wanted)
    return await _screen(peek, Screen(step.id, step.questions)) if step else await thanks_page(peek)


async def _screen(peek: Peek, screen: Screen, *, typed: Typed | None = None, faults: Sequence[Fault] = ()) -> Response:
    shown = {**peek.known, **dict.fromkeys(screen.names), **typed.shown} if typed else dict(peek.known)
    sheet = Sheet(
        questionnaire=peek.questionnaire,
        dressed=await peek.dressed(),
        so_far=peek.checked({name: value for name, value in shown.items() if value is not None}),
        seed=peek.seed,
        posts_to=peek.address,
        has_begun=bool(peek.known),
    )
    return step_page(peek.request, sheet, screen, shown, faults=faults, files=peek.files, template="survey/preview_step.html", **peek.more)


async def _files(
    peek: Peek, screen: Screen, form: PostedForm, arrived: Sequence[Arrived]
) -> tuple[dict[str, list[str]], dict[str, str], list[Fault]]:
    """Made-up ids for files that would have been kept, what they are called, and what is wrong with the others."""
    ids: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    faults: list[Fault] = []
    words = words_for("survey", peek.language)
    for question in (one for one in screen.questions if isinstance(one, FileUpload)):
        ids[question.id] = [one for one in form.many(f"{question.id}_kept") if one in peek.files]
        for one in (one for one in arrived if one.question == question.id):
            key, _ = await judged(question, one, len(ids[question.id]))
            if key:
                said = words.plain(key, name=one.name, megabytes=question.most_megabytes, most=question.most_files)
                faults.append(Fault(question.id, key.upper(), said))
            else:
                made = str(new_id())
                ids[question.id].append(made)
                names[made] = one.name
    return ids, names, faults
