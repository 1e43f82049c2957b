"""Questionnaires (Q1) and their designer as a start (Q2): the file, its problems as you go, and what customers will see."""

import re
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.console_refusals import not_found
from voc.web.faults import NO_FAULTS, Changed, Faults, form_faults

ADDRESS = "/console/questionnaires"
NOTHING: dict[str, Any] = {}


def routes() -> list[Route]:
    """The list, the library, and one questionnaire."""
    return [
        Route(ADDRESS, questionnaires, methods=["GET"]),
        Route(f"{ADDRESS}/new", library, methods=["GET"]),
        Route(f"{ADDRESS}/new", create, methods=["POST"]),
        Route(f"{ADDRESS}/{{id}}", designer, methods=["GET"]),
        Route(f"{ADDRESS}/{{id}}", save, methods=["POST"]),
        Route(f"{ADDRESS}/{{id}}/preview", preview, methods=["GET"]),
    ]


@screen
async def questionnaires(desk: Desk) -> Response:
    """Every questionnaire with its state and languages."""
    search = desk.asked("search")
    found = (await desk.ask("Surveys", filter={"search": search} if search else {}, **desk.wanted_page()))["surveys"]
    return desk.page("console/questionnaires.html", "questionnaires", surveys=found, search=search, may_edit=desk.may(Action.EDIT_SURVEY))


@screen
async def library(desk: Desk) -> Response:
    """The ready questionnaires to begin from."""
    return await _library_page(desk)


@screen
async def create(desk: Desk) -> Response:
    """A new questionnaire from a ready one, under a key of its own."""
    ready, name = desk.form.one("ready"), desk.form.one("name").strip()
    key = desk.form.one("key").strip() or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    answer = await desk.change("CreateSurvey", key=key, name=name or ready, content={"library": ready})
    if answer.row is None:
        return await _library_page(desk, faults=form_faults(answer, desk.words), typed={"ready": ready, "name": name, "key": key})
    return desk.go(f"{ADDRESS}/{answer.row['id']}", "created", "questionnaires")


@screen
async def designer(desk: Desk) -> Response:
    """The draft as text, with its problems and versions."""
    survey = await _survey(desk)
    return _designer_page(desk, survey, survey["draft"], survey["draftRevision"], survey["draftProblems"]) if survey else not_found(desk)


@screen
async def save(desk: Desk) -> Response:
    """Check, save, or publish the text, by the button that was pressed. Whatever was typed is kept."""
    survey = await _survey(desk)
    if survey is None:
        return not_found(desk)
    text, revision = desk.form.one("draft").replace("\r\n", "\n"), int(desk.form.one("revision") or survey["draftRevision"])
    if desk.form.one("deed") == "check":
        checked = (await desk.ask("CheckQuestionnaire", document=text, language=desk.me["language"]))["checkQuestionnaire"]
        return _designer_page(desk, survey, text, revision, checked["problems"], is_checked=True)
    saved = await desk.change("SaveSurveyDraft", surveyId=survey["id"], document=text, expectedRevision=revision)
    if saved.row is None:
        return _refused(desk, survey, text, revision, saved)
    problems, revision = saved.row["draftProblems"], saved.row["draftRevision"]
    if desk.form.one("deed") != "publish":
        return desk.go(f"{ADDRESS}/{survey['id']}", "saved", "questionnaires")
    published = await desk.change("PublishSurvey", surveyId=survey["id"])
    if published.row is None:
        return _refused(desk, survey, text, revision, published, problems)
    return desk.go(f"{ADDRESS}/{survey['id']}", "published", "questionnaires", number=published.row["number"])


@screen
async def preview(desk: Desk) -> Response:
    """The saved draft as customers will read it, question after question, in one language."""
    survey = await _survey(desk)
    if survey is None:
        return not_found(desk)
    language = desk.asked("language") or desk.me["language"]
    checked = (await desk.ask("CheckQuestionnaire", document=survey["draft"], language=language))["checkQuestionnaire"]
    return desk.page("console/preview.html", "questionnaires", survey=survey, checked=checked, language=language)


async def _survey(desk: Desk) -> dict[str, Any] | None:
    found: dict[str, Any] | None = (await desk.ask("Survey", id=desk.request.path_params["id"]))["survey"]
    return found


def _refused(desk: Desk, survey: dict[str, Any], text: str, revision: int, answer: Changed, problems: Any = ()) -> Response:
    return _designer_page(desk, survey, text, revision, problems, faults=form_faults(answer, desk.words), status=answer.status)


def _designer_page(
    desk: Desk,
    survey: dict[str, Any],
    text: str,
    revision: int,
    problems: Any,
    *,
    faults: Faults = NO_FAULTS,
    status: int = 200,
    is_checked: bool = False,
) -> Response:
    return desk.page(
        "console/designer.html",
        "questionnaires",
        status=status,
        faults=faults,
        survey=survey,
        text=text,
        revision=revision,
        problems=problems,
        is_checked=is_checked,
        may_edit=desk.may(Action.EDIT_SURVEY),
        may_publish=desk.may(Action.PUBLISH_SURVEY),
    )


async def _library_page(desk: Desk, faults: Faults = NO_FAULTS, typed: dict[str, Any] = NOTHING) -> Response:
    ready = (await desk.ask("SurveyLibrary"))["surveyLibrary"]
    return desk.page("console/library.html", "questionnaires", faults=faults, library=ready, typed=typed)
