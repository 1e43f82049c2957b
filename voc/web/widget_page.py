"""The loader of a website's widget (C7): one small script at an address that never changes, for it stands on pages of others.

A name with a hash would be kept for ever and could never be mended there; so browsers ask again after an hour, and mostly hear that
nothing has changed.
"""

import hashlib
import re
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voc.web import static_files

ADDRESS = "/w.js"
LARGEST = 2000
_HEADERS = {"Cache-Control": "public, max-age=3600, stale-while-revalidate=86400", "Cross-Origin-Resource-Policy": "cross-origin"}


def routes() -> list[Route]:
    """The one address."""
    return [Route(ADDRESS, loader, methods=["GET"])]


async def loader(request: Request) -> Response:
    """The script, or 304 where the browser has it."""
    body, mark = _made()
    headers = {**_HEADERS, "ETag": mark}
    if mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/javascript", headers=headers)


@lru_cache(maxsize=1)
def _made() -> tuple[bytes, str]:
    """The script without comments and needless spaces, and its mark."""
    text = re.sub(r"/\*.*?\*/\s*|(?m:^\s+)", "", static_files.text("widget.js"), flags=re.DOTALL)
    body = re.sub(r" ?(=>|[=!]=|[=,?:{}]|\|\||&&) ?", r"\1", text).encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'
