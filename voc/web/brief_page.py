"""The agent brief (W7): what to know about whoever is on the line, within one small screen."""

from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, form_faults
from voc.web.touchpoint_names import touchpoint_names
from voc.web.wording import words_for

ADDRESS = "/console/brief"


def routes() -> list[Route]:
    """The brief, as a phone system opens it, and raising a task from it."""
    return [Route(ADDRESS, brief, methods=["GET"]), Route(f"{ADDRESS}/task", raise_task, methods=["POST"])]


@screen
async def brief(desk: Desk) -> Response:
    """The brief by `ref` (number in the CRM, telephone number or mail address), or by the `customer` or `contact` of our own pages."""
    return await _page(desk)


@screen
async def raise_task(desk: Desk) -> Response:
    """Raise a task for the customer on the line; its team follows from who raises it unless one is named."""
    customer, form = desk.form.one("customer"), desk.form
    answer = await desk.change(
        "RaiseTask",
        title=form.one("title").strip(),
        customer={"id": customer},
        teamId=form.one("team") or None,
        note=form.one("note").strip() or None,
        idempotencyKey=form.one("key")[:100] or None,
    )
    words = words_for("brief", desk.me["language"])
    if not answer.is_done:
        return await _page(desk, {"customer": {"id": customer}}, form_faults(answer, words, {"teamId": "team"}), answer.status)
    row = answer.row or {}
    team = (row.get("team") or {}).get("name", "")
    return desk.go(f"{ADDRESS}?{urlencode({'customer': customer})}", "raised", "brief", about=f"/console/tasks/{row.get('id')}", team=team)


def asked_by(desk: Desk) -> dict[str, Any] | None:
    """Whom the address names; None when nobody."""
    if ref := desk.asked("ref"):
        return {"email": ref} if "@" in ref else {"ref": ref}
    for name in ("customer", "contact"):
        if id := desk.asked(name):
            return {name: {"id": id}}
    return None


async def _page(desk: Desk, by: dict[str, Any] | None = None, faults: Faults = NO_FAULTS, status: int = 200) -> Response:
    whom = by or asked_by(desk)
    live = await desk.live("TaskChanged") if whom else None
    found = (await desk.ask("AgentBrief", by=whom))["agentBrief"] if whom else None
    may_raise = found and found["customer"] and "RAISE_TASK" in desk.me["actions"]
    return desk.page(
        "console/brief.html",
        "brief",
        status=status,
        faults=faults,
        live=live,
        only=" ".join(task["id"] for task in found["tasks"]) if found else "",
        ref=desk.asked("ref"),
        brief=found,
        touchpoints=await touchpoint_names(desk) if found and found["contacts"] else {},
        teams=(await desk.ask("Teams"))["teams"] if may_raise else [],
        note_key=desk.new_key(),
        typed={name: desk.form.one(name) for name in ("title", "note", "team")},
    )
