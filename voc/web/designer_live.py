"""Others in the designer: who is where, who has what one looks at, and what they changed, told while one works."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.errors import NotFound
from voc.web.console import Desk, screen
from voc.web.publish_page import ONE


def routes() -> list[Route]:
    """What others do, and telling them where one is."""
    return [Route(f"{ONE}/news", news, methods=["GET"]), Route(f"{ONE}/here", here, methods=["POST"])]


@dataclass(frozen=True, slots=True)
class Company:
    """The others at work: who has the place one looks at, who is there too, and who is elsewhere with the place; what they changed."""

    holder: str = ""
    beside: Sequence[str] = ()
    elsewhere: Sequence[tuple[str, str]] = ()
    changed_by: Sequence[str] = ()
    changed_questions: int = 0
    is_newer: bool = False


@screen
async def news(desk: Desk) -> Response:
    """What happened since the revision that a page shows, for its script to put in."""
    since = desk.asked("since")
    known = int(since) if since.isdecimal() and len(since) < 10 else None
    survey_id, at = desk.request.path_params["id"], desk.asked("at")[:2000]
    company = await company_at(desk, survey_id, at, known)
    frame = {"survey_id": survey_id, "at": at, "company": company, "is_locked": bool(desk.asked("locked"))}
    return desk.page("console/designer_news.html", "designer", **frame)


@screen
async def here(desk: Desk) -> Response:
    """Tell the others where one is, or that one leaves; no page of its own."""
    survey_id, at = desk.request.path_params["id"], desk.form.one("at")[:2000]
    if desk.form.one("left"):
        await desk.change("StopEditing", surveyId=survey_id)
    else:
        await desk.change("NoteEditing", surveyId=survey_id, at=at)
    return Response(status_code=204)


async def company_at(desk: Desk, survey_id: str, at: str, since: int | None = None) -> Company:
    """Who else is in a draft, as seen from a place in it; what they changed since a revision, where one is given."""
    found = (await desk.ask("DraftNews", survey=survey_id, since=since))["draftNews"]
    if found is None:
        raise NotFound
    me = desk.me["member"]["id"] if desk.me["member"] else ""
    there = [one for one in found["editors"] if one["at"] == at]
    others = [one["name"] for one in there if one["memberId"] != me]
    is_held = bool(there) and there[0]["memberId"] != me
    theirs = [step for step in found["steps"] if step["madeBy"] != desk.me["name"]]
    return Company(
        holder=others[0] if is_held else "",
        beside=others[1:] if is_held else others,
        elsewhere=[(one["name"], one["at"]) for one in found["editors"] if one["at"] != at and one["memberId"] != me],
        changed_by=list(dict.fromkeys(step["madeBy"] for step in theirs)),
        changed_questions=len(_questions(theirs)),
        is_newer=since is not None and found["draftRevision"] > since and (bool(theirs) or not found["steps"]),
    )


def _questions(steps: Sequence[Mapping[str, Any]]) -> set[str]:
    return {place for step in steps for place in step["places"] if place.startswith("questions/")}
