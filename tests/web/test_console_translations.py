"""Translations: one text a row, nothing that was typed is lost, and a file is looked at before it is taken."""

import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from tests.web.visitor import Seen, Visitor
from voc.api.global_ids import global_id
from voc.core.access import Role
from voc.surveys import library
from voc.surveys.check import check
from voc.surveys.draft import save_draft
from voc.surveys.models import Survey

READY = library.load("csat-after-call").text
NAME = library.load("csat-after-call").questionnaire.name.say("en")


@pytest.fixture
async def survey(story: Story) -> Survey:
    """A survey that speaks several languages."""
    return await (await story.survey()).survey


@pytest.fixture
def address(survey: Survey) -> str:
    """Where its translations are."""
    return f"/console/questionnaires/{global_id('Survey', survey.id)}/translations"


@pytest.fixture
async def browser(enter: Enter, story: Story) -> Visitor:
    """A designer."""
    return await enter(await story.member("Dee Bos", Role.DESIGNER))


async def text_of(survey: Survey, language: str) -> str:
    """What the question of the survey says in a language."""
    found = check((await Survey.get(id=survey.id)).draft).questionnaire
    assert found
    return next(found.questions()).text.get(language, "")


async def test_a_new_language_begins_with_the_first_text(browser: Visitor, survey: Survey, address: str, door: None) -> None:
    await browser.go(address)
    page = await browser.press("Translate into it", language="pl")
    assert "This language comes along with the first text you save." in page.text()
    assert (page.text("label", for_="t-1"), page.text("h2")) == (NAME, "English into Polish")

    page = await browser.press("Save and on to the next missing", **{"text:csat.text": "Jak ocenia Pan rozmowę?"})

    assert page.text("p", class_="line") == "One text is saved."
    assert await text_of(survey, "pl") == "Jak ocenia Pan rozmowę?"
    assert any("1 of " in one for one in page.texts("a", aria_current="page"))
    assert "text:csat.text" not in dict(page.form("Save").fields)


async def test_a_lost_placeholder_is_said_at_its_row_and_the_rest_is_saved(browser: Visitor, survey: Survey, address: str) -> None:
    await browser.go(f"{address}?language=pl&show=all")
    page = await browser.press("Save", **{"text:csat.text": "Jak?", "text:invitation.greeting": "Dzień dobry,"})

    row = box(page, "invitation.greeting")
    assert (page.status, page.texts("p", id=f"{row}-fault")) == (
        422,
        ["What stands between braces must be the same as in the source, neither more nor less. Everything else is saved."],
    )
    assert ("text:invitation.greeting", "Dzień dobry,") in page.form("Save").fields
    assert await text_of(survey, "pl") == "Jak?"
    page = await browser.press("Save", **{"text:invitation.greeting": "Dzień dobry {customer.first_name|Klient},"})
    assert page.text("p", class_="line") == "One text is saved."


async def test_a_text_that_cannot_stand_in_its_place_does_not_keep_the_others_out(browser: Visitor, survey: Survey, address: str) -> None:
    await browser.go(f"{address}?language=nl&show=all")
    page = await browser.press("Save", **{"text:csat.text": "Hoe was het?", "text:invitation.subject": "Lang " * 60, "text:name": ""})
    assert page.status == 422
    assert ("text:invitation.subject", ("Lang " * 60).strip()) in page.form("Save").fields
    assert page.texts("p", id="t-1-fault") == ["A text cannot be taken away here. Write what it should say."]
    assert await text_of(survey, "nl") == "Hoe was het?"


async def test_when_a_colleague_saved_first_both_are_there_and_the_next_press_saves(browser: Visitor, survey: Survey, address: str) -> None:
    before = await text_of(survey, "nl")
    await browser.go(f"{address}?language=nl&show=all")
    await save_draft(SYSTEM, survey.id, READY.replace(before, "Van hen"), 1)

    page = await browser.press("Save", **{"text:csat.text": "Van mij"})

    assert (page.status, "What you typed is still here" in page.text("div", id="faults")) == (409, True)
    assert page.text("q") == "Van hen"
    assert await text_of(survey, "nl") == "Van hen"
    await browser.press("Save")
    assert await text_of(survey, "nl") == "Van mij"


