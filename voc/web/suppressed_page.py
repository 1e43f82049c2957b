"""Who gets no messages (Q8): looked up by address, why and since when, put on the list and taken off it."""

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, form_faults
from voc.web.wording import words_for

ADDRESS = "/console/asking/suppressed"
WORDS = "suppressed"
STATES = ("IN_FORCE", "ENDED", "ALL")
REASONS = ("bounced", "complained", "stopped", "paused")


def routes() -> list[Route]:
    """The list, adding to it, and ending an entry."""
    return [
        Route(ADDRESS, suppressed, methods=["GET"]),
        Route(ADDRESS, suppress, methods=["POST"]),
        Route(f"{ADDRESS}/lift", lift, methods=["POST"]),
    ]


@screen
async def suppressed(desk: Desk) -> Response:
    """The entries in force, the newest first; those of one address when it is asked for."""
    return await _page(desk)


@screen
async def suppress(desk: Desk) -> Response:
    """Write nothing to an address any more."""
    address, reason, channel = (desk.form.one(name).strip() for name in ("address", "reason", "channel"))
    answer = await desk.change("SuppressAddress", channel=channel or "EMAIL", address=address, reason=reason)
    if not answer.is_done:
        return await _page(desk, form_faults(answer, words_for(WORDS, desk.me["language"])), answer.status)
    return desk.go(ADDRESS, "suppressed_now", WORDS)


@screen
async def lift(desk: Desk) -> Response:
    """Let messages go there again."""
    answer = await desk.change("LiftSuppression", suppressionId=desk.form.one("entry"), reason=desk.form.one("why"))
    if answer.is_done:
        return desk.go(ADDRESS, "lifted_now", WORDS)
    return desk.go(ADDRESS, "say_why_lifted" if answer.faults else "has_ended", WORDS)


async def _page(desk: Desk, faults: Faults = NO_FAULTS, status: int = 200) -> Response:
    may_look_up = desk.actor.reach(Action.SEE_IDENTITY).all  # an entry that is found tells whose the address is
    state, who = desk.chosen("state", STATES) or STATES[0], desk.asked("who") if may_look_up else ""
    reason = desk.chosen("why", REASONS)
    asked = {"address": who, "reason": reason, "isInForce": None if state == "ALL" else state == "IN_FORCE"}
    given = {name: value for name, value in asked.items() if value not in ("", None)}
    return desk.page(
        "console/suppressed.html",
        "asking",
        status=status,
        faults=faults,
        p=words_for(WORDS, desk.me["language"]),
        found=(await desk.ask("Suppressions", filter=given, **desk.wanted_page()))["suppressions"],
        is_narrowed=bool(who or reason or state != STATES[0]),
        may_look_up=may_look_up,
        who=who,
        state=state,
        states=STATES,
        reason=reason,
        reasons=REASONS,
        typed={name: desk.form.one(name) for name in ("channel", "address", "reason")},
        may_add=desk.may(Action.SUPPRESS),
        may_lift=desk.may(Action.EDIT_OUTREACH),
        pauses=(await desk.ask("Pauses"))["pauses"],
    )
