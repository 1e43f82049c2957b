"""Asking (Q8): why somebody was asked or not, how deliveries went, and the emergency stop."""

from datetime import timedelta

from starlette.responses import Response
from starlette.routing import Route

from voc.core import clock
from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, form_faults

ADDRESS = "/console/asking"
DAYS = 30
VERDICTS = ("SEND", "DELAY", "SKIP")
STATES = ("ACCEPTED", "FAILED", "STARTED")


def routes() -> list[Route]:
    """The two lists, and stopping and going on."""
    return [
        Route(ADDRESS, decisions, methods=["GET"]),
        Route(f"{ADDRESS}/deliveries", deliveries, methods=["GET"]),
        Route(f"{ADDRESS}/stop", stops, methods=["GET"]),
        Route(f"{ADDRESS}/stop", stop, methods=["POST"]),
        Route(f"{ADDRESS}/go-on", go_on, methods=["POST"]),
    ]


@screen
async def decisions(desk: Desk) -> Response:
    """Every decision with its reason, newest first, under the funnel of the last 30 days."""
    verdict = desk.asked("verdict").upper()
    wanted = {"verdict": verdict if verdict in VERDICTS else None, "touchpoint": desk.asked("touchpoint") or None}
    given = {name: value for name, value in wanted.items() if value}
    since = (clock.now() - timedelta(days=DAYS)).isoformat()
    funnel = (await desk.ask("OutreachFunnel", filter={"since": since}))["outreachFunnel"]
    found = (await desk.ask("Decisions", filter=given, **desk.wanted_page()))["decisions"]
    return desk.page(
        "console/decisions.html",
        "asking",
        decisions=found,
        funnel=funnel,
        verdicts=VERDICTS,
        verdict=verdict,
        touchpoint=desk.asked("touchpoint"),
        touchpoints=(await desk.ask("Touchpoints"))["touchpoints"],
        pauses=await _pauses(desk),
    )


@screen
async def deliveries(desk: Desk) -> Response:
    """Every attempt to deliver, with what the other side said."""
    state = desk.asked("state").upper()
    given = {"states": [state]} if state in STATES else {}
    found = (await desk.ask("Deliveries", filter=given, **desk.wanted_page()))["deliveries"]
    pauses = await _pauses(desk)
    return desk.page("console/deliveries.html", "asking", deliveries=found, states=STATES, state=state, pauses=pauses)


@screen
async def stops(desk: Desk) -> Response:
    """What is stopped, and the form that stops more."""
    return await _stops_page(desk)


@screen
async def stop(desk: Desk) -> Response:
    """Stop everything, a channel, a policy or a questionnaire, from now on."""
    scope, _, ref = desk.form.one("what").partition(":")
    answer = await desk.change("PauseSending", scope=scope or "EVERYTHING", ref=ref or None, reason=desk.form.one("reason"))
    if not answer.is_done:
        return await _stops_page(desk, faults=form_faults(answer, desk.words))
    return desk.go(f"{ADDRESS}/stop", "stopped", "asking")


@screen
async def go_on(desk: Desk) -> Response:
    """End a stop; what was held goes on its way."""
    answer = await desk.change("ResumeSending", pauseId=desk.form.one("pause"))
    return desk.go(f"{ADDRESS}/stop", "went_on" if answer.is_done else "went_on_already", "asking")


async def _stops_page(desk: Desk, faults: Faults = NO_FAULTS) -> Response:
    surveys = (await desk.ask("Surveys", first=100, filter={"isPublished": True}))["surveys"]["nodes"]
    policies = (await desk.ask("Policies"))["policies"]
    return desk.page(
        "console/stops.html",
        "asking",
        faults=faults,
        pauses=await _pauses(desk),
        surveys=surveys,
        policies=policies,
        may_pause=desk.may(Action.PAUSE),
        what=desk.form.one("what") if desk.request.method == "POST" else "EVERYTHING:",
        reason=desk.form.one("reason") if desk.request.method == "POST" else "",
    )


async def _pauses(desk: Desk) -> list[dict[str, object]]:
    found: list[dict[str, object]] = (await desk.ask("Pauses"))["pauses"]
    return found
