"""The inbox and a task, as colleagues use them."""

import pytest

from tests.makers import WHY, Story
from tests.web.conftest import Enter
from voc.core.access import Role
from voc.followup.models import Note, Solved, Task, TaskState
from voc.followup.work import close_task, take_task


@pytest.fixture
async def task(story: Story) -> Task:
    """One task that nobody has."""
    return await story.let_down()


async def test_a_handler_takes_a_task_writes_a_note_and_closes_it(story: Story, enter: Enter, task: Task, door: None) -> None:
    team = await task.team
    sara = await story.member("Sara Bos", Role.HANDLER, team)
    browser = await enter(sara)

    page = await browser.go("/console")
    assert (page.address, page.text("h1")) == ("/console/inbox", "Inbox")
    assert "Nothing is yours right now. One task waits for an owner." in page.text()

    page = await browser.follow("Look at the unowned")
    assert "Anna de Vries" in page.links
    assert "1 Dissatisfied" in page.texts("span", class_="score")
    page = await browser.press("Take the task of Anna de Vries")
    assert page.text("p", class_="line") == "You have it. Look"

    page = await browser.follow("Look")
    assert "Sara Bos took it." in page.text("ol", class_="history")
    assert page.text("blockquote") == WHY
    assert page.texts("mark") == ["broken", "Terrible"]
    page = await browser.press("Save the note", note="Rang twice, left a message.")
    assert "Rang twice, left a message." in page.text("ul", class_="notes plain")

    page = await browser.follow("Close")
    page = await browser.press("Close and next", solved="PARTLY", cause="No call back", outcome="Apologised, sent a new wheel.")
    assert page.text("p", class_="line") == "Closed. Nothing else waits in this view. Look"
    page = await browser.follow("Done this week 1")
    assert "Solved: partly · No call back" in page.text("table")

    closed = await Task.get(id=task.id)
    assert (closed.state, closed.solved, closed.cause, closed.assignee_id) == (TaskState.DONE, Solved.PARTLY, "No call back", sara.id)
    assert [note.text for note in await Note.all()] == ["Rang twice, left a message."]


async def test_of_two_who_take_it_the_second_is_told_who_was_first(story: Story, enter: Enter, task: Task) -> None:
    team = await task.team
    tom, sara = await story.member("Tom Baker", Role.HANDLER, team), await story.member("Sara Bos", Role.HANDLER, team)
    in_list, on_page = await enter(tom), await enter(tom)
    await in_list.go("/console/inbox?view=UNOWNED")
    await on_page.go("/console/inbox?view=UNOWNED")
    await on_page.follow("Anna de Vries")
    await take_task(await story.actor(sara), task.id, 1)

    seen = await in_list.press("Take the task of Anna de Vries")
    assert seen.text("p", class_="line") == "Sara Bos was first and has “Call back after a bad call”. Look"
    seen = await on_page.press("Take it")
    assert (seen.status, seen.texts("li")[0] != "") == (409, True)
    assert "Sara Bos was first and has this task." in seen.text("div", id="faults")
    assert (await Task.get(id=task.id)).assignee_id == sara.id


async def test_several_are_taken_and_handed_over_at_once(story: Story, enter: Enter, task: Task) -> None:
    await story.let_down("Bram Jansen")
    team = await task.team
    tom, sara = await story.member("Tom Baker", Role.LEAD, team), await story.member("Sara Bos", Role.HANDLER, team)
    browser = await enter(tom)
    await browser.go("/console/inbox?view=UNOWNED")
    page = await browser.press("Take")
    assert page.text("p", class_="line") == "Tick one or more tasks first."
    page = await browser.press("Take", pick=page.ticks["pick"])
    assert page.text("p", class_="line") == "You have 2 tasks more."

    page = await browser.go("/console/inbox?view=MINE")
    page = await browser.press("Hand over", pick=page.ticks["pick"])
    assert page.text("h1") == "Hand over 2 tasks"
    page = await browser.press("Hand over")
    assert (page.status, page.text("p", id="to-fault")) == (422, "Choose a team or a colleague.")
    page = await browser.press("Hand over", to=page.options["Sara Bos"])
    assert page.text("p", class_="line") == "2 tasks are handed over."
    assert {one.assignee_id for one in await Task.all()} == {sara.id}


