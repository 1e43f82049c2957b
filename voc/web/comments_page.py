"""Comments (R4): what customers wrote, newest first, to search and to narrow; and one whole response."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.web.console import Desk, screen
from voc.web.console_refusals import not_found

ADDRESS = "/console/comments"
SENTIMENTS = ("NEGATIVE", "MIXED", "NEUTRAL", "POSITIVE", "UNKNOWN")
METRICS = ("NPS", "CSAT", "CES")


def routes() -> list[Route]:
    """The list, and the page of a response."""
    return [Route(ADDRESS, comments, methods=["GET"]), Route("/console/responses/{id}", response, methods=["GET"])]


@screen
async def comments(desk: Desk) -> Response:
    """What was written, with its mood and score."""
    given = _filter(desk)
    found = (await desk.ask("Comments", filter=given, **desk.wanted_page()))["comments"]
    return desk.page(
        "console/comments.html",
        "comments",
        comments=found,
        given=given,
        is_narrowed=bool(given),
        sentiments=SENTIMENTS,
        metrics=METRICS,
        touchpoints=(await desk.ask("Touchpoints"))["touchpoints"],
    )


@screen
async def response(desk: Desk) -> Response:
    """Every answer of a response, what analysis says of it and why, and what followed."""
    found = (await desk.ask("Response", id=desk.request.path_params["id"]))["response"]
    if found is None:
        return not_found(desk)
    return desk.page("console/response.html", "comments", response=found)


def _filter(desk: Desk) -> dict[str, Any]:
    sentiment, metric = desk.asked("sentiment").upper(), desk.asked("metric").upper()
    given: dict[str, Any] = {
        "search": desk.asked("search"),
        "sentiments": [sentiment] if sentiment in SENTIMENTS else None,
        "metric": metric if metric in METRICS else None,
        "touchpoint": desk.asked("touchpoint"),
    }
    return {name: value for name, value in given.items() if value}
