"""Customers in a real browser: on a telephone, with and without scripts, with the keyboard alone, in the dark, from right to left."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, Request, ViewportSize, expect

from tests.responses.asked import Asked, asked, published
from tests.responses.documents import ARABIC, EVERY_KIND, SHORT
from tests.responses.presses import only_response, send, values
from voc.outreach.links import Purpose, secret_for
from voc.responses.models import CallBack, Response, ResponseState

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
EVERY_RULE: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
}
SMALLEST_TARGET = """() => {
  const boxes = e => [e, ...(e.labels ?? [])].map(one => one.getBoundingClientRect())
  const sizes = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), textarea, summary')]
    .filter(e => getComputedStyle(e).visibility !== 'hidden' && e.getBoundingClientRect().bottom > 0)
    .map(e => Math.min(Math.max(...boxes(e).map(b => b.width)), Math.max(...boxes(e).map(b => b.height))))
  return Math.min(...sizes.filter(size => size > 0))
}"""


async def opened(browser: Browser, address: str, **wishes: Any) -> Page:
    """A page in a fresh browser; what its console complains about is kept in `complaints`."""
    context = await browser.new_context(**{"viewport": PHONE, **wishes})
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" and "422" not in line.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.complaints = complaints  # type: ignore[attr-defined]
    await page.goto(address)
    return page


@pytest.mark.parametrize("scripts", [True, False])
async def test_a_customer_answers_on_a_telephone(browser: Browser, customer_site: str, scripts: bool) -> None:
    one = await asked(language="nl")
    hosts: set[str] = set()
    page = await opened(browser, f"{customer_site}/r/{one.secret}?nps=7", java_script_enabled=scripts)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    assert await page.locator("#nps-7").is_checked()
    await page.locator("label:has(#nps-3)").click()
    await page.get_by_label("Wat is de belangrijkste reden voor uw cijfer?").fill("Te laat, en niemand belde terug.")
    await page.get_by_role("button", name="Versturen").click()
    await page.get_by_role("checkbox", name="Iets anders").check()
    await page.get_by_label("Vertel het in uw eigen woorden").fill("Natte doos")
    await page.get_by_role("button", name="Versturen").click()
    assert await page.locator("h1").inner_text() == "Dank u wel dat u het zegt"
    await page.get_by_role("radio", name="Op een ander nummer").check()
    await page.get_by_label("Telefoonnummer").fill("06 87654321")
    await page.get_by_role("radio", name="In de avond").check()
    await page.get_by_role("button", name="Bel mij").click()
    assert "We bellen u op +31 ••• 21." in await page.locator("main").inner_text()
    assert await values() == {
        "nps": 3,
        "why": "Te laat, en niemand belde terug.",
        "what_went_wrong": ["other"],
        "what_went_wrong_other": "Natte doos",
    }
    assert ((await only_response()).state, (await CallBack.get()).phone) == (ResponseState.COMPLETE, "+31687654321")
    assert (page.complaints, {host.split(":")[0] for host in hosts}, await page.context.cookies()) == ([], {"127.0.0.1"}, [])  # type: ignore[attr-defined]


async def every_page(one: Asked, kinds: Asked, done: Asked, ended: Asked) -> dict[str, str]:
    """The address of each customer page."""
    return {
        "landing": f"/r/{one.secret}?nps=7",
        "survey": f"/s/{one.secret}",
        "every kind": f"/s/{kinds.secret}",
        "thanks": f"/s/{done.secret}/thanks",
        "change": f"/s/{done.secret}?step=",
        "ended": f"/s/{ended.secret}",
        "unknown": "/s/nothing",
        "stop": f"/u/{secret_for(Purpose.STOP, one.invitation.id)}",
        "messages": f"/m/{secret_for(Purpose.MESSAGES, done.invitation.id)}",
        "delete": f"/m/{secret_for(Purpose.MESSAGES, done.invitation.id)}/answers",
    }


@pytest.mark.parametrize("language", ["en", "nl", "ar"])
async def test_every_page_passes_every_rule_fits_and_can_be_hit(browser: Browser, customer_site: str, language: str) -> None:
    version = await published(ARABIC if language == "ar" else SHORT)
    one, done, ended = [await asked(version, language=language, days=days) for days in (14, 14, -1)]
    kinds = await asked(await published(EVERY_KIND), language=language)
    await send(done, {"nps": "2", "why": "Late.", "what_went_wrong": ["late"]})
    pages = await every_page(one, kinds, done, ended)
    for scheme, view in (("light", PHONE), ("dark", PHONE), ("light", DESK), ("dark", DESK)):
        page = await opened(browser, "about:blank", viewport=view, color_scheme=scheme, has_touch=view is PHONE)
        for name, path in pages.items():
            await page.goto(customer_site + path)
            found = await Axe().run(page, options=EVERY_RULE)
            assert found.violations_count == 0, f"{name} {language} {scheme} {view}: {found.generate_report()}"
            if view is PHONE and scheme == "light":
                assert await page.evaluate(SMALLEST_TARGET) >= 44, name
                await page.set_viewport_size({"width": 320, "height": 640})
                assert await page.evaluate("document.scrollingElement.scrollWidth") <= 320, name
                await page.set_viewport_size(view)
        statuses = [line for line in page.complaints if "410" in line or "404" in line]  # type: ignore[attr-defined]
        assert (len(statuses), len(page.complaints)) == (2, 2), page.complaints  # type: ignore[attr-defined]
        await page.context.close()
    # A browser with scripts has looked at everything, as scanners do, and nobody has answered.
    assert [one.invitation_id for one in await Response.all()] == [done.invitation.id]


@pytest.mark.parametrize("scripts", [True, False])
async def test_an_empty_send_brings_the_summary_into_focus(browser: Browser, customer_site: str, scripts: bool) -> None:
    one = await asked()
    page = await opened(browser, f"{customer_site}/s/{one.secret}", java_script_enabled=scripts)
    await page.get_by_role("button", name="Next").click()
    assert (await page.title()).startswith("Error: ")
    assert await page.locator("#faults").evaluate("element => element === document.activeElement")
    assert (await Axe().run(page, options=EVERY_RULE)).violations_count == 0 if scripts else True
    await page.get_by_role("link", name="How likely are you to recommend us?").click()
    await page.keyboard.press("ArrowRight" if scripts else "Space")
    assert await page.locator("input[name=nps]:checked").count() == 1
    assert await page.get_by_role("radiogroup", name="How likely are you to recommend us?").get_attribute("aria-invalid") == "true"


async def test_the_keyboard_alone_is_enough(browser: Browser, customer_site: str) -> None:
    one = await asked()
    page = await opened(browser, f"{customer_site}/s/{one.secret}", viewport=DESK)
    stops: list[str] = []
    while len(stops) < 20:
        await page.keyboard.press("Tab")
        stop = await page.evaluate(
            "document.activeElement === document.body ? '' : (document.activeElement.id || document.activeElement.innerText)"
        )
        if not stop or stop in stops:
            break
        stops.append(stop)
        assert await page.evaluate("document.activeElement.matches(':focus-visible')")
    assert stops == ["Nederlands", "nps-0", "why", "Next", "This is not for me", "Stop these messages"]
    await page.locator("#nps-0").focus()
    for _ in range(8):
        await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Quick.")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")  # which waits for no page, as a press on a locator does
    await expect(page.locator("h1")).to_have_text("Thank you")
    assert await values() == {"nps": 8, "why": "Quick."}


async def test_enter_in_a_line_of_text_goes_on_and_changes_no_language(browser: Browser, customer_site: str) -> None:
    one = await asked(await published(EVERY_KIND))
    page = await opened(browser, f"{customer_site}/s/{one.secret}")
    await page.locator("#line").fill("Hello")
    await page.locator("#line").press("Enter")
    assert (await page.locator("h1").inner_text(), await values()) == ("Thank you", {"line": "Hello"})


@pytest.mark.parametrize("scripts", [True, False])
async def test_the_language_changes_and_a_choice_is_taken_back(browser: Browser, customer_site: str, scripts: bool) -> None:
    one = await asked(await published(EVERY_KIND))
    page = await opened(browser, f"{customer_site}/s/{one.secret}", java_script_enabled=scripts)
    await page.locator("label:has(#csat-4)").click()
    await page.locator("#line").fill("Typed before")
    await page.get_by_role("button", name="Nederlands").click()
    assert (await page.locator("html").get_attribute("lang"), await page.locator("#csat-4").is_checked()) == ("nl", True)
    assert await page.locator("#line").input_value() == "Typed before"
    await page.locator("label:has(#csat-none)").click()
    await page.get_by_role("button", name="Versturen").click()
    assert await values() == {"line": "Typed before"}


async def test_two_quick_presses_are_one(browser: Browser, customer_site: str) -> None:
    one = await asked()
    page = await opened(browser, f"{customer_site}/r/{one.secret}?nps=9")
    posts: list[Request] = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    await page.get_by_role("button", name="Send").dblclick()
    await page.wait_for_url("**/thanks")
    assert (len(posts), await Response.all().count()) == (1, 1)


async def test_what_was_filled_in_survives_an_accident_and_is_forgotten_once_sent(browser: Browser, customer_site: str) -> None:
    one = await asked()
    page = await opened(browser, f"{customer_site}/s/{one.secret}")
    await page.locator("#why").fill("A long story")
    await page.locator("label:has(#nps-9)").click()
    again = await page.context.new_page()
    await page.close()
    page = again
    await page.goto(f"{customer_site}/s/{one.secret}")
    assert (await page.locator("#why").input_value(), await page.locator("#nps-9").is_checked()) == ("A long story", True)
    await page.get_by_role("button", name="Next").click()
    await page.wait_for_url("**/thanks")
    assert await page.evaluate("localStorage.length") == 0


async def test_what_is_sent_without_a_network_is_kept_and_sent_later(browser: Browser, customer_site: str) -> None:
    one = await asked()
    page = await opened(browser, f"{customer_site}/r/{one.secret}?nps=9")
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Send").click()
    assert "You are offline." in await page.locator("#offline").inner_text()
    await page.context.set_offline(False)
    await page.wait_for_url("**/thanks")
    assert await values() == {"nps": 9}


async def test_nothing_moves_when_a_choice_is_made_and_a_page_is_light(browser: Browser, customer_site: str) -> None:
    one = await asked(await published(EVERY_KIND))
    page = await opened(browser, f"{customer_site}/s/{one.secret}")
    before = await page.locator("#again-no").bounding_box()
    await page.locator("label:has(#csat-4)").click()
    assert await page.locator("#again-no").bounding_box() == before
    sizes = await page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(e => e.transferSize)"
    )
    assert (len(sizes) <= 4, sum(sizes) <= 15_000) == (True, True)


async def test_twice_as_large_text_still_fits_a_telephone(browser: Browser, customer_site: str) -> None:
    one = await asked(await published(EVERY_KIND))
    page = await opened(browser, f"{customer_site}/s/{one.secret}")
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert await page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
