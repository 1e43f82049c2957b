"""Ways to ask: open links made, changed and taken back, posters, and calls that work as they stand."""

import html
import json
import re
from types import ModuleType

import pytest
from markupsafe import Markup

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from tests.web.visitor import Visitor
from voc.api import current
from voc.api.context import Credential
from voc.api.credentials import Caller
from voc.api.global_ids import global_id
from voc.api.requests import Asked
from voc.core.access import Role
from voc.customers.models import CustomerIdentity
from voc.outreach.models import Invitation, OpenLink
from voc.responses.models import Response
from voc.surveys.models import Survey
from voc.web.qr import QUIET, qr_svg


@pytest.fixture
async def survey(story: Story, clock: ModuleType) -> Survey:
    """A published survey."""
    return await (await story.survey()).survey


@pytest.fixture
def home(survey: Survey) -> str:
    """Where its ways are."""
    return f"/console/questionnaires/{global_id('Survey', survey.id)}/ways"


@pytest.fixture
async def browser(enter: Enter, story: Story) -> Visitor:
    """A designer."""
    return await enter(await story.member("Dee Bos", Role.DESIGNER))


async def test_an_open_link_is_made_answered_changed_and_taken_back(browser: Visitor, home: str, door: None) -> None:
    page = await browser.go(home)
    assert "No open links yet" in page.text()
    page = await browser.press("Make the link", cap="many", closes="soon")
    assert page.status == 422
    assert page.texts("p", _class="fault") == [
        "Write the most responses as a whole number, such as 250, or leave it empty.",
        "Write the day as year-month-day, such as 2026-05-31, or leave it empty.",
    ]
    page = await browser.press("Make the link", name="", cap="0", closes="2026-01-01", place="Utrecht")
    assert [page.text("p", id=f"{one}-fault")[:9] for one in ("name", "cap", "closes")] == ["Give the ", "The most ", "That day "]
    page = await browser.press("Make the link", kind="POSTER", name="Counter", cap="2", closes="2026-03-31", language="nl")
    link = await OpenLink.get()
    assert "Counter is there." in page.text()
    assert (link.place, link.cap, link.language, f"{link.closes_at}") == ("Utrecht", 2, "nl", "2026-03-31 22:00:00+00:00")
    address = re.findall(r'id="address-[^"]+" value="([^"]+)"', page.answer.text)[0]
    stranger = Visitor(browser.client)
    await stranger.go(address)
    await stranger.press("Volgende" if stranger.seen.has_button("Volgende") else "Verstuur", csat="4")
    assert await Response.all().count() == 1
    assert "van 2" in (await browser.go(f"{home}?language=nl")).text() or "of 2" in browser.seen.text()
    await browser.follow("Change: Counter")
    page = await browser.press("Save", name="Desk", cap="", closes="")
    link = await OpenLink.get()
    assert (link.name, link.cap, link.closes_at) == ("Desk", None, None)
    await browser.follow("Change: Desk")
    assert "Tick the box first" in (await browser.press("Take back for good")).text()
    assert "Taken back by Dee Bos" in (await browser.press("Take back for good", sure="yes")).text()


async def test_a_poster_shows_the_address_as_a_code_and_in_words(browser: Visitor, home: str, survey: Survey) -> None:
    await browser.go(home)
    await browser.press("Make the link", kind="POSTER", name="Counter")
    link = global_id("OpenLink", (await OpenLink.get()).id)
    page = await browser.go(f"{home}/{link}/poster?size=a5&language=nl&sentence=Scan+mij")
    assert [page.text("p", _class=name) for name in ("by", "title", "sentence")] == ["De Fietsenmakers", "Hoe was het?", "Scan mij"]
    assert "127.0.0.1:8000/o/" in page.text("p", _class="short").replace(" ", "")
    drawing = await browser.client.get(f"{home}/{link}/qr.svg")
    assert (drawing.headers["content-type"], "Counter.svg" in drawing.headers["content-disposition"]) == ("image/svg+xml", True)
    assert drawing.text in page.answer.text


async def test_the_calls_work_as_they_stand(browser: Visitor, home: str, story: Story, survey: Survey) -> None:
    customer = await story.customer(crm_id="C-1001")
    assert await CustomerIdentity.filter(customer_id=customer.id, system="crm").exists()
    page = await browser.go(home)
    areas = [html.unescape(one) for one in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page.answer.text, re.DOTALL)]
    for query, variables in ((areas[0], areas[1]), (areas[2], areas[3])):
        asked = Asked(query=query, variables=json.loads(variables))
        body = dict((await current.engine().answer(current.engine().prepare(asked, Caller(SYSTEM, Credential.TOKEN)))).body)
        (outcome,) = body["data"].values()
        assert outcome["__typename"] in ("CreatedInvitation", "Response"), body
    assert (await Invitation.get()).customer_id == customer.id
    assert (await Response.get()).survey_id == survey.id


async def test_who_may_only_look_sees_no_address_and_no_forms(enter: Enter, story: Story, home: str, browser: Visitor) -> None:
    await browser.go(home)
    await browser.press("Make the link", name="Counter")
    analyst = await enter(await story.member("Mo Ali", Role.ANALYST))
    page = await analyst.go(home)
    assert "Designers, leads and admins see the address." in page.text()
    assert not page.has_button("Make the link")
    link = global_id("OpenLink", (await OpenLink.get()).id)
    assert (await analyst.go(f"{home}/{link}/poster")).status == 403


def test_a_drawn_code_has_the_modules_of_the_address_and_four_of_quiet() -> None:
    import segno

    drawn = qr_svg("https://voice.example.com/o/AbCdEfGhIjKlMnOpQrStUv")
    assert isinstance(drawn, Markup)
    made = segno.make("https://voice.example.com/o/AbCdEfGhIjKlMnOpQrStUv", error="q", micro=False, boost_error=False)
    size = len(made.matrix) + 2 * QUIET
    assert f'viewBox="0 0 {size} {size}"' in drawn
    assert "style" not in drawn
    assert modules(str(drawn)) == {(x, y) for y, row in enumerate(made.matrix) for x, dark in enumerate(row) if dark}


def modules(drawn: str) -> set[tuple[int, int]]:
    """The dark modules that the strokes of a drawing cover, without the quiet zone."""
    (strokes,) = re.findall(r'stroke="#000" d="([^"]+)"', drawn)
    dark: set[tuple[int, int]] = set()
    x, y = 0.0, 0.0
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", strokes):
        if command == "h":
            dark |= {(int(x) + at - QUIET, int(y) - QUIET) for at in range(int(first))}
            x += float(first)
        else:
            x, y = (float(first), float(second)) if command == "M" else (x + float(first), y + float(second))
    return dark
