"""Publishing and versions: nothing breaks unannounced, nothing old is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from tests.web.visitor import Visitor
from voc.api.global_ids import global_id
from voc.core import clock, settings
from voc.core.access import Role
from voc.outreach.models import Pause
from voc.surveys import library
from voc.surveys.brands import save_brand
from voc.surveys.draft import save_draft
from voc.surveys.models import PublishRequest, Survey, SurveyVersion
from voc.surveys.publish import publish_survey

READY = library.load("csat-after-call").text
WIDER = READY.replace("kind: csat\n", "kind: csat\n        highest: 7\n", 1)
OTHER_WORDS = READY.replace("How satisfied are you with the call?", "How happy are you with the call?")
NOT_KNOWN = "Say that you know what happens to the CSAT trend of csat, or change the draft so that it goes on."


@pytest.fixture
async def survey(story: Story) -> Survey:
    """A published survey."""
    return await (await story.survey()).survey


@pytest.fixture
def second_person(survey: Survey) -> Iterator[None]:
    """A house where a second person must agree."""
    before = settings.current()
    settings.install(before.model_copy(update={"publish_approval": "second_person"}))
    yield
    settings.install(before)


@pytest.fixture
def address(survey: Survey) -> str:
    """Where its pages are."""
    return f"/console/questionnaires/{global_id('Survey', survey.id)}"


@pytest.fixture
async def browser(enter: Enter, story: Story) -> Visitor:
    """A designer."""
    return await enter(await story.member("Dee Bos", Role.DESIGNER))


async def test_a_trend_that_breaks_is_told_first_and_must_be_known(browser: Visitor, survey: Survey, address: str, door: None) -> None:
    await save_draft(SYSTEM, survey.id, WIDER, 1)
    page = await browser.go(f"{address}/publish")
    assert page.texts("li", data_severity="error") == [
        "Breaks · CSAT of csat : the trend breaks here. The scale of csat changed from 1–5, 2/2 to 1–7, 2/2."
    ]
    assert "Nothing stands in the way." in page.text()

    page = await browser.press("Publish version 2")
    assert (page.status, page.links[NOT_KNOWN]) == (422, "#knows-csat")
    assert await SurveyVersion.all().count() == 1

    page = await browser.press("Publish version 2", knows="csat")
    assert page.text("p", class_="line") == "Version 2 is live. Invitations that are out keep the version they were sent with."
    assert page.texts("strong")[-2:] == ["Version 2", "Version 1"]
    assert (await SurveyVersion.get(number=2)).published_by == "Dee Bos"


async def test_what_goes_on_is_published_at_once_and_what_is_the_same_is_not(browser: Visitor, survey: Survey, address: str) -> None:
    await browser.go(f"{address}/publish")
    assert "Nothing that is asked has changed." in browser.seen.text()
    page = await browser.press("Publish version 2")
    assert (page.status, "there is nothing to publish" in page.text("div", id="faults")) == (409, True)
    await save_draft(SYSTEM, survey.id, READY.replace("minutes: 1", "minutes: 2") + "minutes: 3\n", 1)
    await browser.go(f"{address}/publish")
    assert not browser.seen.ticks
    await browser.press("Publish version 2", moment=f"{clock.now() + timedelta(days=30):%Y-%m-%dT09:00}")
    await browser.go(address)
    page = await browser.press("Publish")
    assert (page.address.endswith("/publish"), await SurveyVersion.all().count()) == (True, 1)
    assert "Publishing now takes its place." in page.text()
    page = await browser.press("Publish version 2")
    assert page.text("h1").startswith("Versions of")


async def test_a_lost_question_is_published_once_it_is_chosen_what_became_of_it(browser: Visitor, survey: Survey, address: str) -> None:
    other = READY.replace("id: csat\n", "id: happy\n").replace("answers.csat", "answers.happy")
    await save_draft(SYSTEM, survey.id, other, 1)
    page = await browser.go(f"{address}/publish")
    assert "csat is now called happy : its earlier answers count with it." in page.text()
    assert page.texts("li", data_severity="none")[0].startswith("Goes on · CSAT of happy : the trend goes on.")
    page = await browser.press("Publish version 2", became_csat="")
    assert (page.status, page.links["Choose what became of csat."]) == (422, "#became-csat")
    page = await browser.press("Publish version 2", became_csat="-")
    assert (page.status, "#knows-csat" in page.links.values()) == (422, True), "taken out, its trend ends"
    await browser.press("Publish version 2", became_csat="happy")
    assert (await SurveyVersion.get(number=2)).renamed["csat"] == "happy"
    assert "csat became happy" in browser.seen.text()


async def test_a_colleague_agrees_or_refuses_with_words(
    browser: Visitor, enter: Enter, story: Story, survey: Survey, address: str, second_person: None
) -> None:
    await save_draft(SYSTEM, survey.id, OTHER_WORDS, 1)
    await browser.go(f"{address}/publish")
    page = await browser.press("Ask a colleague to agree", knows="csat", note="As agreed on Monday.")
    assert page.text("p", class_="line").startswith("A colleague is asked to agree.")
    assert not page.has_button("Agree and publish")
    await save_draft(SYSTEM, survey.id, WIDER, 2)

    other = await enter(await story.member("Pim Smit", Role.DESIGNER))
    page = await other.go("/console/questionnaires")
    assert "Asked by Dee Bos" in page.text("section", aria_labelledby="waiting")
    page = await other.go(f"{address}/publish")
    assert "The draft was edited since." in page.text()
    assert "now reads “How happy are you with the call?”" in page.text("section", aria_labelledby="request")
    page = await other.press("Refuse", reason=" ")
    assert (page.status, page.links["Say why, in at most 500 characters, so that your colleague can mend it."]) == (422, "#reason")
    page = await other.press("Agree and publish")
    assert page.text("p", class_="line").startswith("Version 2 is live.")
    assert "agreed by Pim Smit" in page.text()
    assert "How happy are you" in str((await SurveyVersion.get(number=2)).document)


async def test_publishing_waits_for_its_moment_in_the_readers_zone_and_can_be_taken_back(
    browser: Visitor, survey: Survey, address: str
) -> None:
    await save_draft(SYSTEM, survey.id, OTHER_WORDS, 1)
    await browser.go(f"{address}/publish")
    page = await browser.press("Publish version 2", knows="csat", moment="yesterday")
    assert (page.status, "#moment" in page.links.values()) == (422, True)
    page = await browser.press("Publish version 2", knows="csat", moment="2020-01-01T09:00")
    assert (page.status, "#moment" in page.links.values()) == (422, True)
    year = clock.now().year + 1
    page = await browser.press("Publish version 2", knows="csat", moment=f"{year}-01-04T09:00")
    assert (await PublishRequest.get()).publish_at == datetime(year, 1, 4, 8, 0, tzinfo=UTC)
    assert (await SurveyVersion.all().count(), page.has_button("Publish version 2")) == (1, True)
    assert "Publishing now takes its place." in page.text()
    page = await browser.press("Take it back")
    assert page.text("p", class_="line") == "Taken back. Nothing was published."


async def test_a_draft_that_changed_under_ones_eyes_is_looked_at_again(browser: Visitor, survey: Survey, address: str) -> None:
    await browser.go(f"{address}/publish")
    await save_draft(SYSTEM, survey.id, OTHER_WORDS, 1)
    page = await browser.press("Publish version 2", knows="csat")
    assert (page.status, "#differences" in page.links.values()) == (422, True)
    assert "now reads “How happy are you with the call?”" in page.text()
    assert await SurveyVersion.all().count() == 1


async def test_mistakes_stand_there_with_their_line_and_without_a_button(browser: Visitor, survey: Survey, address: str) -> None:
    await save_draft(SYSTEM, survey.id, READY.replace("kind: csat\n", "kind: cat\n", 1), 1)
    await browser.go(f"{address}/publish")
    assert "Must be mended · line " in browser.seen.text("ol", class_="problems")
    assert any(href.endswith("?at=questions%2Fcsat#panel") for href in browser.seen.links.values())
    assert "These cannot be compared" in browser.seen.text()
    assert not browser.seen.has_button("Publish version 2")


async def test_any_two_versions_are_compared_and_an_old_one_comes_back(browser: Visitor, survey: Survey, address: str) -> None:
    await save_draft(SYSTEM, survey.id, OTHER_WORDS, 1)
    await publish_survey(SYSTEM, survey.id)
    await browser.go(f"{address}/versions")
    page = await browser.press("Compare", **{"from": "1", "to": "2"})
    assert page.text("h2", id="compared") == "From version 1 to version 2"
    assert "The csat read" not in page.text()
    assert "csat read “How satisfied are you with the call?” and now reads “How happy are you with the call?”." in page.text()

    first = next(form for form in reversed(page.forms) if "Make it the draft" in form.buttons)
    page = await browser.post(f"{address}/versions", first.fields)
    assert page.text("p", class_="line") == "Version 1 is the draft now. Look at what changes, then publish it."
    await browser.press("Publish version 3", knows="csat")
    assert (await SurveyVersion.get(number=3)).document == (await SurveyVersion.get(number=1)).document
    page = await browser.go(f"{address}/versions?from=9&to=1")
    assert "from=9" in page.text()


async def test_going_back_does_not_take_away_what_somebody_saved_meanwhile(browser: Visitor, survey: Survey, address: str) -> None:
    await browser.go(f"{address}/versions")
    await save_draft(SYSTEM, survey.id, OTHER_WORDS, 1)
    page = await browser.press("Make it the draft")
    assert (page.status, "A colleague changed this draft in the meantime." in page.text("div", id="faults")) == (409, True)
    assert (await Survey.get(id=survey.id)).draft == OTHER_WORDS


async def test_a_questionnaire_is_paused_from_here_and_goes_on(browser: Visitor, survey: Survey, address: str) -> None:
    await browser.go(f"{address}/publish")
    page = await browser.press("Pause it", why="A wrong link")
    assert (await Pause.get()).ref == survey.key
    assert "A wrong link" in page.text("section", aria_labelledby="pause-1")
    assert "Links sent to customers still take answers;" in page.text("section", aria_labelledby="pause-1")
    assert not page.has_button("Pause it")
    page = await browser.press("Let it go on")
    assert (page.has_button("Pause it"), (await Pause.get()).ended_at is None) == (True, False)


async def test_others_read_and_do_not_publish(story: Story, enter: Enter, survey: Survey, address: str) -> None:
    await save_draft(SYSTEM, survey.id, WIDER, 1)
    reader = await enter(await story.member("Ann Visser", Role.ANALYST))
    await reader.go(f"{address}/publish")
    assert not reader.seen.has_button("Publish version 2")
    assert (await reader.post(f"{address}/live", [("revision", "2"), ("live", "1"), ("knows", "csat")])).status == 403
    assert (await reader.go(f"{address}/versions")).has_button("Make it the draft") is False
    assert (await reader.post(f"{address}/versions", [("revision", "2")])).status == 403
    assert await SurveyVersion.all().count() == 1


async def test_a_survey_that_was_never_published_has_nothing_to_compare_with(browser: Visitor, story: Story) -> None:
    await save_brand(SYSTEM, "main", name="De Fietsenmakers", from_email="luister@fietsen.example")
    await browser.go("/console/questionnaires/new")
    page = await browser.press("Create", ready="csat-after-chat", name="Our chat")
    page = await browser.go(f"{page.address}/versions")
    assert page.text("p", class_="why") == "No versions yet"
    page = await browser.follow("To publishing")
    assert "There is nothing to compare with." in page.text()
    await browser.press("Publish version 1")
    assert await SurveyVersion.all().count() == 1


async def test_the_designers_button_leads_here_where_a_trend_would_break(browser: Visitor, survey: Survey, address: str) -> None:
    await save_draft(SYSTEM, survey.id, WIDER, 1)
    await browser.go(address)
    page = await browser.press("Publish")
    assert page.text("p", class_="line") == "These changes end or break something. Look at them, then publish here."
    assert await SurveyVersion.all().count() == 1
    await browser.go(f"{address}/text")
    page = await browser.press("Save and publish", draft=WIDER)
    assert page.address.endswith("/publish")
    assert await SurveyVersion.all().count() == 1
