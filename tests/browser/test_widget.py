"""A button on somebody else's website, and where colleagues make it, in a real browser."""

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests.browser.conftest import ConsoleSite, Serve
from tests.browser.console_visits import sit_down
from tests.browser.test_customer_pages import EVERY_RULE
from tests.browser.test_kiosk import PIN, SYSTEM, given, listened
from tests.responses.asked import published
from tests.responses.documents import SHORT
from voc.core.access import Role
from voc.outreach.links import open_secret_of
from voc.outreach.models import OpenLink
from voc.outreach.open.kinds import OpenLinkKind
from voc.outreach.open.links import OpenLinkFacts, create_open_link


def shop(loader: str, secret: str) -> Starlette:
    """Somebody else's website with a strict policy of its own, and one that lets no frames in."""

    async def page(request: Request) -> HTMLResponse:
        frames = "'none'" if "strict" in request.url.path else loader
        words = 'data-label-nl="Uw mening" data-later-nl="Nu niet" data-close-nl="Sluiten" data-fact-shop="noord"'
        head = '<!doctype html><html lang="nl"><title>Shop</title><meta name="viewport" content="width=device-width">'
        body = f'<main><h1>Shop</h1><script async src="{loader}/w.js" data-survey="{secret}" {words}></script></main>'
        policy = f"default-src 'none'; script-src {loader}; frame-src {frames}; require-trusted-types-for 'script'; trusted-types 'none'"
        return HTMLResponse(head + body, headers={"Content-Security-Policy": policy})

    return Starlette(routes=[Route("/{path:path}", page)])


async def test_a_button_on_another_website_opens_the_survey_there(browser: Browser, console_site: ConsoleSite, serve: Serve) -> None:
    hidden = {"id": "shop", "kind": "hidden"}
    version = await published({**SHORT, "pages": [{**SHORT["pages"][0], "questions": [hidden, *SHORT["pages"][0]["questions"]]}]})
    widget = await create_open_link(SYSTEM, version.survey_id, OpenLinkKind.WIDGET, OpenLinkFacts(name="Shop"))
    website = await serve(shop(console_site.address, open_secret_of(widget.id)))
    other = website.replace("127.0.0.1", "localhost")
    await OpenLink.filter(id=widget.id).update(allowed_origins=[website])
    context = await browser.new_context(viewport={"width": 360, "height": 740})
    page = await context.new_page()
    complaints, asked = listened(page), []
    page.on("request", lambda request: asked.append(request.url.removeprefix(console_site.address)))
    await page.goto(website)
    button = page.get_by_role("button", name="Uw mening")
    await button.click()
    assert asked[1:3] == ["/w.js", f"/o/{open_secret_of(widget.id)}?shop=noord&language=nl"]
    frame = page.frame_locator("iframe")
    await frame.locator("label:has(#nps-9)").click()
    assert (await Axe().run(page, options=EVERY_RULE)).violations_count == 0
    await frame.get_by_role("button", name="Versturen").click()
    await frame.get_by_role("heading", name="Dank u wel").click()
    await page.keyboard.press("Escape")
    await page.get_by_role("dialog").wait_for(state="hidden")
    assert await page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") == "Uw mening"
    assert [answers for _, _, answers in await given()] == [{"shop": "noord", "nps": 9}]
    assert (complaints, await context.cookies()) == ([], [])
    await page.reload()
    assert await button.count() == 0
    await turns_into_a_link(page, other, "/strict")
    await context.close()


async def turns_into_a_link(page: Page, other: str, strict: str) -> None:
    """Where the frame may not stand the button gives a link instead; "not now" is remembered, and nothing before it."""
    await page.goto(other + strict)
    await page.get_by_role("button", name="Uw mening").click()
    await page.get_by_role("link", name="Uw mening").wait_for()
    assert await page.evaluate("localStorage.length") == 0
    await page.get_by_role("button", name="Nu niet").click()
    await page.reload()
    assert (await page.get_by_role("button").count(), await page.evaluate("localStorage.length")) == (0, 1)


async def test_kiosks_and_widgets_are_made_in_the_console(browser: Browser, console_site: ConsoleSite) -> None:
    version = await published(SHORT)
    designer = await console_site.story.member("Dina", Role.DESIGNER)
    seat = await sit_down(browser, console_site, designer)
    survey = str(await seat.page.evaluate("id => btoa('Survey:' + id).replace(/=/g, '')", str(version.survey_id)))
    home = f"/console/questionnaires/{survey}"
    await seat.go(f"{home}/kiosks")
    await seat.page.get_by_label("Name for colleagues").fill("Counter 1")
    await seat.page.get_by_label("Code for its staff").first.fill("12")
    await seat.page.get_by_role("button", name="Register").click()
    await seat.page.locator("#faults").get_by_text("Choose a code of four to eight digits.").wait_for()
    await seat.page.get_by_label("Code for its staff").first.fill(PIN)
    await seat.page.get_by_role("button", name="Register").click()
    await seat.says("Counter 1 is registered.")
    await seat.go(f"{home}/widgets")
    await seat.page.get_by_label("Name for colleagues").fill("Help pages")
    await seat.page.get_by_label("Websites that may hold it").fill("nowhere")
    await seat.page.get_by_role("button", name="Make it").click()
    await seat.page.locator("#faults").wait_for()
    await seat.page.get_by_label("Websites that may hold it").fill("https://Shop.Example/")
    await seat.page.get_by_role("button", name="Make it").click()
    await seat.says("Help pages is made.")
    assert "/w.js" in await seat.page.get_by_label("What to put on your pages").input_value()
    assert sorted([(one.kind, one.allowed_origins) for one in await OpenLink.all()]) == [
        (OpenLinkKind.KIOSK, []),
        (OpenLinkKind.WIDGET, ["https://shop.example"]),
    ]
    for name, scheme, width in (("kiosks", "light", 360), ("widgets", "dark", 360)):
        await seat.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        await seat.page.set_viewport_size({"width": width, "height": 800})
        await seat.go(f"{home}/{name}")
        assert (await seat.violations(), await seat.sideways()) == ([], 0), (name, scheme, width)
    assert seat.complaints == []
