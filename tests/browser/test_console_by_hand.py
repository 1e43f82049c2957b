"""The follow-up screens in a real browser: by keyboard, on a telephone, and with colleagues at work beside one."""

from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import ConsoleSite
from tests.browser.console_visits import PHONE, Seat, sit_down
from voc.core import clock
from voc.core.access import Role
from voc.followup.models import Solved, Task, TaskState
from voc.followup.work import close_task, take_task
from voc.staff.models import Member


async def handler_with_two_tasks(site: ConsoleSite) -> tuple[Member, list[Task]]:
    """A colleague who has the tasks of two customers."""
    story = site.story
    tasks = [await story.let_down("Anna de Vries"), await story.let_down("Bram Jansen")]
    sara = await story.member("Sara Bos", Role.HANDLER, await tasks[0].team)
    for task in tasks:
        await take_task(await story.actor(sara), task.id, 1)
    return sara, tasks


async def focused(page: Page) -> str:
    """The words or name of the element that has the focus."""
    return str(await page.evaluate("(({innerText, id}) => innerText || id)(document.activeElement)"))


async def test_from_the_inbox_to_a_closed_task_and_the_next_one_by_keyboard(browser: Browser, console_site: ConsoleSite) -> None:
    sara, tasks = await handler_with_two_tasks(console_site)
    seat = await sit_down(browser, console_site, sara)
    await seat.go("/console/inbox")
    await seat.keys("j", "Enter")
    assert await seat.arrives("Anna de Vries")
    await seat.keys("e")
    assert await seat.arrives("Close: Anna de Vries")
    await seat.keys("Space", "Tab")
    assert await focused(seat.page) == "cause"
    await seat.page.keyboard.type("No call back")
    await seat.keys("Tab", "Control+Enter")
    assert await seat.says("Closed. Here is the next one.")
    assert await seat.arrives("Bram Jansen")
    closed = await Task.get(id=tasks[0].id)
    assert (closed.state, closed.solved, closed.cause) == (TaskState.DONE, Solved.YES, "No call back")
    assert seat.presses <= 12
    assert seat.complaints == []


@pytest.mark.parametrize("scripts", [True, False])
async def test_from_the_inbox_to_a_closed_task_and_the_next_one_on_a_telephone(
    browser: Browser, console_site: ConsoleSite, scripts: bool
) -> None:
    sara, _ = await handler_with_two_tasks(console_site)
    seat = await sit_down(browser, console_site, sara, viewport=PHONE, has_touch=True, java_script_enabled=scripts)
    await seat.go("/console/inbox")
    await seat.page.get_by_role("link", name="Anna de Vries").tap()
    await seat.page.get_by_role("link", name="Close").tap()
    await seat.page.get_by_text("Partly").tap()
    await seat.page.get_by_role("button", name="Close and next").tap()
    assert await seat.says("Closed. Here is the next one.")
    assert await seat.arrives("Bram Jansen")
    assert seat.complaints == []


async def test_taking_from_the_list_goes_on_with_the_row_below(browser: Browser, console_site: ConsoleSite) -> None:
    story = console_site.story
    tasks = [await story.let_down(name) for name in ("Anna de Vries", "Bram Jansen", "Carla Smit")]
    sara = await story.member("Sara Bos", Role.HANDLER, await tasks[0].team)
    seat = await sit_down(browser, console_site, sara)
    await seat.go("/console/inbox?view=UNOWNED")
    await seat.keys("j", "j", "k", "j", "t")
    assert await seat.says("You have it.")
    assert (await Task.get(id=tasks[1].id)).assignee_id == sara.id
    assert await focused(seat.page) == "Carla Smit"
    assert seat.page.url.endswith("/console/inbox?view=UNOWNED")
    await seat.keys("k", "x")
    await seat.page.get_by_role("button", name="Take", exact=True).click()
    await expect(seat.page.locator("tbody tr")).to_have_count(1)
    assert [(await Task.get(id=task.id)).assignee_id for task in tasks] == [sara.id, sara.id, None]
    assert seat.complaints == []


async def test_keys_go_places_and_can_be_switched_off(browser: Browser, console_site: ConsoleSite) -> None:
    story = console_site.story
    seat = await sit_down(browser, console_site, await story.member("Sara Bos", Role.LEAD, await story.team()))
    await seat.go("/console/inbox")
    await seat.keys("g", "u")
    assert await seat.arrives("Customers")
    assert seat.page.url.endswith("/console/customers")
    await seat.keys("/")
    assert await focused(seat.page) == "find"
    await seat.page.keyboard.type("g i ?")
    assert await seat.page.locator("#find").input_value() == "g i ?"
    await seat.page.locator("#page").focus()
    await seat.keys("?")
    await seat.page.get_by_role("dialog").wait_for()
    assert await seat.violations() == []
    await seat.page.get_by_label("Switch single letters off in this browser").check()
    await seat.keys("Escape", "g", "i")
    assert (await seat.page.get_by_role("dialog").count(), seat.page.url.endswith("/console/customers")) == (0, True)
    assert seat.complaints == []


