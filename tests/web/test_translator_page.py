"""A translator from outside: one survey, one language, texts only, until the link is taken back."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from starlette.applications import Starlette

from tests.makers import Story
from tests.web.visitor import Visitor
from voc.core import clock
from voc.core import settings as the_settings
from voc.core.access import Actor
from voc.core.errors import NotFound
from voc.staff.models import Member
from voc.surveys.check import check
from voc.surveys.draft_history import edit_draft
from voc.surveys.edits import Put
from voc.surveys.models import DraftStep, Survey, TranslatorLink
from voc.surveys.translations.table import Entry
from voc.surveys.translator_links import address_of, create_translator_link, revoke_translator_link, translate_by_link


@pytest.fixture
async def link(story: Story, dee: Member, small_survey: Survey) -> TranslatorLink:
    """A link for Dutch."""
    return await create_translator_link(await story.actor(dee), small_survey.id, language="nl", translator="Maria", days=7)


@pytest.fixture
async def maria(app: Starlette) -> AsyncIterator[Visitor]:
    """Somebody who never signed in."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=the_settings.current().base_url) as client:
        yield Visitor(client)


def path_of(link: TranslatorLink) -> str:
    """Where the link leads."""
    return address_of(link.id).removeprefix(the_settings.current().base_url)


async def test_whoever_has_the_link_translates_and_their_name_stands_beside_it(
    maria: Visitor, link: TranslatorLink, small_survey: Survey
) -> None:
    await edit_draft(Actor.system("test"), small_survey.id, (Put("questions/cause/help/en", "One word."),), small_survey.draft_revision)
    page = await maria.go(path_of(link))
    assert "De Fietsenmakers" in page.text()
    assert [name for name, _ in page.form("Save").fields if name.startswith("text:")] == ["text:name", "text:cause.help"]
    page = await maria.press("Save and on to the next missing", **{"text:cause.help": "Eén woord.", "text:name": "Gesprekken"})
    assert "Nothing is missing in this language." in page.text()
    step = await DraftStep.filter(survey_id=small_survey.id).order_by("-number").first()
    assert step
    assert (step.made_by, "Eén woord." in step.after) == ("Maria", True)
    assert (await TranslatorLink.get(id=link.id)).used_at

    page = await maria.follow(next(text for text in page.links if text.startswith("All")))
    page = await maria.press("Save", **{"text:nps.text": "Hoe {customer.first_name|u} is het?", "text:more.text": "En verder?"})
    assert (page.status, "What stands between braces" in page.text("div", id="faults")) == (422, True)
    found = check((await Survey.get(id=small_survey.id)).draft).questionnaire
    assert found
    assert [one.text["nl"] for one in found.questions()] == ["Hoe waarschijnlijk?", "Waarom?", "En verder?"]


async def test_what_changed_meanwhile_is_shown_before_it_is_replaced(maria: Visitor, link: TranslatorLink, small_survey: Survey) -> None:
    await maria.go(f"{path_of(link)}?show=all")
    edits = (Put("questions/nps/text/en", "How likely is it?"), Put("questions/more/text/nl", "Nog meer?"))
    await edit_draft(Actor.system("test"), small_survey.id, edits, small_survey.draft_revision)
    page = await maria.press("Save", **{"text:nps.text": "Zou u?", "text:more.text": "En?", "text:cause.text": "Hoezo?"})
    assert page.status == 422
    assert "The source was changed while you translated." in page.text("div", id="faults")
    assert "Somebody else wrote something here meanwhile." in page.text("div", id="faults")
    assert "Nog meer?" in page.text()
    page = await maria.press("Save")
    assert page.status == 200
    found = check((await Survey.get(id=small_survey.id)).draft).questionnaire
    assert found
    assert [one.text["nl"] for one in found.questions()] == ["Zou u?", "Hoezo?", "En?"]


async def test_a_link_opens_its_own_language_until_its_day_and_nothing_once_it_is_taken_back(
    maria: Visitor, link: TranslatorLink, story: Story, dee: Member, small_survey: Survey
) -> None:
    actor = Actor.translator(link.id, "Maria")
    await translate_by_link(actor, link.id, (Entry("nps.text", "en", "Mine now"), Entry("name", "fr", "Appels")))
    assert (await Survey.get(id=small_survey.id)).draft == small_survey.draft
    address = path_of(link)
    assert (await maria.go(f"{address[:-2]}xx")).status == 410
    await TranslatorLink.filter(id=link.id).update(expires_at=clock.now() - timedelta(seconds=1))
    assert (await maria.go(address)).status == 410
    await TranslatorLink.filter(id=link.id).update(expires_at=clock.now() + timedelta(days=1))
    assert (await maria.go(address)).status == 200
    await revoke_translator_link(await story.actor(dee), link.id)
    assert (
        await maria.press("Save", **{"text:nps.text": "Nee"}) if maria.seen.has_button("Save") else await maria.go(address)
    ).status == 410
    with pytest.raises(NotFound):
        await translate_by_link(actor, link.id, (Entry("nps.text", "nl", "Nee"),))
    with pytest.raises(NotFound):
        await translate_by_link(Actor.translator(small_survey.id, "Eve"), link.id, (Entry("nps.text", "nl", "Nee"),))


async def test_a_link_is_made_copied_and_taken_back_on_the_page_of_translations(browser: Visitor, small_survey: Survey) -> None:
    await browser.go("/console/questionnaires")
    home = next(href for href in browser.seen.links.values() if href.startswith("/console/questionnaires/") and not href.endswith("/new"))
    await browser.go(f"{home}/translations?language=nl&show=all")
    page = await browser.press("Make a link", translator=" ", days="14")
    assert page.text("p", class_="line") == "No link was made. Say who gets the link."
    page = await browser.press("Make a link", translator="Maria", days="14")
    assert page.text("p", class_="line") == "A link for Maria is made. Copy it below and send it."
    await browser.press("Revoke Maria")
    assert "revoked" in browser.seen.text("section", _aria_labelledby="links")
    page = await browser.press("Save and mark these as read again", **{"text:nps.text": "Zou u?"})
    assert "read again by Dee Bos" in page.text()


async def test_what_is_wrong_with_the_whole_draft_is_said_and_what_was_typed_stays(
    maria: Visitor, link: TranslatorLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    await maria.go(f"{path_of(link)}?show=all")
    monkeypatch.setattr("voc.surveys.draft.MOST_BYTES", 100)
    page = await maria.press("Save", **{"text:nps.text": "Zou u ons aanraden?"})
    assert (page.status, "Split the survey" in page.text("div", id="faults")) == (422, True)
    assert dict(page.form("Save").fields)["text:nps.text"] == "Zou u ons aanraden?"
