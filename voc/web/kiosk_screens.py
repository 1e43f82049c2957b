"""A questionnaire as screens of a kiosk: one question each, in every language of the survey, with what the device must know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from markupsafe import Markup

from voc.core.errors import Fault
from voc.outreach.open.kiosk_editions import Edition
from voc.responses.around import Around
from voc.surveys.kiosk import Stop
from voc.surveys.questions import Medium, Question
from voc.surveys.walking import Walk, walk
from voc.web.face import Face, face_of, fills_of
from voc.web.kiosk_checks import checks_of
from voc.web.pages import render
from voc.web.questions.given import Given
from voc.web.questions.parts import QuestionView
from voc.web.questions.views import question_views
from voc.web.step_frame import summary
from voc.web.voice import Voice
from voc.web.wording import Words, words_for


@dataclass(frozen=True, slots=True)
class Shown:
    """One screen: a question, the heading of its page, what it begins with, and what the device checks (JSON)."""

    question: QuestionView
    heading: Markup
    lead: Markup
    checks: str


@dataclass(frozen=True, slots=True)
class Speech:
    """A survey's words and face for the reader of one kiosk."""

    language: str
    face: Face
    voice: Voice
    words: Words

    @property
    def around(self) -> Words:
        """The words around the questions on a kiosk."""
        return words_for("kiosk", self.language)


def speech(edition: Edition, found: Around, language: str) -> Speech:
    """The words and the face in one of the survey's languages."""
    words = words_for("survey", language)
    return Speech(language, face_of(found, language), Voice(edition.questionnaire, language, fills_of(found, words)), words)


def screens(
    edition: Edition,
    said: Speech,
    questions: Sequence[Question],
    values: Mapping[str, object] | None = None,
    faults: Sequence[Fault] = (),
) -> list[Shown]:
    """The screens of these questions, with what was typed before and what must be mended."""
    # Everybody is offered the same on a kiosk (see `kiosk_problems`), so nobody's way says what is offered.
    way: Walk = walk(edition.questionnaire, {})
    given = Given(said.voice, way, values or {}, {fault.path: fault.message for fault in faults})
    first = edition.plan.questions()[0]
    pages = {stop.question.id: stop.page for stop in edition.plan.stops if stop.question is not None}
    return [
        Shown(
            view,
            said.voice.say(pages[question.id].title) or said.words("heading", brand=said.face.brand),
            said.voice.say(edition.questionnaire.intro) if question is first else Markup(),
            orjson.dumps(checks_of(question, said.voice)).decode(),
        )
        for question in questions
        for view in question_views([_without_ways_out(question)], given)
    ]


def everything(edition: Edition, found: Around, language: str, *, is_closed: bool) -> Markup:
    """All that a device may ever show in one language, to be kept by it; every screen but none to be seen yet."""
    said = speech(edition, found, language)
    return Markup(  # noqa: S704 - rendered by a template that escapes
        render(
            "kiosk/everything.html",
            said.words,
            k=said.around,
            v=said.voice,
            face=said.face,
            screens=screens(edition, said, edition.plan.questions()),
            ends=edition.questionnaire.end_pages,
            tongues=edition.questionnaire.languages,
            is_closed=is_closed,
        )
    )


def device_plan(edition: Edition, *, language: str, pin_hash: str, is_closed: bool) -> str:
    """What the device must know to go on alone, as JSON: who sees what, the staff's code (hashed), the language to begin in."""
    plan = edition.plan
    return orjson.dumps(
        {
            "number": edition.number,
            "stops": [_stop(stop) for stop in plan.stops],
            "ends": plan.ends,
            "tables": [{"reads": one.reads, "met": one.met, "unsure": one.unsure} for one in plan.tables],
            "language": language,
            "languages": edition.questionnaire.languages,
            "pin": pin_hash,
            "closed": is_closed,
        }
    ).decode()


def faults_in(view: QuestionView, faults: Sequence[Fault]) -> list[dict[str, object]]:
    """What must be mended on one screen, each with the input it leads to."""
    return summary([view], faults)


def _stop(stop: Stop) -> dict[str, Any]:
    if stop.question is None:
        return {"when": stop.when, "end": stop.end}
    if not stop.is_screen:
        return {"when": stop.when, "id": stop.question.id, "value": stop.value}
    return {"when": stop.when, "id": stop.question.id, "names": list(stop.question.names())}


def _without_ways_out(question: Question) -> Question:
    """The question without links to pages: nobody leaves a kiosk."""
    return replace(question, links=tuple(link for link in question.links if link.medium is Medium.IMAGE))
