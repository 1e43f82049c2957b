"""Help with translating (Q3): what another survey says already, and links for translators from outside."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Forbidden
from voc.web.console import Desk, screen
from voc.web.faults import said
from voc.web.publish_page import ONE, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.translation_files import proposed_page
from voc.web.wording import words_for

MOST_ELSEWHERE = 100


def routes() -> list[Route]:
    """What another survey says; a link made and revoked."""
    address = f"{ONE}/translations"
    return [
        Route(f"{address}/elsewhere", elsewhere, methods=["POST"]),
        Route(f"{address}/link", make_link, methods=["POST"]),
        Route(f"{address}/revoke", revoke_link, methods=["POST"]),
    ]


@screen
async def elsewhere(desk: Desk) -> Response:
    """What would come from another survey, without taking it."""
    if not desk.may(Action.EDIT_SURVEY):
        raise Forbidden
    texts = {"elsewhere": {"surveyId": desk.form.one("other"), "language": desk.form.one("language")}}
    return await proposed_page(desk, await survey_of(desk), texts)


@screen
async def make_link(desk: Desk) -> Response:
    """A link for somebody from outside."""
    days = desk.form.one("days")
    answer = await desk.change(
        "CreateTranslatorLink",
        idempotencyKey=desk.form.one("once")[:100] or None,
        surveyId=desk.request.path_params["id"],
        language=desk.form.one("language"),
        translator=desk.form.one("translator"),
        days=int(days) if days.isdecimal() and len(days) < 4 else 0,
    )
    if answer.is_done:
        return _back(desk, "link_made", name=answer.row["translator"] if answer.row else "")
    words = words_for("translations", desk.me["language"])
    fault = answer.faults[0] if answer.faults else {"code": answer.code, "message": answer.message}
    return _back(desk, "link_not_made", why=said(words, fault["code"], fault["message"]))


@screen
async def revoke_link(desk: Desk) -> Response:
    """The link opens nothing any more."""
    await desk.change("RevokeTranslatorLink", linkId=desk.form.one("link"))
    return _back(desk, "link_revoked")


async def beside(desk: Desk, survey: Mapping[str, Any]) -> dict[str, Any]:
    """What the page of translations shows beside the texts, for whoever may change them."""
    if not desk.may(Action.EDIT_SURVEY):
        return {"elsewhere": [], "links": [], "once": ""}
    others = (await desk.ask("Surveys", first=MOST_ELSEWHERE))["surveys"]["nodes"]
    links = (await desk.ask("TranslatorLinks", survey=survey["id"]))["translatorLinks"]
    return {"elsewhere": [one for one in others if one["id"] != survey["id"]], "links": links, "once": desk.new_key()}


def _back(desk: Desk, told: str, **values: str) -> Response:
    asked = urlencode({"language": desk.form.one("language"), "show": "all"})
    return desk.go(f"{ADDRESS}/{desk.request.path_params['id']}/translations?{asked}#links", told, "translations", **values)
