"""The responses that another system collected, brought onto the questionnaire that came from it: tried first, then stored."""

from base64 import b64encode
from collections.abc import Mapping

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Forbidden, NotFound
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Changed, Faults, form_faults
from voc.web.file_form import sent_file
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

_TYPED = ("customerColumn", "customerSystem", "contactColumn", "contactSystem", "isTrial", "once")
_FIELDS = {"document": "file", "survey": "file", "surveyId": "file"}


def routes() -> list[Route]:
    """The file of answers, and what came of it."""
    address = f"{ADDRESS}/{{id}}/bring-answers"
    return [Route(address, choose, methods=["GET"]), Route(address, bring, methods=["POST"])]


@screen
async def choose(desk: Desk) -> Response:
    """Where the file is chosen."""
    return await _page(desk, {**dict.fromkeys(_TYPED, ""), "isTrial": "on", "once": desk.new_key()})


@screen
async def bring(desk: Desk) -> Response:
    """Store the answers of the file that came, or only say what would come of it; the page is the answer, for nothing else keeps it."""
    if not desk.may(Action.IMPORT_RESPONSES):
        raise Forbidden
    words = words_for("imports", desk.me["language"])
    sent = await sent_file(desk.request, _TYPED, words)
    if sent.faults:
        return await _page(desk, sent.typed, sent.faults, status=422)
    answer = await _brought(desk, sent.data, sent.typed)
    if answer.row is None:
        return await _page(desk, sent.typed, form_faults(answer, words, _FIELDS), status=answer.status)
    return await _page(desk, {**sent.typed, "isTrial": "", "once": desk.new_key()}, found=answer.row)


async def _brought(desk: Desk, data: bytes, typed: Mapping[str, str]) -> Changed:
    is_trial = bool(typed["isTrial"])
    return await desk.change(
        "ImportResponses",
        idempotencyKey=None if is_trial else typed["once"][:100] or None,
        surveyId=desk.request.path_params["id"],
        documentBase64=b64encode(data).decode(),
        isTrial=is_trial,
        **{name: typed[name] or None for name in _TYPED[:4]},
    )


async def _page(
    desk: Desk, typed: Mapping[str, str], faults: Faults = NO_FAULTS, status: int = 200, found: Mapping[str, object] | None = None
) -> Response:
    survey = (await desk.ask("Survey", id=desk.request.path_params["id"]))["survey"]
    if survey is None:
        raise NotFound
    return desk.page("console/bring_answers.html", "imports", status=status, faults=faults, survey=survey, typed=typed, found=found)
