"""Every address of a kiosk, each behind its limits."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voc.core.limit import Limit
from voc.web import kiosk_page, kiosk_sync
from voc.web.address import address_of
from voc.web.dead_ends import too_often

# One device asks for little; a hall of them stands behind one address.
PER_ADDRESS = Limit("kiosks of one address", 1200)
PER_KIOSK = Limit("kiosk", 240)

Page = Callable[[Request], Awaitable[Response]]


def routes() -> list[Route]:
    """The page, its batches, its code and its worker."""
    return [
        Route("/k/{secret}", _limited(kiosk_page.show), methods=["GET"]),
        Route("/k/{secret}", _limited(kiosk_page.take), methods=["POST"]),
        Route("/k/{secret}/answers", _limited(kiosk_sync.take_batch), methods=["POST"]),
        Route("/k/{secret}/code", _limited(kiosk_sync.try_code), methods=["POST"]),
        Route("/k/{secret}/worker.js", _limited(kiosk_sync.worker), methods=["GET"]),
    ]


def _limited(show: Page) -> Page:
    @wraps(show)
    async def limited(request: Request) -> Response:
        wait = PER_ADDRESS.seconds_to_wait(address_of(request)) or PER_KIOSK.seconds_to_wait(request.path_params["secret"][:64])
        return too_often(request, wait) if wait else await show(request)

    return limited
