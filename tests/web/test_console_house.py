"""Keeping house: health in words, colleagues and their roles, what is set up, and the keys and ears of other programs."""

from datetime import timedelta
from typing import Any

import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from voc.connect.models import HookDelivery, HookState, Webhook
from voc.core import clock as the_clock
from voc.core import events
from voc.core.access import Role
from voc.core.ids import new_id
from voc.core.models import Heartbeat, Job
from voc.core.settings import Settings
from voc.outreach.policies.save import save_policy
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.reactions import install
from voc.staff.models import ApiToken, Member, Membership
from voc.staff.queries import roles_of
from voc.staff.tokens import actor_for_token
from voc.surveys.models import PublishRequest, PublishState
from voc.web.house_health import verdict
from voc.web.wording import words_for

NOW = the_clock.now()


@pytest.fixture
async def ada(story: Story) -> Member:
    """An admin."""
    return await story.member("Ada Blom", Role.ADMIN)


@pytest.mark.parametrize(
    ("seen", "oldest", "dead", "words"),
    [
        (None, None, 0, "never"),
        (timedelta(minutes=1), None, 1, "quiet"),
        (timedelta(seconds=5), timedelta(minutes=6), 1, "late"),
        (timedelta(seconds=5), timedelta(minutes=4), 1, "gave_up"),
        (timedelta(seconds=5), timedelta(minutes=4), 0, "well"),
        (timedelta(seconds=5), None, 0, "well"),
    ],
)
def test_health_is_one_word(seen: timedelta | None, oldest: timedelta | None, dead: int, words: str) -> None:
    health = {
        "workerSeenAt": (NOW - seen).isoformat() if seen else None,
        "oldestReadyAt": (NOW - oldest).isoformat() if oldest else None,
        "jobs": [{"state": "DONE", "n": 7}, {"state": "DEAD", "n": dead}],
    }
    assert verdict(health, NOW) == words


