"""`importSurvey` over HTTP: a file becomes a draft with its report, or is refused and leaves nothing behind."""

import gzip
import json
from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from tests.api.conftest import Running, Service
from voc.api import current, server
from voc.api.context import Credential
from voc.api.credentials import Caller
from voc.api.requests import Asked
from voc.core import settings
from voc.core.access import Actor, Role
from voc.staff.tokens import create_token
from voc.surveys.documents import questionnaire_in
from voc.surveys.models import Brand, ImportReport, Survey

IMPORT = """
mutation Import($input: ImportSurveyInput!) {
  importSurvey(input: $input) {
    ... on ImportedSurvey {
      survey { id key name draft isPublished importReports { id } }
      report { format fileName questions by items { sourceId question code fate what why } dropped: items(fate: DROPPED) { code } }
    }
    ... on InvalidInput { faults { path code message } }
    ... on Conflict { code }
  }
}
"""
FILE = {
    "title": "How was it?",
    "pages": [
        {"name": "p1", "elements": [{"type": "rating", "name": "stars", "title": "Stars"}, {"type": "signaturepad", "name": "hand"}]},
        {"name": "p2", "elements": [{"type": "comment", "name": "why", "title": "<b>Why?</b>", "visibleIf": "{stars} < 3"}]},
    ],
}


@pytest.fixture
async def house(db: str, configured: settings.Settings) -> AsyncIterator[Service]:
    """The house's own schema on a server, with a designer's token."""
    await Brand.create(key="ours", name="Ours", from_email="care@example.nl")
    _, token = await create_token(Actor.system("test"), name="designer", role=Role.DESIGNER)
    async with Running(Starlette(routes=server.routes())) as url:
        bearer = {"authorization": f"Bearer {token}"}
        async with (
            httpx.AsyncClient(base_url=url, headers=bearer, timeout=30) as client,
            httpx.AsyncClient(base_url=url, timeout=30) as stranger,
        ):
            yield Service(url, token, client, stranger)


async def imported(house: Service, **given: Any) -> dict[str, Any]:
    """What came of importing."""
    body = await house.query(IMPORT, {"input": given})
    found: dict[str, Any] = body["data"]["importSurvey"]
    return found


async def test_a_file_becomes_a_draft_with_a_report_of_what_is_not_in_it(house: Service) -> None:
    found = await imported(house, document=json.dumps(FILE), fileName="C:\\temp\\how.json")

    survey, report = found["survey"], found["report"]
    assert (survey["key"], survey["name"], survey["isPublished"]) == ("how-was-it", "How was it?", False)
    assert (report["format"], report["fileName"], report["questions"]) == ("SURVEYJS", "how.json", 3)
    assert [(item["sourceId"], item["code"], item["fate"]) for item in report["items"]] == [
        ("hand", "SIGNATURE_NOT_ASKED", "DROPPED"),
        ("why", "MARKUP_DROPPED", "SIMPLIFIED"),
    ]
    assert report["items"][1]["what"] == "‹b›Why?‹/b›"
    assert report["dropped"] == [{"code": "SIGNATURE_NOT_ASKED"}]
    assert len(survey["importReports"]) == 1
    question = questionnaire_in(survey["draft"]).question("why")
    assert question is not None
    assert (question.text.say("en"), question.show_if) == ("Why?", "answers.stars < 3")


async def test_bytes_and_packed_bytes_come_in_base64(house: Service) -> None:
    data = json.dumps(FILE).encode()

    first = await imported(house, documentBase64=b64encode(data).decode())
    second = await imported(house, documentBase64=b64encode(gzip.compress(data)).decode(), key="mine", name="Mine")

    assert (second["survey"]["key"], second["survey"]["name"]) == ("mine", "Mine")
    again = questionnaire_in(first["survey"]["draft"]).pages
    assert questionnaire_in(second["survey"]["draft"]).pages == again


async def test_a_second_import_gets_a_key_of_its_own_and_a_key_that_is_taken_is_a_conflict(house: Service) -> None:
    keys = [(await imported(house, document=json.dumps(FILE)))["survey"]["key"] for _ in range(3)]

    assert keys == ["how-was-it", "how-was-it-2", "how-was-it-3"]
    assert await imported(house, document=json.dumps(FILE), key="how-was-it") == {"code": "SURVEY_EXISTS"}
    assert await Survey.all().count() == 3
    assert await ImportReport.all().count() == 3


