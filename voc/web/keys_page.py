"""The list of keys, and the switch that turns the single ones off."""

from starlette.responses import Response
from starlette.routing import Route

from voc.web.console import Desk, screen

ANYWHERE = (("/", "find"), ("?", "list"), ("Ctrl Enter", "send"))
IN_LISTS = (("j", "down"), ("k", "up"), ("Enter", "open"), ("t", "take"), ("x", "pick"))
IN_TASKS = (("t", "take"), ("e", "close"), ("m", "note"), ("n", "next"))


def routes() -> list[Route]:
    """One page, which the key `?` shows over any other."""
    return [Route("/console/keys", keys, methods=["GET"])]


@screen
async def keys(desk: Desk) -> Response:
    """Every key, with the places that are open to this colleague."""
    going = [place for place in desk.places if place.letter]
    return desk.page("console/keys.html", "keys", anywhere=ANYWHERE, in_lists=IN_LISTS, in_tasks=IN_TASKS, going=going)
