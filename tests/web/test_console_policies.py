"""Policies in the console: read as sentences, changed as a form or a text, compared and rehearsed before they are switched on."""

from datetime import timedelta
from typing import Any

import pytest

from tests.makers import SYSTEM, Story
from tests.web.conftest import Enter
from tests.web.visitor import Seen, Visitor
from voc.core import clock as the_clock
from voc.core.access import Role
from voc.outreach.models import Policy, PolicyVersion
from voc.outreach.policies.save import draft_policy, save_policy
from voc.outreach.policies.start import activate_policy
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.outreach.queries import current_rules
from voc.staff.models import Member

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
RULES: dict[str, Any] = {"touchpoints": ["after-call"], "survey": "csat-after-call", "settle_minutes": 0, "sample_percent": 30}
HOME = "/console/asking/policies/calls"
SENTENCE = "After “A call”, ask 30 % with “CSAT after a phone call”, not if asked in 30 days, by mail."


@pytest.fixture
async def lea(story: Story) -> Member:
    """A lead, a survey, and a policy that asks after calls."""
    await save_touchpoint(SYSTEM, "after-call", names={"en": "A call", "nl": "Een gesprek"}, stage="help", position=1)
    await story.survey()
    await save_policy(SYSTEM, "calls", "After calls", RULES)
    return await story.member("Lea Blom", Role.LEAD)


async def press(browser: Visitor, button: str, **typed: Any) -> Seen:
    """Press a button of the form after typing into fields whose names have underscores."""
    form = browser.seen.form(button)
    fields = [(name, value) for name, value in form.fields if name not in typed]
    for name, value in typed.items():
        fields += [(name, one) for one in (value if isinstance(value, list) else [str(value)])]
    return await browser.post(browser.seen.address, [*fields, (form.buttons[button]["name"], form.buttons[button]["value"])])


@ONE_DATABASE
async def test_a_change_is_compared_rehearsed_saved_and_switched_on(story: Story, enter: Enter, lea: Member, door: None) -> None:
    await story.contact(await story.customer())
    browser = await enter(lea)
    page = await browser.go("/console/asking/policies")
    assert page.texts("p", class_="sentence") == [SENTENCE]
    assert "Edition 1 is in force" in page.text()
    page = await browser.follow("After calls")
    assert page.text("p", class_="sentence") == SENTENCE
    await browser.follow("Change it")

    page = await press(browser, "Read and compare", sample_percent=50, yearly_budget=4)
    assert page.texts("del") == ["was: ask 30 % with “CSAT after a phone call”"]
    assert page.texts("ins") == [
        "becomes: ask 50 % with “CSAT after a phone call”",
        "becomes: At most 4 questions to a customer in any year.",
    ]
    page = await press(browser, "Rehearse over 30 days")
    assert "What came of 1 contact" in page.texts("h2")
    assert ("sample_percent", "50") in page.form("Save as a draft").fields
    assert await PolicyVersion.all().count() == 1
    page = await press(browser, "Save as a draft")
    assert (page.address, page.text("p", class_="line")) == (HOME, "Edition 2 is saved as a draft.")
    assert "was: ask 30 % with" in page.text("section", aria_labelledby="draft")
    assert (await Policy.get()).number == 1

    page = await browser.press("Switch on")
    assert page.text("p", class_="line") == "It is switched on. Contacts are decided by this edition from now on."
    policy = await Policy.get()
    assert (policy.number, (await current_rules([policy.id]))[policy.id].sample_percent) == (2, 50)
    assert "by Lea Blom" in page.text("section", aria_labelledby="in-force")


