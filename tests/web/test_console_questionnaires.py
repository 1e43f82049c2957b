"""Questionnaires: from the library to a live one, with nothing that was typed ever lost."""

import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from tests.web.visitor import Visitor
from voc.core.access import Role
from voc.outreach.models import Invitation
from voc.staff.models import Member
from voc.surveys import library
from voc.surveys.brands import save_brand
from voc.surveys.draft import save_draft
from voc.surveys.models import Survey, SurveyVersion

READY = library.load("csat-after-call").text
BROKEN = "key: mine\npages: [\n"


@pytest.fixture
async def dee(story: Story) -> Member:
    """A designer, and a brand to ask under."""
    await save_brand(SYSTEM, "main", name="De Fietsenmakers", from_email="luister@fietsen.example")
    return await story.member("Dee Bos", Role.DESIGNER)


@pytest.fixture
async def browser(enter: Enter, dee: Member) -> Visitor:
    """The designer at work."""
    return await enter(dee)


async def test_from_nothing_to_a_live_survey(browser: Visitor, door: None) -> None:
    page = await browser.go("/console/questionnaires")
    assert "No questionnaires yet" in page.text()
    await browser.follow("New questionnaire")
    page = await browser.press("Create", ready="csat-after-chat", name="Our chat")
    assert page.text("p", class_="line") == "Created. Nobody sees it before you publish."
    assert (page.text("h1"), page.text("span", class_="state")) == ("Our chat", "Never published")
    assert "Nothing to mend. This can be published." in page.text("details", id="problems")

    await browser.follow("As text")
    page = await browser.press("Save and publish", draft=(await Survey.get()).draft)

    assert page.text("p", class_="line") == "Version 1 is live. Invitations that are out keep the version they were sent with."
    version = await SurveyVersion.get()
    languages = list(library.load("csat-after-chat").questionnaire.languages)
    assert (version.number, version.document["languages"], version.published_by) == (1, languages, "Dee Bos")
    page = await browser.go("/console/questionnaires")
    assert "our-chat Live English, Dutch" in page.text("table")


async def test_without_a_name_the_ready_one_gives_it_and_a_key_that_is_taken_is_said(browser: Visitor) -> None:
    await browser.go("/console/questionnaires/new")
    page = await browser.press("Create", ready="csat-after-call")
    assert (page.text("h1"), (await Survey.get()).key) == ("CSAT after a phone call", "csat-after-call")

    await browser.go("/console/questionnaires/new")
    page = await browser.press("Create", ready="csat-after-call", name="Second")
    assert page.text("h1") == "Second"
    await browser.go("/console/questionnaires/new")
    page = await browser.press("Create", ready="csat-after-call", key="second", name="Third")
    assert (page.status, page.text("div", id="faults")) == (
        409,
        "One thing needs mending There is a questionnaire with this short name already. Choose another.",
    )
    assert ("name", "Third") in page.form("Create").fields
    page = await browser.press("Create", key="No key!")
    assert page.status == 422
    assert "cannot be a key" in page.text("p", id="key-fault")


async def test_a_draft_with_mistakes_is_kept_checked_and_not_published(browser: Visitor, story: Story) -> None:
    survey = (await story.survey()).survey_id
    page = await browser.go(f"{await _address(browser)}/text")

    page = await browser.press("Check", draft=BROKEN)
    assert (page.status, "Must be mended" in page.text("div", id="problems")) == (200, True)
    assert (await Survey.get(id=survey)).draft == READY
    assert page.text("span", id="stand") == "Not saved yet"

    page = await browser.press("Save", draft=BROKEN)
    assert (page.text("p", class_="line"), page.text("span", id="stand")) == ("Saved.", "Draft 2")
    assert "line 3" in page.text("div", id="problems")

    page = await browser.press("Save and publish", draft=BROKEN + "]\n")
    assert page.status == 422
    assert "must be mended first. Your text is saved." in page.text("div", id="faults")
    assert page.links[page.text("div", id="faults").split("mending ")[1]] == "#problems"
    assert "line " in page.text("div", id="problems")
    assert ((await Survey.get(id=survey)).draft, await SurveyVersion.all().count()) == (BROKEN + "]\n", 1)
    page = await browser.follow("Preview")
    assert "There is nothing to show yet" in page.text()


async def test_the_key_line_of_another_survey_is_refused_with_the_way_out(browser: Visitor, story: Story) -> None:
    await story.survey()
    await browser.go(f"{await _address(browser)}/text")

    page = await browser.press("Save and publish", draft=READY.replace("key: csat-after-call", "key: other"))

    assert page.status == 422
    assert "The document says `key: other`, but this survey is `csat-after-call`. Change the line." in page.text("div", id="faults")


async def test_when_a_colleague_saved_first_both_texts_are_there_and_the_second_press_replaces(
    browser: Visitor, story: Story, dee: Member
) -> None:
    survey = await (await story.survey()).survey
    await browser.go(f"{await _address(browser)}/text")
    await save_draft(await story.actor(dee), survey.id, READY + "# theirs\n", 1)

    page = await browser.press("Save", draft=READY + "# mine\n")

    assert page.status == 409
    assert "A colleague saved this draft while you were writing." in page.text("div", id="faults")
    assert page.text("textarea", name="draft").endswith("# mine")
    assert page.text("pre").endswith("# theirs")
    assert (await Survey.get(id=survey.id)).draft == READY + "# theirs\n"
    page = await browser.press("Save mine over theirs", draft=READY + "# mine\n")
    assert page.text("p", class_="line") == "Saved."
    assert (await Survey.get(id=survey.id)).draft == READY + "# mine\n"


async def test_what_has_not_changed_is_neither_saved_nor_published_again(browser: Visitor, story: Story) -> None:
    survey = (await story.survey()).survey_id
    await browser.go(f"{await _address(browser)}/text")

    page = await browser.press("Save and publish", draft=READY)

    assert (page.status, page.text("div", id="faults").partition("mending ")[2]) == (
        409,
        "Nothing has changed since the last version, so there is nothing to publish.",
    )
    assert ((await Survey.get(id=survey)).draft_revision, await SurveyVersion.all().count()) == (1, 1)


async def test_a_test_goes_to_ones_own_mailbox(browser: Visitor, story: Story, dee: Member) -> None:
    await story.survey()
    await browser.go(f"{await _address(browser)}/text")

    page = await browser.press("Send a test", language="nl")

    assert page.text("p", class_="line").startswith("On its way to dee@example.nl.")
    sent = await Invitation.get()
    assert (sent.is_test, sent.language, sent.tester_id) == (True, "nl", dee.id)


async def test_others_read_but_do_not_change(story: Story, enter: Enter) -> None:
    survey = await (await story.survey()).survey
    reader = await enter(await story.member("Ann Visser", Role.ANALYST))

    page = await reader.go("/console/questionnaires?search=nothing")
    assert page.text("p", class_="why") == "No questionnaire is found that way"
    page = await reader.go(f"{await _address(reader)}/text")
    assert page.text("textarea", name="draft") != ""
    assert not any(page.has_button(button) for button in ("Save", "Save and publish", "Check", "Send a test"))
    await reader.post(page.address, [("draft", "mine"), ("deed", "save"), ("revision", "1")])
    assert (await Survey.get(id=survey.id)).draft == READY
    assert (await reader.go("/console/questionnaires/U3VydmV5OjAxYTIw")).status == 404


async def _address(browser: Visitor) -> str:
    page = await browser.go("/console/questionnaires")
    return next(href for href in page.links.values() if href.startswith("/console/questionnaires/") and not href.endswith("/new"))
