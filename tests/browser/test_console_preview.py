"""The preview and the page of a brand for every eye, and a preview that is walked through inside its frame."""

from typing import Any

from playwright.async_api import Browser

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import DESK, PHONE, sit_down
from tests.makers import SYSTEM
from tests.surveys.test_logos import png
from voc.api.global_ids import global_id
from voc.core.access import Role
from voc.responses.models import Response
from voc.surveys.brands import save_brand


async def test_the_preview_in_its_variants_has_no_fault_that_axe_knows(browser: Browser, console_site: ConsoleSite) -> None:
    story = console_site.story
    survey = (await story.survey()).survey_id
    looks: dict[str, Any] = {"accent": "#ffd200", "on_accent": "#1a2330", "logo": png(300, 90), "sender_line": {"en": "Service"}}
    await save_brand(SYSTEM, "main", name="De Fietsenmakers", from_email="luister@fietsen.example", **looks)
    home = f"/console/questionnaires/{global_id('Survey', survey)}/preview"
    seat = await sit_down(browser, console_site, await story.member("Dee Bos", Role.DESIGNER), viewport=DESK, color_scheme="dark")
    found: dict[str, object] = {}
    pages = (home, f"{home}?view=desktop&language=ar", f"{home}?view=mail&scheme=dark", f"{home}?view=sms", "/console/house/brands/main")
    for viewport, scheme in ((DESK, "dark"), (PHONE, "light")):
        await seat.page.set_viewport_size(viewport)
        await seat.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type] # light or dark
        for address in pages:
            await seat.go(address)
            if faults := [*await seat.violations(), *([("sideways", width)] if (width := await seat.sideways()) > 0 else [])]:
                found[f"{address} {scheme}"] = faults

    await seat.go(f"{home}?scheme=dark&text=200")
    framed = seat.page.frame_locator("iframe")
    assert await framed.locator("main").evaluate("main => getComputedStyle(main).backgroundColor") == "rgb(27, 33, 42)"
    assert await framed.locator("html").evaluate("html => getComputedStyle(html).fontSize") == "32px"
    await seat.go(f"{home}?script=off")
    await framed.get_by_label("2", exact=True).check()
    await framed.get_by_role("button", name="Next").click()
    await framed.get_by_role("button", name="Send").click()
    await framed.get_by_role("heading", level=1, name="Thank you").wait_for()
    logo = await framed.locator("img[alt='De Fietsenmakers']").bounding_box()
    assert logo is not None
    assert logo["height"] == 48
    assert not await Response.exists()
    assert (found, seat.complaints) == ({}, [])