@ONE_DATABASE
async def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(enter: Enter, lea: Member) -> None:
    browser = await enter(lea)
    await browser.go(f"{HOME}/edit")
    await press(browser, "Add a clock")
    wrong = {
        "quiet_days": "many",
        "clock_0_days": "0",
        "when": "contact.outcom == 'solved'",
        "has_window": "1",
        "opens": "9",
        "window_days": [],
    }

    page = await press(browser, "Save as a draft", **wrong)

    assert (page.status, page.text("title")[:6]) == (422, "Error:")
    assert [address for address in page.links.values() if address.startswith("#") and address != "#page"] == [
        "#window_days", "#opens", "#when", "#quiet_days", "#clock_0_days",
    ]  # fmt: skip
    assert page.text("p", id="quiet_days-fault") == "Days between two questions: write a whole number from 0 to 3660."
    assert {("quiet_days", "many"), ("opens", "9"), ("when", "contact.outcom == 'solved'")} <= set(page.form("Save as a draft").fields)
    page = await press(
        browser, "Save as a draft", quiet_days=10, clock_0_days=3, when="", opens="09:00", window_days=["mon"], survey="gone"
    )
    assert (page.status, page.text("p", id="survey-fault")) == (422, "This is not there any more. Choose another.")
    assert await PolicyVersion.all().count() == 1


@ONE_DATABASE
async def test_rows_come_and_go_without_a_script(enter: Enter, lea: Member) -> None:
    browser = await enter(lea)
    await browser.go(f"{HOME}/edit")
    page = await press(browser, "Add an arm", name="After all calls")
    assert {("arm_0_key", "a"), ("arm_1_key", "b"), ("arm_0_survey", "csat-after-call")} <= set(page.form("Add an arm").fields)
    await press(browser, "Add a reminder")
    page = await press(browser, "Add a reminder", reminder_0_days=2)
    assert {("reminder_0_days", "2"), ("reminder_1_days", "4")} <= set(page.form("Add an arm").fields)
    page = await press(browser, "Take away: Reminder 2")
    page = await press(browser, "Save as a draft", channel_1="sms", delay_number=3, delay_unit="hours")
    assert page.text("p", class_="line") == "Edition 2 is saved as a draft."
    rules = (await PolicyVersion.get(number=2)).rules
    assert ([one["days"] for one in rules["reminders"]], [one["key"] for one in rules["variants"]]) == ([2], ["a", "b"])
    assert (rules["channels"], rules["delay_minutes"], rules["touchpoints"]) == (["email", "sms"], 180, ["after-call"])
    assert (await Policy.get()).name == "After all calls"


@ONE_DATABASE
async def test_all_of_it_is_a_text_with_faults_by_line(enter: Enter, lea: Member) -> None:
    browser = await enter(lea)
    await browser.go(f"{HOME}/edit")
    text = "touchpoints: [after-call]\nsurvey: csat-after-call\nquiet_days: 4000\nfoo: 1\n"

    page = await press(browser, "Save this text as a draft", document=text)
    assert page.status == 422
    faults = [link for link in page.links if link.startswith("Line")]
    assert (faults[0], faults[1][:35]) == (
        "Line 3: Days between two questions: write a whole number from 0 to 3660.",
        "Line 4: There is no `foo` here. It ",
    )
    page = await press(browser, "Save as a draft", document=text)
    assert page.text("p", id="document-fault").startswith("You changed this text, but pressed a button of the fields.")
    page = await press(browser, "Compare this text", document=text.replace("4000", "40").replace("foo: 1\n", ""))
    assert ("quiet_days", "40") in page.form("Save as a draft").fields
    page = await press(browser, "Save as a draft")
    assert (await PolicyVersion.get(number=2)).rules["quiet_days"] == 40


