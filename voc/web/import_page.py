"""A questionnaire from a file of another system, and the report of what is not in the draft as it was in the file."""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Forbidden, NotFound
from voc.web import bring_answers_page
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Changed, Faults, form_faults
from voc.web.file_form import sent_file
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

FROM_FILE = f"{ADDRESS}/from-file"
REPORT = "/console/imports"
FATES = ("CHANGED", "SIMPLIFIED", "DROPPED")


def routes() -> list[Route]:
    """The file, and what came of it. They stand before the address of one questionnaire, which would take theirs for an id."""
    return [
        Route(FROM_FILE, choose, methods=["GET"]),
        Route(FROM_FILE, bring, methods=["POST"]),
        Route(f"{REPORT}/{{id}}", report, methods=["GET"]),
        *bring_answers_page.routes(),
    ]


@screen
async def choose(desk: Desk) -> Response:
    """Where a file is chosen."""
    return _form(desk, {"name": "", "key": "", "once": desk.new_key()})


@screen
async def bring(desk: Desk) -> Response:
    """Make a questionnaire of the file that came."""
    if not desk.may(Action.EDIT_SURVEY):
        raise Forbidden
    words = words_for("imports", desk.me["language"])
    sent = await sent_file(desk.request, ("name", "key", "once"), words)
    if sent.faults:
        return _form(desk, sent.typed, sent.faults, 422)
    answer = await _imported(desk, sent.data, sent.name, sent.typed)
    if answer.row is None:
        return _form(desk, sent.typed, form_faults(answer, words, {"document": "file"}), answer.status)
    return desk.go(f"{REPORT}/{answer.row['report']['id']}", "imported", "imports")


async def _imported(desk: Desk, data: bytes, file_name: str, typed: Mapping[str, str]) -> Changed:
    return await desk.change(
        "ImportSurvey",
        idempotencyKey=typed["once"][:100] or None,
        documentBase64=b64encode(data).decode(),
        fileName=file_name,
        name=typed["name"] or None,
        key=typed["key"] or None,
    )


@screen
async def report(desk: Desk) -> Response:
    """Everything that was changed, simplified or dropped, or only one of these."""
    found = (await desk.ask("ImportReport", id=desk.request.path_params["id"]))["node"]
    if found is None or found["__typename"] != "ImportReport":
        raise NotFound
    counts = Counter(item["fate"] for item in found["items"])
    fate = desk.chosen("fate", FATES)
    items = [item for item in found["items"] if fate in ("", item["fate"])]
    here = f"{REPORT}/{found['id']}"
    choices = [("", len(found["items"]), here), *((one, counts[one], f"{here}?{urlencode({'fate': one})}") for one in FATES)]
    return desk.page("console/import_report.html", "imports", report=found, items=items, choices=choices, fate=fate)


def _form(desk: Desk, typed: Mapping[str, str], faults: Faults = NO_FAULTS, status: int = 200) -> Response:
    return desk.page("console/import.html", "imports", status=status, faults=faults, typed=typed)
