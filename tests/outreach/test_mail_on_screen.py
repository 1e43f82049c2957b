"""The mail in a real browser, as a web mail would show it: wide and narrow, light and dark, with and without its style sheet."""

import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from tests.browser.conftest import browser
from tests.outreach.letters import ask, install_settings, part, received

__all__ = ["browser"]
BOXES = "[...document.querySelectorAll('td.c a')].map(a => { const b = a.getBoundingClientRect(); return [b.width, b.height, b.top] })"
# Rules for whole pages: a mail stands inside one.
NOT_FOR_MAIL = {"landmark-one-main", "region"}


async def shown(browser: Browser, key: str, width: int, scheme: str, *, with_sheet: bool = True) -> Page:
    install_settings()
    html = part(received(ask(key)), "html")
    page = await browser.new_page(viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light")
    await page.set_content(html if with_sheet else re.sub(r"(?s)<style>.*?</style>", "", html))
    return page


@pytest.mark.parametrize("with_sheet", [True, False])
@pytest.mark.parametrize(("width", "rows"), [(320, 2), (360, 2), (1280, 1)])
async def test_eleven_scores_are_large_enough_and_wholly_in_view(browser: Browser, width: int, rows: int, with_sheet: bool) -> None:
    page = await shown(browser, "nps-after-delivery", width, "light", with_sheet=with_sheet)
    boxes = await page.evaluate(BOXES)
    assert len(boxes) == 11
    assert all(box[0] >= 44 and box[1] >= 44 for box in boxes)
    assert len({round(top) for _, _, top in boxes}) == rows
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.parametrize(("key", "count"), [("csat-after-call", 5), ("ces-after-self-service", 7)])
async def test_short_scales_stand_below_each_other_as_wide_as_the_mail(browser: Browser, key: str, count: int) -> None:
    page = await shown(browser, key, 360, "light")
    boxes = await page.evaluate(BOXES)
    assert len(boxes) == len({round(top) for _, _, top in boxes}) == count
    assert all(box[0] >= 300 and box[1] >= 44 for box in boxes)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("key", ["nps-after-delivery", "csat-after-call"])
async def test_axe_finds_nothing(browser: Browser, key: str, scheme: str) -> None:
    page = await shown(browser, key, 360, scheme)
    found = await Axe().run(page)
    assert {one["id"] for one in found.response["violations"]} - NOT_FOR_MAIL == set()


async def test_a_screen_reader_hears_the_scale_with_each_score(browser: Browser) -> None:
    page = await shown(browser, "nps-after-delivery", 360, "light")
    assert await page.get_by_role("link", name="Cijfer 7 van 10").count() == 1