@ONE_DATABASE
async def test_a_new_policy_starts_at_a_moment_or_not_and_is_retired(enter: Enter, lea: Member) -> None:
    browser = await enter(lea)
    await browser.go("/console/asking/policies")
    page = await browser.follow("New policy")
    page = await press(browser, "Save as a draft", name="", key="calls", delay_number="some", delay_unit="days")
    assert [address for address in page.links.values() if address.startswith("#") and address != "#page"] == [
        "#name", "#survey", "#touchpoints", "#delay_number",
    ]  # fmt: skip
    assert {("delay_number", "some"), ("delay_unit", "days")} <= set(page.form("Save as a draft").fields)
    await press(browser, "Save as a draft", delay_number="0")
    page = await press(browser, "Save as a draft", name="Short", key="calls", survey="csat-after-call", touchpoints=["after-call"])
    assert page.text("p", id="key-fault") == "There is a policy with this short name already. Choose another."
    page = await press(browser, "Save as a draft", key="short")
    assert "Nothing is in force" in page.texts("h2")

    page = await browser.press("Switch on", moment="soon")
    assert (page.status, page.text("p", id="moment-fault")[:29]) == (422, "Write a moment such as 2026-0")
    tomorrow = (the_clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    page = await browser.press("Switch on", moment=tomorrow)
    assert page.text("p", class_="line") == "It starts at that moment, by itself."
    assert page.text("h2", id="draft").startswith("Edition 1 starts at")
    assert (await browser.press("Do not start by itself")).text("h2", id="draft") == "Edition 1 is a draft"
    page = await browser.press("Retire")
    assert page.text("h2", id="in-force").startswith("Retired since")
    assert "1 retired policy" in (await browser.go("/console/asking/policies")).text()


@ONE_DATABASE
async def test_an_old_edition_comes_back_as_a_draft_and_a_stale_form_does_not_overwrite(enter: Enter, lea: Member) -> None:
    browser = await enter(lea)
    await browser.go(f"{HOME}/edit")
    await draft_policy(SYSTEM, "calls", "After calls", {**RULES, "quiet_days": 7})
    page = await press(browser, "Save as a draft", quiet_days=9)
    assert page.status == 409
    assert "Somebody saved edition 2 meanwhile." in page.text()
    page = await press(browser, "Save as a draft")
    assert (await PolicyVersion.get(number=3)).rules["quiet_days"] == 9

    await draft_policy(SYSTEM, "calls", "After calls", {**RULES, "quiet_days": 8})
    page = await browser.press("Switch on")
    assert (page.status, "Someone saved edition 4 meanwhile." in page.text()) == (409, True)
    assert not await PolicyVersion.filter(number__in=[3, 4], started_at__isnull=False).exists()

    page = await browser.press("Bring back: edition 1")
    assert page.text("p", class_="line") == "Edition 1 is back as a draft. Compare it, then switch it on."
    assert (await PolicyVersion.get(number=5)).rules["quiet_days"] == 30
    assert "Nothing differs." in page.text("section", aria_labelledby="draft")


@ONE_DATABASE
async def test_whoever_may_not_edit_reads(story: Story, enter: Enter, lea: Member) -> None:
    ann = await enter(await story.member("Ann Visser", Role.ANALYST, language="nl"))
    page = await ann.go(HOME)
    assert page.text("p", class_="sentence").startswith("Na “Een gesprek”, vraag 30 % met ")
    assert not page.has_button("Beëindigen")
    assert (await ann.go(f"{HOME}/edit")).status == 403
    assert (await ann.post(f"{HOME}/edit", [("_go", "save")])).status == 403
    assert (await ann.post(f"{HOME}/retire", [])).status == 403


@ONE_DATABASE
async def test_a_designer_writes_and_a_lead_switches_on(story: Story, enter: Enter, lea: Member) -> None:
    dora = await enter(await story.member("Dora Kuik", Role.DESIGNER))
    await dora.go(f"{HOME}/edit")
    page = await press(dora, "Save as a draft", sample_percent=50)
    assert page.address == HOME
    assert "A lead switches it on." in page.text()
    assert not [button for button in ("Switch on", "Retire") if page.has_button(button)]
    for deed in ("start", "not-yet", "retire"):
        await dora.post(f"{HOME}/{deed}", [])
    policy = await Policy.get()
    assert (policy.number, policy.last_number, policy.retired_at) == (1, 2, None)

    page = await (await enter(lea)).go(HOME)
    assert page.has_button("Switch on")
    await activate_policy(SYSTEM, policy.id, the_clock.now() + timedelta(days=1))
    await dora.go(f"{HOME}/edit")
    page = await press(dora, "Save as a draft", sample_percent=60)
    assert page.status == 409
    assert "ask a lead to take that back first" in page.text()
    assert (await Policy.get()).last_number == 2
