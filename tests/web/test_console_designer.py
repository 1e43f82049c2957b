"""The designer: every change is a small operation of the draft, and nothing that was typed is lost."""

import json

import pytest

from tests.makers import Story
from tests.web.conftest import Enter
from tests.web.designing import SMALL, asked, content, open_at, save
from tests.web.visitor import Visitor
from voc.core.access import Role
from voc.staff.models import Member
from voc.surveys.draft import save_draft
from voc.surveys.draft_history import edit_draft
from voc.surveys.edits import Put
from voc.surveys.models import Survey, SurveyVersion

MOST_ON_THE_WIRE = 60_000


async def test_the_list_names_every_question_its_kind_and_its_condition(browser: Visitor, small_survey: Survey) -> None:
    page = await open_at(browser, "")
    listed = page.text("nav", id="list")
    assert "How likely? How likely to recommend" in listed
    assert "Why? One of several · under a condition" in listed
    assert "End page: thanks" in listed
    assert page.text("h2", id="panel-heading") == "In general"
    page = await browser.follow("Why? One of several · under a condition")
    assert page.text("h2", id="panel-heading") == "One of several cause"
    assert page.texts("code")[1:] == ["answers.nps"]
    assert dict(page.form("Save").fields)["text/nl"] == "Waarom?"


async def test_what_was_changed_in_a_panel_is_saved_and_the_rest_is_left_alone(browser: Visitor, small_survey: Survey, door: None) -> None:
    await open_at(browser, "questions/cause")
    page = await browser.press(
        "Save",
        **{"text/en": "What went wrong?", "required": ["", "true"], "order": "random", "choices/a~1b/text/nl": "Het telefoongesprek"},
    )
    assert (page.status, page.text("p", class_="line")) == (200, "Saved.")
    question = (await content(small_survey))["pages"][0]["questions"][1]
    assert question["text"] == {"en": "What went wrong?", "nl": "Waarom?"}
    assert (question["required"], question["order"]) == (True, "random")
    assert question["choices"][1] == {"code": "a/b", "text": {"en": "The call", "nl": "Het telefoongesprek"}}

    page = await save(browser, {"required": "", "order": "as_written", "show_if": ""})
    question = (await content(small_survey))["pages"][0]["questions"][1]
    assert not {"required", "order", "show_if"} & question.keys()
    revision = (await Survey.get(id=small_survey.id)).draft_revision
    await browser.press("Save")
    assert (await Survey.get(id=small_survey.id)).draft_revision == revision


async def test_a_pasted_list_becomes_choices_that_move_and_go(browser: Visitor, small_survey: Survey) -> None:
    await open_at(browser, "questions/cause")
    page = await browser.press("Save", **{"add/choices": "The price\r\n\r\nThe wait\r\n2 calls"})
    codes = [one["code"] for one in (await content(small_survey))["pages"][0]["questions"][1]["choices"]]
    assert codes == ["wait", "a/b", "the_price", "the_wait", "2_calls"]
    assert "questions/cause/choices/2_calls" in page.links["More about 2_calls"].replace("%2F", "/")

    await browser.press("Up 2 calls" if page.has_button("Up 2 calls") else "Up 2_calls")
    await browser.press("Remove The price")
    codes = [one["code"] for one in (await content(small_survey))["pages"][0]["questions"][1]["choices"]]
    assert codes == ["wait", "a/b", "2_calls", "the_wait"]
    page = await browser.press("Bring it back")
    assert page.text("p", class_="line") == "Undone."
    assert len((await content(small_survey))["pages"][0]["questions"][1]["choices"]) == 5

    await browser.follow("More about a/b")
    page = await save(browser, {"code": "call", "own_words": "true", "points": "2,5"})
    assert page.text("h2", id="panel-heading") == "Choice call"
    assert (await content(small_survey))["pages"][0]["questions"][1]["choices"][1] == {
        "code": "call",
        "text": {"en": "The call", "nl": "Het gesprek"},
        "own_words": True,
        "points": 2.5,
    }


