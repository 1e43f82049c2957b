"""The versions of a questionnaire (Q6): who published what and when, what changed between any two, and the way back to an old one."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Forbidden, NotFound
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, FormFault, said
from voc.web.publish_page import ONE, differences, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

DRAFT = "draft"


def routes() -> list[Route]:
    """The page of one questionnaire."""
    return [Route(f"{ONE}/versions", versions, methods=["GET"]), Route(f"{ONE}/versions", go_back, methods=["POST"])]


@screen
async def versions(desk: Desk) -> Response:
    """Every version, and what changed between two of them."""
    return await _page(desk, await survey_of(desk))


@screen
async def go_back(desk: Desk) -> Response:
    """Make an old version the draft; customers see it once that is published. The draft it replaces can be brought back with undo."""
    if not desk.may(Action.EDIT_SURVEY):
        raise Forbidden
    survey = await survey_of(desk)
    version = (await desk.ask("SurveyVersion", id=desk.form.one("version")))["surveyVersion"]
    if version is None or version["survey"]["id"] != survey["id"]:
        raise NotFound
    text = (await desk.ask("SurveyExport", id=version["id"], format="YAML"))["surveyExport"]["text"]
    revision = desk.form.one("revision")
    known = int(revision) if revision.isdecimal() and len(revision) < 10 else 0
    answer = await desk.change("SaveSurveyDraft", surveyId=survey["id"], document=text, expectedRevision=known)
    if answer.row is None:
        words = words_for("publish", desk.me["language"])
        return await _page(desk, survey, Faults([FormFault("", said(words, answer.code, answer.message))]), answer.status)
    return desk.go(f"{ADDRESS}/{survey['id']}/publish", "went_back", "publish", number=version["number"])


async def _page(desk: Desk, survey: Mapping[str, Any], faults: Faults = NO_FAULTS, status: int = 200) -> Response:
    listed = (await desk.ask("SurveyVersions", id=survey["id"], **desk.wanted_page()))["survey"]["versions"]
    live = survey["currentVersion"]["number"] if survey["currentVersion"] else 0
    numbers = [str(number) for number in range(live, 0, -1)]
    before = desk.chosen("from", numbers)
    after = desk.chosen("to", [DRAFT, *numbers])
    found = await differences(desk, survey["id"], int(before), None if after == DRAFT else int(after)) if before and after else None
    return desk.page(
        "console/versions.html",
        "publish",
        status=status,
        faults=faults,
        survey=survey,
        versions=listed,
        numbers=numbers,
        newest=live,
        before=before or (numbers[0] if numbers else ""),
        after=after or DRAFT,
        is_compared=bool(before and after),
        found=found,
        may_edit=desk.may(Action.EDIT_SURVEY),
    )
