"""One step of a survey as a page, and what a press of one of its buttons does. Shared by the survey and the one-click landing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.responses import Response

from voc.core import clock
from voc.core.errors import Fault
from voc.outreach.links import Purpose, secret_for
from voc.responses.answers import Checked, check
from voc.responses.drafts import Posted
from voc.responses.read_answer import Value
from voc.responses.respond import decline, save_step, submit
from voc.surveys import flow
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import OTHER, Choosing, Question, Statement
from voc.surveys.texts import Texts
from voc.web.pages import page, see_other
from voc.web.posted_form import PostedForm
from voc.web.stamp import make_stamp, served_at
from voc.web.survey_view import QuestionView, question_views
from voc.web.visit import Visit, dress, spoken_language
from voc.web.wording import Words


@dataclass(frozen=True, slots=True)
class Screen:
    """What stands on one page: a step, or on the landing the scored question and room for words."""

    step_id: str
    questions: tuple[Question, ...]
    is_landing: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The names of the answers asked for here."""
        ids = {question.id for question in self.questions if not isinstance(question, Statement)}
        return frozenset(ids | {question.other_id for question in self.questions if isinstance(question, Choosing) and question.other_id})


async def show_screen(
    visit: Visit,
    screen: Screen,
    values: Mapping[str, object],
    *,
    faults: Sequence[Fault] = (),
    language: str = "",
    note: str = "",
    score: str = "",
) -> Response:
    """The page: 200, or 422 when something must be mended. What was typed is shown again as it was typed."""
    dressed = await dress(visit, language)
    questionnaire, words, voice = visit.questionnaire, dressed.words, dressed.voice
    known = {name: value for name, value in values.items() if value is not None}
    so_far = check(questionnaire, known, dressed.words.reader, asked=())
    views = question_views(voice, _visible(screen, so_far), values, faults)
    is_first = screen.is_landing or flow.cuts(questionnaire)[0].id == screen.step_id
    return page(
        visit.request,
        "survey/step.html",
        words,
        status=422 if faults else 200,
        policy=dressed.face.policy,
        face=dressed.face,
        v=voice,
        page_title=_page_title(questionnaire, screen),
        lead=voice.say(questionnaire.intro) if is_first else "",
        note=words(note) if note else "",
        progress="" if screen.is_landing else _progress(questionnaire, screen, so_far.answers, words),
        questions=views,
        faults=_summary(views, faults),
        step=screen.step_id,
        stamp=make_stamp(visit.link.invitation_id, clock.now(), score),
        tongues=questionnaire.languages,
        is_test=visit.link.is_test,
        is_last=screen.is_landing or flow.cuts(questionnaire)[-1].id == screen.step_id,
        has_back=not is_first,
        may_decline=is_first and visit.link.response_id is None,
        messages=f"/m/{secret_for(Purpose.MESSAGES, visit.link.invitation_id)}",
    )


async def press(visit: Visit, screen: Screen, form: PostedForm) -> Response:
    """What the pressed button does: another language shows the page again, the others save."""
    language = spoken_language(visit.questionnaire, form.one("_language") or visit.language)
    raw = typed_values(screen, form)
    what, _, which = form.one("_go").partition(":")
    if what == "language":
        shown = {**await visit.answers(), **dict.fromkeys(screen.names), **raw}
        return await show_screen(visit, screen, shown, language=spoken_language(visit.questionnaire, which))
    posted = Posted(
        step_id=screen.step_id,
        asked=screen.names,
        raw=raw,
        language=language,
        served_at=served_at(visit.link.invitation_id, form.one("_stamp")),
        is_landing=screen.is_landing,
    )
    if what == "decline":
        await decline(visit.actor, visit.link, posted.served_at)
        return see_other(visit.address())
    if what == "back":
        return await _go_back(visit, screen, posted)
    return await _go_on(visit, screen, posted)


def typed_values(screen: Screen, form: PostedForm) -> dict[str, object]:
    """What was filled in. Words typed at "something else" choose it where nothing was chosen."""
    raw = form.values(screen.names)
    for question in screen.questions:
        if isinstance(question, Choosing) and str(raw.get(question.other_id) or "").strip() and not raw.get(question.id):
            raw[question.id] = OTHER
    return raw


async def _go_back(visit: Visit, screen: Screen, posted: Posted) -> Response:
    kept = await save_step(visit.actor, visit.link, posted)
    wrong = [fault for fault in kept.checked.faults if fault.code != "MISSING"]
    if wrong:
        return await _mend(visit, screen, posted, wrong)
    before = flow.previous_step(visit.questionnaire, kept.checked.answers, screen.step_id)
    return see_other(visit.address(f"?step={before.id}" if before else "?step="))


async def _go_on(visit: Visit, screen: Screen, posted: Posted) -> Response:
    kept = await submit(visit.actor, visit.link, posted)
    if kept.checked.faults:
        return await _mend(visit, screen, posted, kept.checked.faults)
    if not kept.next_step:
        return see_other(visit.address("/thanks"))
    return see_other(visit.address(f"?step={kept.next_step}{'&saved' if screen.is_landing else ''}"))


async def _mend(visit: Visit, screen: Screen, posted: Posted, faults: Iterable[Fault]) -> Response:
    here = [fault for fault in faults if fault.path in screen.names]
    shown = {**await visit.answers(), **dict.fromkeys(screen.names), **posted.raw}
    return await show_screen(visit, screen, shown, faults=here, language=posted.language)


def _page_title(questionnaire: Questionnaire, screen: Screen) -> Texts:
    """The heading of the step's page, where it has one and the screen is the whole step."""
    here = (step.page.title for step in flow.cuts(questionnaire) if step.id == screen.step_id and not screen.is_landing)
    return next(here, Texts())


def _visible(screen: Screen, so_far: Checked) -> Iterable[Question]:
    """The questions of the screen that are shown after these answers; all of them where the step itself is not shown (any more)."""
    shown = None if screen.is_landing else so_far.walk.step(screen.step_id)
    seen = {question.id for question in shown.questions} if shown else {question.id for question in screen.questions}
    return [question for question in screen.questions if question.id in seen]


def _summary(views: Iterable[QuestionView], faults: Sequence[Fault]) -> list[dict[str, object]]:
    places = {view.name: (view.first_input, view.text) for view in views}
    places.update({view.own.name: (view.own.name, view.text) for view in views if view.own})
    return [
        {"at": places[fault.path][0], "question": places[fault.path][1], "message": fault.message}
        for fault in faults
        if fault.path in places
    ]


def _progress(questionnaire: Questionnaire, screen: Screen, answers: Mapping[str, Value], words: Words) -> Markup | str:
    ahead = flow.progress(questionnaire, answers, screen.step_id)
    if not ahead.questions_to_go:
        return ""
    minutes = words("minutes", count=max(1, ahead.minutes_to_go))
    return Markup("{} · {}").format(minutes, words("questions_to_go", count=ahead.questions_to_go))