async def test_questions_are_added_where_one_is_and_moved_copied_deleted_and_brought_back(browser: Visitor, small_survey: Survey) -> None:
    await open_at(browser, "questions/nps")
    page = await browser.press("Save", kind="/text What could be better?", **{"text/en": "Would you?"})
    assert page.text("h2", id="panel-heading") == "Own words text"
    assert await asked(small_survey) == [["nps", "text", "cause"], ["more"]]
    first = (await content(small_survey))["pages"][0]["questions"]
    assert (first[0]["text"]["en"], first[1]["text"]) == ("Would you?", {"en": "What could be better?"})

    for _ in range(2):
        await browser.press("Down")
    assert await asked(small_survey) == [["nps", "cause"], ["text", "more"]]
    await browser.press("Up")
    assert await asked(small_survey) == [["nps", "cause", "text"], ["more"]]
    await browser.press("Move", page="pages/second", place="2")
    assert await asked(small_survey) == [["nps", "cause"], ["more", "text"]]
    page = await browser.press("Copy")
    assert (page.text("h2", id="panel-heading"), await asked(small_survey)) == (
        "Own words text_2",
        [["nps", "cause"], ["more", "text", "text_2"]],
    )
    page = await browser.press("Delete")
    assert (page.text("h2", id="panel-heading"), await asked(small_survey)) == ("Page second", [["nps", "cause"], ["more", "text"]])
    await browser.press("Bring it back")
    assert await asked(small_survey) == [["nps", "cause"], ["more", "text", "text_2"]]
    await browser.press("Undo")
    page = await browser.press("Redo")
    assert (page.text("p", class_="line"), await asked(small_survey)) == ("Done again.", [["nps", "cause"], ["more", "text", "text_2"]])


async def test_a_new_page_comes_after_the_chosen_one_and_an_unknown_kind_is_said(browser: Visitor, small_survey: Survey) -> None:
    await open_at(browser, "questions/nps")
    page = await browser.press("New page")
    assert (page.text("h2", id="panel-heading"), page.text("p", class_="line")) == ("Page page_3", "A page was added.")
    page = await browser.press("Add", kind="/poem")
    assert (page.status, page.text("p", id="add-fault")[:35]) == (422, "There is no such kind of question. ")
    assert ("kind", "/poem") in page.form("Add").fields
    await browser.press("Add", kind="/yes")
    assert await asked(small_survey) == [["nps", "cause"], ["yes_no"], ["more"]]


async def test_a_new_name_goes_along_in_conditions_and_a_wrong_one_is_refused(browser: Visitor, small_survey: Survey) -> None:
    await open_at(browser, "questions/nps")
    page = await browser.press("Save", id="cause", **{"text/en": "Kept?"})
    assert page.status == 422
    assert "choose one that no other question has" in page.text("div", id="faults")
    assert dict(page.form("Apply mine").fields)["text/en"] == "Kept?"
    page = await browser.press("Apply mine", id="recommend")
    assert page.text("h2", id="panel-heading") == "How likely to recommend recommend"
    first = (await content(small_survey))["pages"][0]["questions"]
    assert (first[0]["id"], first[0]["text"]["en"], first[1]["show_if"]) == ("recommend", "Kept?", "answers.recommend <= 6")


async def test_problems_lead_to_their_panel_and_stand_at_their_field(browser: Visitor, small_survey: Survey) -> None:
    await open_at(browser, "questions/cause")
    page = await save(browser, {"show_if": "answers.more == 'x'"})
    assert "asked later" in page.text("p", id="f-show_if-fault")
    problem = next(text for text in page.links if "asked later" in text)
    assert page.links[problem].endswith("?at=questions%2Fcause#f-show_if")
    page = await browser.press("Publish")
    assert (page.status, "must be mended first" in page.text("div", id="faults")) == (422, True)


async def test_two_designers_both_go_on_and_at_the_same_place_the_second_chooses(
    browser: Visitor, small_survey: Survey, story: Story, dee: Member
) -> None:
    await open_at(browser, "questions/nps")
    actor = await story.actor(await story.member("Tom Baker", Role.DESIGNER))
    await edit_draft(actor, small_survey.id, (Put("questions/more/text/en", "More?"),), small_survey.draft_revision)
    page = await browser.press("Save", **{"text/en": "Mine"})
    assert page.text("p", class_="line") == "Saved."

    await edit_draft(actor, small_survey.id, (Put("questions/nps/text/en", "Theirs"),), small_survey.draft_revision + 2)
    page = await browser.press("Save", **{"text/en": "Mine again"})
    assert (page.status, "Tom Baker changed the same place meanwhile." in page.text("div", id="faults")) == (409, True)
    assert dict(page.form("Apply mine").fields)["text/en"] == "Mine again"
    assert (await content(small_survey))["pages"][0]["questions"][0]["text"]["en"] == "Theirs"
    page = await browser.press("Apply mine")
    assert (page.status, (await content(small_survey))["pages"][0]["questions"][0]["text"]["en"]) == (200, "Mine again")
    assert (await content(small_survey))["pages"][1]["questions"][0]["text"]["en"] == "More?"


