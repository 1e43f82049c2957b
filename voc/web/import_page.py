"""A questionnaire from a file of another system, and the report of what is not in the draft as it was in the file."""

import tempfile
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Forbidden, NotFound
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Changed, Faults, FormFault, form_faults
from voc.web.posted_files import Allowance, posted_form_and_files
from voc.web.questionnaires_page import ADDRESS
from voc.web.wording import words_for

FROM_FILE = f"{ADDRESS}/from-file"
REPORT = "/console/imports"
LARGEST = 5_000_000
FATES = ("CHANGED", "SIMPLIFIED", "DROPPED")


def routes() -> list[Route]:
    """The file, and what came of it. They stand before the address of one questionnaire, which would take theirs for an id."""
    return [
        Route(FROM_FILE, choose, methods=["GET"]),
        Route(FROM_FILE, bring, methods=["POST"]),
        Route(f"{REPORT}/{{id}}", report, methods=["GET"]),
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
    folder = Path(tempfile.gettempdir())
    form, files = await posted_form_and_files(desk.request, {"file": Allowance(1, LARGEST)}, folder)
    typed = {name: form.one(name).strip() for name in ("name", "key", "once")}
    words = words_for("imports", desk.me["language"])
    try:
        file = files[0] if files else None
        if file is None or file.path is None:
            return _form(desk, typed, Faults([FormFault("file", words("no_file"))]), 422)
        if file.is_too_large:
            return _form(desk, typed, Faults([FormFault("file", words("too_large", megabytes=LARGEST // 1_000_000))]), 422)
        answer = await _imported(desk, file.path.read_bytes(), file.name, typed)
    finally:
        for one in files:
            one.forget()
    if answer.row is None:
        return _form(desk, typed, form_faults(answer, words, {"document": "file"}), answer.status)
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
