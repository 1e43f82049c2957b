"""A kiosk in a real browser: without a network, killed in the middle, left alone, without script."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page

from tests.browser.conftest import ConsoleSite
from tests.browser.test_customer_pages import EVERY_RULE, SMALLEST_TARGET
from tests.responses.asked import published
from tests.responses.documents import ARABIC, SHORT, both
from tests.responses.kinds import KINDS
from voc.core.access import Actor
from voc.outreach.links import open_secret_of
from voc.outreach.models import OpenLink
from voc.outreach.open.kiosk import register_kiosk
from voc.outreach.open.links import OpenLinkFacts, revoke_open_link
from voc.responses.models import Response, ResponseState
from voc.responses.queries import values_of

SYSTEM = Actor.system("test")
PIN = "2468"


async def kiosk(document: dict[str, Any]) -> tuple[OpenLink, str]:
    """A registered kiosk and the path of its page."""
    version = await published(document)
    made = await register_kiosk(SYSTEM, version.survey_id, OpenLinkFacts(name="Counter 1"), PIN)
    return made, f"/k/{open_secret_of(made.id)}"


def listened(page: Page) -> list[str]:
    """What the page complains about from now on, but for the network that is switched off."""
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" and "ERR_INTERNET" not in line.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


async def answer(page: Page, *, score: int, why: str) -> None:
    """Score and reason, each on a screen of its own."""
    await page.locator(f"label:has(#nps-{score})").click()
    await page.locator("#survey .go").click()
    await page.locator("#why").fill(why)
    await page.locator("#survey .go").click()


async def given() -> list[tuple[ResponseState, str, dict[str, object]]]:
    """What was answered, in order."""
    found = await Response.all().order_by("language", "submitted_at", "id")
    answers = await values_of([one.id for one in found])
    return [(one.state, one.language, dict(answers[one.id])) for one in found]


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds; five seconds at most."""
    for _ in range(100):
        if await holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("It never came to hold.")


async def count_is(number: int) -> None:
    """Wait until so many responses are there."""

    async def there() -> bool:
        return await Response.all().count() == number

    await until(there)


async def ready(page: Page) -> None:
    """Wait until the device keeps the page."""
    await page.evaluate("navigator.serviceWorker.ready")
    await page.locator("#survey .go").wait_for()


async def test_what_is_answered_without_a_network_arrives_exactly_once(browser: Browser, console_site: ConsoleSite) -> None:
    made, path = await kiosk(SHORT)
    context = await browser.new_context(viewport={"width": 768, "height": 1024})
    page = await context.new_page()
    complaints = listened(page)
    await page.goto(console_site.address + path)
    await ready(page)
    await context.set_offline(True)
    await page.locator("#survey .go").click()
    assert await page.locator("#kiosk-fault").inner_text() == "Answer this question to go on."
    await answer(page, score=9, why="Quick.")
    await page.get_by_role("heading", name="Thank you").wait_for()
    await page.get_by_role("button", name="Nederlands").click()
    await answer(page, score=3, why="Te laat.")
    await page.get_by_label("Het kwam te laat").wait_for()
    again = await in_another_tab(context, page, console_site.address + path)
    assert await waiting(again) == "2"
    await context.set_offline(False)
    await again.get_by_role("button", name="Send now").click()
    await again.get_by_text("Everything is sent.").wait_for()
    await again.reload()
    await ready(again)
    assert await given() == [
        (ResponseState.COMPLETE, "en", {"nps": 9, "why": "Quick."}),
        (ResponseState.LEFT, "nl", {"nps": 3, "why": "Te laat."}),
    ]
    kept = await OpenLink.get(id=made.id)
    assert (kept.waiting, kept.last_seen_at is not None, kept.used, complaints) == (0, True, 1, [])
    await shuts_when_taken_back(again, made)
    await context.close()


async def in_another_tab(context: BrowserContext, page: Page, address: str) -> Page:
    """The page killed in the middle, and opened again while there is still no network."""
    again = await context.new_page()
    await page.close()
    await again.clock.install()
    await again.goto(address)
    await again.locator("#survey .go").wait_for()
    return again


async def waiting(page: Page) -> str:
    """How many answers wait, as the staff corner tells."""
    corner = page.locator("[data-corner]")
    await corner.dispatch_event("pointerdown")
    await page.clock.run_for(5000)
    await page.locator("#pin").wait_for()
    await corner.dispatch_event("pointerup")
    await page.locator("#pin").fill("1111")
    await page.get_by_role("button", name="Open").click()
    await page.get_by_text("This is not the code.").wait_for()
    await page.locator("#pin").fill(PIN)
    await page.get_by_role("button", name="Open").click()
    await page.locator("[data-sync]").wait_for()
    return await page.locator("[data-waiting]").inner_text()


