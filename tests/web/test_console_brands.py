"""Brands (A1) are made and changed by designers, refused where nobody could read them, and looked at by all."""

import pytest
from pydantic import SecretStr

from tests.makers import Story
from tests.surveys.test_logos import png
from tests.web.conftest import Enter
from tests.web.visitor import Seen, Visitor
from voc.core import settings
from voc.core.access import Role
from voc.surveys.models import Brand, BrandLogo

SOUND = {"key": "north", "name": "Noord", "from_email": "vraag@noord.example", "accent": "#ffd200", "on_accent": "#1a2330"}


@pytest.fixture
async def browser(story: Story, enter: Enter) -> Visitor:
    return await enter(await story.member("Dee Bos", Role.DESIGNER))


async def send(browser: Visitor, key: str, fields: dict[str, str], logo: bytes = b"") -> Seen:
    """Send the form with a file, as browsers do: a part without a name where none was chosen."""
    file = ("logo.png", logo, "image/png") if logo else ("", b"", "application/octet-stream")
    address = f"/console/house/brands/{key}"
    return browser._see(await browser.client.post(address, data=fields, files={"logo": file}, follow_redirects=True))


async def test_a_brand_is_made_with_its_logo_and_changed(browser: Visitor, story: Story, door: None) -> None:
    await story.survey()
    page = await browser.go("/console/house/brands")
    assert page.texts("h2") == ["De Fietsenmakers"]
    await browser.follow("New brand")
    page = await send(browser, "new", {**SOUND, "signature.nl": "Anna de Boer", "help_text.ar": "اتصل بنا"}, png(300, 90))
    assert page.text("p", class_="line") == "Saved. Pages and mails look like this from now on."
    assert (page.address, page.text("h1")) == ("/console/house/brands/north", "Brand: Noord")
    assert "10.9 to 1; at least 4.5" in page.text("section", aria_labelledby="contrasts")
    assert 'width="160" height="48"' in page.answer.text
    made = await Brand.get(key="north")
    assert (made.accent, made.signature, made.help_text) == ("#ffd200", {"nl": "Anna de Boer"}, {"ar": "اتصل بنا"})

    page = await send(browser, "north", {**SOUND, "name": "Noord B.V."})
    assert ((await Brand.get(key="north")).name, await BrandLogo.all().count()) == ("Noord B.V.", 1)
    page = await send(browser, "north", {**SOUND, "no_logo": "1"})
    assert ((await Brand.get(key="north")).logo_hash, await BrandLogo.all().count()) == ("", 0)
    page = await browser.go("/console/house/brands/main")
    assert "CSAT after a phone call" in page.text("section", aria_labelledby="used")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_nobody_could_read_or_answer_is_refused_beside_its_field(browser: Visitor, story: Story) -> None:
    wrong = {**SOUND, "from_email": "nobody", "on_accent": "#ffffff", "sender_line.nl": "x" * 121}
    page = await send(browser, "new", wrong, b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert page.status == 422
    assert page.text("p", id="from_email-fault") == "This is no mail address."
    assert page.text("p", id="on_accent-fault").startswith("People cannot read this text on that colour.")
    assert page.text("p", id="logo-fault").startswith("This is no PNG or JPEG.")
    assert page.text("p", id="sender_line.nl-fault") == "Write it on one line of at most 120 characters."
    assert 'value="Noord"' in page.answer.text
    page = await send(browser, "new", SOUND, png(100, 100) + b"\0" * 100_000)
    assert (page.status, page.text("p", id="logo-fault")) == (422, "This file is larger than 100 kB.")
    assert not await Brand.filter(key="north").exists()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_others_look_and_change_nothing(story: Story, enter: Enter) -> None:
    await story.survey()
    browser = await enter(await story.member("Ann Visser", Role.ANALYST))
    page = await browser.go("/console/house/brands/main")
    assert "Your roles let you read this, not change it." in page.text()
    assert not page.has_button("Save")
    assert (await send(browser, "main", {**SOUND, "name": "Eve"})).status == 403
    assert (await Brand.get(key="main")).name == "De Fietsenmakers"
    assert (await browser.go("/console/house/brands/none")).status == 404


async def test_a_sender_that_our_signature_does_not_vouch_for_is_said(browser: Visitor, story: Story, door: None) -> None:
    await story.survey()
    brand = await Brand.get()
    said = "which is not the domain of this sender"
    place = f"/console/house/brands/{brand.key}"
    assert said not in (await browser.go(place)).text("main")
    for domain, is_said in (("elsewhere.example", True), (brand.from_email.rpartition("@")[2], False)):
        settings.install(settings.current().model_copy(update={"dkim_key": SecretStr("key"), "dkim_domain": domain}))
        assert (said in (await browser.go(place)).text("main")) is is_said
