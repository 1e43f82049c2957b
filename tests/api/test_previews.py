"""What customers will meet, over the API: pages, messages, a link for others, and the brand they come under."""

from base64 import b64encode
from datetime import timedelta

import pytest

from tests.api import loop
from tests.api.loop import House
from tests.surveys.test_logos import png
from voc.api.global_ids import global_id, row_id
from voc.core import clock
from voc.surveys.models import Survey, SurveyVersion
from voc.surveys.preview_links import previewed

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
async def made(db: str) -> House:
    """An organisation with one survey."""
    return await loop.furnished(db)


async def test_a_link_is_made_to_a_draft_and_to_a_version_and_messages_say_what_they_take(made: House) -> None:
    survey = await Survey.get(id=row_id(made.ids["survey"], "Survey", path="id"))
    version = await SurveyVersion.get(survey_id=survey.id)
    link = await made.change("SharePreview", id=made.ids["survey"])
    shown = await previewed(link["path"].removeprefix("/p/"))
    assert shown
    assert (shown.survey.id, shown.number, shown.expires_at) == (survey.id, None, clock.now() + timedelta(days=7))
    assert link["address"].endswith(link["path"])
    old = await made.change("SharePreview", id=global_id("SurveyVersion", version.id))
    shown = await previewed(old["path"].removeprefix("/p/"))
    assert shown
    assert (shown.survey.id, shown.number) == (survey.id, 1)
    assert (await made.ask("SharePreview", input={"id": made.ids["brand"]}))["faults"][0]["code"] == "WRONG_TYPE_OF_ID"

    found = await made.ask("PreviewMessage", id=made.ids["survey"], language="nl")
    assert found["mail"]["htmlBytes"] == len(found["mail"]["html"].encode()) < 12_000
    assert found["mail"]["textBytes"] == len(found["mail"]["text"].encode())
    assert found["sms"]["text"].startswith("Pakketdienst Noord: ")
    assert (found["sms"]["alphabet"], found["sms"]["room"], found["sms"]["costlyLetters"]) == ("GSM7", 160, [])
    assert found["sms"]["size"] == len(found["sms"]["text"])
    unspoken = await made.ask("PreviewMessage", id=made.ids["survey"], language="tli")
    assert unspoken["language"] == "en"
    assert (await made.ask("PreviewPage", id=made.ids["survey"]))["languages"][:2] == ["en", "nl"]


async def test_a_logo_comes_stays_and_goes_over_the_api(made: House) -> None:
    facts = {"key": "noord", "name": "Pakketdienst Noord", "fromEmail": "vraag@noord.example"}
    await made.change("SaveBrand", **facts, logoBase64=b64encode(png(120, 40)).decode(), signature=[{"language": "nl", "text": "Anna"}])
    await made.change("SaveBrand", **facts)
    (brand,) = await made.ask("Brands")
    assert (brand["logo"]["mediaType"], brand["logo"]["width"], brand["logo"]["height"]) == ("image/png", 120, 40)
    assert brand["logo"]["bytes"] == len(png(120, 40))
    assert {pair["isEnough"] for pair in brand["colours"]} == {True}
    wrong = {"***": "NOT_BASE64", b64encode(b"<svg/>").decode(): "NOT_A_PICTURE"}
    for base64, code in wrong.items():
        refused = await made.ask("SaveBrand", input={**facts, "logoBase64": base64})
        assert [fault["code"] for fault in refused["faults"]] == [code]
    await made.change("SaveBrand", **facts, logoBase64="")
    assert (await made.ask("Brands"))[0]["logo"] is None
