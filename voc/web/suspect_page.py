"""Answers that a scanner may have given (Q8): what speaks for that, in words, and the colleague's word on each."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.wording import words_for

ADDRESS = "/console/asking/suspect"
WORDS = "suspect"
STATES = ("WAITING", "NOT_COUNTED", "COUNTED")
PER_PAGE = 20


def routes() -> list[Route]:
    """The list, saying whether an answer counts, and taking that back."""
    return [
        Route(ADDRESS, suspects, methods=["GET"]),
        Route(ADDRESS, judge, methods=["POST"]),
        Route(f"{ADDRESS}/undo", undo, methods=["POST"]),
    ]


@screen
async def suspects(desk: Desk) -> Response:
    """Held answers that wait for a word, or those that somebody judged, the newest first."""
    state = desk.chosen("state", STATES) or STATES[0]
    found = (await desk.ask("SuspectAnswers", state=state, **desk.wanted_page(PER_PAGE)))["suspectAnswers"]
    return desk.page(
        "console/suspect.html",
        "asking",
        p=words_for(WORDS, desk.me["language"]),
        found=found,
        evidence={one["response"]["id"]: evidence_of(one) for one in found["nodes"]},
        states=STATES,
        state=state,
        may_judge=desk.may(Action.JUDGE_ANSWER),
        pauses=(await desk.ask("Pauses"))["pauses"],
    )


@screen
async def judge(desk: Desk) -> Response:
    """Count, or do not count."""
    counts = desk.form.one("say") == "counts"
    answer = await desk.change("JudgeSuspect", responseId=desk.form.one("response"), isCounted=counts)
    if answer.is_done:
        return desk.go(ADDRESS, "counts_now" if counts else "stays_held", WORDS)
    return desk.go(ADDRESS, "not_held_any_more", WORDS)


@screen
async def undo(desk: Desk) -> Response:
    """Take back what was said."""
    answer = await desk.change("UndoJudgement", responseId=desk.form.one("response"))
    said = {"CHANGED_SINCE": "changed_since"}.get(answer.code, "nothing_to_undo")
    return desk.go(ADDRESS, "undone" if answer.is_done else said, WORDS)


def evidence_of(suspect: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What happened with the link, in order: delivered, opened with which score, pressed so long after its page was served."""
    response = suspect["response"]
    steps = [{"at": one["seenAt"], "what": "opened", "score": one["score"]} for one in suspect["openings"]]
    for press in suspect["presses"]:
        waited = _seconds(press["servedAt"], press["pressedAt"]) if press["servedAt"] else None
        steps.append({"at": press["pressedAt"], "what": f"pressed_{press['what']}", "waited": waited})
    if response["invitation"] and response["invitation"]["deliveredAt"]:
        steps.append({"at": response["invitation"]["deliveredAt"], "what": "delivered"})
    if not suspect["presses"]:
        steps.append({"at": response["submittedAt"], "what": "pressed_sent", "waited": None})
    return sorted(steps, key=lambda step: datetime.fromisoformat(step["at"]))


def _seconds(earlier: str, later: str) -> float:
    return round((datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds(), 1)
