"""The designer in a real browser: from nothing to published by keyboard, and nothing is lost on the way."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import Seat, sit_down
from tests.makers import SYSTEM
from tests.web.designing import SMALL
from voc.core.access import Role
from voc.staff.models import Member
from voc.surveys.brands import save_brand
from voc.surveys.documents import read_text, yaml_of
from voc.surveys.draft import create_survey
from voc.surveys.models import Survey, SurveyVersion

LARGEST = 60_000  # bytes over the wire on a first visit
EMPTY = {**SMALL, "key": "calls", "languages": ["en"], "pages": []}
EMPTY["name"], EMPTY["end_pages"] = {"en": "Calls"}, [{"id": "thanks", "title": {"en": "Thank you"}}]
EMPTY["invitation"] = {name: {"en": texts["en"]} for name, texts in SMALL["invitation"].items()}


async def designer(site: ConsoleSite, language: str = "en") -> Member:
    """A designer, and a brand to ask under."""
    await save_brand(SYSTEM, "main", name="De Fietsenmakers", from_email="luister@fietsen.example")
    return await site.story.member("Dee Bos", Role.DESIGNER, language=language)


async def opened(seat: Seat, survey: Survey, at: str = "") -> None:
    """Open a panel of the designer."""
    await seat.go("/console/questionnaires")
    address = await seat.page.get_by_role("link", name=survey.name, exact=True).get_attribute("href")
    await seat.go(f"{address}?at={at}" if at else str(address))


async def saved(seat: Seat) -> None:
    """Wait until the last box is saved."""
    await expect(seat.page.locator("#saved")).to_contain_text("Saved")


async def heading(seat: Seat, text: str) -> None:
    """Wait for the panel of something."""
    await expect(seat.page.locator("#panel-heading")).to_contain_text(text)


async def test_from_nothing_to_published_by_keyboard(browser: Browser, console_site: ConsoleSite) -> None:
    dee = await designer(console_site)
    survey = await create_survey(SYSTEM, "calls", "Calls", None, yaml_of(EMPTY))
    seat = await sit_down(browser, console_site, dee)
    await opened(seat, survey)
    page = seat.page
    await page.locator("#add-page").focus()
    await seat.keys("Enter")
    await heading(seat, "Page")
    await seat.keys("Control+Enter")
    await page.keyboard.type("/nps How likely are you to recommend us?")
    await seat.keys("Enter")
    await heading(seat, "How likely to recommend")
    await page.get_by_role("group", name="Lowest means").get_by_label("English").focus()
    await page.keyboard.type("not at all likely")
    await seat.keys("Tab")
    await page.keyboard.type("very likely")
    await seat.keys("Tab")
    await saved(seat)
    await seat.keys("Control+Enter")
    await page.keyboard.type("/single_choice What was it about?")
    await seat.keys("Enter")
    await heading(seat, "One of several")
    await page.locator("#add-choices").focus()
    await page.keyboard.type("The price\nThe wait\nThe call")
    await seat.keys("Tab", "Enter")
    await expect(page.locator("[data-item]")).to_have_count(3)
    await page.locator("[data-item] .spoken input").nth(2).focus()
    await seat.keys("Alt+ArrowUp")
    await expect(page.locator("[data-item] .spoken input").nth(1)).to_have_value("The call")
    await page.locator("#save").focus()
    await seat.keys("Alt+ArrowUp")
    await expect(page.locator("#list [data-drop^=questions]").first).to_contain_text("What was it about?")
    await seat.keys("Control+z")
    await expect(page.locator("#list [data-drop^=questions]").first).to_contain_text("How likely")
    await page.locator("#publish").focus()
    await seat.keys("Enter")
    assert await seat.says("Version 1 is live.")
    version = await SurveyVersion.get()
    asked = version.document["pages"][0]["questions"]
    assert [(one["id"], one["kind"]) for one in asked] == [("nps", "nps"), ("single_choice", "single_choice")]
    assert (asked[0]["low"], asked[0]["high"]) == ({"en": "not at all likely"}, {"en": "very likely"})
    assert [one["code"] for one in asked[1]["choices"]] == ["the_price", "the_call", "the_wait"]
    assert seat.complaints == []


async def test_leaving_a_box_saves_it_and_without_a_network_it_waits(browser: Browser, console_site: ConsoleSite) -> None:
    dee = await designer(console_site)
    survey = await create_survey(SYSTEM, "csat-after-call", "Calls", None, yaml_of(SMALL))
    seat = await sit_down(browser, console_site, dee)
    await opened(seat, survey, "questions/cause")
    page = seat.page
    await page.locator("#f-text-en").fill("What went wrong?")
    await page.get_by_role("link", name="Anything else?").click()
    await heading(seat, "Own words")
    assert "What went wrong?" in await page.locator("#list").inner_text()
    await seat.context.set_offline(True)
    await page.locator("#f-text-en").fill("More?")
    await seat.keys("Tab")
    assert await seat.says("No connection.")
    await seat.context.set_offline(False)
    await saved(seat)
    await page.reload()
    assert await page.locator("#f-text-en").input_value() == "More?"
    await (
        page.get_by_role("link", name="Anything else?")
        .or_(page.get_by_role("link", name="More?"))
        .first.drag_to(page.get_by_role("link", name="How likely?"))
    )
    await expect(page.locator("#list [data-drop^=questions]").first).to_contain_text("More?")
    content = read_text((await Survey.get(id=survey.id)).draft).content
    assert isinstance(content, dict)
    assert [[one["id"] for one in page["questions"]] for page in content["pages"]] == [["more", "nps", "cause"], []]


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_no_panel_has_a_fault_that_axe_knows(browser: Browser, console_site: ConsoleSite, language: str) -> None:
    dee = await designer(console_site, language)
    survey = await create_survey(SYSTEM, "csat-after-call", "Calls", None, yaml_of(SMALL))
    seat = await sit_down(browser, console_site, dee)
    found: dict[str, object] = {}
    for at in ("", "questions/nps", "questions/cause", "questions/cause/choices/wait", "pages/first", "invitation"):
        await opened(seat, survey, at)
        await seat.page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
        if faults := await seat.faults_for_every_eye():
            found[at] = faults
    assert found == {}
    assert seat.complaints == []


async def test_a_panel_is_light(browser: Browser, console_site: ConsoleSite) -> None:
    dee = await designer(console_site)
    survey = await create_survey(SYSTEM, "csat-after-call", "Calls", None, yaml_of(SMALL))
    seat = await sit_down(browser, console_site, dee)
    network = await seat.context.new_cdp_session(seat.page)
    await network.send("Network.enable")
    wire: list[float] = []
    await seat.go("/console/account")
    address = f"/console/questionnaires/{await _gid(seat, survey)}"
    await network.send("Network.clearBrowserCache")
    network.on("Network.loadingFinished", lambda event: wire.append(event["encodedDataLength"]))
    await seat.go(f"{address}?at=questions/cause")
    await seat.page.wait_for_timeout(300)
    assert 5_000 < sum(wire) <= LARGEST


async def _gid(seat: Seat, survey: Survey) -> str:
    await opened(seat, survey)
    return seat.page.url.rpartition("/")[2]