async def test_a_colleague_who_takes_a_task_is_seen_at_once_and_nothing_jumps(browser: Browser, console_site: ConsoleSite) -> None:
    story = console_site.story
    tasks = [await story.let_down("Anna de Vries"), await story.let_down("Bram Jansen")]
    team = await tasks[0].team
    seat = await sit_down(browser, console_site, await story.member("Sara Bos", Role.HANDLER, team))
    tom = await story.actor(await story.member("Tom Baker", Role.HANDLER, team))
    await seat.go("/console/inbox?view=UNOWNED")
    await seat.keys("j", "j")
    await take_task(tom, tasks[1].id, 1)
    assert await seat.says("1 change since you opened this page.")
    assert await seat.page.locator("tr", has_text="Bram Jansen").locator("[data-owner]").inner_text() == "Tom Baker"
    assert await focused(seat.page) == "Bram Jansen"
    assert await seat.page.locator("tbody tr").count() == 2
    await close_task(tom, tasks[0].id, 1, solved=Solved.YES)
    assert await seat.says("2 changes since you opened this page.")
    await seat.page.get_by_role("button", name="Show").click()
    await seat.page.get_by_text("Every task has an owner.").wait_for()
    assert await seat.page.locator("#news").inner_text() == ""
    assert seat.complaints == []


async def test_a_note_that_was_not_sent_is_still_there(browser: Browser, console_site: ConsoleSite) -> None:
    sara, _ = await handler_with_two_tasks(console_site)
    seat = await sit_down(browser, console_site, sara)
    await seat.go("/console/inbox")
    await seat.keys("j", "Enter")
    assert await seat.arrives("Anna de Vries")
    await seat.keys("m")
    await seat.page.keyboard.type("Rang twice")
    await seat.page.reload()
    assert await seat.page.get_by_label("New note").input_value() == "Rang twice"
    await seat.page.get_by_label("New note").focus()
    await seat.keys("Control+Enter")
    assert await seat.says("Your note is saved.")
    assert await seat.page.get_by_label("New note").input_value() == ""
    await seat.page.reload()
    assert await seat.page.get_by_label("New note").input_value() == ""
    assert seat.complaints == []


async def test_faults_take_the_focus_and_lead_to_their_fields(browser: Browser, console_site: ConsoleSite) -> None:
    sara, _ = await handler_with_two_tasks(console_site)
    seat = await sit_down(browser, console_site, sara)
    await seat.go("/console/inbox")
    await seat.keys("j", "e")
    assert await seat.arrives("Close: Anna de Vries")
    await seat.page.get_by_label("What we did").fill("Apologised.")
    await seat.keys("Control+Enter")
    assert await seat.says("One thing needs mending")
    assert (await seat.page.title()).startswith("Error: ")
    assert await seat.page.evaluate("document.activeElement.id") == "faults"
    await seat.page.get_by_role("link", name="Say whether it is solved.").click()
    assert await seat.page.evaluate("document.activeElement.id") == "solved"
    assert await seat.page.get_by_label("What we did").input_value() == "Apologised."
    assert await seat.violations() == []


async def test_going_back_shows_what_was_there(browser: Browser, console_site: ConsoleSite) -> None:
    sara, _ = await handler_with_two_tasks(console_site)
    seat = await sit_down(browser, console_site, sara)
    await seat.go("/console/inbox")
    await seat.page.get_by_role("link", name="At risk").click()
    await seat.page.get_by_text("Nothing is late or about to be.").wait_for()
    assert seat.page.url.endswith("view=AT_RISK")
    await seat.page.go_back()
    await seat.page.get_by_role("link", name="Anna de Vries").wait_for()
    assert seat.page.url.endswith("/console/inbox")
    await _without_a_network(seat)


async def _without_a_network(seat: Seat) -> None:
    await seat.context.set_offline(True)
    await seat.page.get_by_role("link", name="Unowned").click()
    assert await seat.says("There is no connection. Nothing is lost; try again in a moment.")
    assert await seat.page.get_by_role("link", name="Anna de Vries").count() == 1
    await seat.context.set_offline(False)
    await seat.page.get_by_role("link", name="Unowned").click()
    assert await seat.says("Every task has an owner.")


async def test_a_task_turns_late_before_ones_eyes(browser: Browser, console_site: ConsoleSite) -> None:
    sara, tasks = await handler_with_two_tasks(console_site)
    await Task.filter(id=tasks[0].id).update(due_at=clock.now() + timedelta(minutes=50))
    seat = await sit_down(browser, console_site, sara)
    await seat.page.clock.install()
    await seat.go("/console/inbox")
    due = seat.page.locator("tbody tr", has_text="Anna de Vries").locator("[data-due]")
    assert "in 50 minutes" in await due.inner_text()
    await seat.page.clock.fast_forward("00:10:05")
    await expect(due).to_contain_text("in 40 minutes")
    assert "Late" not in await due.inner_text()
    await seat.page.clock.fast_forward("00:45:05")
    await expect(due).to_contain_text("5 minutes ago")
    assert "Late" in await due.inner_text()


async def test_after_a_gap_in_the_network_nothing_is_missed(browser: Browser, console_site: ConsoleSite) -> None:
    story = console_site.story
    task = await story.let_down("Anna de Vries")
    team = await task.team
    seat = await sit_down(browser, console_site, await story.member("Sara Bos", Role.HANDLER, team))
    tom = await story.actor(await story.member("Tom Baker", Role.HANDLER, team))
    await seat.page.route("**/graphql**", lambda route: route.abort())
    await seat.go("/console/inbox?view=UNOWNED")
    await take_task(tom, task.id, 1)
    await seat.page.wait_for_timeout(500)
    assert await seat.page.locator("#news").inner_text() == ""
    await seat.page.unroute("**/graphql**")
    await seat.page.get_by_text("1 change since you opened this page.").wait_for(timeout=10_000)
