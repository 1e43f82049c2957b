"""Rehearsal (Q4): the questions as customers meet them beside the live path: what is asked and why, how it ends, who gets a task.

What was answered travels in the form and is judged anew with each press; nothing is kept but a walk that is saved as a test.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Fault, Forbidden
from voc.responses.what_next import step_after
from voc.surveys import flow
from voc.web.console import Desk, screen
from voc.web.publish_page import ONE, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.questions.posted import Typed, typed_values
from voc.web.rehearsal_state import State, state_of
from voc.web.rehearsal_view import end_page, path_of, rehearsal_page
from voc.web.step_page import Screen, wanted_of
from voc.web.visit import spoken_language


def routes() -> list[Route]:
    """One address for all steps."""
    return [Route(f"{ONE}/rehearsal", begin, methods=["GET"]), Route(f"{ONE}/rehearsal", press, methods=["POST"])]


@screen
async def begin(desk: Desk) -> Response:
    """The first step, answered by nobody yet; or a saved walk, as far as its answers lead."""
    state = state_of(desk, await survey_of(desk))
    if state is None:
        return desk.go(f"{ADDRESS}/{desk.request.path_params['id']}/logic")
    steps = state.checked(state.known).walk.steps
    return await _screen(desk, state, Screen(steps[0].id, steps[0].questions)) if steps else await end_page(desk, state)


@screen
async def press(desk: Desk) -> Response:
    """What the pressed button does."""
    state = state_of(desk, await survey_of(desk))
    if state is None:
        return desk.go(f"{ADDRESS}/{desk.request.path_params['id']}/logic")
    what, _, which = desk.form.one("_go").partition(":")
    step = next((one for one in flow.cuts(state.questionnaire) if one.id == (which if what == "step" else desk.form.one("_step"))), None)
    if what == "begin":
        state, step = replace(state, known={}), None
    if step is None and what in ("save", "look"):
        return await _saved(desk, state, None) if what == "save" else await end_page(desk, state)
    if step is None:
        steps = state.checked(state.known).walk.steps
        return await _screen(desk, state, Screen(steps[0].id, steps[0].questions)) if steps else await end_page(desk, state)
    if what == "step":
        return await _screen(desk, state, Screen(step.id, step.questions))
    return await _pressed(desk, state, Screen(step.id, step.questions), what, which)


async def _pressed(desk: Desk, state: State, screen: Screen, what: str, which: str) -> Response:
    typed = typed_values(screen.questions, desk.form, phone=None, files={})
    given = {name: value for name, value in typed.raw.items() if value not in (None, "", [], ())}
    answers = {**{name: value for name, value in state.known.items() if name not in screen.names}, **given}
    checked = state.checked(answers, screen.names)
    now = replace(state, known=checked.answers)
    if what == "language":
        return await _screen(desk, replace(now, language=spoken_language(state.questionnaire, which)), screen, typed)
    if what == "look":
        return await _screen(desk, now, screen, typed)
    if what == "save":
        return await _saved(desk, now, screen, typed)
    faults = [fault for fault in checked.faults if what != "back" or fault.code != "MISSING"]
    if not faults and what != "back" and not desk.form.one("_again"):
        faults = wanted_of(screen, checked, state.questionnaire, state.language)
    if faults:
        return await _screen(desk, now, screen, typed, [fault for fault in faults if fault.path in screen.names])
    if what == "back":
        before = flow.previous_step(state.questionnaire, checked.answers, screen.step_id, seed=state.seed)
        wanted = before.id if before else screen.step_id
    else:
        wanted = step_after(state.questionnaire, checked, screen.step_id, state.seed)
    step = checked.walk.step(wanted)
    return await _screen(desk, now, Screen(step.id, step.questions)) if step else await end_page(desk, now)


async def _saved(desk: Desk, state: State, screen: Screen | None, typed: Typed | None = None) -> Response:
    """Keep the walk as it goes now as a test, under the name that was typed."""
    if not desk.may(Action.EDIT_SURVEY):
        raise Forbidden
    found = await path_of(desk, state)
    note, values = await _keep(desk, state, found)
    if screen is None:
        return await end_page(desk, state, note=note, values=values, found=found)
    return await _screen(desk, state, screen, typed, note=note, values=values, found=found)


async def _keep(desk: Desk, state: State, found: dict[str, Any]) -> tuple[str, dict[str, object]]:
    key = desk.form.one("walk-key").strip()
    if found["faults"]:
        return "walk_unfinished", {"fault": found["faults"][0]["message"]}
    walk = {
        "key": key,
        "name": desk.form.one("walk-name").strip() or None,
        "language": state.language,
        "seed": state.seed or None,
        "answers": state.as_input(),
        "asked": [one["key"] for step in found["steps"] for one in step["questions"] if one["key"] in state.asked],
        "endPage": found["endPage"]["key"],
        "scores": [dict(one) for one in found["namedScores"]],
    }
    operations = [{"saveWalk": {name: value for name, value in walk.items() if value is not None}}]
    answer = await desk.change(
        "EditDraft", surveyId=state.survey["id"], operations=operations, expectedRevision=state.survey["draftRevision"]
    )
    if answer.row is None:
        return "walk_refused", {"fault": (answer.faults[0]["message"] if answer.faults else answer.message)}
    return "walk_saved", {"name": key}


async def _screen(
    desk: Desk,
    state: State,
    screen: Screen,
    typed: Typed | None = None,
    faults: Sequence[Fault] = (),
    *,
    note: str = "",
    values: dict[str, object] | None = None,
    found: dict[str, Any] | None = None,
) -> Response:
    shown = {**state.known, **dict.fromkeys(screen.names), **typed.shown} if typed else dict(state.known)
    return await rehearsal_page(desk, state, screen, shown, faults, note=note, values=values or {}, found=found)
