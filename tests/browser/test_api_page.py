"""The page at /api in a real browser: nothing for axe to find, nothing that the content policy stops, and streams tried live."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware

from tests import databases
from tests.api import small
from tests.browser.conftest import Serve
from voc.api import server
from voc.core import settings
from voc.core.access import Actor, Role
from voc.core.db import close_database, open_database
from voc.core.settings import Settings
from voc.staff.tokens import create_token
from voc.web import api_page, static_files
from voc.web.headers import GuardHeaders

SIZES = [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages are, and a token that opens the API."""

    address: str
    token: str


@pytest.fixture
async def site(sqlite_files: databases.SqliteFiles, serve: Serve) -> AsyncIterator[Site]:
    """The pages over the small schema."""
    settings.install(Settings(secret="a secret of thirty-two characters", default_language="en"))
    url = sqlite_files.fresh()
    await open_database(url)
    _, token = await create_token(Actor.system("test"), name="page", role=Role.ADMIN)
    with small.published():
        routes = [*server.routes(small.schema, small.OPERATIONS), *api_page.routes(), *static_files.routes()]
        yield Site(await serve(Starlette(routes=routes, middleware=[Middleware(GuardHeaders)])), token)
    await close_database()
    sqlite_files.drop(url)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
async def test_the_pages_are_sound_at_every_size(site: Site, browser: Browser, width: int, scheme: str) -> None:
    context = await browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale="en-GB")  # type: ignore[arg-type]
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(f"{site.address}/api")
    await _is_sound(page, width)
    await page.fill("#query", "{ __typename }")
    await page.click("text=Run")
    assert "Status 200 OK" in await page.inner_text("#result")
    assert await page.evaluate("document.activeElement.id") == "result-title"
    await _is_sound(page, width)
    for path in ("/api/operations", "/api/types/TeamType", "/api/types/TeamOrder", "/api/types/Nothing"):
        await page.goto(site.address + path)
        await _is_sound(page, width)
    assert [complaint for complaint in complaints if "404" not in complaint] == []
    await context.close()


async def test_the_page_is_complete_without_script(site: Site, browser: Browser) -> None:
    context = await browser.new_context(java_script_enabled=False, locale="en-GB")
    page = await context.new_page()
    await page.goto(f"{site.address}/api?operation=Teams")
    await page.fill("#variables", '{"first": 1}')
    await page.fill("#token", site.token)
    await page.click("text=Run")

    answer = json.loads(await page.inner_text("#answer"))
    assert answer["data"] == {"teams": {"nodes": [], "totalCount": 0}}
    assert "query Teams" in await page.input_value("#query")
    assert await page.input_value("#token") == ""
    await context.close()


async def test_a_subscription_is_tried_live_and_stopped(site: Site, browser: Browser) -> None:
    context = await browser.new_context(locale="en-GB")
    page = await context.new_page()
    await page.goto(f"{site.address}/api")
    await page.fill("#token", site.token)
    await page.fill("#query", "subscription { ticks(count: 2) }")
    await page.click("text=Run")
    await expect(page.locator("#status")).to_contain_text("ended")
    heard = await page.inner_text("#answer")
    assert heard.index('"ticks": 1') < heard.index('"ticks": 0'), "the newest event is on top"

    await page.fill("#query", "subscription { ticks(count: 1000, seconds: 0.05) }")
    await page.click("text=Run")
    await expect(page.locator("#answer")).to_contain_text("ticks")
    await page.click("text=Stop")
    await expect(page.locator("#status")).to_contain_text("ended")

    await page.fill("#query", "subscription { nope }")
    await page.click("text=Run")
    await expect(page.locator("#answer")).to_contain_text("GRAPHQL_VALIDATION_FAILED")
    await context.close()


async def _is_sound(page: Page, width: int) -> None:
    found = await Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert await page.evaluate("document.documentElement.scrollWidth") <= width
