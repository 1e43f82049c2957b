"""Translators' files (Q3): the texts of a draft as CSV or XLIFF, and what came back, shown before it is taken."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
from starlette.responses import Response
from starlette.routing import Route

from voc.core.access import Action
from voc.core.errors import Forbidden, Invalid, NotFound
from voc.web.console import Desk, screen
from voc.web.faults import NO_FAULTS, Faults, FormFault, said
from voc.web.posted_files import Allowance, Arrived, posted_form_and_files
from voc.web.posted_form import LARGEST as MOST_CARRIED
from voc.web.posted_form import PostedForm
from voc.web.publish_page import ONE, survey_of
from voc.web.questionnaires_page import ADDRESS
from voc.web.translated import LANGUAGE
from voc.web.wording import words_for

LARGEST = 1_000_000
MOST_REFUSED = 200
FORMATS = {"csv": ("csv", "text/csv", "csv"), "xliff": ("xliff", "application/xliff+xml", "xlf")}


def routes() -> list[Route]:
    """Out, in to look at, and in for good."""
    address = f"{ONE}/translations"
    return [
        Route(f"{address}/file", look, methods=["POST"]),
        Route(f"{address}/take", take, methods=["POST"]),
        Route(f"{address}/{{format}}", file, methods=["GET"]),
    ]


@screen
async def file(desk: Desk) -> Response:
    """The texts as a file, with one language beside the source."""
    survey, language = await survey_of(desk), desk.asked("language")
    if desk.request.path_params["format"] not in FORMATS or not LANGUAGE.fullmatch(language):
        raise NotFound
    field, media_type, ending = FORMATS[desk.request.path_params["format"]]
    text = (await desk.ask("TextFiles", survey=survey["id"], languages=[language], language=language))["textTable"][field]
    # Spreadsheets take a table for UTF-8 only where it begins with the mark of one.
    body = text.encode("utf-8-sig" if ending == "csv" else "utf-8")
    headers = {"Content-Disposition": f'attachment; filename="{survey["key"]}-{language}.{ending}"', "Cache-Control": "no-store"}
    return Response(body, media_type=media_type, headers=headers)


@screen
async def look(desk: Desk) -> Response:
    """What a file would change, without changing it."""
    survey = await _mine(desk)
    words = words_for("translations", desk.me["language"])
    _, files = await _posted(desk, {"file": Allowance(1, LARGEST)})
    try:
        sent = files[0] if files else None
        if sent is None or sent.path is None:
            return _page(desk, survey, (), Faults([FormFault("file", words("no_file"))]), 422)
        if sent.is_too_large:
            return _page(desk, survey, (), Faults([FormFault("file", words("too_large"))]), 422)
        text = sent.path.read_bytes().decode("utf-8-sig", "replace")
    finally:
        for one in files:
            one.forget()
    return await proposed_page(desk, survey, {"file": text})


@screen
async def take(desk: Desk) -> Response:
    """Take over what was looked at. When the draft changed meanwhile, what would change now is shown first."""
    survey = await _mine(desk)
    form, _ = await _posted(desk, {})
    entries = _entries(form.one("entries"))
    revision = form.one("revision")
    known = int(revision) if revision.isdecimal() and len(revision) < 10 else 0
    answer = await desk.change("SaveTranslations", surveyId=survey["id"], texts={"entries": entries}, expectedRevision=known)
    if answer.row is not None:
        language = entries[0]["language"] if entries else ""
        return desk.go(f"{ADDRESS}/{survey['id']}/translations?language={language}&show=all", "took", "translations", count=len(entries))
    words = words_for("translations", desk.me["language"])
    faults = [FormFault("", f"{fault['path']}: {fault['message']}") for fault in answer.faults]
    faults = faults or [FormFault("", said(words, answer.code, answer.message))]
    return await proposed_page(desk, survey, {"entries": entries}, Faults(faults), answer.status)


async def _posted(desk: Desk, allowed: Mapping[str, Allowance]) -> tuple[PostedForm, list[Arrived]]:
    """The form with its files; one that was sent without any has been read already."""
    if not desk.request.headers.get("content-type", "").startswith("multipart/form-data"):
        return desk.form, []
    return await posted_form_and_files(desk.request, allowed, Path(tempfile.gettempdir()))


async def _mine(desk: Desk) -> Mapping[str, Any]:
    if not desk.may(Action.EDIT_SURVEY):
        raise Forbidden
    return await survey_of(desk)


def _entries(text: str) -> list[dict[str, str]]:
    try:
        found = orjson.loads(text)
        return [{"key": str(key), "language": str(language), "text": str(said)} for key, language, said in found]
    except (orjson.JSONDecodeError, TypeError, ValueError):
        raise Invalid.at("entries", "UNREADABLE", "These are no texts.") from None


async def proposed_page(
    desk: Desk, survey: Mapping[str, Any], texts: Mapping[str, object], faults: Faults = NO_FAULTS, status: int = 200
) -> Response:
    """What texts would change in the draft, to be taken or left."""
    words = words_for("translations", desk.me["language"])
    try:
        changes = (await desk.ask("TextChanges", survey=survey["id"], texts=texts))["textChanges"]
    except Invalid as refused:
        told = [FormFault("file", said(words, fault.code, fault.message)) for fault in refused.faults]
        return _page(desk, survey, (), Faults(told), 422)
    carried = _carried(changes)
    if len(carried.encode()) > MOST_CARRIED // 2:
        return _page(desk, survey, (), Faults([FormFault("file", words("too_many"))]), 422)
    return _page(desk, survey, changes, faults, status)


def _carried(changes: Sequence[Mapping[str, Any]]) -> str:
    return orjson.dumps([(one["key"], one["language"], one["after"]) for one in changes if one["isTaken"]]).decode()


def _page(
    desk: Desk, survey: Mapping[str, Any], changes: Sequence[Mapping[str, Any]], faults: Faults = NO_FAULTS, status: int = 200
) -> Response:
    refused = [one for one in changes if not one["isTaken"] and one["code"] != "SAME"]
    return desk.page(
        "console/translation_file.html",
        "translations",
        status=status,
        faults=faults,
        survey=survey,
        taken=[one for one in changes if one["isTaken"]],
        refused=refused[:MOST_REFUSED],
        refused_count=len(refused),
        is_read=bool(changes) or not faults,
        carried=_carried(changes),
    )
