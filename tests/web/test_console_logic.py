"""Logic: every rule is a sentence, changed by three selects or as text, and nothing that cannot be decided is saved."""

from copy import deepcopy

import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from tests.web.designing import SMALL, content
from tests.web.visitor import Visitor
from voc.api.global_ids import global_id
from voc.core.access import Role
from voc.surveys.documents import yaml_of
from voc.surveys.draft import create_survey
from voc.surveys.models import Brand, Survey

WALK = {"id": "angry", "name": "Somebody who waited", "answers": {"nps": 2, "cause": "wait"}, "asked": ["nps", "cause", "more"]}


@pytest.fixture
async def survey(story: Story) -> Survey:
    """A draft with one rule and a walk."""
    brand = await Brand.create(key="ours", name="Ours", from_email="care@example.nl")
    return await create_survey(SYSTEM, "calls", "Calls", brand.id, yaml_of({**deepcopy(SMALL), "walks": [WALK]}))


@pytest.fixture
def address(survey: Survey) -> str:
    """Where its pages are."""
    return f"/console/questionnaires/{global_id('Survey', survey.id)}"


@pytest.fixture
async def browser(enter: Enter, story: Story) -> Visitor:
    """A designer."""
    return await enter(await story.member("Dee Bos", Role.DESIGNER))


async def test_rules_are_sentences_and_changed_by_selects_or_as_text(browser: Visitor, survey: Survey, address: str) -> None:
    page = await browser.go(f"{address}/logic")
    told = page.text()
    assert "Why? cause Asked when “How likely?” is 6 or less." in told
    assert "Goes as written: Somebody who waited" in told
    assert "Every combination of answers that matters was tried." in told

    await browser.go(f"{address}/logic?at=questions/cause/show_if")
    page = await browser.press("Save the rule", sign0="at_most", value0="11")
    assert (page.status, page.links["“11” is no number that answers.nps can be."]) == (422, "#value0")
    page = await browser.press("Save the rule", how="any", value0="4", name1="answers.nps", sign1="is", value1="10")
    assert "Asked when “How likely?” is 4 or less or “How likely?” is 10." in page.text()
    assert (await content(survey))["pages"][0]["questions"][1]["show_if"] == "answers.nps <= 4 || answers.nps == 10"

    await browser.go(f"{address}/logic?at=questions/more/show_if")
    page = await browser.press("Save the text", text="answers.npss > 2")
    assert page.status == 422
    assert any("`answers` has no `npss`" in text for text in page.links)
    page = await browser.press("Save the text", text='answers.cause != "wait"')
    wrong = page.text("li", data_state="wrong")
    assert wrong.startswith("Goes another way: Somebody who waited angry After cause it now ends on thanks instead of asking more .")

    await browser.go(f"{address}/logic?at=questions/cause/show_if")
    await browser.press("Take the rule away")
    assert "show_if" not in (await content(survey))["pages"][0]["questions"][1]


async def test_a_draft_that_describes_nothing_says_so(browser: Visitor, survey: Survey, address: str) -> None:
    await Survey.filter(id=survey.id).update(draft="key: calls\n")
    assert "The draft has to be mended first" in (await browser.go(f"{address}/logic")).text()


async def test_a_rehearsal_shows_the_path_and_keeps_a_walk_as_a_test(browser: Visitor, survey: Survey, address: str, door: None) -> None:
    page = await browser.go(f"{address}/rehearsal?language=en")
    assert "How likely?" in page.text()
    assert "cause Not" not in page.text("aside")

    page = await browser.press("Show the path", nps="3")
    told = page.text("aside")
    assert "Why? cause Asked because “How likely?” is 6 or less." in told
    assert "NPS 3 · Detractor nps" in told
    page = await browser.press("Next", nps="9")
    assert "Anything else?" in page.text()
    assert "Why? cause It is only asked when “How likely?” is 6 or less." in page.text("aside")

    page = await browser.press("Keep the walk", walk_key="glad", more="Fine")
    assert "The walk glad is kept." in page.text("aside")
    kept = (await content(survey))["walks"][-1]
    assert kept == {
        "id": "glad",
        "language": "en",
        "answers": {"nps": 9, "more": "Fine"},
        "asked": ["nps", "more"],
        "end_page": "thanks",
    }
    page = await browser.press("Send", more="Fine")
    assert "Thank you" in page.text()
    assert "Goes as written: glad glad" in (await browser.go(f"{address}/logic")).text()

    page = await browser.go(f"{address}/rehearsal?walk=glad")
    assert "NPS 9 · Promoter nps" in page.text("aside")
    await browser.go(f"{address}/logic")
    await browser.press("Take it away Somebody who waited")
    assert [one["id"] for one in (await content(survey))["walks"]] == ["glad"]
