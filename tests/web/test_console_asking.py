"""Asking: why somebody was asked or not, how it was delivered, and the emergency stop."""

from datetime import timedelta

import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from voc.core import clock as the_clock
from voc.core.access import Role
from voc.core.db import count_statements
from voc.outreach.models import Delivery, DeliveryState, Invitation, InvitationState, Pause
from voc.outreach.policies.save import save_policy
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.staff.models import Member

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
RULES = {"touchpoint": "after-call", "survey": "csat-after-call", "when": "contact.outcome == 'solved'", "settle_minutes": 0}


@pytest.fixture
async def lea(story: Story) -> Member:
    """A lead, and a policy that asks after calls that were solved: Anna was asked, Bram was not."""
    await save_touchpoint(SYSTEM, "after-call", names={"en": "After a call"}, stage="help", position=1)
    await story.survey()
    await save_policy(SYSTEM, "calls", "After calls", RULES)
    await story.contact(await story.customer("Anna de Vries", crm_id="K-1"))
    await story.contact(await story.customer("Bram Jansen", crm_id="K-2"), outcome="unsolved")
    await story.let_reactions_run()
    return await story.member("Lea Blom", Role.LEAD)


async def test_every_decision_says_why(story: Story, enter: Enter, lea: Member, door: None) -> None:
    browser = await enter(lea)

    page = await browser.go("/console/asking")

    assert page.text("h1") == "Who is asked, and why"
    rows = page.texts("tr")
    assert any("Anna de Vries After a call Asked The customer is asked." in row for row in rows)
    assert any("Bram Jansen After a call Not asked The policy's condition is not met." in row for row in rows)
    assert page.text("dl", class_="steps").startswith("Decided 2 Asked 1")
    page = await browser.follow("The policy's condition is not met.")
    assert "Anna de Vries" not in page.text("table", class_="list")
    page = await browser.press("Show", verdict="send")
    assert page.text("p", class_="why") == "Nothing fits these filters"
    page = await browser.go("/console/asking?verdict=send&touchpoint=after-call")
    assert ("Anna de Vries" in page.links, "Bram Jansen" in page.links) == (True, False)


@pytest.mark.parametrize("text", ["Bram", "bram@mail.example", "K-2"])
async def test_it_says_why_one_customer_was_not_asked(story: Story, enter: Enter, lea: Member, text: str) -> None:
    browser = await enter(lea)
    await browser.go("/console/asking")

    page = await browser.press("Look up", who=text)

    assert "Every decision about Bram Jansen" in page.texts("h2")
    assert [row for row in page.texts("tr") if "Anna" in row] == []
    assert "The policy's condition is not met." in page.text("table", class_="list")
    page = await browser.press("Show", verdict="send")
    assert "customer=" in page.address
    assert page.text("p", class_="why") == "Nothing fits these filters"


async def test_of_several_customers_one_is_chosen_and_of_none_it_says_so(story: Story, enter: Enter, lea: Member) -> None:
    await story.customer("Anna Smit")
    browser = await enter(lea)
    await browser.go("/console/asking")

    page = await browser.press("Look up", who="Anna")
    assert "Several customers fit. Who is it?" in page.text()
    assert not page.text("table", class_="list")
    page = await browser.follow("Anna de Vries")
    assert "Every decision about Anna de Vries" in page.texts("h2")
    page = await browser.press("Look up", who="Zacharias")
    assert "Nobody fits. Try the whole name" in page.text()


async def test_an_invitation_that_failed_is_tried_again(story: Story, enter: Enter, lea: Member) -> None:
    await Delivery.all().update(state=DeliveryState.FAILED, detail="550 no such mailbox")
    await Invitation.all().update(state=InvitationState.FAILED)
    browser = await enter(lea)

    page = await browser.go("/console/asking/deliveries?state=failed")
    assert "Anna de Vries CSAT after a phone call" in page.text("table")
    assert "Failed 550 no such mailbox" in page.text("table")
    tried = page.form("Try again: Anna de Vries").fields
    page = await browser.press("Try again: Anna de Vries")
    assert page.text("p", class_="line") == "It is tried again now."
    await story.let_reactions_run()
    assert (await Invitation.get()).state is InvitationState.SENT
    page = await browser.go("/console/asking/deliveries")
    assert page.text("table").count("Accepted") == 1
    page = await browser.go("/console/asking/deliveries?state=started")
    assert page.text("p", class_="why") == "Nothing fits these filters"
    page = await browser.post("/console/asking/deliveries", tried)
    assert page.text("p", class_="line") == "This invitation is no longer one that failed, so it was not tried again."


