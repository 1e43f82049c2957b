"""The list of those who get no messages, in the console."""

import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from voc.core.access import Role
from voc.customers.models import Channel
from voc.outreach.models import Suppression
from voc.outreach.wishes.suppress import put, suppress

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PLACE = "/console/asking/suppressed"


@ONE_DATABASE
async def test_a_lead_looks_an_address_up_lifts_it_and_adds_another(story: Story, enter: Enter, door: None) -> None:
    anna = await story.customer("Anna de Vries", crm_id="K-1")
    await suppress(SYSTEM, Channel.EMAIL, "anna@mail.example", "bounced", anna.id)
    await put(["x"], [Channel.SMS], "stopped", None, None, detail="STOP")
    browser = await enter(await story.member("Lea Blom", Role.LEAD))
    page = await browser.go(PLACE)
    assert page.text("h1") == "Who gets no messages"
    assert [row for row in page.texts("tr") if "Mail came back" in row and "Anna de Vries" in row]
    assert [row for row in page.texts("tr") if "The customer said stop" in row and "SMS For good" in row]

    page = await browser.press("Show", who=" ANNA@mail.example")
    assert ("Mail came back" in page.text("table", class_="list"), "said stop" in page.text("table", class_="list")) == (True, False)
    await browser.press("Write again", why=" ")
    assert await Suppression.filter(lifted_by="").count() == 2
    await browser.go(f"{PLACE}?who=anna@mail.example")
    page = await browser.press("Write again", why="It works again.")
    assert "This address may get messages again." in page.text("main")
    assert [one.lifted_by for one in await Suppression.exclude(lifted_by="")] == ["Lea Blom"]
    page = await browser.go(f"{PLACE}?state=ended")
    assert "Taken off by Lea Blom: It works again." in page.text("table", class_="list")

    page = await browser.press("Write no more", address="0612", reason="asked by phone", channel="SMS")
    assert (page.status, "This is no phone number" in page.text("main")) == (422, True)
    page = await browser.press("Write no more", address="eve@mail.example", reason=" ")
    assert (page.status, "Say why." in page.text("main")) == (422, True)
    page = await browser.press("Write no more", channel="SMS", address="06 12345678", reason="asked by phone")
    assert "This address gets no more messages." in page.text("main")
    assert [row for row in page.texts("tr") if "asked by phone" in row and "By Lea Blom SMS For good Not known" in row]
    page = await browser.press("Show", who="+31 6 1234 5678")
    assert "asked by phone" in page.text("table", class_="list")


@ONE_DATABASE
async def test_an_analyst_reads_the_list_and_changes_nothing(story: Story, enter: Enter, door: None) -> None:
    await suppress(SYSTEM, Channel.EMAIL, "anna@mail.example", "bounced")
    browser = await enter(await story.member("Ann Alyst", Role.ANALYST))
    page = await browser.go(PLACE)
    assert "Mail came back" in page.text("table", class_="list")
    assert "Write again" not in page.text("main")
    assert "Write to an address no more" not in page.text("main")
    for who in ("anna@mail.example", "somebody@mail.example"):  # whose an address is, is not for an analyst to find out
        page = await browser.go(f"{PLACE}?who={who}")
        assert ("Mail address or phone number" in page.text("main"), "Mail came back" in page.text("table", class_="list")) == (False, True)
