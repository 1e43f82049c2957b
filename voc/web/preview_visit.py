"""Somebody with a link to a preview: what they look at, in which language and look, with what they answered so far."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import orjson
from starlette.requests import Request
from starlette.responses import Response

from voc.core import settings
from voc.core.errors import NotFound
from voc.core.limit import Limit
from voc.responses.answers import Checked, check
from voc.responses.around import around_survey
from voc.surveys.preview_links import Previewed, previewed
from voc.surveys.questionnaire import Questionnaire
from voc.web.address import address_of
from voc.web.dead_ends import dead_end, too_often
from voc.web.face import face_of, fills_of
from voc.web.headers import framed_by
from voc.web.posted_form import PostedForm
from voc.web.preview_face import Look, preview_face
from voc.web.visit import Surroundings, spoken_language
from voc.web.voice import Voice
from voc.web.wording import words_for

PER_ADDRESS = Limit("previews", 900)
LONGEST = 200_000
NO_FORM = PostedForm({})


@dataclass(frozen=True, slots=True)
class Peek:
    """One look at a questionnaire: in which language, in which look, with what answered so far."""

    request: Request
    found: Previewed
    language: str
    look: Look
    known: Mapping[str, object]
    files: Mapping[str, str]

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""
        return self.found.questionnaire

    @property
    def seed(self) -> int:
        """What decides random orders: the same for everybody with this link."""
        return 1 + crc32(self.found.survey.id.bytes) % 0x7FFFFFFE

    @property
    def address(self) -> str:
        """The address of this preview in this look."""
        return f"{self.request.url.path.removesuffix('/call')}{self.look.query()}"

    def checked(self, answers: Mapping[str, object], asked: Collection[str] = ()) -> Checked:
        """What these answers are worth on the way they make."""
        return check(self.questionnaire, answers, self.language, asked=asked, seed=self.seed, country=settings.current().default_country)

    @property
    def more(self) -> dict[str, Any]:
        """What the templates of a preview show besides."""
        carried = orjson.dumps([dict(self.known), dict(self.files)]).decode()
        return {"number": self.found.number, "carried": carried, "has_script": self.look.has_script}

    async def dressed(self) -> Surroundings:
        """Face, words and voice; of nobody in particular, so that texts show what they fall back to."""
        around = await around_survey(self.found.survey.id, self.language)
        if around is None:
            raise NotFound
        words = words_for("survey", self.language)
        face = preview_face(face_of(around, self.language), self.look)
        return Surroundings(around, face, words, Voice(self.questionnaire, self.language, fills_of(around, words)))


async def open_preview(request: Request) -> Previewed | Response:
    """What the link of a request shows, or the page that says why there is nothing to see."""
    wait = PER_ADDRESS.seconds_to_wait(address_of(request))
    if wait:
        return in_frame(too_often(request, wait))
    return await previewed(request.path_params["token"]) or in_frame(dead_end(request, "preview", 410))


def peek_at(request: Request, found: Previewed, form: PostedForm = NO_FORM) -> Peek:
    """The look behind a request, with what its form carried."""
    language = spoken_language(found.questionnaire, form.one("_language") or request.query_params.get("language", ""))
    known, files = _carried(form.one("_answers"))
    return Peek(request, found, language, Look.asked(request.query_params), known, files)


def in_frame(answer: Response) -> Response:
    """A page that leads no further, as it may stand in a frame of ours."""
    answer.headers["Content-Security-Policy"] = framed_by(answer.headers["Content-Security-Policy"], "'self'")
    return answer


def _carried(text: str) -> tuple[dict[str, object], dict[str, str]]:
    """What the form carried; nothing where somebody wrote something else into it."""
    try:
        known, files = orjson.loads(text) if 0 < len(text) <= LONGEST else ({}, {})
    except (ValueError, TypeError):
        return {}, {}
    if not (isinstance(known, dict) and isinstance(files, dict)):
        return {}, {}
    answers = {name: value for name, value in known.items() if _is_answer(value)}
    return answers, {one: name for one, name in files.items() if isinstance(name, str)}


def _is_answer(value: object) -> bool:
    return isinstance(value, str | int | float) or (isinstance(value, list) and all(isinstance(one, str) for one in value))
