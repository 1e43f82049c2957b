"""Questionnaires (Q1): every one with its state and languages, and the library to begin from."""

import re
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, form_faults
from voc.web.wording import words_for

ADDRESS = "/console/questionnaires"
STATES = ("DRAFT", "LIVE", "PAUSED", "ENDED")


def routes() -> list[Route]:
    """The list and the library."""
    return [
        Route(ADDRESS, questionnaires, methods=["GET"]),
        Route(f"{ADDRESS}/new", library, methods=["GET"]),
        Route(f"{ADDRESS}/new", create, methods=["POST"]),
    ]


@screen
async def questionnaires(desk: Desk) -> Response:
    """Every questionnaire with its state and languages."""
    search, state = desk.asked("search"), desk.chosen("state", STATES)
    wanted = {name: value for name, value in (("search", search), ("state", state)) if value}
    found = (await desk.ask("Surveys", filter=wanted, **desk.wanted_page()))["surveys"]
    waiting = (await desk.ask("PublishRequests", filter={"waitsForMe": True}, first=20))["publishRequests"]["nodes"]
    return desk.page(
        "console/questionnaires.html",
        "questionnaires",
        surveys=found,
        search=search,
        state=state,
        states=STATES,
        waiting=waiting if desk.may(Action.PUBLISH_SURVEY) else [],
        may_edit=desk.may(Action.EDIT_SURVEY),
    )


@screen
async def library(desk: Desk) -> Response:
    """The ready questionnaires to begin from."""
    return await _library_page(desk, {"ready": desk.asked("ready"), "name": "", "key": "", "once": desk.new_key()})


@screen
async def create(desk: Desk) -> Response:
    """A new questionnaire from a ready one. Sent without a name it takes that of the ready one, without a key one made of its name."""
    typed = {name: desk.form.one(name).strip() for name in ("ready", "name", "key", "once")}
    ready = {one["key"]: one for one in await _ready(desk)}
    name = typed["name"] or (ready[typed["ready"]]["name"] if typed["ready"] in ready else "")
    key = typed["key"] or (_key_of(typed["name"]) if typed["name"] else typed["ready"])
    answer = await desk.change(
        "CreateSurvey", idempotencyKey=typed["once"][:100] or None, key=key, name=name, content={"library": typed["ready"]}
    )
    if answer.row is None:
        faults = form_faults(answer, words_for("questionnaires", desk.me["language"]), {"content.library": "ready", "content": "ready"})
        return await _library_page(desk, {**typed, "key": key, "name": name}, faults, answer.status)
    return desk.go(f"{ADDRESS}/{answer.row['id']}", "created", "questionnaires")


def _key_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


async def _library_page(desk: Desk, typed: Mapping[str, str], faults: Faults = NO_FAULTS, status: int = 200) -> Response:
    return desk.page("console/library.html", "questionnaires", status=status, faults=faults, library=await _ready(desk), typed=typed)


async def _ready(desk: Desk) -> list[Mapping[str, Any]]:
    return list((await desk.ask("SurveyLibrary", language=desk.me["language"]))["surveyLibrary"])
