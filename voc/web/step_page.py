"""The page of one step, made alike for whoever answers: the holder of a link, and a colleague who looks at a draft."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from voc.core.errors import Fault
from voc.responses.answers import Checked
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Asked, Question
from voc.surveys.words import word
from voc.web.pages import page
from voc.web.questions.given import Given
from voc.web.questions.posted import names_of
from voc.web.questions.views import question_views
from voc.web.step_frame import ends_of, heading_of, image_policy, progress_of, summary
from voc.web.visit import Surroundings

WANTED = "WANTED"


@dataclass(frozen=True, slots=True)
class Screen:
    """What stands on one page: a step, or on the landing the scored question and room for words."""

    step_id: str
    questions: tuple[Question, ...]
    is_landing: bool = False

    @property
    def names(self) -> frozenset[str]:
        """The names of the answers asked for here."""
        return names_of(self.questions)

    @property
    def wants(self) -> bool:
        """Whether something here is wanted that may be left out."""
        return any(isinstance(question, Asked) and question.wanted for question in self.questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Whom a page is for and what is known of them. `seed` decides random orders, `stamp` says when the page was served.

    `messages` is the address of what they may say about being asked; `has_begun` whether something was answered before. `is_open`: they
    came over an open link, `arrival` is their mark while nothing is kept. `posts_to` is the form's address, the page's own unless said.
    """

    questionnaire: Questionnaire
    dressed: Surroundings
    so_far: Checked
    seed: int
    stamp: str = ""
    messages: str = ""
    arrival: str = ""
    posts_to: str = ""
    is_open: bool = False
    is_test: bool = False
    has_begun: bool = False


def step_page(
    request: Request,
    sheet: Sheet,
    screen: Screen,
    values: Mapping[str, object],
    *,
    faults: Sequence[Fault] = (),
    note: str = "",
    files: Mapping[str, str] | None = None,
    template: str = "survey/step.html",
    **more: Any,
) -> Response:
    """The page: 200, or 422 when something must be mended. What was typed is shown again as it was typed.

    `values` are answers or typed texts by name, `files` the names of files that were sent before; `more` is for a template of one's own.
    """
    dressed, questionnaire, so_far = sheet.dressed, sheet.questionnaire, sheet.so_far
    words, voice = dressed.words, dressed.voice.knowing(so_far.walk)
    messages = {fault.path: fault.message for fault in faults}
    given = Given(voice, so_far.walk, values, messages, phone=dressed.around.phone or "", files=files or {})
    views = question_views(visible(screen, so_far), given)
    first, last = ends_of(questionnaire, so_far.answers, sheet.seed)
    is_first, is_last = screen.is_landing or first == screen.step_id, screen.is_landing or last == screen.step_id
    is_reminder = bool(faults) and all(fault.code == WANTED for fault in faults)
    return page(
        request,
        template,
        words,
        status=422 if faults and not is_reminder else 200,
        policy=image_policy(dressed.face.policy, views),
        face=dressed.face,
        v=voice,
        page_title=heading_of(questionnaire, screen.step_id, is_landing=screen.is_landing),
        lead=voice.say(questionnaire.intro) if is_first else "",
        note=words(note) if note else "",
        progress="" if screen.is_landing else progress_of(questionnaire, screen.step_id, so_far.answers, words, sheet.seed),
        questions=views,
        faults=summary(views, faults),
        is_reminder=is_reminder,
        takes_files=any(view.shape == "file" for view in views),
        step=screen.step_id,
        stamp=sheet.stamp,
        tongues=questionnaire.languages,
        is_test=sheet.is_test,
        is_last=is_last,
        has_back=not is_first,
        may_decline=is_first and not sheet.has_begun and not sheet.is_open,
        messages=sheet.messages,
        arrival=sheet.arrival,
        posts_to=sheet.posts_to,
        **more,
    )


def visible(screen: Screen, so_far: Checked) -> Iterable[Question]:
    """The questions of the screen that are shown after these answers; all of them where the step itself is not shown (any more)."""
    shown = None if screen.is_landing else so_far.walk.step(screen.step_id)
    return shown.questions if shown else screen.questions


def wanted_of(screen: Screen, so_far: Checked, questionnaire: Questionnaire, language: str) -> list[Fault]:
    """What was left out and would be welcome: said once, and passed by when it is left out again."""
    return [
        Fault(question.id, WANTED, word(questionnaire, "wanted", language))
        for question in visible(screen, so_far)
        if isinstance(question, Asked) and question.wanted and not any(name in so_far.answers for name in question.names())
    ]
