"""The preview (Q5) shows pages, mail and text message of a draft or a version, and makes a link for others."""

import httpx
import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from tests.web.visitor import Visitor
from voc.api.global_ids import global_id
from voc.core.access import Role
from voc.outreach.models import Invitation
from voc.surveys import library
from voc.surveys.draft import save_draft

READY = library.load("csat-after-call").text


@pytest.fixture
async def browser(story: Story, enter: Enter) -> Visitor:
    return await enter(await story.member("Dee Bos", Role.DESIGNER))


async def test_the_pages_stand_in_a_frame_as_they_are_asked_for(browser: Visitor, story: Story) -> None:
    version = await story.survey()
    address = f"/console/questionnaires/{global_id('Survey', version.survey_id)}/preview"
    page = await browser.go(address)
    assert "frame-src 'self'" in page.answer.headers["content-security-policy"]
    assert "in 2 messages, and 70 fit in one" in page.text("section", aria_labelledby="problems")  # in Arabic
    assert page.texts("strong", class_="sound") == ["Can be read"] * 6

    frame = await browser.go(_frame(page.answer))
    assert "Preview of the draft as it is now." in frame.text("aside")
    page = await browser.go(f"{address}?language=nl&scheme=dark&script=off&edition={global_id('SurveyVersion', version.id)}")
    assert 'sandbox="allow-forms allow-same-origin"' in page.answer.text
    frame = await browser.go(_frame(page.answer))
    assert "Voorbeeld van versie 1." in frame.text("aside")
    assert "survey." not in "".join(line for line in frame.answer.text.splitlines() if "<script" in line)
    assert "color-scheme:dark" in frame.answer.text


async def test_the_mail_is_shown_without_a_style_that_the_policy_would_have_to_let_in(browser: Visitor, story: Story) -> None:
    survey = (await story.survey()).survey_id
    address = f"/console/questionnaires/{global_id('Survey', survey)}/preview"
    page = await browser.go(f"{address}?view=mail&language=nl")
    assert "Hoe was ons telefoongesprek?" in page.text("dl")
    assert "of at most 12,000 bytes" in page.text("dl")
    mail = (await browser.go(_frame(page.answer))).answer
    policy = mail.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy
    assert 'style="' not in mail.text
    assert '[data-rule="0"]{margin:0;padding:0;background:#f1f3f6}' in mail.text
    assert "Hoe tevreden bent u over het gesprek?" in mail.text


async def test_a_letter_that_makes_two_text_messages_of_one_is_marked(browser: Visitor, story: Story) -> None:
    survey = (await story.survey()).survey_id
    address = f"/console/questionnaires/{global_id('Survey', survey)}/preview?view=sms"
    assert "One message" in (await browser.go(address)).text("section", aria_labelledby="takes")
    worded = READY.replace('"How satisfied are you with our phone call (1-5)?"', "How was the call about “your order”?", 1)
    await save_draft(SYSTEM, survey, worded, 1)
    page = await browser.go(address)
    assert page.texts("mark")[:2] == ["“", "”"]
    assert "2 messages" in page.text("section", aria_labelledby="takes")
    assert "Only for `“`, `”` it needs the alphabet of 70" in page.text("ol", class_="problems")


async def test_a_link_for_others_opens_the_preview_without_an_account(browser: Visitor, story: Story) -> None:
    survey = (await story.survey()).survey_id
    await browser.go(f"/console/questionnaires/{global_id('Survey', survey)}/preview")
    page = await browser.press("Make a link")
    link = page.answer.text.split('id="link" value="')[1].split('"')[0]
    assert "Copy it now; it is not kept." in page.text("p", id="link-hint")
    stranger = await browser.go(link)
    assert "Nothing is kept or counted." in stranger.text("aside")

    page = await browser.go(f"/console/questionnaires/{global_id('Survey', survey)}/preview?view=mail")
    page = await browser.press("Send it to me")
    assert page.text("p", class_="line").startswith("On its way to dee@example.nl.")
    assert page.address.endswith("/preview")
    assert (await Invitation.get()).is_test


async def test_what_cannot_be_shown_says_so_and_readers_share_nothing(story: Story, enter: Enter) -> None:
    survey = (await story.survey()).survey_id
    address = f"/console/questionnaires/{global_id('Survey', survey)}/preview"
    reader = await enter(await story.member("Ann Visser", Role.ANALYST))
    page = await reader.go(address)
    assert (page.status, page.has_button("Make a link"), page.has_button("Send it to me")) == (200, False, False)
    assert (await reader.post(f"{address}/link", [("edition", "")])).status == 403
    await save_draft(SYSTEM, survey, "pages: [", 1)
    page = await reader.go(address)
    assert page.text("p", class_="why") == "There is nothing to show yet"
    assert (await reader.go(f"{address}/mail")).status == 404


def _frame(answer: httpx.Response) -> str:
    return answer.text.split('<iframe src="')[1].split('"')[0].replace("&amp;", "&")
