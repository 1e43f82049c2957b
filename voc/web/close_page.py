"""Closing a task (W5): solved or not, the cause, what we did, and on to the next one."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.errors import NotFound
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, FormFault, form_faults
from voc.web.inbox import list_address
from voc.web.task_page import TASKS, address_of, next_address
from voc.web.wording import words_for

SOLVED = ("YES", "PARTLY", "NO")


def routes() -> list[Route]:
    """One page, and its form."""
    return [Route(f"{TASKS}/{{id}}/close", sheet, methods=["GET"]), Route(f"{TASKS}/{{id}}/close", close, methods=["POST"])]


@screen
async def sheet(desk: Desk) -> Response:
    """The form; a task that is closed already is shown instead."""
    task = await _task(desk)
    if task["state"] == "DONE":
        return desk.go(address_of(task["id"], desk.asked("view")), "already", "close")
    return await _page(desk, task)


@screen
async def close(desk: Desk) -> Response:
    """Close it, and show the next one of the view or the list."""
    words, form = words_for("close", desk.me["language"]), desk.form
    if form.one("solved") not in SOLVED:
        return await _page(desk, await _task(desk), Faults([FormFault("solved", words("fault_SOLVED_MISSING"))]))
    version = form.one("version")
    answer = await desk.change(
        "CloseTask",
        taskId=desk.request.path_params["id"],
        expectedVersion=int(version) if version.isdecimal() and len(version) < 10 else 0,
        solved=form.one("solved"),
        cause=form.one("cause").strip() or None,
        outcome=form.one("outcome").strip() or None,
    )
    if not answer.is_done:
        return await _page(desk, await _task(desk), form_faults(answer, words), answer.status)
    return await _onwards(desk)


async def _onwards(desk: Desk) -> Response:
    done, view = desk.request.path_params["id"], desk.asked("view")
    following = await next_address(desk, view, done) if desk.form.one("then") == "next" else ""
    if following:
        return desk.go(following, "closed_next", "close", about=address_of(done))
    said = "closed_last" if desk.form.one("then") == "next" else "closed"
    return desk.go(list_address(view), said, "close", about=address_of(done))


async def _task(desk: Desk) -> Mapping[str, Any]:
    found: Mapping[str, Any] | None = (await desk.ask("Task", id=desk.request.path_params["id"]))["task"]
    if found is None:
        raise NotFound
    return found


async def _page(desk: Desk, task: Mapping[str, Any], faults: Faults = NO_FAULTS, status: int = 200) -> Response:
    """The form with what was typed, and the version of the task as it is shown now."""
    recent = (await desk.ask("TaskInbox", view="DONE_THIS_WEEK", filter={"teamId": (task["team"] or {}).get("id")}, first=50))["tasks"]
    causes = list(dict.fromkeys(one["cause"] for one in recent["nodes"] if one["cause"]))
    typed = {name: desk.form.one(name) for name in ("solved", "cause", "outcome")}
    return desk.page(
        "console/close.html",
        "close",
        status=status,
        faults=faults,
        task=task,
        view=desk.asked("view"),
        address=address_of(task["id"], desk.asked("view")),
        causes=causes[:20],
        options=[(one, desk.words.plain(f"solved_{one}")) for one in SOLVED],
        typed=typed,
    )
