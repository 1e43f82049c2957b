"""What cannot be found, read or done: a friendly page with a way on, filters that mean nothing said and left out, nothing typed lost."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.makers import Story
from tests.web.conftest import Enter
from voc.api.global_ids import global_id
from voc.core.access import Actor, Role
from voc.core.ids import new_id
from voc.followup.models import Note, Task
from voc.web.run import OperationFailed, _inside, through

UNKNOWN = "in the address is not known here. It was left out."
MEANINGLESS = (
    "/console/inbox?view=NOWHERE",
    "/console/inbox?priority=dire",
    "/console/inbox?team=nonsense",
    "/console/comments?survey=nonsense",
    "/console/comments?sentiment=jolly",
    "/console/comments?level=highest",
    "/console/results?metric=joy",
    "/console/results?days=9999",
    "/console/results?channel=telepathy",
    "/console/asking?verdict=perhaps",
    "/console/asking?touchpoint=nowhere",
    "/console/asking?reason=mood",
    "/console/asking/deliveries?state=lost",
)


@pytest.mark.parametrize("place", ["tasks", "customers", "responses", "questionnaires"])
async def test_an_unknown_id_is_a_page_with_a_way_on(story: Story, enter: Enter, place: str) -> None:
    browser = await enter(await story.member("Lea Blom", Role.ADMIN))
    kind = {"tasks": "Task", "customers": "Customer", "responses": "Response", "questionnaires": "Survey"}[place]
    for id in ("nonsense", global_id(kind, new_id()), global_id("Team", new_id())):
        page = await browser.go(f"/console/{place}/{id}")
        assert (page.status, page.text("h1")) == (404, "Nothing here"), id
        assert page.links["To the console"] == "/console"
    page = await browser.go("/console/tasks/nonsense")
    assert page.links["To Inbox"] == "/console/inbox"


async def test_a_filter_that_means_nothing_is_said_and_left_out(story: Story, enter: Enter) -> None:
    await story.let_down()
    browser = await enter(await story.member("Lea Blom", Role.ADMIN))

    for address in MEANINGLESS:
        place, _, said = address.partition("?")
        rows = len((await browser.go(place)).texts("tr"))
        page = await browser.go(address)
        assert (page.status, len(page.texts("tr"))) == (200, rows), address
        assert [one for one in page.texts("p") if UNKNOWN in one] == [f"“{said}” {UNKNOWN}"]

    nobody = global_id("Customer", new_id())
    page = await browser.go(f"/console/asking?customer={nobody}")
    assert f"“customer={nobody[:31]}…” {UNKNOWN}" in page.text()


@pytest.mark.parametrize("address", ["/console/inbox?after=nonsense", "/console/customers?before=x", "/console/asking?customer=nonsense"])
async def test_an_address_that_cannot_be_read_shows_the_page_without_it(story: Story, enter: Enter, address: str) -> None:
    browser = await enter(await story.member("Lea Blom", Role.ADMIN))

    page = await browser.go(address)

    assert (page.status, page.address) == (200, address.split("?", maxsplit=1)[0])
    assert page.text("p", class_="line") == "Part of the address could not be read. You see the page without it."


async def test_a_form_that_breaks_is_sent_again_with_what_was_typed(story: Story, enter: Enter) -> None:
    task = await story.let_down()
    browser = await enter(await story.member("Sara Bos", Role.HANDLER, await task.team))
    await browser.go("/console/inbox?view=TEAM")
    await browser.follow("Anna de Vries")

    async def broken(name: str, variables: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        if name == "AddNote":
            raise OperationFailed("INTERNAL_SERVER_ERROR", "Something went wrong.", "abc123")
        return await _inside(name, variables, actor)

    with through(broken):
        page = await browser.press("Save the note", note="Rang twice, no answer.")
    assert (page.status, page.text("h1")) == (500, "This did not work")
    assert page.text("p", class_="quote typed") == "Rang twice, no answer."

    page = await browser.press("Send it again")
    assert page.text("p", class_="line") == "Your note is saved."
    assert [one.text for one in await Note.all()] == ["Rang twice, no answer."]


async def test_a_page_that_breaks_keeps_what_was_typed_too(story: Story, enter: Enter, caplog: pytest.LogCaptureFixture) -> None:
    task = await story.let_down()
    browser = await enter(await story.member("Sara Bos", Role.HANDLER, await task.team))
    await browser.go("/console/inbox?view=TEAM")
    await browser.follow("Anna de Vries")

    async def mistaken(name: str, variables: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        return {} if name == "AddNote" else await _inside(name, variables, actor)

    with through(mistaken):
        page = await browser.press("Save the note", note="Anna rang twice.")

    assert (page.status, page.text("h1"), page.text("p", class_="quote typed")) == (500, "This did not work", "Anna rang twice.")
    (line,) = [record for record in caplog.records if record.getMessage() == "a page of the console failed"]
    assert page.text("code") == line.__dict__["number"]
    assert "Anna" not in str(line.__dict__)


async def test_words_for_a_task_that_has_gone_to_another_team_are_not_lost(story: Story, enter: Enter) -> None:
    task = await story.let_down()
    browser = await enter(await story.member("Sara Bos", Role.HANDLER, await task.team))
    await browser.go("/console/inbox?view=TEAM")
    await browser.follow("Anna de Vries")
    await Task.filter(id=task.id).update(team_id=(await story.team("billing")).id)

    page = await browser.press("Save the note", note="Rang twice, no answer.")

    assert (page.status, page.text("p", class_="quote typed")) == (404, "Rang twice, no answer.")
    assert not page.has_button("Send it again")
