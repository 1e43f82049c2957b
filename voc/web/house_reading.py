"""What is set up, to read (A1): teams and business hours, policies and routes, touchpoints and what nobody here knows by name."""

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.house_frame import ADDRESS, house_page
from voc.web.touchpoint_names import touchpoint_names

DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
MINUTES = (("DAYS", 24 * 60), ("HOURS", 60), ("MINUTES", 1))


def routes() -> list[Route]:
    """Three pages that change nothing."""
    return [
        Route(f"{ADDRESS}/teams", teams, methods=["GET"]),
        Route(f"{ADDRESS}/rules", rules, methods=["GET"]),
        Route(f"{ADDRESS}/mapping", mapping, methods=["GET"]),
    ]


@screen
async def teams(desk: Desk) -> Response:
    """Teams with their queues and people, and when they are at work."""
    found, calendars = (await desk.ask("Teams"))["teams"], (await desk.ask("Calendars"))["calendars"]
    return house_page(desk, "teams", teams=found, calendars=calendars, days=DAYS)


@screen
async def rules(desk: Desk) -> Response:
    """Who gets asked, and which team gets what, in words."""
    policies = (await desk.ask("Policies"))["policies"]
    routed = (await desk.ask("Routes"))["routes"]
    return house_page(
        desk,
        "rules",
        policies=[one for one in policies if not one["retiredAt"]],
        routes=[one for one in routed if not one["retiredAt"]],
        teams={one["key"]: one["name"] for one in (await desk.ask("Teams"))["teams"]},
        touchpoints=await touchpoint_names(desk),
        length=length,
    )


@screen
async def mapping(desk: Desk) -> Response:
    """Touchpoints by stage of the journey, and the names that contact centres send and nobody here knows."""
    unmapped = (await desk.ask("Unmapped"))["unmappedValues"] if desk.may(Action.SEE_CUSTOMERS) else []
    return house_page(desk, "mapping", touchpoints=(await desk.ask("Touchpoints"))["touchpoints"], unmapped=unmapped)


def length(minutes: int) -> tuple[str, int]:
    """A length of time in the largest unit that says it without a remainder."""
    return next((unit, minutes // size) for unit, size in MINUTES if minutes % size == 0)
