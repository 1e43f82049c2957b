"""A questionnaire from a file in the console: the draft, the report, and refusals beside the field."""

import json
from urllib.parse import urljoin

from tests.makers import SYSTEM, Story
from tests.surveys.formats.qsf_files import document, question, written
from tests.web.conftest import Enter
from tests.web.visitor import Seen, Visitor
from voc.core.access import Role
from voc.responses.models import Response
from voc.staff.models import Member
from voc.surveys.models import ImportReport, Survey
from voc.surveys.publish import publish_survey

ADDRESS = "/console/questionnaires/from-file"
FILE = {
    "title": "Parcels",
    "pages": [{"elements": [{"type": "text", "name": "why", "title": "<i>Why?</i>"}, {"type": "signaturepad", "name": "hand"}]}],
}


async def send(browser: Visitor, data: bytes, name: str = "parcels.json", button: str = "Import", **typed: str) -> Seen:
    """Choose a file and press the button."""
    form = browser.seen.form(button)
    fields = {**dict(form.fields), **typed}
    fields.pop("file", None)
    files = {"file": (name, data, "application/octet-stream")}
    address = urljoin(browser.seen.address, form.action)
    return browser._see(await browser.client.post(address, data=fields, files=files, follow_redirects=True))


async def test_a_file_becomes_a_draft_and_its_report_is_read_by_what_became_of_things(browser: Visitor, door: None) -> None:
    await browser.go("/console/questionnaires/new")
    await browser.follow("Or bring one along from a file.")
    page = await send(browser, json.dumps(FILE).encode())

    assert page.text("p", class_="line") == "Imported. Nobody sees it before you publish."
    assert page.text("h1") == "Imported: Parcels"
    assert "2 questions and texts from SurveyJS, by Dee Bos" in page.text()
    assert "A drawn signature cannot be asked for." in page.text("table")
    assert "‹i›Why?‹/i›" in page.text("table")

    report = await ImportReport.get()
    page = await browser.go(f"{page.address.split('?')[0]}?fate=DROPPED")
    assert "SIGNATURE_NOT_ASKED" in page.text("table")
    assert "MARKUP_DROPPED" not in page.text("table")
    assert report.file_name == "parcels.json"

    page = await browser.follow("To the draft")
    assert page.text("h1") == "Parcels"


async def test_a_file_that_cannot_be_read_is_refused_beside_the_field(browser: Visitor, door: None) -> None:
    await browser.go(ADDRESS)
    page = await send(browser, json.dumps(FILE).encode()[:30], name="")
    assert page.status == 422
    assert "Choose a file." in page.text()

    await browser.go(ADDRESS)
    page = await send(browser, json.dumps(FILE).encode()[:30])
    assert page.status == 422
    assert "The file stops in the middle" in page.text()

    page = await send(browser, b"x" * 5_000_001)
    assert page.status == 422
    assert "larger than 5 MB" in page.text()
    assert await Survey.all().count() == 0


async def test_whoever_may_not_make_questionnaires_brings_none(enter: Enter, story: Story, dee: Member, door: None) -> None:
    browser = await enter(await story.member("Ans Kok", Role.AGENT))
    answer = await browser.client.post(ADDRESS, files={"file": ("a.json", json.dumps(FILE).encode(), "application/json")})

    assert answer.status_code == 403
    assert await Survey.all().count() == 0


async def test_answers_are_tried_first_and_then_stored(browser: Visitor, door: None) -> None:
    asked = written(document([question(1), question(2, "TE/SL")]))
    await browser.go(ADDRESS)
    await send(browser, asked, "own.qsf")
    page = await browser.follow("Bring answers")
    table = b"ResponseId,Q1,Q2,IPAddress\n,,,\nR_1,1,Fine,192.0.2.1\nR_2,7,,\n"
    page = await send(browser, table, "answers.csv", button="Read the file")
    assert (page.status, "was never published" in page.text()) == (422, True)

    survey = await Survey.get()
    await publish_survey(SYSTEM, survey.id)
    await browser.go(page.address)
    page = await send(browser, table, "answers.csv", button="Read the file")
    assert "2 responses would be stored" in page.text()
    assert "Nothing is stored yet." in page.text()
    assert await Response.all().count() == 0

    page = await send(browser, table, "answers.csv", button="Read the file", customerColumn="Q2")
    assert "Name the system that knows these numbers." in page.text()
    page = await send(browser, table, "answers.csv", button="Read the file", customerColumn="", isTrial="")
    assert "2 responses stored" in page.text()
    assert "1 value fits no answer." in page.text()
    assert "It holds an address" in page.text()
    assert await Response.all().count() == 2
