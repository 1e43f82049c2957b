"""Where a link leads when there is nothing to answer (C4), and the error pages of the whole site. One cause, in plain words."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from voc.core import clock, settings
from voc.core.ids import new_id
from voc.core.log import request_id
from voc.outreach.links import Purpose, secret_for
from voc.responses.around import Around, around, around_survey
from voc.responses.link import Link, Standing
from voc.web.face import Face, bare_face, face_of
from voc.web.pages import page
from voc.web.wording import Words, catalogues, language_of, words_for

_STATUS = {404: "not_found", 405: "not_found", 413: "too_large", 429: "busy"}
_PAGES_BEGIN = ("/s/", "/o/", "/k/", "/r/", "/m/", "/u/", "/p/", "/t/", "/console", "/sign")
log = logging.getLogger("voc.web")


def reader_words(request: Request) -> Words:
    """The words for a reader of whom nothing is known but the browser's wishes."""
    spoken = catalogues()["survey"]
    return words_for("survey", language_of(request.headers.get("accept-language", ""), spoken, settings.current().default_language))


def unknown_link(request: Request) -> Response:
    """A link nobody made, or of somebody who is no longer here: the same answer for all."""
    return dead_end(request, "unknown", 404)


async def closed_link(request: Request, link: Link, standing: Standing) -> Response:
    """A link that takes no answers any more, and why."""
    found = await around(link.invitation_id)
    if found is None:
        return unknown_link(request)
    words = words_for("survey", link.reads_in)
    answered = words.day(link.submitted_at or clock.now())
    days = {Standing.EXPIRED: words.day(link.expires_at), Standing.ANSWERED: answered}
    after_all = f"/s/{request.path_params['secret']}?after_all=1" if standing is Standing.DECLINED else ""
    messages = "" if link.open_link_id else f"/m/{secret_for(Purpose.MESSAGES, link.invitation_id)}"
    facts = {"day": days.get(standing, ""), "after_all": after_all, "messages": messages}
    return dead_end(request, standing.value, 410, words=words, found=found, **facts)


async def closed_door(
    request: Request, survey_id: UUID, cause: str, *, status: int = 410, language: str | None = None, closed_at: datetime | None = None
) -> Response:
    """An open link that nobody can begin over now, and why: `full`, `closed`, `revoked`, `paused` or `not_yet`.

    In the language of the link, or the one the browser wishes where it has none. The day is the last one in the zone of the house: what
    closes at midnight was open until the day before.
    """
    words = words_for("survey", language) if language else reader_words(request)
    found = await around_survey(survey_id, words.reader)
    last = (closed_at - timedelta(microseconds=1)).astimezone(ZoneInfo(settings.current().default_time_zone)) if closed_at else None
    return dead_end(request, f"open_{cause}", status, words=words, found=found, day=words.day(last) if last else "")


def dead_end(
    request: Request, cause: str, status: int, *, words: Words | None = None, found: Around | None = None, **values: Any
) -> Response:
    """A page with one cause; further values fill its sentence."""
    said = words or reader_words(request)
    face: Face = face_of(found, said.reader) if found else bare_face()
    text = said(f"dead_{cause}", **{name: values[name] for name in ("day",) if name in values})
    headers = values.get("headers")
    shown = {"after_all": "", "number": "", "messages": "", **values, "text": text, "cause": cause, "face": face}
    shown.pop("headers", None)
    return page(request, "survey/dead_end.html", said, status=status, policy=face.policy, headers=headers, **shown)


def too_often(request: Request, seconds: int) -> Response:
    """Too many visits from one address or with one link: wait and come again."""
    return dead_end(request, "busy", 429, headers={"Retry-After": str(seconds)})


def error_handlers() -> Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]]:
    """What the application answers to refusals of the router and to faults of ours: a page to people, a line to programs."""
    return {HTTPException: _refused, Exception: _failed}


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if not _wants_page(request):
        return PlainTextResponse(f"{status}", status_code=status, headers=headers)
    return dead_end(request, _STATUS.get(status, "not_found"), status, headers=headers)


async def _failed(request: Request, error: Exception) -> Response:
    number = request_id.get() or new_id().hex
    log.error("a request failed", extra={"number": number, "kind": type(error).__name__})
    if not _wants_page(request):
        return PlainTextResponse(f"Something failed on our side. Number: {number}", status_code=500)
    return dead_end(request, "failed", 500, number=number)


def _wants_page(request: Request) -> bool:
    return "text/html" in request.headers.get("accept", "") or request.url.path.startswith(_PAGES_BEGIN)
