"""Ways to ask in a real browser: a poster made by a designer, answered without scripts, full at its cap; no finding of axe anywhere."""

from urllib.parse import urlsplit

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import DESK, EVERY_RULE, PHONE, sit_down
from tests.browser.test_customer_pages import SMALLEST_TARGET, opened
from tests.responses.asked import published
from tests.web.survey.test_open_page import ONE_PAGE
from voc.api.global_ids import global_id
from voc.core.access import Role
from voc.outreach.models import OpenLink
from voc.responses.models import Response, ResponseState


async def test_a_poster_is_made_answered_by_strangers_and_full(browser: Browser, console_site: ConsoleSite) -> None:
    story = console_site.story
    home = f"/console/questionnaires/{global_id('Survey', (await published(ONE_PAGE)).survey_id)}/ways"
    seat = await sit_down(browser, console_site, await story.member("Dee Bos", Role.DESIGNER, language="nl"))
    await seat.go(home)
    await seat.page.get_by_label("Een poster of kaartje met een QR-code").check()
    await seat.page.get_by_label("Naam", exact=True).fill("Balie")
    await seat.page.get_by_label("Meeste antwoorden").fill("2")
    await seat.page.get_by_role("button", name="Link maken").click()
    await seat.says("Balie is er.")
    await seat.page.locator("[data-copies^=address]").click()
    assert await seat.page.locator("#copied").inner_text() == "Gekopieerd"
    address = console_site.address + urlsplit(await seat.page.locator("input[id^=address]").input_value()).path

    plain = await opened(browser, address, java_script_enabled=False, locale="en")
    await plain.locator("label:has(#nps-9)").click()
    await plain.locator("button.go").click()
    assert plain.url.endswith("/thanks")
    phone = await opened(browser, address, locale="en")
    await phone.get_by_label("What").first.fill("Nobody called me back")
    await phone.locator("label:has(#nps-2)").click()
    await phone.locator("button.go").click()
    await phone.wait_for_url("**/thanks")
    first, second = await Response.all().order_by("begun_at")
    assert (first.state, second.state, second.duplicate) == (ResponseState.COMPLETE, ResponseState.COMPLETE, "same_browser")
    assert [page.complaints for page in (plain, phone)] == [[], []]  # type: ignore[attr-defined]
    assert (await phone.goto(address)).status == 410  # type: ignore[union-attr]
    assert await phone.locator("h1").inner_text() == "Enough people have answered"

    await OpenLink.all().update(cap=None)
    await phone.goto(address)
    assert await phone.get_by_label("What").first.input_value() == ""
    assert await phone.locator("[name=_device]").get_attribute("value") == "1"
    assert await phone.evaluate(SMALLEST_TARGET) >= 44
    found: dict[str, list[tuple[str, list[str]]]] = {
        "open link": [(one["id"], []) for one in (await Axe().run(phone, options=EVERY_RULE)).response["violations"]]
    }
    link = global_id("OpenLink", (await OpenLink.get()).id)
    parts = ("", f"/{link}/change", f"/{link}/poster?size=a5&language=nl")
    for viewport, scheme in ((PHONE, "dark"), (DESK, "light")):
        await seat.page.set_viewport_size(viewport)
        await seat.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for part in parts:
            await seat.go(home + part)
            sideways = await seat.sideways()
            found[f"{part} {scheme}"] = [*await seat.violations(), *([("sideways", [str(sideways)])] if sideways > 0 else [])]
    assert {name: faults for name, faults in found.items() if faults} == {}
    await seat.go(f"/console/responses/{global_id('Response', second.id)}")
    await seat.says("Hetzelfde netwerk met dezelfde browser")
    assert seat.complaints == []
