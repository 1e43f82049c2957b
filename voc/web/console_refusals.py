"""The console's pages for what could not be done: one cause each, what was kept, and the way on."""

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response

from voc.core import settings
from voc.web.headers import content_policy
from voc.web.pages import page
from voc.web.posted_form import PostedForm
from voc.web.run import OperationFailed
from voc.web.wording import Words, catalogues, language_of, words_for

if TYPE_CHECKING:
    from voc.web.console import Desk

_POLICY = content_policy()


def not_found(desk: "Desk") -> Response:
    """There is no such page or thing, or not for this colleague."""
    return desk.page("console/refusal.html", "console", status=404, cause="not_found", number="")


def forbidden(desk: "Desk") -> Response:
    """The colleague's roles do not allow it."""
    return desk.page("console/refusal.html", "console", status=403, cause="forbidden", number="")


def failed(desk: "Desk", failure: OperationFailed) -> Response:
    """Something of ours broke: the number finds it in the log, and the same can be tried again."""
    busy = failure.code in ("THROTTLED", "SERVICE_UNAVAILABLE", "TIMEOUT")
    status, cause = (503, "busy") if busy else (500, "failed")
    return desk.page("console/refusal.html", "console", status=status, cause=cause, number=failure.error_id or "")


def foreign(request: Request) -> Response:
    """A form that was not sent by one of our pages: nothing was changed."""
    return page(request, "console/stranger.html", _words(request), status=403, policy=_POLICY, cause="foreign", kept=[])


def signed_out(request: Request, form: PostedForm) -> Response:
    """The session ended before the form was sent: what was typed is kept in the page, to be sent again after signing in."""
    kept = [(name, value) for name, value in form.pairs() if "password" not in name.lower()]
    return page(request, "console/stranger.html", _words(request), status=401, policy=_POLICY, cause="signed_out", kept=kept)


def _words(request: Request) -> Words:
    spoken = catalogues()["console"]
    return words_for("console", language_of(request.headers.get("accept-language", ""), spoken, settings.current().default_language))
