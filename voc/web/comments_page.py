"""Comments (R4): what customers wrote, newest first, to search and to narrow; and one whole response."""

from datetime import timedelta
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core import clock
from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.console_refusals import not_found
from voc.web.faults import NO_FAULTS, Faults, form_faults
from voc.web.marked_text import explained, highlighted
from voc.web.narrowing import Choices
from voc.web.touchpoint_names import touchpoint_names

ADDRESS = "/console/comments"
SENTIMENTS = ("NEGATIVE", "MIXED", "NEUTRAL", "POSITIVE", "UNKNOWN")
METRICS = ("NPS", "CSAT", "CES")
LEVELS = {
    "low": ["DETRACTOR", "DISSATISFIED", "HARD"],
    "middle": ["PASSIVE", "NEUTRAL"],
    "high": ["PROMOTER", "SATISFIED", "EASY"],
}
PERIODS = ("7", "30", "90", "365")


def routes() -> list[Route]:
    """The list, the page of a response, and raising a task about it."""
    one = "/console/responses/{id}"
    return [
        Route(ADDRESS, comments, methods=["GET"]),
        Route(one, response, methods=["GET"]),
        Route(f"{one}/task", raise_task, methods=["POST"]),
    ]


@screen
async def comments(desk: Desk) -> Response:
    """What was written, with its mood and score."""
    live = None if desk.asked("after") or desk.asked("before") else await desk.live("ResponseReceived")
    choices, own = await Choices.of(desk), _own_filter(desk)
    found = (await desk.ask("Comments", filter={**choices.now.of_responses(), **own}, **desk.wanted_page()))["comments"]
    return desk.page(
        "console/comments.html",
        "comments",
        live=live,
        comments=found,
        is_narrowed=bool(own) or choices.now.is_used,
        marked=highlighted,
        touchpoint_names=await touchpoint_names(desk),
        sentiments=SENTIMENTS,
        metrics=METRICS,
        levels=LEVELS,
        periods=PERIODS,
        **choices.for_page(desk),
    )


@screen
async def response(desk: Desk) -> Response:
    """Every answer of a response, what analysis says of it and why, how it was asked, and what followed."""
    return await _response_page(desk)


@screen
async def raise_task(desk: Desk) -> Response:
    """A task about this response, by hand."""
    answer = await desk.change(
        "RaiseTask",
        idempotencyKey=desk.form.one("key") or None,
        title=desk.form.one("title"),
        responseId=desk.request.path_params["id"],
        teamId=desk.form.one("team") or None,
        note=desk.form.one("note") or None,
    )
    if answer.row is None:
        return await _response_page(desk, form_faults(answer, desk.words))
    return desk.go(f"/console/tasks/{answer.row['id']}", "task_raised", "comments")


async def _response_page(desk: Desk, faults: Faults = NO_FAULTS) -> Response:
    found = (await desk.ask("Response", id=desk.request.path_params["id"]))["response"]
    if found is None:
        return not_found(desk)
    may_raise = desk.may(Action.RAISE_TASK)
    return desk.page(
        "console/response.html",
        "comments",
        faults=faults,
        response=found,
        readings={one["question"]: one for one in found["readings"]},
        explained=explained,
        touchpoint_names=await touchpoint_names(desk),
        teams=(await desk.ask("Teams"))["teams"] if may_raise else [],
        may_raise=may_raise,
        typed={name: desk.form.one(name) for name in ("title", "team", "note")},
        key=desk.form.one("key") or desk.new_key(),
    )


def _own_filter(desk: Desk) -> dict[str, Any]:
    """The filters that only comments have."""
    sentiment, days = desk.chosen("sentiment", SENTIMENTS), desk.chosen("days", PERIODS)
    given: dict[str, Any] = {
        "search": desk.asked("search"),
        "sentiments": [sentiment] if sentiment else None,
        "metric": desk.chosen("metric", METRICS),
        "bands": LEVELS.get(desk.chosen("level", LEVELS)),
        "since": (clock.now() - timedelta(days=int(days))).isoformat() if days else None,
    }
    return {name: value for name, value in given.items() if value}
