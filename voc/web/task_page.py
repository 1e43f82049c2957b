"""A task (W3): what the customer said, how it stands, and what can be done with it."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from voc.core.errors import NotFound
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Changed, Faults, FormFault, form_faults, said
from voc.web.inbox import list_address, view_of
from voc.web.marked_text import explained
from voc.web.shown import Shown
from voc.web.task_history import happened
from voc.web.touchpoint_names import touchpoint_names
from voc.web.wording import words_for

TASKS = "/console/tasks"
PER_VIEW = 50


def routes() -> list[Route]:
    """The page, the way to the next one, and one address for each thing that can be done."""
    one = f"{TASKS}/{{id}}"
    return [
        Route(f"{TASKS}/next", following, methods=["GET"]),
        Route(one, task, methods=["GET"]),
        Route(f"{one}/take", take, methods=["POST"]),
        Route(f"{one}/wait", wait, methods=["POST"]),
        Route(f"{one}/resume", resume, methods=["POST"]),
        Route(f"{one}/reopen", reopen, methods=["POST"]),
        Route(f"{one}/give", give, methods=["POST"]),
        Route(f"{one}/note", note, methods=["POST"]),
    ]


@screen
async def task(desk: Desk) -> Response:
    """The task as it stands."""
    return await _page(desk)


@screen
async def following(desk: Desk) -> Response:
    """The task after the one the address names in its view; the most urgent one where that has gone; the list where there is none."""
    view, after = view_of(desk), desk.asked("after")
    address = await next_address(desk, view, after)
    return desk.go(address) if address else desk.go(list_address(view), "no_next", "task")


async def next_address(desk: Desk, view: str, after: str) -> str:
    """The address of the task to go on with; empty when the view has no other."""
    found = (await desk.ask("TaskInbox", view=view or None, first=PER_VIEW))["tasks"]["nodes"]
    ids = [one["id"] for one in found]
    place = ids.index(after) + 1 if after in ids else 0
    others = [id for id in (*ids[place:], *ids[:place]) if id != after]
    return address_of(others[0], view) if others else ""


def address_of(task_id: str, view: str = "") -> str:
    """The address of a task, seen from a view."""
    return f"{TASKS}/{task_id}" + (f"?{urlencode({'view': view})}" if view else "")


@screen
async def take(desk: Desk) -> Response:
    """Make it one's own."""
    return await _done(desk, await desk.change("TakeTask", **_seen(desk)), "done_take")


@screen
async def wait(desk: Desk) -> Response:
    """It waits for the customer."""
    return await _done(desk, await desk.change("StartWaiting", **_seen(desk), reason=desk.form.one("wait-reason") or None), "done_wait")


@screen
async def resume(desk: Desk) -> Response:
    """The customer spoke: go on."""
    return await _done(desk, await desk.change("ResumeTask", **_seen(desk)), "done_resume")


@screen
async def reopen(desk: Desk) -> Response:
    """It was not done after all."""
    return await _done(desk, await desk.change("ReopenTask", **_seen(desk), reason=desk.form.one("reopen-reason") or None), "done_reopen")


@screen
async def give(desk: Desk) -> Response:
    """Hand it over to a team, or to somebody in it."""
    answer = await desk.change("GiveTask", **_seen(desk), **receiver(desk.form.one("to")), reason=desk.form.one("give-reason") or None)
    return await _done(desk, answer, "done_give", {"teamId": "to", "memberId": "to", "reason": "give-reason"})


@screen
async def note(desk: Desk) -> Response:
    """Write something down. The same form sent twice writes it once."""
    key = desk.form.one("key")[:100] or None
    answer = await desk.change("AddNote", taskId=desk.request.path_params["id"], text=desk.form.one("note"), idempotencyKey=key)
    return await _done(desk, answer, "done_note", {"text": "note"})


def receiver(chosen: str) -> dict[str, str | None]:
    """Whom the entry of the list `to` stands for: `team` or `team/member`."""
    team, _, member = chosen.partition("/")
    return {"teamId": team or None, "memberId": member or None}


def receivers(teams: Sequence[Mapping[str, Any]], own: str) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """The list `to`: name and id of each team, the task's own first, with its members."""
    ordered = sorted(teams, key=lambda team: (team["id"] != own, team["name"]))
    return [(team["name"], team["id"], [(f"{team['id']}/{one['id']}", one["name"]) for one in team["members"]]) for team in ordered]


def _seen(desk: Desk) -> dict[str, Any]:
    version = desk.form.one("version")
    return {"taskId": desk.request.path_params["id"], "expectedVersion": int(version) if version.isdecimal() and len(version) < 10 else 0}


async def _done(desk: Desk, answer: Changed, said_key: str, fields: Mapping[str, str] | None = None) -> Response:
    if answer.is_done:
        return desk.go(address_of(desk.request.path_params["id"], desk.asked("view")), said_key, "task")
    words = words_for("task", desk.me["language"])
    return await _page(desk, answer=answer, faults=form_faults(answer, words, fields) if answer.faults else NO_FAULTS)


async def _page(desk: Desk, answer: Changed | None = None, faults: Faults = NO_FAULTS) -> Response:
    live = await desk.live("TaskChanged")
    found = (await desk.ask("Task", id=desk.request.path_params["id"]))["task"]
    if found is None:
        raise NotFound
    words = words_for("task", desk.me["language"])
    if answer and not answer.faults:
        faults = Faults([FormFault("", _who_was_first(words, answer, found))])
    teams = (await desk.ask("Teams"))["teams"] if "GIVE_TASK" in desk.me["actions"] else []
    shown = Shown.to(desk.words, desk.me["timeZone"])
    return desk.page(
        "console/task.html",
        "task",
        status=answer.status if answer else 200,
        faults=faults,
        live=live,
        only=found["id"],
        task=found,
        view=desk.asked("view"),
        history=[happened(step, words, shown) for step in reversed(found["steps"])],
        said_of=_said(found["response"]) if found["response"] else None,
        receivers=receivers(teams, (found["team"] or {}).get("id", "")),
        note_key=desk.new_key(),
        touchpoints=await touchpoint_names(desk),
        typed={name: desk.form.one(name) for name in ("note", "to", "give-reason", "wait-reason", "reopen-reason")},
    )


def _who_was_first(words: Any, answer: Changed, found: Mapping[str, Any]) -> str | Markup:
    owner = found["assignee"]
    if answer.code == "TASK_TAKEN" and owner:
        return str(words.plain("fault_taken_by", name=owner["name"]))
    return said(words, answer.code, answer.message)


def _said(response: Mapping[str, Any]) -> dict[str, Any]:
    """What the customer said: the words with what was read in them marked, and the other answers."""
    readings = {reading["question"]: reading for reading in response["readings"]}
    texts, others = [], []
    for answer in response["answers"]:
        if answer["__typename"] == "TextAnswer":
            reading = readings.get(answer["question"])
            texts.append({**answer, "reading": reading, "marked": explained(answer["shown"], reading["evidence"] if reading else ())})
        else:
            others.append(answer)
    return {"texts": texts, "others": others}
