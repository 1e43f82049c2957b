"""Colleagues in a real browser: signed in, with everything the browser complains about kept."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.conftest import ConsoleSite
from voc.staff.models import Member

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
EVERY_RULE: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
}
# What can differ in the dark is colour alone: there is no other rule for it in our style sheets.
COLOURS: dict[str, Any] = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
_EXPECTED = ("401", "404", "409", "422")


@dataclass
class Seat:
    """A colleague's browser: its context, its page, and what went wrong in it."""

    site: ConsoleSite
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    presses: int = 0

    async def go(self, address: str) -> None:
        """Open an address of the console."""
        await self.page.goto(self.site.address + address)

    async def keys(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.presses += 1
            await self.page.keyboard.press(key)

    async def arrives(self, heading: str) -> bool:
        """Wait until the page with this heading is there."""
        await self.page.get_by_role("heading", level=1, name=heading, exact=True).wait_for(timeout=5000)
        await self.page.wait_for_load_state()
        return True

    async def says(self, text: str) -> bool:
        """Wait until the page says this."""
        await self.page.get_by_text(text).first.wait_for(timeout=5000)
        return True

    async def sideways(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(await self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    async def violations(self, options: dict[str, Any] = EVERY_RULE) -> list[tuple[str, list[str]]]:
        """What axe finds, best practice included: the rule, and the places."""
        found = (await Axe().run(self.page, options=options)).response["violations"]
        return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]

    async def faults_for_every_eye(self) -> list[object]:
        """What is wrong with the page as it stands, on a telephone and on a desk, in the light and in the dark."""
        found: list[object] = []
        for view in (PHONE, DESK):
            await self.page.set_viewport_size(view)
            found += [(view["width"], *fault) for fault in await self.violations()]
            found += [(view["width"], "sideways", width)] if (width := await self.sideways()) > 0 else []
            await self.page.emulate_media(color_scheme="dark")
            found += [(view["width"], "dark", *fault) for fault in await self.violations(COLOURS)]
            await self.page.emulate_media(color_scheme="light")
        return found


async def sit_down(browser: Browser, site: ConsoleSite, member: Member, **wishes: Any) -> Seat:
    """Sign a colleague in, in a fresh browser."""
    context = await browser.new_context(**{"viewport": DESK, **wishes})
    site.contexts.append(context)
    await context.add_cookies([{"name": "voc-session", "value": await site.story.session(member), "url": site.address}])
    seat = Seat(site, context, await context.new_page())
    for page in context.pages:
        page.on("console", lambda line: _note(seat, line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: _note(seat, str(error)))
    return seat


def _note(seat: Seat, line: str) -> None:
    if not any(f"status of {code}" in line for code in _EXPECTED):
        seat.complaints.append(line)
