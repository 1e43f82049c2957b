"""One step of a survey as a page, and what a press of one of its buttons does. Shared by the survey and the one-click landing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from voc.core import clock
from voc.core.errors import Fault
from voc.responses.call_back import known_phone
from voc.responses.decline import decline
from voc.responses.drafts import Posted
from voc.responses.link import Standing
from voc.responses.respond import Kept, save_step, submit
from voc.responses.uploads import file_names
from voc.surveys import flow
from voc.web.dead_ends import closed_link
from voc.web.pages import see_other
from voc.web.posted_files import Arrived
from voc.web.posted_form import PostedForm
from voc.web.questions.posted import Typed, typed_values
from voc.web.stamp import make_stamp, served_at
from voc.web.step_page import Screen, Sheet, step_page, wanted_of
from voc.web.survey_files import Files, take_files
from voc.web.visit import Visit, dress, spoken_language


@dataclass(frozen=True, slots=True)
class _Press:
    """What one press brought, in the language its page was in."""

    posted: Posted
    typed: Typed
    files: Files


async def show_screen(
    visit: Visit,
    screen: Screen,
    values: Mapping[str, object],
    *,
    faults: Sequence[Fault] = (),
    language: str = "",
    note: str = "",
    score: str = "",
    files: Mapping[str, str] | None = None,
) -> Response:
    """The page: 200, or 422 when something must be mended. What was typed is shown again as it was typed."""
    dressed = await dress(visit, language)
    known = {name: value for name, value in values.items() if value is not None}
    sheet = Sheet(
        questionnaire=visit.questionnaire,
        dressed=dressed,
        so_far=await visit.checked(known, dressed.words.reader),
        seed=visit.link.seed,
        stamp=make_stamp(visit.link.invitation_id, clock.now(), score),
        messages=visit.messages,
        arrival=visit.arrival,
        posts_to=visit.posts_to,
        is_open=visit.link.open_link_id is not None,
        is_test=visit.link.is_test,
        has_begun=visit.link.response_id is not None and not visit.is_untold,
    )
    named = await file_names(visit.questionnaire, known) if files is None else files
    return step_page(visit.request, sheet, screen, values, faults=faults, note=note, files=named)


async def press(visit: Visit, screen: Screen, form: PostedForm, arrived: Sequence[Arrived] = ()) -> Response:
    """What the pressed button does: another language shows the page again, the others save."""
    pressed = await _read(visit, screen, form, arrived)
    what, _, which = form.one("_go").partition(":")
    if what == "language":
        spoken = spoken_language(visit.questionnaire, which)
        return await show_screen(visit, screen, await _shown(visit, screen, pressed), language=spoken, files=pressed.files.names)
    if what == "decline":
        if await decline(visit.actor, visit.link, pressed.posted.served_at) and not visit.is_untold:
            return see_other(visit.address())
        return await closed_link(visit.request, visit.link, Standing.DECLINED)
    if what == "back":
        return await _go_back(visit, screen, pressed)
    return await _go_on(visit, screen, pressed, was_reminded=bool(form.one("_again")))


async def _read(visit: Visit, screen: Screen, form: PostedForm, arrived: Sequence[Arrived]) -> _Press:
    language = spoken_language(visit.questionnaire, form.one("_language") or visit.language)
    files = await take_files(visit, screen.questions, form, arrived, language)
    typed = typed_values(screen.questions, form, phone=await known_phone(visit.link), files=files.ids)
    posted = Posted(
        step_id=screen.step_id,
        asked=screen.names,
        raw=typed.raw,
        language=language,
        served_at=served_at(visit.link.invitation_id, form.one("_stamp")),
        is_landing=screen.is_landing,
        link_values=dict(visit.request.query_params),
        is_known_device=form.one("_device") == "1",
    )
    return _Press(posted, typed, files)


async def _go_back(visit: Visit, screen: Screen, pressed: _Press) -> Response:
    kept = await save_step(visit.actor, visit.link, pressed.posted)
    wrong = [fault for fault in _faults(pressed, kept) if fault.code != "MISSING"]
    if wrong:
        return await _mend(visit, screen, pressed, wrong)
    before = flow.previous_step(visit.questionnaire, kept.checked.answers, screen.step_id, seed=visit.link.seed)
    return see_other(visit.address(f"?step={before.id}" if before else "?step="))


async def _go_on(visit: Visit, screen: Screen, pressed: _Press, *, was_reminded: bool) -> Response:
    """Save and go on; while something is wrong, or was wanted and left out for the first time, the page comes again."""
    may_pass = was_reminded or not screen.wants
    send = submit if may_pass and not pressed.files.faults else save_step
    kept = await send(visit.actor, visit.link, pressed.posted)
    faults = _faults(pressed, kept)
    if faults:
        return await _mend(visit, screen, pressed, faults)
    left_out = [] if may_pass else wanted_of(screen, kept.checked, visit.questionnaire, pressed.posted.language)
    if left_out:
        return await _mend(visit, screen, pressed, left_out)
    if not may_pass:
        kept = await submit(visit.actor, visit.link, pressed.posted)
    if not kept.next_step:
        return see_other(visit.address("/thanks"))
    return see_other(visit.address(f"?step={kept.next_step}{'&saved' if screen.is_landing else ''}"))


def _faults(pressed: _Press, kept: Kept) -> list[Fault]:
    """What must be mended; where a file was refused, nothing more is said of its question."""
    refused = {fault.path for fault in pressed.files.faults}
    return [*pressed.files.faults, *(fault for fault in kept.checked.faults if fault.path not in refused)]


async def _mend(visit: Visit, screen: Screen, pressed: _Press, faults: Iterable[Fault]) -> Response:
    here = [fault for fault in faults if fault.path in screen.names]
    shown = await _shown(visit, screen, pressed)
    return await show_screen(visit, screen, shown, faults=here, language=pressed.posted.language, files=pressed.files.names)


async def _shown(visit: Visit, screen: Screen, pressed: _Press) -> dict[str, object]:
    """What stands on the page again: as it was typed, and what was answered elsewhere."""
    return {**await visit.answers(), **dict.fromkeys(screen.names), **pressed.typed.shown}
