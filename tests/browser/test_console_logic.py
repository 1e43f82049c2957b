"""Logic and rehearsal in a real browser: no finding of axe in any size or scheme, and the path follows each answer."""

from playwright.async_api import Browser

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import DESK, PHONE, Seat, sit_down
from tests.makers import SYSTEM
from voc.api.global_ids import global_id
from voc.core.access import Role
from voc.surveys import library
from voc.surveys.draft import create_survey
from voc.surveys.models import Brand

READY = library.load("nps-after-delivery").text


async def test_the_path_follows_each_answer_and_no_page_has_a_fault(browser: Browser, console_site: ConsoleSite) -> None:
    brand = await Brand.create(key="ours", name="Ours", from_email="care@example.nl")
    walk = "walks:\n- {id: happy, answers: {nps: 10}, end_page: thanks}\n- {id: gone, answers: {nps: 10}, end_page: nowhere}\n"
    survey = await create_survey(SYSTEM, "nps-after-delivery", "After delivery", brand.id, READY + walk)
    home = f"/console/questionnaires/{global_id('Survey', survey.id)}"
    seat = await sit_down(browser, console_site, await console_site.story.member("Dee Bos", Role.DESIGNER))
    found: dict[str, object] = {}

    await seat.go(f"{home}/rehearsal?language=en")
    await seat.page.locator("#survey input[type=radio][value='2']").first.check(force=True)
    await seat.page.locator("#path").get_by_text("Detractor").wait_for(timeout=5000)
    await seat.page.get_by_role("button", name="Next").click()
    await seat.page.locator("details.keep summary").click()
    await seat.page.get_by_label("Short name").fill("unhappy")
    await seat.page.get_by_role("button", name="Keep the walk").click()
    await seat.says("The walk unhappy is kept.")
    await seat.go(f"{home}/logic?at=questions/what_went_wrong/show_if")
    await seat.page.locator("details.more summary").click()
    await seat.page.locator("#text").fill("answers.nps == 3 || on")
    await seat.page.get_by_role("button", name="answers.on_time").click()
    assert await seat.page.locator("#text").input_value() == "answers.nps == 3 || answers.on_time"
    for scheme in ("light", "dark"):
        await seat.page.emulate_media(color_scheme=scheme)
        for size, viewport in (("phone", PHONE), ("desk", DESK)):
            await seat.page.set_viewport_size({"width": viewport["width"], "height": viewport["height"]})
            for part in ("rehearsal?language=en", "logic?at=questions/what_went_wrong/show_if"):
                await seat.go(f"{home}/{part}")
                await _look(seat, f"{part} {size} {scheme}", found)
    assert found == {}
    assert seat.complaints == []


async def _look(seat: Seat, name: str, found: dict[str, object]) -> None:
    if faults := [*await seat.violations(), *([("sideways", width)] if (width := await seat.sideways()) > 0 else [])]:
        found[name] = faults
