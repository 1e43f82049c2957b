"""The board, held answers and health for every eye, with a keyboard, and live while deliveries go on."""

from datetime import timedelta
from typing import Any

from playwright.async_api import Browser

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import sit_down
from tests.makers import SYSTEM, Story
from voc.core import clock
from voc.core.access import Role
from voc.core.db import transaction
from voc.core.ids import new_id
from voc.core.live import wake
from voc.core.models import Job
from voc.customers.models import Channel
from voc.outreach.delivering.progress import note_progress
from voc.outreach.models import Delivery, Invitation, InvitationState, LinkSeen, OddPress
from voc.outreach.policies.save import save_policy
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.outreach.wishes.addresses import address_hash
from voc.responses.models import Response
from voc.staff.models import Member

SIGNS = "too_fast, several_scores"
SCREENS = {
    "board": "/console/asking/board",
    "suspect": "/console/asking/suspect",
    "health": "/console/house",
}


async def furnished(story: Story) -> Member:
    """An admin with something on every screen."""
    await save_touchpoint(SYSTEM, "after-call", names={"en": "After a call"})
    await story.survey()
    await save_policy(SYSTEM, "calls", "After calls", {"touchpoint": "after-call", "survey": "csat-after-call", "settle_minutes": 0})
    for name in ("Anna de Vries", "Willem-Alexander van den Broek-Hoogeveen", "Chris Smit"):
        await story.contact(await story.customer(name))
    await story.let_reactions_run()
    failed, suspect = await Invitation.all().order_by("created_at").limit(2)
    await Invitation.filter(id=failed.id).update(state=InvitationState.FAILED, state_reason="not_delivered", channel=Channel.EMAIL)
    await Delivery.filter(invitation_id=failed.id).update(address_hash=address_hash("old@mail.example"))
    response = await story.response({"csat": 1, "solved": False, "why": "Nobody called me back."})
    await Response.filter(id=response.id).update(suspect=SIGNS, invitation_id=suspect.id)
    now = clock.now()
    await LinkSeen.create(invitation_id=suspect.id, score=1)
    facts: dict[str, Any] = {"signs": SIGNS, "is_held": True, "what": "sent"}
    await OddPress.create(invitation_id=suspect.id, **facts, served_at=now - timedelta(seconds=0.4), pressed_at=now)
    for kind in ("insight.tag", "insight.tag", "connect.tell_hook"):
        await Job.create(kind=kind, ref=str(new_id()), state="dead", due=now, created_at=now, finished_at=now, error="It broke.")
    await Job.create(kind="insight.tag", ref=str(new_id()), state="rested", due=now, created_at=now, rested_at=now, rested_by="Lea Blom")
    return await story.member("Ada Smit", Role.ADMIN, language="nl")


async def test_deliveries_are_watched_and_held_answers_judged_by_every_eye_and_by_keyboard(
    browser: Browser, console_site: ConsoleSite
) -> None:
    seat = await sit_down(browser, console_site, await furnished(console_site.story))
    found: dict[str, object] = {}
    for name, address in SCREENS.items():
        await seat.go(address)
        await seat.page.evaluate("for (const folded of document.querySelectorAll('main details')) folded.open = true")
        if faults := await seat.faults_for_every_eye():
            found[name] = faults
    assert found == {}

    await seat.go(SCREENS["board"])
    due = seat.page.locator("#figures [data-figure=due]")
    assert await due.text_content() == "0"
    invitation = (await Invitation.all())[0]
    await Invitation.filter(id=invitation.id).update(state=InvitationState.PLANNED)
    async with transaction():
        await note_progress(invitation.id)
    wake()
    await seat.page.locator("#figures [data-figure=due]", has_text="1").wait_for(timeout=10_000)
    assert await seat.page.locator("#news button").count() == 1

    await seat.go(SCREENS["suspect"])
    await seat.page.get_by_role("button", name="Tel mee", exact=True).focus()
    await seat.keys("Enter")
    assert await seat.says("Het telt nu mee, en wat op een antwoord volgt, volgt.")
    assert seat.complaints == []
