"""Who sits behind the browser: the session cookie, and the check that a form was sent from our own page."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from voc.core import settings
from voc.core.access import Actor
from voc.staff.sign_in import SESSION, actor_for_session

_PLAIN, _SECURE = "voc-session", "__Host-voc-session"


def cookie_name() -> str:
    """The cookie's name; over HTTPS browsers themselves hold it to this host."""
    return _SECURE if settings.current().secure else _PLAIN


def session_secret(request: Request) -> str | None:
    """What the cookie holds."""
    return request.cookies.get(cookie_name())


async def signed_in(request: Request) -> Actor | None:
    """The member of the session, or None."""
    secret = session_secret(request)
    return await actor_for_session(secret) if secret else None


def let_in(response: Response, secret: str) -> Response:
    """Give the browser its session."""
    age, over_https = int(SESSION.total_seconds()), settings.current().secure
    response.set_cookie(cookie_name(), secret, max_age=age, path="/", secure=over_https, httponly=True, samesite="lax")
    return response


def let_out(response: Response) -> Response:
    """Take the session back."""
    response.delete_cookie(cookie_name(), path="/", secure=settings.current().secure, httponly=True, samesite="lax")
    return response


def is_from_here(request: Request) -> bool:
    """Whether a POST was sent by one of our own pages: browsers tell the site or the origin, and neither can be forged by another page."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def next_path(wanted: str | None) -> str:
    """Where to go after signing in: a path of our own, else the console."""
    return wanted if wanted and wanted.startswith("/console") and "//" not in wanted and "\\" not in wanted else "/console"
