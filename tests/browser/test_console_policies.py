"""Policies for every eye, and changed by the keyboard alone, with no script at all."""

from typing import Any

from playwright.async_api import Browser

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import sit_down
from tests.makers import SYSTEM, Story
from tests.trials import DISSATISFIED, SATISFIED, ask, trial
from voc.core.access import Role
from voc.outreach.models import PolicyVersion
from voc.outreach.policies.save import draft_policy, save_policy
from voc.outreach.policies.touchpoints import save_touchpoint
from voc.staff.models import Member

HOME = "/console/asking/policies"
RULES: dict[str, Any] = {
    "touchpoints": ["after-call"],
    "survey": "csat-after-call",
    "sample_percent": 30,
    "window": {"days": ["mon", "tue", "wed", "thu", "fri", "sat"], "holidays": "NL"},
    "clocks": [{"since": "asked", "days": 14, "whose": "account", "among": "metric", "otherwise": "delay"}],
    "reminders": [{"days": 4}],
    "yearly_budget": 4,
}


async def furnished(story: Story, language: str) -> Member:
    """A lead, a policy with a draft, and an experiment with something to say."""
    await save_touchpoint(SYSTEM, "after-call", names={"en": "A call", "nl": "Een gesprek"})
    await story.survey()
    tried = await trial("csat-after-call", "after-call")
    await ask(tried, "long", [SATISFIED] * 20 + [DISSATISFIED] * 40 + [None] * 90)
    await ask(tried, "short", [SATISFIED] * 55 + [DISSATISFIED] * 5 + [None] * 80)
    await save_policy(SYSTEM, "calls", "After calls", RULES)
    await draft_policy(SYSTEM, "calls", "After calls", {**RULES, "sample_percent": 50, "reminders": []})
    await story.contact(await story.customer())
    return await story.member("Lea Blom", Role.LEAD, language=language)


async def test_no_page_of_policies_has_a_fault_that_axe_knows(browser: Browser, console_site: ConsoleSite) -> None:
    seat = await sit_down(browser, console_site, await furnished(console_site.story, "nl"))
    found: dict[str, object] = {}
    for address in (HOME, f"{HOME}/trial", f"{HOME}/calls"):
        await seat.go(address)
        await seat.page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        if faults := await seat.faults_for_every_eye():
            found[address] = faults
    desk = await sit_down(browser, console_site, await console_site.story.member("Dora Kuik", Role.DESIGNER, language="nl"))
    await desk.go(f"{HOME}/calls")
    assert await desk.says("Een teamleider zet het aan.")
    found |= {"of a designer": faults} if (faults := await desk.faults_for_every_eye()) else {}
    await seat.go(f"{HOME}/calls/edit")
    await seat.page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    await seat.page.locator("#quiet_days").fill("many")
    await seat.page.locator("button[value=save]").click()
    assert await seat.page.evaluate("document.activeElement.id") == "faults"
    found |= {"wrong": faults} if (faults := await seat.faults_for_every_eye()) else {}
    await seat.page.locator("#quiet_days").fill("9")
    await seat.page.locator("button[value=rehearse]").click()
    await seat.page.locator("#seen").wait_for()
    if known := await seat.violations():
        found["rehearsed"] = known
    assert found == {}
    assert seat.complaints == []


async def test_a_policy_is_changed_by_the_keyboard_and_without_a_script(browser: Browser, console_site: ConsoleSite) -> None:
    seat = await sit_down(browser, console_site, await furnished(console_site.story, "en"), java_script_enabled=False)
    await seat.go(f"{HOME}/calls/edit")
    await seat.page.locator("#sample_percent").focus()
    await seat.keys("Control+a", "7", "0", "Enter")
    assert await seat.says("becomes: ask 70 %")
    add = seat.page.get_by_role("button", name="Add a reminder")
    await add.focus()
    await seat.keys("Enter")
    await seat.page.locator("#reminder_0_days").wait_for()
    await seat.page.get_by_role("button", name="Save as a draft", exact=True).focus()
    await seat.keys("Space")
    assert await seat.says("Edition 3 is saved as a draft.")
    rules = (await PolicyVersion.get(number=3)).rules
    assert (rules["sample_percent"], [one["days"] for one in rules["reminders"]]) == (70, [4])
