"""Bringing the answers of another system, for every eye: tried and stored on a telephone and on a desk, in the light and in the dark."""

from playwright.async_api import Browser, FilePayload

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import DESK, PHONE, sit_down
from tests.makers import SYSTEM
from tests.surveys.formats.qsf_files import document, question, written
from voc.api.global_ids import global_id
from voc.core.access import Role
from voc.responses.models import Response
from voc.surveys.brands import save_brand
from voc.surveys.import_file import import_file
from voc.surveys.publish import publish_survey

_TABLE = b"ResponseId,Q1,Q2,IPAddress\n,,,\nR_1,1,Fine,192.0.2.1\nR_2,7,,\n"


async def test_answers_are_brought_by_keyboard_and_no_step_has_a_fault_that_axe_knows(browser: Browser, console_site: ConsoleSite) -> None:
    await save_brand(SYSTEM, "main", name="De Fietsenmakers", from_email="luister@fietsen.example")
    report = await import_file(SYSTEM, written(document([question(1), question(2, "TE/SL")])), key="parcels")
    await publish_survey(SYSTEM, report.survey_id)
    dee = await console_site.story.member("Dee Bos", Role.DESIGNER)
    seat = await sit_down(browser, console_site, dee, viewport=PHONE)
    found: dict[str, object] = {}

    async def looked_at(step: str) -> None:
        for scheme, viewport in (("light", PHONE), ("dark", DESK)):
            await seat.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            await seat.page.set_viewport_size(viewport)
            if faults := [*await seat.violations(), *([("sideways", width)] if (width := await seat.sideways()) > 0 else [])]:
                found[f"{step}, {scheme}"] = faults

    await seat.go(f"/console/questionnaires/{global_id('Survey', report.survey_id)}/bring-answers")
    await looked_at("chosen")
    for step, is_trial, heading in (("tried", True, "2 responses would be stored"), ("stored", False, "2 responses stored")):
        await seat.page.set_input_files("#file", FilePayload(name="answers.csv", mimeType="text/csv", buffer=_TABLE))
        await seat.page.get_by_role("checkbox").set_checked(is_trial)
        await seat.page.get_by_role("button", name="Read the file").press("Enter")
        await seat.page.get_by_role("heading", name=heading).wait_for()
        await looked_at(step)

    assert found == {}
    assert seat.complaints == []
    assert await Response.all().count() == 2
