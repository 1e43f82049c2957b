"""Every address of customers, each behind its limits."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from voc.core.limit import Limit
from voc.outreach.links import Purpose, invitation_named_by
from voc.web import landing, open_page, own_answers_page, preferences, survey_page, thanks
from voc.web.address import address_of
from voc.web.dead_ends import too_often

# A whole office may sit behind one address, and a scanner opens a dozen links at once: both stay well within these.
PER_ADDRESS = Limit("customer pages", 900)
PER_LINK = Limit("customer link", 120)
# Of an open link a whole hall may answer at once, behind one address or many.
PER_PLACE = Limit("open link", 3000)
PER_PLACE_AND_ADDRESS = Limit("open link from one address", 600)
PER_ADDRESS_OF_PLACES = Limit("open links of one address", 1200)

Page = Callable[[Request], Awaitable[Response]]


def routes() -> list[Route]:
    """The routes of surveys, landings, thanks and preferences."""
    return [
        Route("/s/{secret}", _limited(survey_page.show), methods=["GET"]),
        Route("/s/{secret}", _limited(survey_page.take), methods=["POST"]),
        Route("/o/{secret}", _limited_by_place(open_page.show), methods=["GET"]),
        Route("/o/{secret}", _limited_by_place(open_page.take), methods=["POST"]),
        Route("/s/{secret}/thanks", _limited(thanks.show), methods=["GET"]),
        Route("/s/{secret}/call", _limited(thanks.ask_to_be_called), methods=["POST"]),
        Route("/r/{secret}", _limited(landing.show), methods=["GET"]),
        Route("/r/{secret}", _limited(landing.take), methods=["POST"]),
        Route("/m/{secret}", _limited(preferences.show), methods=["GET"]),
        Route("/m/{secret}", _limited(preferences.choose), methods=["POST"]),
        Route("/m/{secret}/answers", _limited(own_answers_page.ask_erase), methods=["GET"]),
        Route("/m/{secret}/answers", _limited(own_answers_page.erase), methods=["POST"]),
        Route("/u/{secret}", _limited(preferences.ask_stop), methods=["GET"]),
        Route("/u/{secret}", _never_too_often(preferences.stop), methods=["POST"]),
    ]


def _limited(show: Page) -> Page:
    @wraps(show)
    async def limited(request: Request) -> Response:
        wait = PER_ADDRESS.seconds_to_wait(address_of(request)) or PER_LINK.seconds_to_wait(request.path_params["secret"][:64])
        return too_often(request, wait) if wait else await show(request)

    return limited


def _never_too_often(stop: Page) -> Page:
    """No stop is lost because many came at once: a mail provider brings those of all its customers from few addresses. Only secrets that
    nobody made are limited."""
    guarded = _limited(stop)

    @wraps(stop)
    async def stopping(request: Request) -> Response:
        is_known = invitation_named_by(Purpose.STOP, request.path_params["secret"]) is not None
        return await (stop if is_known else guarded)(request)

    return stopping


def _limited_by_place(show: Page) -> Page:
    """As `_limited`, for an address that many share."""

    @wraps(show)
    async def limited(request: Request) -> Response:
        place, network = request.path_params["secret"][:64], address_of(request)
        # Whoever tries addresses is stopped by their own before each try is remembered as a place.
        wait = PER_ADDRESS_OF_PLACES.seconds_to_wait(network) or PER_PLACE_AND_ADDRESS.seconds_to_wait(f"{place} {network}")
        wait = wait or PER_PLACE.seconds_to_wait(place)
        return too_often(request, wait) if wait else await show(request)

    return limited