@pytest.mark.parametrize(
    ("given", "path", "code"),
    [
        ({"document": json.dumps(FILE)[:50]}, "document", "CUT_OFF"),
        ({"document": ""}, "document", "EMPTY"),
        ({"document": "<!DOCTYPE x [<!ENTITY a 'b'>]><document/>"}, "document", "DOCTYPE"),
        ({"document": "{}", "documentBase64": "e30="}, "document", "ONE_OF"),
        ({}, "document", "ONE_OF"),
        ({"documentBase64": "%%%"}, "documentBase64", "NOT_BASE64"),
        ({"document": json.dumps(FILE), "key": "No Key"}, "key", "WRONG_VALUE"),
        ({"document": json.dumps(FILE), "format": "QSF"}, "document", "NOT_QUALTRICS"),
    ],
)
async def test_what_cannot_be_read_is_refused_and_leaves_nothing_behind(
    house: Service, given: dict[str, str], path: str, code: str
) -> None:
    found = await imported(house, **given)

    assert [fault["path"] for fault in found["faults"]] == [path]
    assert found["faults"][0]["code"] == code or code == "NOT_QUALTRICS"
    assert await Survey.all().count() == 0
    assert await ImportReport.all().count() == 0


async def test_large_files_come_in_with_credentials_and_large_requests_of_any_other_kind_do_not(house: Service) -> None:
    padded = {**FILE, "customProperties": {"note": "x" * 2_000_000}}

    assert (await imported(house, document=json.dumps(padded)))["survey"]["key"] == "how-was-it"
    body = {"query": IMPORT, "variables": {"input": {"document": json.dumps(padded)}}}
    await house.refused(body, 413, "PAYLOAD_TOO_LARGE", client=house.stranger)
    await house.refused({"query": "{ __typename }", "variables": {"x": "x" * 2_000_000}}, 413, "PAYLOAD_TOO_LARGE")
    enormous = {"query": IMPORT, "variables": {"input": {"document": "x" * 9_000_000}}}
    await house.refused(enormous, 413, "PAYLOAD_TOO_LARGE")


async def test_only_designers_import(house: Service) -> None:
    _, token = await create_token(Actor.system("test"), name="reader", role=Role.INTEGRATION)
    answer = await house.post({"query": IMPORT, "variables": {"input": {"document": json.dumps(FILE)}}}, authorization=f"Bearer {token}")

    assert answer.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert await Survey.all().count() == 0


async def test_a_draft_goes_out_as_a_file_and_comes_back(house: Service) -> None:
    survey = (await imported(house, document=json.dumps(FILE)))["survey"]
    fields = "text fileName mediaType leftBehind { path }"
    query = f"query Export($id: ID!, $format: SurveyExportFormat!) {{ surveyExport(id: $id, format: $format) {{ {fields} }} }}"

    files = {}
    for format in ("YAML", "JSON", "SURVEYJS", "QSF", "HTML"):
        body = await house.query(query, {"id": survey["id"], "format": format})
        files[format] = body["data"]["surveyExport"]

    assert questionnaire_in(files["YAML"]["text"]) == questionnaire_in(files["JSON"]["text"]) == questionnaire_in(survey["draft"])
    assert [files[format]["fileName"] for format in files] == [
        f"how-was-it.{end}" for end in ("yaml", "json", "surveyjs.json", "qsf", "html")
    ]
    assert (await imported(house, document=files["QSF"]["text"]))["report"]["format"] == "QSF"
    assert (await imported(house, document=files["SURVEYJS"]["text"]))["report"]["format"] == "SURVEYJS"
    assert {"path": "pages[1].questions[0].show_if"} in files["QSF"]["leftBehind"]
    assert [files[format]["leftBehind"] for format in ("YAML", "JSON", "SURVEYJS")] == [[], [], [{"path": "invitation"}]]
    assert files["HTML"]["mediaType"] == "text/html; charset=utf-8"


async def test_reading_a_file_may_take_six_times_as_long(house: Service, configured: settings.Settings) -> None:
    caller = Caller(Actor.system("test"), Credential.INSIDE)
    prepared = [
        current.engine().prepare(Asked(query=query, operation_name=None, variables={"input": {}}), caller)
        for query in ("{ __typename }", IMPORT)
    ]

    assert [one.seconds for one in prepared] == [10, 60]
