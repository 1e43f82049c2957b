"""What a designer does most: a ready questionnaire goes live in two languages, and one from another system is taken over."""

from dataclasses import dataclass, field

from playwright.async_api import Browser, Locator

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import Seat, sit_down
from tests.makers import SYSTEM
from tests.surveys.formats.qsf_files import document, question, written
from voc.core.access import Role
from voc.surveys.brands import save_brand
from voc.surveys.models import SurveyVersion

MOST_ACTIONS, MOST_PAGES = 12, 3


@dataclass
class Hand:
    """A designer's hand: how often it clicked, chose or typed, and the pages it saw on the way."""

    seat: Seat
    actions: int = 0
    pages: set[str] = field(default_factory=set)

    async def click(self, what: Locator) -> None:
        """One click, and wait for the page it leads to."""
        self._count()
        await what.click()
        await self.seat.page.wait_for_load_state()

    async def choose(self, what: Locator, value: str) -> None:
        """One choice in a list."""
        self._count()
        await what.select_option(value)

    def _count(self) -> None:
        self.actions += 1
        self.pages.add(self.seat.page.url.partition("?")[0])


async def seated(browser: Browser, site: ConsoleSite) -> Hand:
    """A designer at the list of questionnaires, where there are none yet."""
    await save_brand(SYSTEM, "main", name="De Fietsenmakers", from_email="luister@fietsen.example")
    seat = await sit_down(browser, site, await site.story.member("Dee Bos", Role.DESIGNER))
    await seat.go("/console/questionnaires")
    return Hand(seat)


async def test_from_the_library_to_live_in_two_languages_takes_few_actions(browser: Browser, console_site: ConsoleSite) -> None:
    dee = await seated(browser, console_site)
    page = dee.seat.page
    await dee.click(page.get_by_role("link", name="New questionnaire").first)
    ready = page.locator("[name=ready]")
    if await ready.first.evaluate("e => e.tagName") == "SELECT":
        await dee.choose(ready, "csat-after-chat")
    else:
        await dee.click(page.locator("label:has([name=ready][value=csat-after-chat])"))
    await dee.click(page.get_by_role("button", name="Create", exact=True))
    await dee.click(page.locator("#publish"))
    assert await dee.seat.says("Version 1 is live.")
    assert {"en", "nl"} <= set((await SurveyVersion.get()).document["languages"])
    assert dee.actions <= MOST_ACTIONS
    assert len(dee.pages) <= MOST_PAGES
    assert dee.seat.complaints == []


async def test_a_file_of_qualtrics_becomes_a_published_version(browser: Browser, console_site: ConsoleSite) -> None:
    dee = await seated(browser, console_site)
    page = dee.seat.page
    await dee.click(page.get_by_role("link", name="New questionnaire").first)
    await dee.click(page.get_by_role("link", name="Or bring one along from a file."))
    file = written(document([question(1), question(2, "TE/SL")]))
    await page.locator("#file").set_input_files({"name": "calls.qsf", "mimeType": "application/octet-stream", "buffer": file})
    await dee.click(page.get_by_role("button", name="Import", exact=True))
    assert await dee.seat.says("Imported. Nobody sees it before you publish.")
    await dee.click(page.get_by_role("link", name="To the draft").first)
    await dee.click(page.locator("#publish"))
    assert await dee.seat.says("Version 1 is live.")
    asked = (await SurveyVersion.get()).document["pages"][0]["questions"]
    assert [one["kind"] for one in asked] == ["single_choice", "text"]
    assert dee.actions <= MOST_ACTIONS
    assert dee.seat.complaints == []
