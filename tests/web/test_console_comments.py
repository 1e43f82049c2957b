"""Comments and one whole response: found by word, mood and score, with the words that caused the mood, and a task raised by hand."""

import pytest
import yaml

from tests.makers import SYSTEM, WHY, Story
from tests.web.conftest import Enter
from voc.core.access import Role
from voc.core.db import count_statements
from voc.followup.models import Task
from voc.responses.models import Response
from voc.staff.models import Member
from voc.surveys import library
from voc.surveys.draft import save_draft
from voc.surveys.models import Survey
from voc.surveys.publish import publish_survey

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HAPPY = "Quick answer, wonderful people."


@pytest.fixture
async def lea(story: Story) -> Member:
    """A lead of all teams, with one angry customer and one happy one."""
    await story.let_down("Anna de Vries")
    contact = await story.contact(await story.customer("Bram Jansen"), await story.team("billing", "Billing"), channel="chat")
    await story.response({"csat": 5, "solved": True, "why": HAPPY}, contact)
    await story.let_reactions_run()
    return await story.member("Lea Blom", Role.LEAD)


async def test_comments_are_found_by_word_mood_and_score(story: Story, enter: Enter, lea: Member, door: None) -> None:
    browser = await enter(lea)

    page = await browser.go("/console/comments")
    assert page.text("h1") == "Comments"
    assert page.texts("a", class_="said") == [HAPPY, WHY]
    assert "Bram Jansen after-call · Billing" in page.text("table")

    assert page.texts("mark", data_mood="negative") == ["broken", "Terrible"]

    page = await browser.press("Show", search="QUICK people")
    assert (page.texts("a", class_="said"), page.texts("mark")) == ([HAPPY], ["Quick", "wonderful", "people"])
    assert page.texts("mark", data_mood="positive") == ["wonderful"]
    page = await browser.press("Show", search="", level="low")
    assert page.texts("a", class_="said") == [WHY]
    page = await browser.press("Show", sentiment="positive", level="")
    assert page.texts("a", class_="said") == [HAPPY]
    page = await browser.press("Show", sentiment="", team=page.options["Billing"], days="7")
    assert page.texts("a", class_="said") == [HAPPY]
    page = await browser.press("Show", metric="nps")
    assert page.text("p", class_="why") == "Nobody said anything like it"
    page = await browser.follow("Clear filters")
    assert len(page.texts("a", class_="said")) == 2


async def test_markup_in_a_comment_stays_text(story: Story, enter: Enter, lea: Member) -> None:
    nasty = "<script>alert(1)</script> & <u> terrible </u>"
    await story.response({"csat": 1, "why": nasty}, await story.contact(await story.customer("Cas Smit")))
    await story.let_reactions_run()
    browser = await enter(lea)

    for address in ("/console/comments", "/console/comments?search=%3Cu%3E"):
        page = await browser.go(address)
        assert nasty in page.texts("a", class_="said")
        assert ("terrible" in page.texts("mark"), page.texts("u"), "<script>alert" in page.answer.text) == (True, [], False)
    page = await browser.follow(nasty)
    assert (page.texts("mark")[0], page.texts("u"), "<script>alert" in page.answer.text) == ("terrible", [], False)


async def test_words_one_may_not_read_are_neither_found_nor_listed(story: Story, enter: Enter, lea: Member) -> None:
    document = yaml.safe_load(library.load("csat-after-call").text)
    for question in (one for part in document["pages"] for one in part["questions"]):
        question["sensitive"] = question["kind"] == "text"
    survey = await Survey.get(key="csat-after-call")
    await save_draft(SYSTEM, survey.id, yaml.safe_dump(document), survey.draft_revision)
    await publish_survey(SYSTEM, survey.id)
    await story.response({"csat": 1, "why": "My wonderful knee is broken."}, await story.contact())
    await story.let_reactions_run()

    page = await (await enter(lea)).go("/console/comments?search=knee")
    assert page.texts("a", class_="said") == ["My wonderful knee is broken."]
    analyst = await enter(await story.member("Ann Visser", Role.ANALYST))
    assert (await analyst.go("/console/comments?search=wonderful")).texts("a", class_="said") == [HAPPY]
    assert (await analyst.go("/console/comments?search=knee")).text("p", class_="why") == "Nobody said anything like it"
    page = await analyst.go("/console/comments")
    assert (page.texts("a", class_="said"), "knee" in page.answer.text) == ([HAPPY, WHY], False)


