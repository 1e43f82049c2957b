"""Kiosks of a questionnaire (Q9): registered, opened on their device, heard of, given another code."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, form_faults
from voc.web.publish_page import ONE, survey_of
from voc.web.qr import qr_svg
from voc.web.questionnaires_page import ADDRESS
from voc.web.ways_page import open_links
from voc.web.wording import words_for

WORDS = "kiosks"
FIELDS = ("name", "place", "language", "pin")


def routes() -> list[Route]:
    """The page, a new kiosk, and another code."""
    return [
        Route(f"{ONE}/kiosks", kiosks, methods=["GET"]),
        Route(f"{ONE}/kiosks", register, methods=["POST"]),
        Route(f"{ONE}/kiosks/code", change_code, methods=["POST"]),
    ]


@screen
async def kiosks(desk: Desk) -> Response:
    """Every kiosk with when it was last in touch and what waits on it."""
    return await _page(desk, await survey_of(desk))


@screen
async def register(desk: Desk) -> Response:
    """A new kiosk."""
    survey, form = await survey_of(desk), desk.form
    typed = {name: form.one(name).strip() for name in FIELDS}
    given = {name: typed[name] or None for name in ("place", "language")}
    answer = await desk.change("RegisterKiosk", surveyId=survey["id"], name=typed["name"], pin=typed["pin"], **given)
    if answer.row is None:
        # What stands in the way in the questionnaire itself belongs to no field of the form.
        faults = form_faults(answer, words_for(WORDS, desk.me["language"]), {"survey": "", "surveyId": ""})
        return await _page(desk, survey, faults=faults, status=answer.status, typed=typed)
    return desk.go(f"{_address(survey)}#kiosk-{answer.row['id']}", "registered", WORDS, name=answer.row["name"])


@screen
async def change_code(desk: Desk) -> Response:
    """Another code for the staff of one kiosk."""
    survey, form = await survey_of(desk), desk.form
    answer = await desk.change("ChangeKioskPin", openLinkId=form.one("kiosk"), pin=form.one("new_pin").strip())
    if answer.row is None:
        words = words_for(WORDS, desk.me["language"])
        faults = form_faults(answer, words, {"pin": "new_pin", "openLinkId": "kiosk"})
        return await _page(desk, survey, faults=faults, status=answer.status, chosen=form.one("kiosk"))
    return desk.go(f"{_address(survey)}#kiosk-{answer.row['id']}", "code_changed", WORDS, name=answer.row["name"])


async def _page(
    desk: Desk,
    survey: Mapping[str, Any],
    *,
    faults: Faults = NO_FAULTS,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
    chosen: str = "",
) -> Response:
    found = await open_links(desk, survey, kinds=["KIOSK"], isRevoked=False)
    return desk.page(
        "console/kiosks.html",
        WORDS,
        status=status,
        faults=faults,
        survey=survey,
        doors=found["nodes"],
        first_step="register",
        pages=found["pageInfo"],
        codes={one["id"]: qr_svg(one["url"]) for one in found["nodes"] if one["url"]},
        languages=survey["currentVersion"]["languages"] if survey["currentVersion"] else [],
        typed={**dict.fromkeys(FIELDS, ""), **(typed or {}), "pin": ""},
        chosen=chosen,
        may_edit=desk.may(Action.EDIT_OUTREACH),
    )


def _address(survey: Mapping[str, Any]) -> str:
    return f"{ADDRESS}/{survey['id']}/kiosks"
