"""The line that says what was just done: kept in a signed cookie from the POST to the page that follows it."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest

import orjson
from starlette.requests import Request
from starlette.responses import Response

from voc.core import settings
from voc.core.ids import signed
from voc.core.seals import url_text

COOKIE = "voc-said"
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A text by its key in the words of an audience, and where to read on about it."""

    audience: str
    key: str
    values: Mapping[str, str]
    address: str = ""


def leave(response: Response, line: Line) -> Response:
    """Send the line along with an answer, for the next page."""
    told = base64.urlsafe_b64encode(orjson.dumps([line.audience, line.key, line.values, line.address])).decode()
    _set(response, f"{told}.{_seal(told)}", SECONDS)
    return response


def found(request: Request) -> Line | None:
    """The line that was left for this page; one that we did not write is none."""
    told, _, seal = request.cookies.get(COOKIE, "").partition(".")
    if not told or not compare_digest(seal.encode(), _seal(told).encode()):
        return None
    return Line(*orjson.loads(base64.urlsafe_b64decode(told)))


def forget(response: Response) -> Response:
    """It was shown."""
    _set(response, "", 0)
    return response


def _set(response: Response, value: str, seconds: int) -> None:
    secure = settings.current().secure
    response.set_cookie(COOKIE, value, max_age=seconds, path="/console", secure=secure, httponly=True, samesite="lax")


def _seal(told: str) -> str:
    return url_text(signed(settings.current().key(), "said", told)[:16])
