"""Every kind of question in a real browser: rules of accessibility, sizes, both schemes, with and without scripts."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, Route, ViewportSize

from tests.browser.console_visits import COLOURS
from tests.browser.test_customer_pages import DESK, EVERY_RULE, PHONE, SMALLEST_TARGET, opened
from tests.responses.asked import Asked, asked, published
from tests.responses.kinds import KINDS, of_kind
from tests.responses.presses import values
from voc.core import settings


async def with_pictures(page: Page) -> None:
    """Pictures of another host come from here; nothing leaves the machine."""

    async def answer(route: Route) -> None:
        await route.fulfill(status=200, content_type="image/svg+xml", body='<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')

    await page.route("https://pictures.example/**", answer)


async def ask(kind: str, **changed: Any) -> Asked:
    return await asked(await published(of_kind(kind, **changed)))


@pytest.mark.parametrize("scripts", [True, False])
async def test_every_kind_passes_every_rule_fits_and_can_be_hit(browser: Browser, customer_site: str, scripts: bool) -> None:
    page = await opened(browser, "about:blank")
    await with_pictures(page)
    if not scripts:  # axe is a script itself, so only ours is kept away
        await page.route("**/survey*.js", lambda route: route.fulfill(status=200, content_type="text/javascript", body=""))
    for kind in KINDS:
        await page.goto(f"{customer_site}/s/{(await ask(kind)).secret}")
        for view in (PHONE, DESK):
            await page.set_viewport_size(view)
            found = await Axe().run(page, options=EVERY_RULE)
            assert found.violations_count == 0, f"{kind}: {found.generate_report()}"
            assert await page.evaluate(SMALLEST_TARGET) >= 44, kind
        await page.emulate_media(color_scheme="dark")
        found = await Axe().run(page, options=COLOURS)
        assert found.violations_count == 0, f"{kind} in the dark: {found.generate_report()}"
        await page.emulate_media(color_scheme="light")
        for width in (320, 640, 1280):
            await page.set_viewport_size({"width": width, "height": 800})
            assert await page.evaluate("document.scrollingElement.scrollWidth") <= width, f"{kind} at {width}"
        await page.set_viewport_size(PHONE)
    assert page.complaints == []  # type: ignore[attr-defined]


async def test_what_must_be_mended_passes_every_rule_too(browser: Browser, customer_site: str) -> None:
    page = await opened(browser, "about:blank")
    await with_pictures(page)
    for kind in sorted(set(KINDS) - {"statement"}):
        await page.goto(f"{customer_site}/s/{(await ask(kind, required=True)).secret}")
        await page.get_by_role("button", name="Send").click()
        assert (await page.title()).startswith("Error: "), kind
        assert await page.locator("#faults").evaluate("element => element === document.activeElement")
        found = await Axe().run(page, options=EVERY_RULE)
        assert found.violations_count == 0, f"{kind}: {found.generate_report()}"
        for link in await page.locator("#faults a").all():
            assert await page.locator(str(await link.get_attribute("href"))).count() == 1, kind


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("view", [PHONE, DESK])
async def test_a_table_is_answered_by_its_rows_and_columns(browser: Browser, customer_site: str, scripts: bool, view: ViewportSize) -> None:
    one = await ask("table")
    page = await opened(browser, f"{customer_site}/s/{one.secret}", viewport=view, java_script_enabled=scripts)
    row = page.get_by_role("radiogroup", name="The price")
    await row.get_by_role("radio", name="The price Agree", exact=True).check(force=True)
    await page.locator("label:has(#table_speed-0)").click()
    await page.locator("label:has(#table_care-1)").click()
    await page.locator("label:has(#table_care-none)").click()
    await page.get_by_role("button", name="Send").click()
    assert (await page.locator("h1").inner_text(), await values()) == ("Thank you", {"table_price": "3", "table_speed": "1"})


@pytest.mark.parametrize("scripts", [True, False])
async def test_things_are_put_in_order_by_places_or_by_buttons(browser: Browser, customer_site: str, scripts: bool) -> None:
    page = await opened(browser, f"{customer_site}/s/{(await ask('ranking')).secret}", java_script_enabled=scripts)
    if scripts:
        await page.get_by_role("button", name="Up: Cheese").press("Enter")
        await page.keyboard.press("Enter")
        assert await page.locator("li").all_inner_texts() != []
    else:
        assert await page.get_by_role("button", name="Up: Cheese").count() == 0
        for label, place in (("Cheese", "1"), ("Apples", "2"), ("Bread", "3")):
            await page.get_by_label(label).select_option(label=place)
    await page.get_by_role("button", name="Send").click()
    assert (await page.locator("h1").inner_text(), await values()) == ("Thank you", {"ranking": ["c", "a", "b"]})


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_number_is_typed_or_slid(browser: Browser, customer_site: str, scripts: bool) -> None:
    page = await opened(browser, f"{customer_site}/s/{(await ask('sliders')).secret}", java_script_enabled=scripts)
    if scripts:
        await page.get_by_role("slider", name="The price").press("ArrowRight")
        assert await page.locator("#sliders_price").input_value() == "5.5"
    else:
        assert await page.get_by_role("slider").count() == 0
        await page.locator("#sliders_price").fill("5,5")
    await page.get_by_role("button", name="Send").click()
    assert (await page.locator("h1").inner_text(), await values()) == ("Thank you", {"sliders_price": 5.5})


async def test_a_sum_is_told_while_it_is_divided(browser: Browser, customer_site: str) -> None:
    page = await opened(browser, f"{customer_site}/s/{(await ask('sum')).secret}")
    await page.get_by_label("The speed of the delivery").fill("60,5")
    await page.get_by_label("The price").fill("39.5")
    assert await page.locator(".sum").inner_text() == "Out of 100 you have: 100 points"
    await page.get_by_role("button", name="Send").click()
    assert (await page.locator("h1").inner_text(), await values()) == ("Thank you", {"sum_speed": 60.5, "sum_price": 39.5})


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_photo_is_sent(browser: Browser, customer_site: str, scripts: bool, tmp_path: Path) -> None:
    settings.install(settings.current().model_copy(update={"uploads": str(tmp_path / "uploads")}))
    photo = tmp_path / "parcel.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    page = await opened(browser, f"{customer_site}/s/{(await ask('file')).secret}", java_script_enabled=scripts)
    await page.get_by_label("Choose a file").set_input_files(photo)
    await page.get_by_role("button", name="Send").click()
    assert await page.locator("h1").inner_text() == "Thank you"
    assert "parcel.png" in await page.locator("main").inner_text()


async def test_own_words_open_beside_what_was_chosen(browser: Browser, customer_site: str) -> None:
    page = await opened(browser, f"{customer_site}/s/{(await ask('menu')).secret}")
    assert not await page.locator("#menu_other").is_visible()
    await page.get_by_label("What do you think").select_option(label="Something else")
    await page.locator("#menu_other").fill("Milk")
    await page.get_by_role("button", name="Send").click()
    assert (await page.locator("h1").inner_text(), await values()) == ("Thank you", {"menu": "other", "menu_other": "Milk"})


async def test_every_kind_fits_a_telephone_with_text_twice_as_large_and_moves_nothing(browser: Browser, customer_site: str) -> None:
    page = await opened(browser, "about:blank")
    await with_pictures(page)
    for kind in KINDS:
        await page.goto(f"{customer_site}/s/{(await ask(kind)).secret}")
        before = await page.locator(".deeds").bounding_box()
        # What was chosen stays; only rooms for own words open, and those are not chosen here.
        for field in await page.locator("main label:has([type=radio], [type=checkbox])").all():
            if await field.is_visible():
                await field.click()
                break
        assert await page.locator(".deeds").bounding_box() == before or kind == "call", kind
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert await page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"], kind
