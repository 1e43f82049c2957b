"""Asking (Q8): why somebody was asked or not, how deliveries went, and the emergency stop."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core import clock
from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, form_faults
from voc.web.touchpoint_names import touchpoint_names
from voc.web.wording import words_for

ADDRESS = "/console/asking"
DAYS = 30
VERDICTS = ("SEND", "DELAY", "SKIP")
CHANNELS = ("EMAIL", "SMS", "MESSAGE", "APP", "OTHER", "OUTBOX")
STATES = ("ACCEPTED", "DELIVERED", "FAILED", "BOUNCED", "STARTED")
MOST_NAMESAKES = 8


def routes() -> list[Route]:
    """The two lists, trying a failed invitation again, and stopping and going on."""
    return [
        Route(ADDRESS, decisions, methods=["GET"]),
        Route(f"{ADDRESS}/deliveries", deliveries, methods=["GET"]),
        Route(f"{ADDRESS}/deliveries", send_again, methods=["POST"]),
        Route(f"{ADDRESS}/stop", stops, methods=["GET"]),
        Route(f"{ADDRESS}/stop", stop, methods=["POST"]),
        Route(f"{ADDRESS}/go-on", go_on, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class Sought:
    """The customer whom somebody asks about: found, or one of several, or nobody."""

    text: str = ""
    found: Mapping[str, Any] | None = None
    namesakes: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be chosen who is meant."""
        return bool(self.text) and self.found is None


@screen
async def decisions(desk: Desk) -> Response:
    """Every decision with its reason, newest first, under the funnel of the last 30 days."""
    sought, touchpoints = await _sought(desk), await touchpoint_names(desk)
    since = (clock.now() - timedelta(days=DAYS)).isoformat()
    funnel = (await desk.ask("OutreachFunnel", filter={"since": since}))["outreachFunnel"]
    verdict, reason = desk.chosen("verdict", VERDICTS), desk.chosen("reason", [one["reason"] for one in funnel["skipped"]])
    narrowed = {
        "verdict": verdict,
        "reasons": [reason] if reason else None,
        "touchpoint": desk.chosen("touchpoint", touchpoints),
        "customerId": sought.found["id"] if sought.found else None,
        "contactId": desk.asked("contact"),
    }
    given = {name: value for name, value in narrowed.items() if value}
    found = None if sought.is_open else (await desk.ask("Decisions", filter=given, **desk.wanted_page()))["decisions"]
    return desk.page(
        "console/decisions.html",
        "asking",
        decisions=found,
        sought=sought,
        is_narrowed=bool(given),
        reason=reason,
        funnel=funnel,
        verdicts=VERDICTS,
        verdict=verdict,
        touchpoints=touchpoints,
        pauses=await _pauses(desk),
    )


@screen
async def deliveries(desk: Desk) -> Response:
    """Every attempt to deliver, with what the other side said."""
    return await _deliveries_page(desk)


@screen
async def send_again(desk: Desk) -> Response:
    """Try once more to deliver an invitation that failed."""
    answer = await desk.change("RetryInvitation", invitationId=desk.form.one("invitation"))
    if answer.is_done:
        return desk.go(f"{ADDRESS}/deliveries", "sent_again", "asking")
    return desk.go(f"{ADDRESS}/deliveries", "not_sent_again", "asking")


@screen
async def stops(desk: Desk) -> Response:
    """What is stopped, and the form that stops more."""
    return await _stops_page(desk)


@screen
async def stop(desk: Desk) -> Response:
    """Stop everything, a channel, a policy or a questionnaire, from now on."""
    scope, _, ref = desk.form.one("what").partition(":")
    reason = desk.form.one("reason").strip()
    answer = await desk.change("PauseSending", scope=scope or "EVERYTHING", ref=ref or None, reason=reason)
    if not answer.is_done:
        faults = form_faults(answer, words_for("asking", desk.me["language"]), {"ref": "what", "scope": "what"})
        return await _stops_page(desk, faults, answer.status)
    return desk.go(f"{ADDRESS}/stop", "stopped", "asking")


@screen
async def go_on(desk: Desk) -> Response:
    """End a stop; what was held goes on its way."""
    answer = await desk.change("ResumeSending", pauseId=desk.form.one("pause"))
    return desk.go(f"{ADDRESS}/stop", "went_on" if answer.is_done else "went_on_already", "asking")


async def _sought(desk: Desk) -> Sought:
    if by_id := desk.asked("customer"):
        known = (await desk.ask("Customer", by={"id": by_id}, events=1))["customer"]
        if known is None:
            desk.pass_over("customer")
        return Sought(found=known)
    text = desk.asked("who")
    if not text:
        return Sought()
    found = (await desk.ask("Customers", search=text, first=MOST_NAMESAKES))["customers"]["nodes"]
    return Sought(text, found[0] if len(found) == 1 else None, found)


async def _deliveries_page(desk: Desk) -> Response:
    state, channel = desk.chosen("state", STATES), desk.chosen("channel", CHANNELS)
    given = {name: value for name, value in {"states": [state] if state else None, "channel": channel or None}.items() if value}
    found = (await desk.ask("Deliveries", filter=given, **desk.wanted_page()))["deliveries"]
    return desk.page(
        "console/deliveries.html",
        "asking",
        deliveries=found,
        states=STATES,
        state=state,
        channels=CHANNELS,
        channel=channel,
        pauses=await _pauses(desk),
        may_send=desk.may(Action.EDIT_OUTREACH),
    )


async def _stops_page(desk: Desk, faults: Faults = NO_FAULTS, status: int = 200) -> Response:
    surveys = (await desk.ask("Surveys", first=100, filter={"isPublished": True}))["surveys"]["nodes"]
    policies = (await desk.ask("Policies"))["policies"]
    names = {("POLICY", one["key"]): one["name"] for one in policies} | {("SURVEY", one["key"]): one["name"] for one in surveys}
    return desk.page(
        "console/stops.html",
        "asking",
        status=status,
        faults=faults,
        pauses=await _pauses(desk),
        names=names,
        surveys=surveys,
        policies=[one for one in policies if not one["retiredAt"]],
        channels=CHANNELS[:-1],
        may_pause=desk.may(Action.PAUSE),
        what=desk.form.one("what") or "EVERYTHING:",
        reason=desk.form.one("reason"),
    )


async def _pauses(desk: Desk) -> list[dict[str, object]]:
    found: list[dict[str, object]] = (await desk.ask("Pauses"))["pauses"]
    return found
