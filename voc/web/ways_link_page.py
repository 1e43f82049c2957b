"""One open link: its name, limits and language changed, or taken back for good."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import NotFound
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, changed, form_faults
from voc.web.publish_page import ONE, survey_of
from voc.web.run import run
from voc.web.ways_page import WORDS, address_of_ways, last_day, limits_of
from voc.web.wording import words_for

LINK = f"{ONE}/ways/{{link}}"
FIELDS = ("name", "language", "cap", "closes")


def routes() -> list[Route]:
    """The page of one link, and taking it back."""
    return [
        Route(f"{LINK}/change", look, methods=["GET"]),
        Route(f"{LINK}/change", change, methods=["POST"]),
        Route(f"{LINK}/revoke", revoke, methods=["POST"]),
    ]


@screen
async def look(desk: Desk) -> Response:
    """What can be changed."""
    return await _page(desk, *await link_of(desk))


@screen
async def change(desk: Desk) -> Response:
    """Change it; an emptied field has no limit any more."""
    survey, link = await link_of(desk)
    typed = {name: desk.form.one(name).strip() for name in FIELDS}
    limits, faults = limits_of(desk, typed)
    if faults:
        return await _page(desk, survey, link, faults, typed=typed)
    if typed["closes"] == last_day(desk, link["closesAt"]):
        limits["closesAt"] = link["closesAt"]
    given = {"openLinkId": link["id"], "name": typed["name"], "language": typed["language"] or None, **limits}
    answer = changed(await run("ChangeOpenLink", {"input": given}, desk.actor))  # null takes a limit away
    if answer.row is None:
        words = words_for(WORDS, desk.me["language"])
        return await _page(desk, survey, link, form_faults(answer, words, {"closesAt": "closes"}), answer.status, typed)
    return desk.go(f"{address_of_ways(survey)}#link-{link['id']}", "changed", WORDS, name=answer.row["name"])


@screen
async def revoke(desk: Desk) -> Response:
    """Take it back for good; only a ticked box means it."""
    survey, link = await link_of(desk)
    if not desk.form.one("sure"):
        return desk.go(f"{address_of_ways(survey)}/{link['id']}/change#revoke", "tick_first", WORDS)
    answer = await desk.change("RevokeOpenLink", openLinkId=link["id"])
    if answer.row is None:
        return await _page(desk, survey, link, form_faults(answer, words_for(WORDS, desk.me["language"])), answer.status)
    return desk.go(address_of_ways(survey), "revoked", WORDS, name=link["name"])


async def link_of(desk: Desk) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The questionnaire and the open link that the address names."""
    survey = await survey_of(desk)
    link = (await desk.ask("OpenLink", id=desk.request.path_params["link"]))["openLink"]
    if link is None or link["survey"]["id"] != survey["id"]:
        raise NotFound
    return survey, link


async def _page(
    desk: Desk,
    survey: Mapping[str, Any],
    link: Mapping[str, Any],
    faults: Faults = NO_FAULTS,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
) -> Response:
    stored = {
        "name": link["name"],
        "language": link["language"] or "",
        "cap": str(link["cap"] or ""),
        "closes": last_day(desk, link["closesAt"]),
    }
    return desk.page(
        "console/ways_link.html",
        WORDS,
        status=status,
        faults=faults,
        survey=survey,
        link=link,
        home=address_of_ways(survey),
        languages=survey["currentVersion"]["languages"] if survey["currentVersion"] else [],
        typed=typed or stored,
        may_edit=desk.may(Action.EDIT_OUTREACH),
    )