async def test_sending_stops_at_a_press_and_goes_on_at_another(story: Story, enter: Enter, lea: Member, door: None) -> None:
    browser = await enter(lea)
    page = await browser.go("/console/asking/stop")
    assert "Nothing is stopped." in page.text()

    page = await browser.press("Stop now", what="POLICY:calls", reason="A typing error in the mail")
    assert page.text("p", class_="line") == "Stopped. Nothing of this leaves until somebody lets it go on."
    assert "Stopped: the policy After calls A typing error in the mail By Lea Blom" in page.text("section", class_="card stopped")
    page = await browser.press("Stop now", what="EVERYTHING:", reason="")
    assert "All sending is stopped" in page.texts("h2")

    page = await browser.go("/console/asking")
    assert page.text("p", class_="notice warn") == "Sending is stopped in 2 places. Look at what is stopped"
    page = await browser.follow("Look at what is stopped")
    there = page.form("Let it go on").fields
    page = await browser.press("Let it go on")
    assert page.text("p", class_="line") == "It goes on. What was held and is still valid leaves now."
    page = await browser.post("/console/asking/go-on", there)
    assert page.text("p", class_="line") == "This had been let go on already."
    assert await Pause.filter(ended_at=None).count() == 1


async def test_what_is_gone_cannot_be_stopped_and_not_everybody_stops(story: Story, enter: Enter, lea: Member) -> None:
    browser = await enter(lea)
    page = await browser.post("/console/asking/stop", [("what", "POLICY:gone"), ("reason", "Wrong")])
    assert (page.status, page.text("p", id="what-fault")) == (422, "This is not there any more. Choose from the list.")
    assert ("reason", "Wrong") in page.form("Stop now").fields

    ann = await enter(await story.member("Ann Visser", Role.ANALYST))
    page = await ann.go("/console/asking/stop")
    assert not page.has_button("Stop now")
    assert (await ann.post("/console/asking/stop", [("what", "EVERYTHING:")])).status == 403
    assert not await Pause.all().exists()


async def test_an_empty_house_says_what_comes_first(story: Story, enter: Enter) -> None:
    browser = await enter(await story.member("Lea Blom", Role.LEAD))

    assert "No decisions yet" in (await browser.go("/console/asking")).text()
    assert "Nothing was delivered yet" in (await browser.go("/console/asking/deliveries")).text()


@ONE_DATABASE
async def test_more_decisions_cost_no_more_statements(story: Story, enter: Enter, lea: Member) -> None:
    browser = await enter(lea)
    await browser.go("/console/asking")
    with count_statements() as few:
        await browser.go("/console/asking")
    for number in range(4):
        await story.contact(await story.customer(f"Cas{number} Smit"), endedAt=(the_clock.now() - timedelta(hours=2)).isoformat())
    await story.let_reactions_run()
    with count_statements() as many:
        page = await browser.go("/console/asking")
    assert page.text("dl", class_="steps").startswith("Decided 6")
    assert many.count == few.count


@ONE_DATABASE
async def test_a_policy_is_rehearsed_with_other_numbers_beside_how_it_stands(story: Story, enter: Enter, lea: Member) -> None:
    browser = await enter(lea)
    page = await browser.go("/console/asking/rehearse")
    assert page.text("h1") == "What a policy would have done"

    page = await browser.press("Rehearse", when="true")

    assert page.text("h2", id="outcome") == "What came of 2 contacts"
    assert page.text("section", **{"aria-labelledby": "proposed"}).startswith("With these numbers 2 invitations to 2 customers.")
    assert page.text("section", **{"aria-labelledby": "live"}).startswith("As it stands 1 invitation to 1 customer.")
    assert "1 contact is asked about only with these numbers. 0 only as it stands." in page.text("main")
    assert any("The policy's condition is not met. 0 1" in row for row in page.texts("tr"))
    assert any("Invitations by hour of the day" in table for table in page.texts("table"))
    assert await Invitation.all().count() == 1
    page = await browser.go("/console/asking/rehearse?policy=calls&go=1&samplePercent=many&when=contact.colour")
    assert page.status == 422
    assert "Write a whole number." in page.text("main")
    page = await browser.go("/console/asking/rehearse?policy=calls&go=1&when=contact.colour")
    assert page.status == 422
    assert "`contact` has no `colour`" in page.text("main")
