"""Handing several tasks over at once."""

from starlette.responses import Response
from starlette.routing import Route

from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, form_faults
from voc.web.inbox import ADDRESS, list_address, picked
from voc.web.task_page import receiver, receivers
from voc.web.wording import words_for


def routes() -> list[Route]:
    """The form for the tasks that were ticked, and what it does."""
    return [Route(f"{ADDRESS}/give", sheet, methods=["GET"]), Route(f"{ADDRESS}/give", give, methods=["POST"])]


@screen
async def sheet(desk: Desk) -> Response:
    """To whom, and why."""
    chosen = desk.request.query_params.getlist("pick")
    if not picked(chosen):
        return desk.go(list_address(desk.asked("view")), "nothing_picked", "inbox")
    return await _page(desk, chosen, desk.asked("view"))


@screen
async def give(desk: Desk) -> Response:
    """Hand over each; what could not be handed over stays where it is, with the reason."""
    chosen, view = desk.form.many("pick"), desk.form.one("view")
    words = words_for("task", desk.me["language"])
    given, faults, left = 0, NO_FAULTS, []
    for one in picked(chosen):
        facts = {**receiver(desk.form.one("to")), "reason": desk.form.one("give-reason") or None}
        answer = await desk.change("GiveTask", taskId=one.task_id, expectedVersion=one.version, **facts)
        if answer.is_done:
            given += 1
        else:
            left.append(f"{one.task_id}:{one.version}")
            faults = form_faults(answer, words, {"teamId": "to", "memberId": "to", "reason": "give-reason"})
    if faults and not given:
        return await _page(desk, chosen, view, faults)
    if left:
        return desk.go(list_address(view), "given_some", "give", count=given, missed=len(left))
    return desk.go(list_address(view), "given", "give", count=given)


async def _page(desk: Desk, chosen: list[str], view: str, faults: Faults = NO_FAULTS) -> Response:
    teams = (await desk.ask("Teams"))["teams"]
    typed = {"to": desk.form.one("to"), "give-reason": desk.form.one("give-reason")}
    return desk.page(
        "console/give.html",
        "give",
        faults=faults,
        chosen=chosen,
        count=len(picked(chosen)),
        view=view,
        back=list_address(view),
        receivers=receivers(teams, ""),
        typed=typed,
    )
