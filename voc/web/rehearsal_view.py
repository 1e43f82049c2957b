"""How a rehearsal looks: the page of a step or the end page, with the live path beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from voc.core.access import Action
from voc.core.errors import Fault, NotFound
from voc.responses.around import around_survey
from voc.surveys.texts import Texts
from voc.web.console import Desk
from voc.web.face import face_of, fills_of
from voc.web.headers import content_policy, hash_source
from voc.web.pages import page
from voc.web.questionnaires_page import ADDRESS
from voc.web.rehearsal_state import SOMEBODY, State
from voc.web.run import row_key
from voc.web.shown import Shown
from voc.web.step_page import Screen, Sheet, step_page
from voc.web.visit import Surroundings
from voc.web.voice import Voice
from voc.web.wording import words_for

MOST_STEPS = 60
MOST_SKIPPED = 40


async def rehearsal_page(
    desk: Desk,
    state: State,
    screen: Screen,
    shown: Mapping[str, object],
    faults: Sequence[Fault],
    *,
    note: str,
    values: Mapping[str, object],
    found: Mapping[str, Any] | None = None,
) -> Response:
    """A step as its page shows it, with the path that the answers make so far (`found`, where it was asked for already)."""
    found = found or await path_of(desk, state)
    sheet = Sheet(
        questionnaire=state.questionnaire,
        dressed=await _dressed(state),
        so_far=state.checked({name: value for name, value in shown.items() if value is not None}),
        seed=state.seed,
        has_begun=True,
    )
    more = _beside(desk, state, found, note, values)
    return step_page(desk.request, sheet, screen, shown, faults=faults, template="preview/rehearsal.html", **more, current=screen.step_id)


async def end_page(
    desk: Desk, state: State, *, note: str = "", values: Mapping[str, object] | None = None, found: Mapping[str, Any] | None = None
) -> Response:
    """The end page that these answers lead to."""
    dressed = await _dressed(state)
    so_far = state.checked(state.known)
    return page(
        desk.request,
        "preview/rehearsal_end.html",
        dressed.words,
        policy=dressed.face.policy,
        face=dressed.face,
        v=dressed.voice.knowing(so_far.walk),
        end=so_far.walk.end_page,
        page_title=Texts(),
        current="",
        **_beside(desk, state, found or await path_of(desk, state), note, values or {}),
    )


async def path_of(desk: Desk, state: State) -> dict[str, Any]:
    """What the stored operation says of the walk so far."""
    asked = await desk.ask(
        "Rehearse",
        survey=state.survey["id"],
        answers=state.as_input(),
        spoken=state.language,
        seed=state.seed or None,
        somebody=state.somebody_input(),
        language=desk.me["language"],
    )
    found: dict[str, Any] | None = asked["rehearse"]
    if found is None:
        raise NotFound
    return found


def _beside(desk: Desk, state: State, found: Mapping[str, Any], note: str, values: Mapping[str, object]) -> dict[str, Any]:
    words = words_for("rehearsal", desk.me["language"])
    return {
        "r": words,
        "shown": Shown.to(words_for("console", desk.me["language"]), desk.me["timeZone"]),
        "me": desk.me,
        "survey": state.survey,
        "home": f"{ADDRESS}/{state.survey['id']}",
        "path": found,
        "steps": found["steps"][:MOST_STEPS],
        "skipped": found["skipped"][:MOST_SKIPPED],
        "carried": state.carried,
        "seed": state.seed,
        "somebody": state.somebody,
        "somebody_names": (*SOMEBODY, "value"),
        "said": words(note, **values) if note else "",
        "is_wrong": note not in ("", "walk_saved"),
        "may_edit": desk.may(Action.EDIT_SURVEY),
        "walk_key": desk.form.one("walk-key"),
        "walk_name": desk.form.one("walk-name"),
    }


async def _dressed(state: State) -> Surroundings:
    """Face, words and voice of the brand that asks, for nobody in particular."""
    around = await around_survey(row_key(state.survey["id"]), state.language)
    if around is None:
        raise NotFound
    words = words_for("survey", state.language)
    face = face_of(around, state.language)
    face = replace(face, policy=content_policy(styles=f"'self' {hash_source(face.style)}", connect="'self'"))
    return Surroundings(around, face, words, Voice(state.questionnaire, state.language, fills_of(around, words)))
