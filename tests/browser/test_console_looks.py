"""Every follow-up screen for every eye: axe with all its rules, in the light and in the dark, on a telephone and on a desk."""

import pytest
from playwright.async_api import Browser

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import PHONE, sit_down
from tests.makers import Story
from voc.core.access import Role
from voc.followup.work import add_note, take_task
from voc.staff.models import Member

LARGEST_INBOX = 40_000  # bytes over the wire on a first visit, with 50 rows


async def furnished(story: Story) -> tuple[Member, dict[str, str]]:
    """A lead with something on every screen, and the addresses of the screens."""
    task = await story.let_down(phone="0612345678", crm_id="C-1", segment="business", valueAmount="1200.50", valueCurrency="EUR")
    await story.let_down("Willem-Alexander van den Broek-Hoogeveen", why="", crm_id="C-2")
    await story.task("Ask how the new battery is", await task.team)
    await story.team("billing", "Billing")
    lead = await story.member("Lea Blom", Role.ADMIN, language="nl")
    actor = await story.actor(lead)
    await take_task(actor, task.id, 1)
    await add_note(actor, task.id, "Rang twice, left a message.")
    return lead, {
        "inbox": "/console/inbox?view=TEAM",
        "empty": "/console/inbox?view=WAITING",
        "nothing found": "/console/inbox?view=TEAM&search=zzz",
        "customers": "/console/customers",
        "nobody": "/console/customers?search=zzz",
        "brief": "/console/brief?ref=C-1",
        "unknown": "/console/brief?ref=0699999999",
        "ask": "/console/brief",
        "account": "/console/account",
        "keys": "/console/keys",
        "missing": "/console/nothing",
    }


async def test_no_screen_has_a_fault_that_axe_knows(browser: Browser, console_site: ConsoleSite) -> None:
    lead, screens = await furnished(console_site.story)
    seat = await sit_down(browser, console_site, lead)
    await seat.go("/console/inbox?view=TEAM")
    task = await seat.page.locator("tr a.name").first.get_attribute("href")
    picks = [f"pick={await tick.get_attribute('value')}" for tick in await seat.page.locator("[name=pick]").all()]
    await seat.go("/console/customers")
    customer = await seat.page.locator("tr a.name").first.get_attribute("href")
    assert task
    screens |= {
        "task": task,
        "close": task.replace("?", "/close?"),
        "customer": str(customer),
        "give": f"/console/inbox/give?{'&'.join(picks)}",
    }
    found: dict[str, object] = {}
    for name, address in screens.items():
        await seat.go(address)
        if faults := await seat.faults_for_every_eye():
            found[name] = faults
    assert found == {}
    assert seat.complaints == []


async def test_menus_and_folded_parts_hold_too(browser: Browser, console_site: ConsoleSite) -> None:
    lead, _ = await furnished(console_site.story)
    seat = await sit_down(browser, console_site, lead, viewport=PHONE)
    await seat.go("/console/inbox?view=TEAM")
    await seat.page.get_by_role("link", name="Anna de Vries").click()
    for summary in await seat.page.locator("main details > summary").all():
        if not await summary.evaluate("e => e.parentElement.open"):
            await summary.click()
            assert await seat.violations() == []
    for menu in await seat.page.locator("header details > summary").all():
        await menu.click()
        assert (await seat.violations(), await seat.sideways() <= 0) == ([], True)
        await seat.page.keyboard.press("Escape")
    await seat.page.screenshot()
    assert await seat.page.locator("details.menu[open]").count() == 0


@pytest.mark.parametrize(("width", "size"), [(320, 100), (640, 200)], ids=["320 px", "200 % text"])
async def test_narrow_windows_and_large_text_never_scroll_sideways(
    browser: Browser, console_site: ConsoleSite, width: int, size: int
) -> None:
    lead, screens = await furnished(console_site.story)
    seat = await sit_down(browser, console_site, lead, viewport={"width": width, "height": 700})
    browser_settings = await seat.context.new_cdp_session(seat.page)
    await browser_settings.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * size // 100}})
    await seat.go(screens["inbox"])
    screens["task"] = str(await seat.page.locator("tr a.name").first.get_attribute("href"))
    for name, address in screens.items():
        await seat.go(address)
        assert await seat.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 16 * size / 100
        assert (name, max(0, await seat.sideways())) == (name, 0)


async def test_an_inbox_of_fifty_rows_is_light(browser: Browser, console_site: ConsoleSite) -> None:
    story = console_site.story
    team = await story.team()
    customer = await story.customer()
    for number in range(52):
        await story.task(f"Call back about order {number}", team, customer=customer)
    seat = await sit_down(browser, console_site, await story.member("Sara Bos", Role.HANDLER, team))
    network = await seat.context.new_cdp_session(seat.page)
    await network.send("Network.enable")
    wire: list[float] = []
    network.on("Network.loadingFinished", lambda event: wire.append(event["encodedDataLength"]))
    await seat.go("/console/inbox?view=TEAM")
    await seat.page.wait_for_timeout(300)
    assert await seat.page.locator("tbody tr").count() == 50
    assert 5_000 < sum(wire) <= LARGEST_INBOX