async def test_what_was_typed_for_a_question_that_is_gone_is_still_there(browser: Visitor, small_survey: Survey, story: Story) -> None:
    await open_at(browser, "questions/nps")
    actor = await story.actor(await story.member("Tom Baker", Role.DESIGNER))
    await edit_draft(actor, small_survey.id, (Put("questions/nps", None),), small_survey.draft_revision)
    page = await browser.press("Save", **{"text/en": "Long thought over"})
    assert page.status == 409
    assert "Long thought over" in page.text()


async def test_the_whole_and_the_invitation_have_panels_too(browser: Visitor, small_survey: Survey) -> None:
    await open_at(browser, "")
    await save(browser, {"languages": "en\nnl\nde", "name/en": "Calls today", "add/end_pages": "Sorry"})
    found = await content(small_survey)
    assert (found["languages"], found["name"]["en"]) == (["en", "nl", "de"], "Calls today")
    assert [one["id"] for one in found["end_pages"]] == ["sorry", "thanks"]
    page = await open_at(browser, "invitation")
    assert "subject/de" not in dict(page.form("Save").fields)
    page = await browser.follow("All 3 languages beside each other")
    await browser.press("Save", **{"subject/de": "Ihr Anruf"})
    assert (await content(small_survey))["invitation"]["subject"] == {"en": "Your call", "nl": "Uw gesprek", "de": "Ihr Anruf"}


async def test_others_read_and_a_draft_that_cannot_be_read_leads_to_its_text(
    browser: Visitor, small_survey: Survey, story: Story, enter: Enter, dee: Member
) -> None:
    reader = await enter(await story.member("Ann Visser", Role.ANALYST))
    page = await open_at(reader, "questions/nps")
    assert not any(page.has_button(one) for one in ("Save", "Undo", "Add", "Delete", "Publish"))
    fields = [("at", "questions/nps"), ("deed", "delete"), ("revision", str(small_survey.draft_revision))]
    refused = await reader.post(f"{page.address.split('?')[0]}/edit", fields)
    assert (refused.status, len(await asked(small_survey))) == (403, 2)

    await save_draft(await story.actor(dee), small_survey.id, "pages: [", small_survey.draft_revision)
    page = await open_at(browser, "questions/nps")
    assert "The list cannot be shown" in page.text()
    await browser.follow("To the text")
    assert browser.seen.text("textarea", name="draft") == "pages: ["


@pytest.mark.parametrize("seen", ["", "[]", "{", json.dumps({"text/en": 7})])
async def test_a_form_that_was_tampered_with_changes_nothing_else(browser: Visitor, small_survey: Survey, seen: str) -> None:
    page = await open_at(browser, "questions/nps")
    for at in ("questions/nps", "questions/none", "pages/first/questions/9", "../x", "text"):
        fields = [("at", at), ("deed", "save"), ("revision", "x"), ("seen", seen), ("code/x", "y"), ("kind", "")]
        await browser.post(f"{page.address.split('?')[0]}/edit", fields)
        assert browser.seen.status < 500
    assert await content(small_survey) == SMALL


async def test_publishing_from_the_designer_makes_a_version(browser: Visitor, small_survey: Survey) -> None:
    await open_at(browser, "")
    await save(browser, {"name/nl": "Gesprekken", "languages": "en\nnl"})
    page = await open_at(browser, "questions/nps")
    page = await browser.press("Save", **{"low/en": "not likely", "low/nl": "niet", "high/en": "very likely", "high/nl": "heel"})
    form = page.form("Publish")
    before = await browser.post(form.action, [*(one for one in form.fields if one[0] != "revision"), ("revision", "1")])
    assert (before.status, "A colleague changed this draft" in before.text("div", id="faults")) == (409, True)
    page = await browser.press("Publish")
    assert page.text("p", class_="line").startswith("These changes end or break something."), page.text("details", id="problems")
    form, known = page.form("Publish version 2"), [("knows", one) for one in page.ticks["knows"]]
    page = await browser.post(form.action, [*form.fields, *known, ("became-still_open", "-"), ("became-why", "-")])
    assert (page.status, page.text("p", class_="line")[:17]) == (200, "Version 2 is live")
    assert await SurveyVersion.filter(survey_id=small_survey.id).count() == 2