async def test_a_task_waits_goes_on_moves_and_reopens(story: Story, enter: Enter, task: Task) -> None:
    team, other = await task.team, await story.team("billing", "Billing")
    lead = await story.member("Lea Blom", Role.LEAD, team)
    await story.member("Bob Smit", Role.HANDLER, other)
    browser = await enter(lead)
    await browser.go("/console/inbox?view=TEAM")
    page = await browser.follow("Anna de Vries")
    address = page.address.split("?")[0]
    page = await browser.press("Wait for the customer", wait_reason="A photo of the wheel")
    assert page.text("p", class_="line") == "It waits for the customer. Surveys stay away too."
    assert "A photo of the wheel" in page.text("ol", class_="history")
    page = await browser.press("Go on")
    assert page.text("p", class_="line") == "You go on with it."

    page = await browser.press("Hand over", to=page.options["Billing, whoever is free"])
    assert (page.status, page.text("p", id="give-reason-fault")) == (422, "Tell the other team why the task comes to them.")

    await close_task(await story.actor(lead), task.id, (await Task.get(id=task.id)).version, solved=Solved.NO)
    page = await browser.go(f"{address}/close")
    assert page.text("p", class_="line") == "This task is closed already."
    page = await browser.press("Reopen")
    assert page.text("p", class_="line") == "It is open again."
    page = await browser.press("Hand over", to=page.options["Billing, whoever is free"], give_reason="It is about the invoice")
    assert page.status == 404  # it has left the team of the lead


async def test_what_was_typed_stays_when_somebody_closed_it_first(story: Story, enter: Enter, task: Task) -> None:
    team = await task.team
    tom, sara = await story.member("Tom Baker", Role.HANDLER, team), await story.member("Sara Bos", Role.HANDLER, team)
    browser = await enter(tom)
    await browser.go("/console/inbox?view=TEAM")
    await browser.follow("Anna de Vries")
    await browser.follow("Close")
    page = await browser.press("Close", cause="No call back")
    assert (page.status, page.text("p", id="solved-fault")) == (422, "Say whether it is solved.")
    assert page.text("title").startswith("Error: ")
    await close_task(await story.actor(sara), task.id, 1, solved=Solved.YES)

    page = await browser.press("Close", solved="NO", outcome="Called.")
    assert page.status == 409
    assert "Somebody closed this task in the meantime. What you typed is still here." in page.text("div", id="faults")
    assert page.text("textarea", name="outcome") == "Called."
    assert (await Task.get(id=task.id)).solved is Solved.YES


async def test_close_and_next_goes_on_with_the_most_urgent_one_of_the_view(story: Story, enter: Enter, task: Task) -> None:
    other = await story.let_down("Bram Jansen")
    tom = await story.member("Tom Baker", Role.HANDLER, await task.team)
    actor = await story.actor(tom)
    for one in (task, other):
        await take_task(actor, one.id, 1)
    browser = await enter(tom)
    await browser.go("/console/inbox?view=MINE")
    await browser.follow("Anna de Vries")
    assert "Bram Jansen" in (await browser.follow("Next task")).text("h1")
    assert "Anna de Vries" in (await browser.follow("Next task")).text("h1")
    await browser.follow("Close")
    page = await browser.press("Close and next", solved="YES")
    assert (page.text("h1"), page.text("p", class_="line")) == ("Bram Jansen", "Closed. Here is the next one. Look")


async def test_tasks_of_other_teams_are_not_found_and_lookers_on_are_offered_nothing(story: Story, enter: Enter, task: Task) -> None:
    admin = await enter(await story.member("Ada Min", Role.ADMIN))
    await admin.go("/console/inbox?view=UNOWNED")
    address = (await admin.follow("Anna de Vries")).address
    stranger = await enter(await story.member("Bob Smit", Role.HANDLER, await story.team("billing")))
    page = await stranger.go(address)
    assert (page.status, page.text("h1")) == (404, "Nothing here")
    assert "Anna" not in page.answer.text

    analyst = await enter(await story.member("Ana Lyst", Role.ANALYST))
    page = await analyst.go("/console/inbox")
    assert "A*** d* V***" in page.links
    assert not page.has_button("Take the task of A*** d* V***")
    page = await analyst.follow("A*** d* V***")
    assert "Your role sees names and addresses masked here." in page.text()
    assert [name for name in ("Take it", "Save the note", "Hand over") if page.has_button(name)] == []