async def shuts_when_taken_back(page: Page, made: OpenLink) -> None:
    """A kiosk that was taken back asks nothing more, also when it is opened again without a network."""
    await revoke_open_link(SYSTEM, made.id)
    await page.reload()
    await page.get_by_role("heading", name="This screen is closed").wait_for()
    await page.context.set_offline(True)
    await page.reload()
    await page.get_by_role("heading", name="This screen is closed").wait_for()


async def test_whoever_goes_away_is_warned_and_what_they_said_counts(browser: Browser, console_site: ConsoleSite) -> None:
    _, path = await kiosk(SHORT)
    context = await browser.new_context(viewport={"width": 768, "height": 1024})
    page = await context.new_page()
    await page.clock.install()
    await page.goto(console_site.address + path)
    await page.locator("label:has(#nps-2)").click()
    await page.locator("#survey .go").click()
    await page.clock.run_for(11_000)
    await page.get_by_role("dialog", name="Are you still there?").wait_for()
    await page.mouse.click(5, 5)
    await page.get_by_role("dialog").wait_for(state="hidden")
    await page.clock.run_for(29_000)
    assert await page.locator("#why").is_visible()
    await page.clock.run_for(2_000)
    await page.locator("label:has(#nps-2)").wait_for()
    await count_is(1)
    assert await given() == [(ResponseState.LEFT, "en", {"nps": 2})]
    assert not await page.locator("#nps-2").is_checked()
    await answer(page, score=9, why="")
    await page.get_by_role("heading", name="Thank you").wait_for()
    await page.clock.run_for(9_000)
    await page.locator("label:has(#nps-2)").wait_for()
    await context.close()


async def test_without_script_it_asks_screen_by_screen(browser: Browser, console_site: ConsoleSite) -> None:
    _, path = await kiosk(SHORT)
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(console_site.address + path)
    await page.get_by_role("button", name="Next").click()
    assert "Error:" in await page.title()
    await page.locator("label:has(#nps-3)").click()
    await page.get_by_role("button", name="Next").click()
    await page.locator("#why").fill("Te laat.")
    await page.get_by_role("button", name="Nederlands").click()
    assert await page.locator("#why").input_value() == "Te laat."
    await page.get_by_role("button", name="Terug").click()
    assert await page.locator("#nps-3").is_checked()
    for name in ("Volgende", "Volgende", "Versturen"):
        await page.get_by_role("button", name=name).click()
    assert await page.locator("h1").inner_text() == "Dank u wel dat u het zegt"
    assert await given() == [(ResponseState.COMPLETE, "nl", {"nps": 3, "why": "Te laat."})]
    await context.close()


async def test_every_screen_of_a_kiosk_passes_every_rule_and_can_be_hit(browser: Browser, console_site: ConsoleSite) -> None:
    every = [{"id": name, "text": both(name, name), **kind} for name, kind in KINDS.items()]
    ends = [{"id": "thanks", "title": both("Thank you", "Dank u wel")}]
    paths = [(await kiosk({**SHORT, "pages": [{"id": "all", "questions": every}], "end_pages": ends}))[1], (await kiosk(ARABIC))[1]]
    for scheme, width, path in (("light", 360, paths[0]), ("dark", 768, paths[1])):
        context = await browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        page = await context.new_page()
        complaints = listened(page)
        await page.goto(console_site.address + path)
        await page.locator("#survey .go").wait_for()
        if path == paths[0]:
            await page.evaluate("document.querySelectorAll('[name=ranking]')[1].selectedIndex = 2")
            await page.get_by_role("button", name="Nederlands").click()
            placed = await page.evaluate("[...document.querySelectorAll('[name=ranking]')].map(one => one.selectedIndex)")
            assert (placed[:2], sum(placed)) == ([0, 2], 2), "what was placed alone keeps its place in another language"
        # Every screen at once: what is hidden no rule looks at.
        await page.evaluate("document.querySelectorAll('[data-screen],[data-end],[data-shut]').forEach(one => { one.hidden = false })")
        found = await Axe().run(page, options=EVERY_RULE)
        rules = {one["id"] for one in found.response["violations"]} - {"page-has-heading-one", "heading-order", "landmark-unique"}
        assert rules == set(), f"{path} {scheme}: {found.generate_report()}"
        assert await page.evaluate(SMALLEST_TARGET) >= 88
        assert await page.evaluate("document.scrollingElement.scrollWidth") <= width
        assert complaints == []
        await context.close()
