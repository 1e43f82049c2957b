"""The page about the API: what can be asked, by the schema's own words, and a box to ask it; complete without script."""

from dataclasses import asdict, dataclass
from http import HTTPStatus

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voc.core import settings
from voc.core.limit import Limit
from voc.web import run
from voc.web.address import address_of
from voc.web.headers import content_policy
from voc.web.pages import page
from voc.web.posted_form import posted_form
from voc.web.run import Answer
from voc.web.sessions import is_from_here, signed_in
from voc.web.sign_in import to_sign_in
from voc.web.wording import Words, catalogues, language_of, words_for

TRIES = Limit("api page", 60)
SAMPLE = "query Hello {\n  __typename\n}\n"
_POLICY = content_policy(connect="'self'")
_PARTIAL = 294


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the box."""

    query: str = SAMPLE
    variables: str = ""
    operation_name: str = ""


def routes() -> list[Route]:
    """Every address of the reference."""
    return [
        Route("/api", show, methods=["GET"]),
        Route("/api", try_out, methods=["POST"]),
        Route("/api/operations", show_operations, methods=["GET"]),
        Route("/api/schema.graphql", download, methods=["GET"]),
        Route("/api/types/{name}", show_type, methods=["GET"]),
    ]


async def show(request: Request) -> Response:
    """The start: the box, the root fields, the types by kind. `?operation=` puts a stored operation into the box."""
    if await _is_closed(request):
        return to_sign_in(request)
    query = run.stored().get(request.query_params.get("operation", ""), SAMPLE)
    return _start(request, Typed(query))


async def try_out(request: Request) -> Response:
    """Run what is in the box and show the page again with the result above it."""
    if await _is_closed(request):
        return to_sign_in(request)
    form = await posted_form(request)
    typed = Typed(*(form.one(name) for name in ("query", "variables", "operation_name")))
    if not is_from_here(request):
        return _start(request, typed, status=403, fault="foreign")
    if TRIES.seconds_to_wait(address_of(request)):
        return _start(request, typed, status=429, fault="often")
    return _start(request, typed, await run.try_out(request.scope, request.headers, token=form.one("token"), **asdict(typed)))


async def show_operations(request: Request) -> Response:
    """The stored operations, each ready to be tried."""
    if await _is_closed(request):
        return to_sign_in(request)
    return page(request, "api/operations.html", _words(request), policy=_POLICY, operations=run.stored())


async def show_type(request: Request) -> Response:
    """One type with everything that is said of it."""
    if await _is_closed(request):
        return to_sign_in(request)
    found = run.reference().types.get(request.path_params["name"])
    if found is None:
        return page(request, "api/no_type.html", _words(request), policy=_POLICY, status=404, name=request.path_params["name"])
    return page(request, "api/type.html", _words(request), policy=_POLICY, type=found)


async def download(request: Request) -> Response:
    """The schema in its own language, as the repository keeps it too."""
    if await _is_closed(request):
        return to_sign_in(request)
    return Response(run.sdl(), media_type="text/plain; charset=utf-8", headers={"Content-Disposition": 'inline; filename="voc.graphql"'})


def _start(request: Request, typed: Typed, answer: Answer | None = None, *, status: int = 200, fault: str = "") -> Response:
    return page(
        request,
        "api/start.html",
        _words(request),
        status=status,
        policy=_POLICY,
        reference=run.reference(),
        limits=run.limits(),
        address=f"{settings.current().base_url}/graphql",
        typed=typed,
        result=orjson.dumps(answer.body, option=orjson.OPT_INDENT_2, default=str).decode() if answer else "",
        answered=f"{answer.status} {_meaning(answer.status)}" if answer else "",
        fault=fault,
    )


async def _is_closed(request: Request) -> bool:
    """In production the reference is for those who are signed in."""
    return settings.current().production and await signed_in(request) is None


def _meaning(status: int) -> str:
    return "Partial Success" if status == _PARTIAL else HTTPStatus(status).phrase


def _words(request: Request) -> Words:
    spoken = catalogues()["api"]
    return words_for("api", language_of(request.headers.get("accept-language", ""), spoken, settings.current().default_language))
