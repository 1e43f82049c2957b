"""Translating and publishing for every eye: axe with all its rules, in the light and in the dark, on a telephone and on a desk."""

from datetime import timedelta

from playwright.async_api import Browser

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import Seat, sit_down
from tests.makers import SYSTEM, Story
from voc.api.global_ids import global_id
from voc.core import clock
from voc.core.access import Role
from voc.surveys import library
from voc.surveys.draft import save_draft
from voc.surveys.models import Survey
from voc.surveys.publication import Decided
from voc.surveys.publish import publish_survey
from voc.surveys.publish_requests import request_publish

READY = library.load("csat-after-call").text
RENAMED = READY.replace("id: solved\n", "id: fixed\n").replace("answers.solved", "answers.fixed")
BREAKING = RENAMED.replace("kind: csat\n", "kind: csat\n        highest: 7\n", 1)


async def furnished(story: Story) -> str:
    """A survey with two versions and a draft that breaks a trend; the address of its pages."""
    survey = (await story.survey()).survey_id
    await save_draft(SYSTEM, survey, READY.replace("How satisfied are you with the call?", "How happy are you with the call?"), 1)
    await publish_survey(SYSTEM, survey)
    await save_draft(SYSTEM, survey, BREAKING, 2)
    return f"/console/questionnaires/{global_id('Survey', survey)}"


async def seated(browser: Browser, site: ConsoleSite, **wishes: object) -> Seat:
    """A Dutch designer in the browser."""
    return await sit_down(browser, site, await site.story.member("Dee Bos", Role.DESIGNER, language="nl"), **wishes)


async def test_no_page_has_a_fault_that_axe_knows(browser: Browser, console_site: ConsoleSite) -> None:
    home = await furnished(console_site.story)
    seat = await seated(browser, console_site)
    found: dict[str, object] = {}

    async def look(name: str) -> None:
        if faults := await seat.faults_for_every_eye():
            found[name] = faults

    for part in ("publish", "versions", "versions?from=1&to=2", "translations?language=ar&show=all", "translations?language=pl"):
        await seat.go(f"{home}/{part}")
        await look(part)
    await seat.go(f"{home}/publish")
    await seat.page.get_by_role("button", name="Publiceer versie 3").click()
    await seat.says("Zeg dat je weet wat er met de CSAT-trend")
    await look("refused")
    at = clock.now() + timedelta(days=3)
    await request_publish(SYSTEM, (await Survey.get()).id, Decided({"solved": "fixed"}, ()), publish_at=at, note="As agreed on Monday.")
    await seat.go(f"{home}/publish")
    await seat.says("Wordt gepubliceerd")
    await look("scheduled")
    await seat.go(f"{home}/translations?language=nl&show=all")
    await seat.page.locator("[name='text:invitation.greeting']").fill("Dag,")
    await seat.page.get_by_role("button", name="Opslaan", exact=True).click()
    await seat.says("Wat tussen accolades staat")
    await look("placeholder lost")
    table = b"key,en,pl\ncsat.text,How satisfied are you with the call?,Jak?\nlost.text,Gone,Nie ma\n"
    await seat.go(f"{home}/translations?language=pl")
    await seat.page.locator("#file").set_input_files({"name": "pl.csv", "mimeType": "text/csv", "buffer": table})
    await seat.page.get_by_role("button", name="Bekijk wat het verandert").click()
    assert await seat.arrives("Wat het bestand verandert")
    await look("file")
    assert found == {}
    assert seat.complaints == []


async def test_ctrl_and_enter_save_and_go_on_to_the_next_missing(browser: Browser, console_site: ConsoleSite) -> None:
    home = await furnished(console_site.story)
    seat = await seated(browser, console_site)
    await seat.go(f"{home}/translations?language=pl")
    boxes = seat.page.locator("textarea")
    second = await boxes.nth(1).get_attribute("name")
    await boxes.first.fill("Po rozmowie")
    await seat.keys("Control+Enter")
    await seat.says("Eén tekst is opgeslagen.")
    assert await seat.page.evaluate("document.activeElement.name") == second
