"""What a designer must know before it is done: another kind, codes of the live version; and what stands beside the questions."""

import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from tests.web.designing import SMALL, asked, content, open_at, save
from tests.web.visitor import Visitor
from voc.core.access import Role
from voc.staff.models import Member
from voc.surveys.brands import save_brand
from voc.surveys.documents import yaml_of
from voc.surveys.draft import create_survey
from voc.surveys.draft_history import edit_draft
from voc.surveys.edits import Put
from voc.surveys.models import Survey
from voc.surveys.presence import note_editing
from voc.surveys.publish import publish_survey

WHOLE = SMALL | {"name": {"en": "Calls", "nl": "Gesprekken"}}


@pytest.fixture
async def live(dee: Member) -> Survey:
    """The small draft, published."""
    survey = await create_survey(SYSTEM, "csat-after-call", "Calls", None, yaml_of(WHOLE))
    await publish_survey(SYSTEM, survey.id)
    return survey


async def test_another_kind_is_told_what_it_loses_and_which_trend_ends_before(browser: Visitor, live: Survey) -> None:
    await open_at(browser, "questions/nps")
    page = await save(browser, {"to_kind": "rating", "text/en": "How likely now?"}, "Change")
    assert page.status == 422
    assert "NPS of nps : the trend ends." in page.text("div", id="sure")
    assert (await content(live))["pages"][0]["questions"][0]["kind"] == "nps"
    page = await browser.press("Do it all the same")
    assert page.text("h2", id="panel-heading") == "Scale nps"
    made = (await content(live))["pages"][0]["questions"][0]
    assert (made["kind"], made["lowest"], made["highest"], made["text"]["en"]) == ("rating", 0, 10, "How likely now?")
    await browser.press("Undo")
    assert (await content(live))["pages"] == WHOLE["pages"]

    await open_at(browser, "questions/more")
    page = await save(browser, {"to_kind": "statement"}, "Change")
    assert (page.status, page.text("h2", id="panel-heading")) == (200, "Text alone more"), "nothing is lost, so nothing is asked"


async def test_a_code_that_answers_are_kept_under_is_changed_only_knowingly(browser: Visitor, live: Survey) -> None:
    await open_at(browser, "questions/cause")
    page = await save(browser, {"choices/wait/code": "waiting", "choices/a~1b/text/en": "The talk"})
    assert (page.status, "kept under wait" in page.text("div", id="sure")) == (422, True)
    assert await content(live) == WHOLE
    page = await browser.press("Do it all the same")
    assert [(one["code"], one["text"]["en"]) for one in (await content(live))["pages"][0]["questions"][1]["choices"]] == [
        ("waiting", "The wait"),
        ("a/b", "The talk"),
    ]
    await browser.press("Save", **{"add/choices": "p1\tThe price\r\nThe queue"})
    assert [one["code"] for one in (await content(live))["pages"][0]["questions"][1]["choices"][2:]] == ["p1", "the_queue"]


async def test_a_page_is_copied_with_questions_of_its_own(browser: Visitor, small_survey: Survey) -> None:
    await open_at(browser, "pages/first")
    page = await browser.press("Copy")
    assert page.text("h2", id="panel-heading") == "Page first_2"
    assert await asked(small_survey) == [["nps", "cause"], ["nps_2", "cause_2"], ["more"]]


async def test_own_words_stand_in_place_of_ours(browser: Visitor, small_survey: Survey) -> None:
    await open_at(browser, "words")
    page = await save(browser, {"send/en": "Send it off", "send/nl": "Versturen"})
    assert (page.status, page.text("p", class_="line")) == (200, "Saved.")
    assert (await content(small_survey))["words"] == {"send": {"en": "Send it off", "nl": "Versturen"}}


async def test_the_key_changes_until_the_first_version_and_the_brand_at_any_time(browser: Visitor, story: Story) -> None:
    await save_brand(SYSTEM, "other", name="De Rijwielen", from_email="luister@rijwielen.example")
    survey = await create_survey(SYSTEM, "csat-after-call", "Calls", None, yaml_of(SMALL))
    page = await open_at(browser, "")
    await browser.press("Use this brand", brand=page.options["De Rijwielen"])
    page = await browser.press("Use this key", key="Not a key")
    assert (page.status, page.text("p", id="key-fault")[:15]) == (422, "`Not a key` can")
    await browser.press("Use this key", key="calls")
    found = await Survey.get(id=survey.id).select_related("brand")
    assert (found.key, found.brand.name, (await content(found))["key"]) == ("calls", "De Rijwielen", "calls")
    await save(browser, {"name/en": "Our calls", "languages": "en\nnl"})
    assert (await Survey.get(id=survey.id)).name == "Our calls", "until it is published it is called as its draft is"


async def test_what_a_colleague_edits_is_theirs_until_it_is_taken_over(
    browser: Visitor, small_survey: Survey, story: Story, enter: Enter
) -> None:
    tom = await story.actor(await story.member("Tom Baker", Role.DESIGNER))
    await note_editing(tom, small_survey.id, "questions/nps")
    page = await open_at(browser, "questions/nps")
    assert (page.has_button("Save"), page.text("div", id="others")) == (False, "Tom Baker is editing this. Take over")
    await edit_draft(tom, small_survey.id, (Put("questions/nps/help/en", "Go on."),), small_survey.draft_revision)
    home = page.address.split("?")[0]
    news = await browser.go(f"{home}/news?since={small_survey.draft_revision}&at=questions/more")
    assert news.text("div", id="others") == "Tom Baker changed one question. Show it Tom Baker is at work elsewhere: nps"
    await open_at(browser, "questions/nps")
    page = await browser.press("Take over")
    assert (page.has_button("Save"), page.text("div", id="others")) == (True, "")
    await browser.post(f"{home}/here", [("at", "questions/nps")])
    assert browser.seen.status == 204
    assert "Dee Bos" in (await (await enter(await story.member("Ann", Role.ANALYST))).go(f"{home}?at=questions/nps")).text(
        "div", id="others"
    )
    await browser.post(f"{home}/here", [("left", "1")])
