"""The console's pages for what could not be done: one cause each, what was kept, and the way on."""

import logging
import traceback
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from voc.core import settings
from voc.core.ids import new_id
from voc.core.log import request_id
from voc.web.headers import content_policy
from voc.web.pages import page
from voc.web.posted_form import PostedForm
from voc.web.run import OperationFailed
from voc.web.wording import Words, catalogues, language_of, words_for

if TYPE_CHECKING:
    from voc.web.console import Desk

_POLICY = content_policy()
log = logging.getLogger("voc.web")


def not_found(desk: "Desk") -> Response:
    """There is no such page or thing, or not for this colleague."""
    return _refusal(desk, 404, "not_found")


def forbidden(desk: "Desk") -> Response:
    """The colleague's roles do not allow it."""
    return _refusal(desk, 403, "forbidden")


def failed(desk: "Desk", failure: OperationFailed) -> Response:
    """Something of ours broke: the number finds it in the log, and the same can be tried again, with all that was typed."""
    busy = failure.code in ("THROTTLED", "SERVICE_UNAVAILABLE", "TIMEOUT")
    status, cause = (503, "busy") if busy else (500, "failed")
    return _refusal(desk, status, cause, failure.error_id or "")


def broken(desk: "Desk", error: Exception) -> Response:
    """The page itself broke: the same, with a number of its own.

    The log has the places in the code, not the message: it may quote a customer.
    """
    number = request_id.get() or new_id().hex
    places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)[-8:]]
    log.error("a page of the console failed", extra={"number": number, "kind": type(error).__name__, "at": places})
    return _refusal(desk, 500, "failed", number)


def foreign(request: Request) -> Response:
    """A form that was not sent by one of our pages: nothing was changed."""
    return page(request, "console/stranger.html", _words(request), status=403, policy=_POLICY, cause="foreign", kept=[])


def signed_out(request: Request, form: PostedForm) -> Response:
    """The session ended before the form was sent: what was typed is kept in the page, to be sent again after signing in."""
    return page(request, "console/stranger.html", _words(request), status=401, policy=_POLICY, cause="signed_out", kept=_kept(form))


def _refusal(desk: "Desk", status: int, cause: str, number: str = "") -> Response:
    """The page of one cause; after a form it holds what was typed: to send again where that helps, else to copy."""
    kept = _kept(desk.form) if desk.request.method == "POST" else []
    can_be_sent = bool(kept) and cause in ("failed", "busy")
    typed = [value for _, value in kept if len(value.split()) > 1]
    return desk.page(
        "console/refusal.html", "console", status=status, cause=cause, number=number, kept=kept if can_be_sent else [], typed=typed
    )


def _kept(form: PostedForm) -> list[tuple[str, str]]:
    return [(name, value) for name, value in form.pairs() if "password" not in name.lower()]


def _words(request: Request) -> Words:
    spoken = catalogues()["console"]
    return words_for("console", language_of(request.headers.get("accept-language", ""), spoken, settings.current().default_language))
