"""What a survey is beside its draft, in the designer's general panel: the key it goes by, and the brand it is asked under."""

from collections.abc import Mapping

from starlette.responses import Response
from starlette.routing import Route

from voc.web.console import Desk, screen
from voc.web.designer_view import Kept, view_of
from voc.web.faults import form_faults
from voc.web.publish_page import ONE, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for


def routes() -> list[Route]:
    """Another key, another brand."""
    return [Route(f"{ONE}/key", change_key, methods=["POST"]), Route(f"{ONE}/brand", change_brand, methods=["POST"])]


@screen
async def change_key(desk: Desk) -> Response:
    """Another key for a survey that was never published."""
    return await _changed(desk, "ChangeKey", "key", {"key": desk.form.one("key").strip()})


@screen
async def change_brand(desk: Desk) -> Response:
    """Another brand from now on."""
    return await _changed(desk, "ChangeBrand", "brand", {"brandId": desk.form.one("brand")})


async def _changed(desk: Desk, operation: str, field: str, given: Mapping[str, str]) -> Response:
    survey_id = desk.request.path_params["id"]
    answer = await desk.change(operation, surveyId=survey_id, **given)
    if answer.is_done:
        return desk.go(f"{ADDRESS}/{survey_id}", f"{field}_changed", "designer")
    faults = form_faults(answer, words_for("designer", desk.me["language"]), {"": field, "brandId": "brand"})
    return await view_of(desk, await survey_of(desk), "", Kept(faults=faults, status=answer.status))