async def test_a_response_shows_its_answers_its_reading_and_what_followed(story: Story, enter: Enter, lea: Member, door: None) -> None:
    browser = await enter(lea)
    await browser.go("/console/comments")

    page = await browser.follow(WHY)

    assert page.text("h1") == "One response"
    assert "How satisfied are you with the call? 1" in page.text("dl", class_="answers")
    assert page.texts("mark")[:2] == ["broken", "Terrible"]
    assert "towards unhappy" in page.text("ul", class_="plain because")
    assert "Call back after a bad call Open Service" in page.text("section", aria_labelledby="tasks")
    assert "Customer Anna de Vries" in page.text("section", aria_labelledby="joined")
    assert page.text("section", aria_labelledby="asked").endswith("It came without an invitation of ours. Source: –")


async def test_a_task_is_raised_once_however_often_the_form_is_sent(story: Story, enter: Enter, lea: Member) -> None:
    browser = await enter(lea)
    await browser.go("/console/comments")
    page = await browser.follow(HAPPY)
    address = page.address
    page = await browser.press("Raise a task", title="", note="Thank them")
    assert (page.status, page.text("title").startswith("Error: ")) == (422, True)
    assert page.text("textarea", name="note") == "Thank them"

    again = page.form("Raise a task").fields
    page = await browser.press("Raise a task", title="Send flowers", team=page.options["Billing"])
    assert page.text("p", class_="line") == "Raised. The team sees it in its inbox."
    await browser.post(f"{address}/task", [*again, ("title", "Send flowers")])
    raised = await Task.filter(title="Send flowers")
    assert [(await one.team).name for one in raised if one.team] == ["Billing"]


async def test_colleagues_of_a_team_read_what_concerns_it(story: Story, enter: Enter, lea: Member) -> None:
    browser = await enter(lea)
    await browser.go("/console/comments")
    address = (await browser.follow(HAPPY)).address
    sara = await enter(await story.member("Sara Bos", Role.HANDLER, await story.team("service")))

    assert (await sara.go("/console/comments")).texts("a", class_="said") == [WHY]
    assert (await sara.go(address)).status == 404
    ann = await enter(await story.member("Ann Visser", Role.ANALYST))
    page = await ann.go(address)
    assert "B*** J***" in page.text("section", aria_labelledby="joined")
    assert not page.has_button("Raise a task")


async def test_a_text_nobody_can_read_yet_says_so_and_a_test_says_it_does_not_count(story: Story, enter: Enter) -> None:
    await story.response({"csat": 2, "why": "Niemand belt terug."}, language="nl", is_test=True)
    await story.let_reactions_run()
    browser = await enter(await story.member("Lea Blom", Role.LEAD))
    assert "No comments yet" in (await browser.go("/console/comments")).text()

    await Response.all().update(is_test=False, suspect="three scores were opened within a minute")
    await browser.go("/console/comments")
    page = await browser.follow("Niemand belt terug.")
    assert "We cannot read the mood of a text in this language yet (Dutch)." in page.text("dl", class_="answers")
    assert "This does not count: three scores were opened within a minute" in page.text()
    await Response.all().update(is_test=True, suspect="")
    assert "This is a test. It does not count." in (await browser.go(page.address)).text()


@ONE_DATABASE
async def test_more_comments_cost_no_more_statements(story: Story, enter: Enter, lea: Member) -> None:
    browser = await enter(lea)
    await browser.go("/console/comments")
    with count_statements() as two:
        await browser.go("/console/comments")
    for number in range(4):
        await story.response({"csat": 3, "why": f"The {number}th"}, await story.contact(await story.customer(f"Cas{number} Smit")))
    with count_statements() as six:
        page = await browser.go("/console/comments")
    assert len(page.texts("a", class_="said")) == 6
    assert six.count == two.count
