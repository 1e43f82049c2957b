"""The inbox (W2): tasks by view with their counts, taking one or several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.web.console import Desk, screen

ADDRESS = "/console/inbox"
# The view as the API names it, and the count that belongs to it.
VIEWS = (
    ("MINE", "mine"),
    ("TEAM", "team"),
    ("UNOWNED", "unowned"),
    ("AT_RISK", "atRisk"),
    ("WAITING", "waiting"),
    ("DONE_THIS_WEEK", "doneThisWeek"),
)
OWN_VIEWS = ("MINE", "TEAM")
PRIORITIES = ("URGENT", "HIGH", "NORMAL", "LOW")


@dataclass(frozen=True, slots=True)
class Pick:
    """A task as somebody saw it in a list."""

    task_id: str
    version: int

    @classmethod
    def read(cls, text: str) -> "Pick | None":
        """From the value of its checkbox or button; None for anything else."""
        task_id, _, version = text.rpartition(":")
        return cls(task_id, int(version)) if task_id and version.isdecimal() and len(version) < 10 else None


def routes() -> list[Route]:
    """The list, and taking from it."""
    return [Route(ADDRESS, inbox, methods=["GET"]), Route(f"{ADDRESS}/take", take, methods=["POST"])]


@screen
async def inbox(desk: Desk) -> Response:
    """One view of the inbox, narrowed by what the address says."""
    view = view_of(desk)
    live = await desk.live("TaskChanged")
    teams, priority = await _teams(desk), desk.chosen("priority", PRIORITIES)
    narrowed = {
        "search": desk.asked("search") or None,
        "teamId": desk.chosen("team", [one["id"] for one in teams] or _own_teams(desk)) or None,
        "priorities": [priority] if priority else None,
    }
    counts = (await desk.ask("InboxCounts"))["taskCounts"]
    tasks = (await desk.ask("TaskInbox", view=view or None, filter=narrowed, **desk.wanted_page()))["tasks"]
    return desk.page(
        "console/inbox.html",
        "inbox",
        live=live,
        view=view,
        tabs=tabs(desk, counts),
        counts=counts,
        tasks=tasks,
        teams=teams,
        priorities=PRIORITIES,
        is_narrowed=any(narrowed.values()),
    )


@screen
async def take(desk: Desk) -> Response:
    """Take the task of the button that was pressed, or all that were ticked. Whoever was faster is named; the rest is taken."""
    pressed = desk.form.one("one")
    picks = picked([pressed] if pressed else desk.form.many("pick"))
    back = list_address(desk.form.one("view"))
    if not picks:
        return desk.go(back, "nothing_picked", "inbox")
    answers = [(one, await desk.change("TakeTask", taskId=one.task_id, expectedVersion=one.version)) for one in picks]
    taken = [one for one, answer in answers if answer.is_done]
    if len(picks) == 1 and not taken:
        return await _was_late(desk, picks[0], back)
    if len(taken) == len(picks):
        about = f"/console/tasks/{taken[0].task_id}" if len(taken) == 1 else ""
        return desk.go(back, "taken", "inbox", about=about, count=len(taken))
    return desk.go(back, "taken_some", "inbox", count=len(taken), missed=len(picks) - len(taken))


def view_of(desk: Desk) -> str:
    """The view the address asks for; else one's own, or all tasks for whoever looks on."""
    if asked := desk.chosen("view", [view for view, _ in VIEWS]):
        return asked
    return "MINE" if desk.may(Action.WORK_TASK) else ""


def tabs(desk: Desk, counts: Mapping[str, int]) -> list[tuple[str, int | None]]:
    """The views this colleague has a use for, with how many are in each."""
    if desk.may(Action.WORK_TASK):
        return [(view, counts[count]) for view, count in VIEWS]
    return [("", None), *((view, counts[count]) for view, count in VIEWS if view not in OWN_VIEWS)]


def list_address(view: str) -> str:
    """The address of a view."""
    return f"{ADDRESS}?{urlencode({'view': view})}" if any(view == known for known, _ in VIEWS) else ADDRESS


def picked(values: Sequence[str]) -> list[Pick]:
    """The tasks that were ticked, each once."""
    return list(dict.fromkeys(one for value in values if (one := Pick.read(value))))


async def _was_late(desk: Desk, pick: Pick, back: str) -> Response:
    task = (await desk.ask("Task", id=pick.task_id))["task"]
    owner = task and task["assignee"]
    if owner:
        return desk.go(back, "taken_by", "inbox", about=f"/console/tasks/{pick.task_id}", name=owner["name"], title=task["title"])
    return desk.go(back, "changed_since", "inbox")


def _own_teams(desk: Desk) -> list[str]:
    return [held["team"]["id"] for held in desk.me["roles"] if held["team"]]


async def _teams(desk: Desk) -> list[Any]:
    """The teams to choose from, for whoever looks at more than one."""
    of = [held["team"] for held in desk.me["roles"]]
    if len(of) < 2 and None not in of:
        return []
    return list((await desk.ask("Teams"))["teams"])
