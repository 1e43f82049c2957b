"""How every HTML page is made: one template environment that escapes, one way to answer with a page."""

import gzip
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from voc.web import static_files, wording
from voc.web.headers import content_policy, framed_by
from voc.web.wording import Words

TEMPLATES = Path(__file__).parent / "templates"
DEFAULT_POLICY = content_policy()


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates: everything is escaped, a name that is not given is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["static"] = static_files.address
    made.globals["direction"] = wording.direction
    made.globals["own_name"] = wording.own_name
    return made


def render(template: str, words: Words, **values: Any) -> str:
    """The HTML of a template. In it, `w` is the words, `language` the reader's language."""
    return environment().get_template(template).render(w=words, language=words.reader, **values)


def page(
    request: Request,
    template: str,
    words: Words,
    *,
    status: int = 200,
    policy: str = DEFAULT_POLICY,
    headers: dict[str, str] | None = None,
    **values: Any,
) -> Response:
    """An answer with a page: packed where the browser takes it, never stored, with its content policy."""
    hosts = " ".join(getattr(request.state, "framed_by", ()))
    policy = framed_by(policy, hosts) if hosts else policy
    body = render(template, words, **{"hosts": hosts, **values}).encode()
    sent = {"Content-Security-Policy": policy, "Content-Language": words.reader, "Vary": "Accept-Encoding", **(headers or {})}
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, 5, mtime=0)
        sent["Content-Encoding"] = "gzip"
    return Response(body, status_code=status, media_type="text/html", headers=sent)


def let_frame(request: Request, origins: Iterable[str]) -> None:
    """The pages that answer this request may stand in a frame of these websites; of none where there are none."""
    request.state.framed_by = tuple(origins)


def see_other(address: str) -> Response:
    """Go on with a GET, so that going back or loading again posts nothing twice."""
    return Response(status_code=303, headers={"Location": address})
