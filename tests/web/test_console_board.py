"""The delivery board and held answers, as leads use them without a script."""

from datetime import timedelta
from typing import Any

import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from voc.core import clock as the_clock
from voc.core.access import Role
from voc.customers.models import Channel
from voc.outreach.models import Delivery, Invitation, InvitationState, LinkSeen, OddPress, Suppression
from voc.outreach.policies.save import save_policy
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.outreach.wishes.addresses import address_hash
from voc.responses.models import Judgement, Response
from voc.staff.models import Member

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
RULES = {"touchpoint": "after-call", "survey": "csat-after-call", "settle_minutes": 0}


@pytest.fixture
async def lea(story: Story) -> Member:
    """A lead, and two customers who were asked."""
    await save_touchpoint(SYSTEM, "after-call", names={"en": "After a call"}, stage="help", position=1)
    await story.survey()
    await save_policy(SYSTEM, "calls", "After calls", RULES)
    for name in ("Anna de Vries", "Bram Jansen"):
        await story.contact(await story.customer(name))
    await story.let_reactions_run()
    return await story.member("Lea Blom", Role.LEAD)


async def test_the_board_says_how_far_they_came_in_bars_figures_and_a_sentence(story: Story, enter: Enter, lea: Member, door: None) -> None:
    browser = await enter(lea)

    page = await browser.go("/console/asking/board")

    assert "Of 2 contacts decided on, 2 could be asked and 2 were invited. It reached 2, and 0 answered." in page.text()
    assert [row for row in page.texts("tr") if row.startswith(("Decided", "Delivered", "Answered"))] == [
        "Decided 2 –",
        "Delivered 2 100 %",
        "Answered 0 –",
    ]
    page = await browser.press("Show", channel="SMS")
    assert ("channel=SMS" in page.address, page.text("p", class_="why")) == (True, "Nothing fits these filters")


async def test_what_failed_goes_to_the_new_address_or_nowhere_any_more(story: Story, enter: Enter, lea: Member) -> None:
    await Invitation.all().update(state=InvitationState.FAILED, state_reason="not_delivered", channel=Channel.EMAIL, delivered_at=None)
    await Delivery.all().update(address_hash=address_hash("anna@mail.example"))
    browser = await enter(lea)

    page = await browser.go("/console/asking/board?channel=EMAIL")

    rows = {row.split()[0]: row for row in page.texts("tr") if "All attempts to deliver it failed." in row}
    assert ("New address since" in rows["Anna"], "New address since" in rows["Bram"]) == (False, True)
    page = await browser.press("Only those with a new address")
    assert page.text("p", class_="line").startswith("1 invitation is tried again now.")
    assert "channel=EMAIL" in page.address
    page = await browser.press("Write no more: Anna de Vries")
    assert page.text("p", class_="line") == "This customer gets no more messages over this channel."
    assert await Suppression.filter(customer_id__isnull=False, channel=Channel.EMAIL).count() == 1
    page = await browser.press("Try again: Anna de Vries")
    assert await Invitation.filter(state=InvitationState.PLANNED).count() == 2


async def test_a_held_answer_shows_its_evidence_and_is_judged_and_that_is_undone(
    story: Story, enter: Enter, lea: Member, door: None
) -> None:
    response = await story.response({"csat": 1, "solved": False})
    invitation = await Invitation.first()
    assert invitation
    now = the_clock.now()
    await Response.filter(id=response.id).update(suspect="too_fast, several_scores", invitation_id=invitation.id)
    await LinkSeen.create(invitation_id=invitation.id, score=1, seen_at=now)
    facts: dict[str, Any] = {"signs": "too_fast, several_scores", "is_held": True, "what": "sent"}
    await OddPress.create(invitation_id=invitation.id, **facts, served_at=now - timedelta(seconds=0.4), pressed_at=now)
    browser = await enter(lea)

    page = await browser.go("/console/asking/suspect")

    assert "It was sent before anybody could have read the page." in page.texts("li")
    assert any("Send was pressed 0.4 s after its page was shown" in line for line in page.texts("li"))
    assert any("the link was opened with score 1" in line for line in page.texts("li"))
    page = await browser.press("Do not count")
    assert page.text("p", class_="why") == "No answer waits to be judged"
    page = await browser.go("/console/asking/suspect?state=not_counted")
    assert "Lea Blom said that it does not count." in page.text("article")
    await browser.press("Undo")
    page = await browser.press("Count")
    assert page.text("p", class_="line") == "It counts now, and what follows an answer follows it."
    assert ((await Response.get(id=response.id)).suspect, await Judgement.filter(counts=True, undone_at=None).count()) == ("", 1)


async def test_analysts_look_on_and_agents_of_other_teams_see_no_held_answers(story: Story, enter: Enter, lea: Member) -> None:
    response = await story.response({"csat": 1, "solved": False})
    await Response.filter(id=response.id).update(suspect="too_fast, several_scores")
    ada = await enter(await story.member("Ada Smit", Role.ANALYST))
    page = await ada.go("/console/asking/suspect")
    assert (len(page.texts("article")), "Do not count" in page.text()) == (1, False)
    bob = await enter(await story.member("Bob Kok", Role.AGENT, await story.team()))
    assert "No answer waits to be judged" in (await bob.go("/console/asking/suspect")).text()