async def test_texts_that_do_not_fit_are_found(browser: Visitor, address: str) -> None:
    await browser.go(f"{address}?language=nl&show=all")
    page = await browser.press("Save", **{"text:invitation.subject": "Een onderwerp dat beslist niet in een regel past van wie dan ook"})
    page = await browser.go(f"{address}?language=nl&show=long")
    assert "too long for its place, where about 50 characters fit" in page.text()


async def test_the_texts_go_out_and_come_back_and_are_looked_at_first(browser: Visitor, survey: Survey, address: str) -> None:
    answer = await browser.client.get(f"{address}/csv?language=pl")
    assert answer.headers["content-disposition"] == 'attachment; filename="csat-after-call-pl.csv"'
    head, *rows = answer.content.decode("utf-8-sig").splitlines()
    assert head == "key,en,pl"
    row = next(row for row in rows if row.startswith("csat.text,"))
    page = await send(browser, address, f"{head}\n{row}Jak ocenia Pan rozmowę?\nlost.text,Gone,Nie ma\n")

    assert page.text("h2") == "One text would change"
    assert "There is no such text in the draft." in page.text()
    assert await text_of(survey, "pl") == ""
    page = await take_over(browser, address, page)
    assert page.text("p", class_="line") == "One text is taken over."
    assert await text_of(survey, "pl") == "Jak ocenia Pan rozmowę?"

    xliff = await browser.client.get(f"{address}/xliff?language=pl")
    assert 'target-language="pl"' in xliff.text
    assert (await browser.go(f"{address}/docx?language=pl")).status == 404


async def test_a_file_that_is_none_and_a_draft_that_moved_on_change_nothing(browser: Visitor, survey: Survey, address: str) -> None:
    page = await send(browser, address, "no table")
    assert (page.status, "The first line must read" in page.text("p", id="file-fault")) == (422, True)
    page = await send(browser, address, "key,en,pl\nname,,Po rozmowie\n".replace(",,", f",{NAME},"))
    await save_draft(SYSTEM, survey.id, READY + "# later\n", 1)
    page = await take_over(browser, address, page)
    assert (page.status, "A colleague saved the draft" in page.text("div", id="faults")) == (409, True)
    assert page.has_button("Take these over")
    assert await text_of(survey, "pl") == ""
    assert (await Survey.get(id=survey.id)).draft == READY + "# later\n"


async def test_a_draft_with_mistakes_says_so_and_others_only_read(
    browser: Visitor, survey: Survey, address: str, story: Story, enter: Enter
) -> None:
    reader = await enter(await story.member("Ann Visser", Role.ANALYST))
    page = await reader.go(f"{address}?language=nl&show=all")
    assert not page.has_button("Save")
    assert (await reader.post(address, [("language", "nl"), ("text:csat.text", "x")])).status == 403
    await save_draft(SYSTEM, survey.id, "pages: [", 1)
    page = await browser.go(address)
    assert page.text("p", class_="why") == "There is nothing to translate yet"


def box(page: Seen, key: str) -> str:
    """The id of the box of a text."""
    return next(has["id"] for name, has, _ in page.elements if name == "textarea" and has["name"] == f"text:{key}")


async def send(browser: Visitor, address: str, text: str) -> Seen:
    """Send a file in."""
    files = {"file": ("texts.csv", text.encode(), "text/csv")}
    browser.seen = Seen(await browser.client.post(f"{address}/file", files=files, follow_redirects=True))
    return browser.seen


async def take_over(browser: Visitor, address: str, page: Seen) -> Seen:
    """Press the button beneath what a file changes; the form goes out in parts."""
    fields = {name: (None, value) for name, value in page.form("Take these over").fields}
    return Seen(await browser.client.post(f"{address}/take", files=fields, follow_redirects=True))
