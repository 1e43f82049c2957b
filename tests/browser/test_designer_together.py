"""Two designers at one draft, and one whose network or browser fails: each knows of the other, and nobody loses a word."""

import os
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, expect

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import DESK, PHONE, Seat, sit_down
from tests.browser.test_console_designer import designer, heading, opened, saved
from tests.makers import SYSTEM
from tests.web.designing import SMALL
from voc.core.access import Role
from voc.surveys.documents import read_text, yaml_of
from voc.surveys.draft import create_survey
from voc.surveys.models import Survey


async def text_of(survey: Survey, question: int) -> str:
    """What a question of the first page says in English now."""
    found: Any = read_text((await Survey.get(id=survey.id)).draft).content
    return str(found["pages"][0]["questions"][question]["text"]["en"])


async def photo(seat: Seat, name: str) -> None:
    """A picture for whoever looks, where `PICTURES` names a folder."""
    if folder := os.environ.get("PICTURES"):
        await seat.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


async def test_two_designers_see_each_other_and_neither_loses_a_word(browser: Browser, console_site: ConsoleSite) -> None:
    dee = await designer(console_site)
    survey = await create_survey(SYSTEM, "csat-after-call", "Calls", None, yaml_of(SMALL))
    sara = await sit_down(browser, console_site, await console_site.story.member("Sara Smit", Role.DESIGNER))
    await opened(sara, survey, "questions/nps")
    await sara.page.locator("#f-text-en").focus()
    seat = await sit_down(browser, console_site, dee, viewport=PHONE, color_scheme="dark")
    await opened(seat, survey, "questions/nps")
    page = seat.page
    await expect(page.locator("#others")).to_contain_text("Sara Smit is editing this.")
    await expect(page.locator("#f-text-en")).to_be_disabled()
    await expect(sara.page.locator("#others")).to_contain_text("Dee Bos is here too.")
    await photo(seat, "locked-phone-dark")
    assert (await seat.violations(), await seat.sideways()) == ([], 0)
    await page.locator("#take-over").click()
    await expect(page.locator("#f-text-en")).to_be_enabled()
    await expect(sara.page.locator("#others")).to_contain_text("Dee Bos is editing this.")

    # Both type all the same: the second is told, and chooses.
    await page.locator("#f-text-en").fill("From Dee")
    await page.locator("#f-help-en").fill("One word will do.")
    await seat.keys("Tab")
    await saved(seat)
    await expect(sara.page.locator("#others")).to_contain_text("Dee Bos changed one question.")
    assert await sara.page.evaluate("document.activeElement.id") == "f-text-en"
    await photo(sara, "news-desk-light")
    assert await sara.violations() == []
    await sara.page.locator("#f-text-en").fill("From Sara")
    await sara.keys("Tab")
    await expect(sara.page.locator("#faults")).to_contain_text("a colleague was faster")
    assert await sara.page.locator("#f-text-en").input_value() == "From Sara"
    assert await text_of(survey, 0) == "From Dee"
    await photo(sara, "conflict-desk-light")
    await sara.page.get_by_role("button", name="Apply mine").click()
    await expect(sara.page.locator("#faults")).to_have_count(0)
    assert await text_of(survey, 0) == "From Sara"
    await page.locator("#show-changes").click()
    await expect(page.locator("#f-text-en")).to_have_value("From Sara")
    assert (seat.complaints, sara.complaints) == ([], [])


async def test_what_was_typed_survives_a_crash_without_a_network(browser: Browser, console_site: ConsoleSite) -> None:
    dee = await designer(console_site)
    survey = await create_survey(SYSTEM, "csat-after-call", "Calls", None, yaml_of(SMALL))
    seat = await sit_down(browser, console_site, dee, viewport=DESK)
    await opened(seat, survey, "questions/nps")
    # The tab dies in the middle of a word.
    await seat.page.locator("#f-text-en").fill("How likely are y")
    address = seat.page.url
    crashed = seat.page
    seat.page = await seat.context.new_page()
    await crashed.close()
    await seat.page.goto(address)
    await expect(seat.page.locator("#f-text-en")).to_have_value("How likely are y")
    await saved(seat)
    assert await text_of(survey, 0) == "How likely are y"
    # Without a network boxes wait, and what was typed elsewhere is sent once there is one.
    await seat.context.set_offline(True)
    await seat.page.locator("#f-text-en").fill("How likely?")
    await seat.keys("Tab")
    assert await seat.says("No connection.")
    crashed = seat.page
    seat.page = await seat.context.new_page()
    await crashed.close()
    await seat.context.set_offline(False)
    await seat.page.goto(address.replace("nps", "cause"))
    await heading(seat, "One of several")
    for _ in range(20):
        if await text_of(survey, 0) == "How likely?":
            break
        await seat.page.wait_for_timeout(100)
    assert await text_of(survey, 0) == "How likely?"
    await seat.page.wait_for_function("Object.keys(localStorage).every(key => !key.startsWith('voc draft'))")


async def test_names_are_completed_in_conditions_and_questions_dragged_by_their_grip(browser: Browser, console_site: ConsoleSite) -> None:
    dee = await designer(console_site)
    survey = await create_survey(SYSTEM, "csat-after-call", "Calls", None, yaml_of(SMALL))
    seat = await sit_down(browser, console_site, dee)
    await opened(seat, survey, "questions/more")
    page = seat.page
    await page.locator("#f-show_if").focus()
    await page.keyboard.type("answers.c")
    await seat.keys("ArrowDown")
    await expect(page.get_by_role("option", name="answers.cause", exact=True)).to_have_attribute("aria-selected", "true")
    assert await seat.violations() == []
    await seat.keys("Enter")
    await page.keyboard.type(" == 'wait'")
    await seat.keys("Tab")
    await saved(seat)
    await expect(page.locator("#f-show_if")).to_have_value("answers.cause == 'wait'")
    grip = await page.locator("#list [data-drop='questions/cause'] .grip").bounding_box()
    target = await page.locator("#list [data-drop='questions/nps'] a").bounding_box()
    assert grip
    assert target
    await page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    await page.mouse.down()
    await page.mouse.move(target["x"] + 40, target["y"] + 8, steps=5)
    await page.mouse.up()
    await expect(page.locator("#list [data-drop^=questions]").first).to_contain_text("Why?")
    await seat.go(page.url.replace(console_site.address, "").partition("?")[0] + "/text")
    await page.locator("#draft").focus()
    await seat.keys("Control+End")
    await page.keyboard.type("# answers.m")
    await expect(page.get_by_role("option", name="answers.more", exact=True)).to_be_visible()
    assert await seat.violations() == []
    assert seat.complaints == []