async def test_a_job_that_was_given_up_shows_its_error_and_runs_again(story: Story, enter: Enter, ada: Member, door: None) -> None:
    given_up: dict[str, Any] = {"state": "dead", "due": NOW, "created_at": NOW, "finished_at": NOW, "failures": 10}
    job = await Job.create(kind="connect.tell_hook", ref=str(new_id()), error="LookupError: no <answer>", **given_up)
    await Heartbeat.create(name="worker@here", at=the_clock.now())
    browser = await enter(ada)

    page = await browser.go("/console/house")

    assert page.text("p", role="status").startswith("Some work was given up.")
    dead = page.text("section", aria_labelledby="dead")
    assert "failed 10 times What went wrong LookupError: no <answer>" in dead
    assert "Tell a webhook – – – 1" in page.text("table")
    there = page.form("Run again: Tell a webhook").fields
    page = await browser.press("Run again: Tell a webhook")
    assert (page.text("p", class_="line"), "Nothing was given up." in page.text()) == ("It runs again now.", True)
    assert (await Job.get(id=job.id)).state == "ready"
    page = await browser.post("/console/house/jobs", there)
    assert (page.status, "This job is not given up any more." in page.text("div", id="faults")) == (409, True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_was_given_up_rests_or_runs_again_all_of_a_kind(story: Story, enter: Enter, ada: Member) -> None:
    given_up: dict[str, Any] = {"state": "dead", "due": NOW, "created_at": NOW, "finished_at": NOW, "failures": 10, "error": "It broke."}
    for kind in ["insight.tag"] * 3 + ["connect.tell_hook"] * 2 + ["staff.mail_sign_in_link"]:
        await Job.create(kind=kind, ref=str(new_id()), **given_up)
    browser = await enter(ada)
    await browser.go("/console/house")

    page = await browser.press("Let it rest: Mail a sign-in link")

    assert page.text("p", class_="line").startswith("It rests.")
    assert "Mail a sign-in link · by Ada Blom" in page.text("section", aria_labelledby="dead")
    page = await browser.press("Run all again: Read and score a response")
    assert page.text("p", class_="line") == "3 jobs run again now."
    page = await browser.press("Let all rest: Tell a webhook")
    assert (page.text("p", class_="line"), "Nothing was given up." in page.text()) == ("2 jobs rest.", True)
    assert "SQLite" in page.text("section", aria_labelledby="versions")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_kind_of_work_has_a_name(settings: Settings, language: str) -> None:
    install()
    assert [kind for kind in events.kinds() if f"job_{kind}" not in words_for("house", language).keys()] == []  # noqa: SIM118


async def test_a_colleague_comes_gets_roles_and_leaves(story: Story, enter: Enter, ada: Member, door: None) -> None:
    await story.team("service", "Service")
    browser = await enter(ada)
    await browser.go("/console/house/people")

    page = await browser.press("Add", name="", email="tom")
    assert (page.status, page.text("p", id="name-fault")) == (422, "Give it a name.")
    assert page.text("p", id="email-fault") == "This is no mail address. Write it like name@company.com."
    page = await browser.press("Add", name="Tom Baker", email="tom@example.nl", agent="tbaker", language="nl")
    assert page.text("p", class_="line") == "Tom Baker was added. Give them a role now."
    tom = await Member.get(email="tom@example.nl")
    assert (tom.language, tom.agent_key) == ("nl", "tbaker")

    page = await browser.press("Give role: Tom Baker", role="HANDLER", team=page.options["Service"])
    assert "Tom Baker tom@example.nl · tbaker Handler · Service" in page.text("table")
    page = await browser.press("Give role: Tom Baker", role="ANALYST", team="")
    page = await browser.press("Take back: Handler · Service: Tom Baker")
    assert [held.role for held in (await roles_of([tom.id]))[tom.id]] == [Role.ANALYST]
    page = await browser.press("They leave: Tom Baker")
    assert page.text("p", class_="line") == "They can no longer sign in."
    assert "Tom Baker Left" in page.text("table")
    assert (await Member.get(id=tom.id)).deactivated_at is not None


async def test_the_last_admin_stays_and_an_address_is_taken_once(story: Story, enter: Enter, ada: Member) -> None:
    browser = await enter(ada)
    await browser.go("/console/house/people")
    page = await browser.press("They leave: Ada Blom")
    assert (page.status, "This is the last admin." in page.text("div", id="faults")) == (409, True)
    page = await browser.press("Take back: Admin: Ada Blom")
    assert (page.status, await Membership.all().count()) == (409, 1)
    page = await browser.press("Add", name="Ada Two", email="ada@example.nl")
    assert (page.status, "There is a colleague with this mail address" in page.text("div", id="faults")) == (409, True)
    assert ("name", "Ada Two") in page.form("Add").fields
    page = await browser.go("/console/house/people?search=nobody")
    assert page.text("p", class_="why") == "Nobody has this name"


async def test_teams_rules_and_touchpoints_are_read_in_words(story: Story, enter: Enter, ada: Member, door: None) -> None:
    await story.team("service", "Service", queues=("calls-nl",))
    await save_touchpoint(SYSTEM, "after-call", names={"en": "After a call"}, stage="help", position=1)
    await story.survey()
    rules = {"touchpoint": "after-call", "survey": "csat-after-call", "when": "contact.outcome == 'solved'", "delay_minutes": 1440}
    await save_policy(SYSTEM, "calls", "After calls", {**rules, "quiet_days": 14})
    await story.route(teams=[{"by": "team", "team": "service"}], due_hours=8)
    await story.contact(await story.customer(), touchpoint="mystery", queue="nowhere")
    browser = await enter(ada)

    page = await browser.go("/console/house/teams")
    assert "Service Gets what nobody else can take" in page.text("section", aria_labelledby="team-1")
    assert "calls-nl" in page.texts("code")
    assert "Monday 09:00–17:00" in page.text("table")
    assert "Sunday closed" in page.text("table")

    page = await browser.go("/console/house/rules")
    policy = page.text("article", aria_labelledby="policy-1")
    assert policy.startswith("After calls edition 1 Touchpoint: After a call. Wait 1 day. Ask CSAT after a phone call by mail.")
    assert "Only when contact.outcome == 'solved' Not within 14 days of another question: then do not ask." in policy
    route = page.text("article", aria_labelledby="route-1")
    assert "When scores.csat <= 2 A task with priority normal, due within 8 business hours. For: the team Service;" in route

    page = await browser.go("/console/house/mapping")
    assert "mystery Touchpoint 1" in page.text("section", aria_labelledby="unmapped")
    assert "nowhere Queue 1" in page.text("section", aria_labelledby="unmapped")
    assert "After a call after-call help" in page.text("section", aria_labelledby="touchpoints")


async def test_the_secret_of_a_token_is_shown_once(story: Story, enter: Enter, ada: Member, door: None) -> None:
    browser = await enter(ada)
    page = await browser.go("/console/house/tokens")
    assert "No tokens yet" in page.text()
    page = await browser.press("Make it", name="")
    assert (page.status, page.text("p", id="name-fault")) == (422, "Give it a name.")

    page = await browser.press("Make it", name="Our CRM", role="INTEGRATION", lasts="90")

    secret = page.text("code", class_="secret")
    actor = await actor_for_token(secret)
    assert actor is not None
    assert actor.has(Role.INTEGRATION)
    token = await ApiToken.get(name="Our CRM")
    assert token.expires_at is not None
    assert timedelta(days=89) < token.expires_at - the_clock.now() <= timedelta(days=90)
    page = await browser.go("/console/house/tokens")
    assert (secret in page.answer.text, "Our CRM" in page.text("table")) == (False, True)
    page = await browser.press("Take back: Our CRM")
    assert page.text("p", class_="line") == "Taken back. It opens nothing from now on."
    assert await actor_for_token(secret) is None


async def test_a_webhook_is_made_told_again_and_stopped(story: Story, enter: Enter, ada: Member, door: None) -> None:
    browser = await enter(ada)
    page = await browser.go("/console/house/webhooks")
    page = await browser.press("Save and show the secret", name="CRM", url="crm")
    assert (page.status, page.text("p", id="url-fault")) == (422, "Write the whole address, beginning with https://")
    page = await browser.press("Save and show the secret", name="", url="https://crm.example.com")
    assert (page.status, page.text("p", id="name-fault")) == (422, "Choose at least one, or fill this in.")
    page = await browser.press("Save and show the secret", name="CRM", url="http://10.0.0.1/hooks")
    assert (page.status, bool(page.text("p", id="url-fault"))) == (422, True)
    assert ("url", "http://10.0.0.1/hooks") in page.form("Save and show the secret").fields

    page = await browser.press("Save and show the secret", name="CRM", url="https://crm.example.com/hooks", kinds=["task.raised"])
    secret = page.text("code", class_="secret")
    assert secret.startswith("whsec_")
    assert "Hears of A task was raised" in page.text("section", aria_labelledby="webhook-1")
    page = await browser.press("New secret: CRM")
    assert page.text("code", class_="secret") not in ("", secret)

    told: dict[str, Any] = {"kind": "task.raised", "ref": ada.id, "body": {}, "state": HookState.FAILED, "attempts": 10, "answer": "500"}
    delivery = await HookDelivery.create(webhook=await Webhook.get(), finished_at=NOW, **told)
    page = await browser.go("/console/house/webhooks")
    assert "A task was raised" in page.text("table")
    assert "Failed 10 attempts 500" in page.text("table")
    again = page.form("Tell again").fields
    page = await browser.press("Tell again")
    assert page.text("p", class_="line") == "It is told again now."
    assert (await HookDelivery.get(id=delivery.id)).state is HookState.WAITING
    page = await browser.post("/console/house/webhooks/replay", again)
    assert "This still waits to be told; it is tried again by itself." in page.text("div", id="faults")
    page = await browser.press("Stop: CRM")
    assert page.text("p", class_="line") == "Stopped. It is told nothing more. Save it again to go on."
    assert (await Webhook.get()).stopped_at is not None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("role", "first", "parts"),
    [
        (Role.HANDLER, "/console/house/people", ["People", "Teams and hours", "Brands", "Policies and routes", "Touchpoints"]),
        (Role.AUDITOR, "/console/house", ["Health", "People", "Teams and hours", "Brands", "Policies and routes", "Touchpoints"]),
    ],
)
async def test_each_role_finds_the_parts_it_may_see(story: Story, enter: Enter, role: Role, first: str, parts: list[str]) -> None:
    browser = await enter(await story.member("Sara Bos", role))

    page = await browser.go("/console/house")

    assert page.address == first
    assert [link for link, href in page.links.items() if href.startswith("/console/house") and link != "Keeping house"] == parts
    page = await browser.go("/console/house/people")
    assert (page.status, page.has_button("Add")) == (200, False)
    assert (await browser.post("/console/house/people/add", [("name", "Eve"), ("email", "eve@example.nl")])).status == 403
    assert (await browser.post("/console/house/tokens", [("name", "Eve")])).status == 403
    assert not await ApiToken.filter(name="Eve").exists()
    assert not await Member.filter(name="Eve").exists()


async def test_what_could_not_be_published_at_its_moment_is_told(enter: Enter, story: Story) -> None:
    survey = await (await story.survey()).survey
    frozen: dict[str, Any] = {"text": "", "digest": "", "live_number": 1, "asked_by": "Sanne", "state": PublishState.FAILED}
    await PublishRequest.create(survey=survey, reason="It has the unknown kind.", decided_at=the_clock.now(), **frozen)
    await PublishRequest.create(survey=survey, reason="Long ago.", decided_at=the_clock.now() - timedelta(days=8), **frozen)
    page = await (await enter(await story.member("Ada", Role.ADMIN))).go("/console/house")
    assert "It has the unknown kind." in page.text("section", aria_labelledby="unpublished")
    assert "Long ago." not in page.text()
