"""The list of keys, and the switch that turns the single ones off."""

from starlette.responses import Response
from starlette.routing import Route

from voc.web.console import Desk, screen

ANYWHERE = (("/", "find"), ("?", "list"), ("Ctrl Enter", "send"))
IN_LISTS = (("j", "down"), ("k", "up"), ("Enter", "open"), ("t", "take"), ("x", "pick"))
IN_DESIGNER = (("Ctrl Enter", "add"), ("Alt ↑", "higher"), ("Alt ↓", "lower"), ("Ctrl Z", "undo"), ("Ctrl Shift Z", "redo"))
IN_TRANSLATIONS = (("Ctrl Enter", "next_text"),)
IN_TASKS = (("t", "take"), ("e", "close"), ("m", "note"), ("n", "next"))


def routes() -> list[Route]:
    """One page, which the key `?` shows over any other."""
    return [Route("/console/keys", keys, methods=["GET"])]


@screen
async def keys(desk: Desk) -> Response:
    """Every key, with the places that are open to this colleague."""
    going = [place for place in desk.places if place.letter]
    lists = {"lists": IN_LISTS, "tasks": IN_TASKS, "designer": IN_DESIGNER, "translations": IN_TRANSLATIONS}
    return desk.page("console/keys.html", "keys", anywhere=ANYWHERE, lists=lists, going=going)
