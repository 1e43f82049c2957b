"""What holds for every page of the console: who comes in, where they can go, and what is said when something cannot be done."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import Response

from tests.makers import Story
from tests.web.conftest import Enter
from tests.web.visitor import Visitor
from voc.core.access import Role
from voc.core.settings import Settings
from voc.followup.models import Note, Task
from voc.staff.models import Session
from voc.web import flash
from voc.web.navigation import PLACES
from voc.web.run import through
from voc.web.wording import catalogues

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def stranger(app: Starlette, settings: Settings) -> Visitor:
    """A browser nobody has signed in with."""
    return Visitor(httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url=settings.base_url))


async def test_a_stranger_is_sent_to_the_door_and_back_to_the_page(story: Story, stranger: Visitor) -> None:
    page = await stranger.go("/console/customers?search=anna")
    assert page.address == "/sign-in?next=%2Fconsole%2Fcustomers%3Fsearch%3Danna"
    assert ("next", "/console/customers?search=anna") in page.forms[0].fields


@ONE_DATABASE
@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.HANDLER, "inbox results comments questionnaires asking customers brief house"),
        (Role.DESIGNER, "results comments questionnaires asking customers house"),
        (Role.AUDITOR, "inbox results comments questionnaires asking customers house"),
    ],
)
async def test_the_places_offered_are_those_the_roles_open(story: Story, enter: Enter, role: Role, offered: str) -> None:
    browser = await enter(await story.member("Sara Bos", role))
    page = await browser.go("/console/account")
    words = catalogues()["console"]["en"]
    assert [words[f"place_{key}"] for key in offered.split()] == [
        link for link in page.links if link in {words[f"place_{one.key}"] for one in PLACES}
    ]
    assert (await browser.go("/console")).address == {"inbox": "/console/inbox", "results": "/console/results"}[
        offered.split(maxsplit=1)[0]
    ]


@ONE_DATABASE
async def test_every_place_that_is_offered_opens_and_says_where_one_is(story: Story, enter: Enter) -> None:
    await story.team()
    browser = await enter(await story.member("Ada Min", Role.ADMIN))
    for place in PLACES:
        page = await browser.go(place.address)
        assert (place.key, page.status, page.texts("h1") != [""]) == (place.key, 200, True)
        assert place.key in {catalogues_key(text) for text in page.texts("a", aria_current="page") + page.texts("a", aria_current="true")}


@ONE_DATABASE
async def test_the_console_speaks_the_language_of_the_member(story: Story, enter: Enter) -> None:
    browser = await enter(await story.member("Sanne de Wit", Role.HANDLER, await story.team(), language="nl"))
    page = await browser.go("/console/inbox")
    assert (page.answer.headers["content-language"], page.text("h1")) == ("nl", "Inbox")
    assert "Er is nu niets van jou." in page.text()


async def test_a_form_from_another_page_changes_nothing(story: Story, enter: Enter) -> None:
    task = await story.let_down()
    browser = await enter(await story.member("Sara Bos", Role.HANDLER, await task.team))
    await browser.go("/console/inbox?view=UNOWNED")
    browser.client.headers["sec-fetch-site"] = "cross-site"
    page = await browser.press("Take the task of Anna de Vries")
    assert (page.status, page.text("h1")) == (403, "This form came from elsewhere")
    assert (await Task.get(id=task.id)).assignee_id is None


async def test_what_was_typed_is_kept_when_the_session_has_ended(story: Story, enter: Enter) -> None:
    task = await story.let_down()
    sara = await story.member("Sara Bos", Role.HANDLER, await task.team)
    browser = await enter(sara)
    await browser.go("/console/inbox?view=UNOWNED")
    await browser.follow("Anna de Vries")
    await Session.all().delete()

    page = await browser.press("Save the note", note="Rang twice.")
    assert (page.status, page.text("h1")) == (401, "You have been signed out")
    assert page.links["1. Sign in, in a new tab"] == "/sign-in"
    browser.client.cookies.set("voc-session", await story.session(sara))
    page = await browser.press("2. Send it again")
    assert page.text("p", class_="line") == "Your note is saved."
    assert [note.text for note in await Note.all()] == ["Rang twice."]


@ONE_DATABASE
async def test_passwords_are_not_written_into_the_page_that_keeps_what_was_typed(story: Story, enter: Enter) -> None:
    browser = await enter(await story.member("Sara Bos", Role.HANDLER))
    await browser.go("/console/account")
    await Session.all().delete()
    page = await browser.press("Set the new password", old_password="the old sentence", new_password="a new long sentence")
    assert page.status == 401
    assert "sentence" not in page.answer.text


@ONE_DATABASE
async def test_addresses_that_lead_nowhere_and_ids_that_are_none_get_one_page(story: Story, enter: Enter) -> None:
    browser = await enter(await story.member("Sara Bos", Role.ADMIN))
    for address in ("/console/nothing/here", "/console/tasks/nonsense", "/console/customers/VGVhbTow"):
        page = await browser.go(address)
        assert (address, page.status, page.text("h1")) == (address, 404, "Nothing here")


@ONE_DATABASE
async def test_what_roles_do_not_allow_is_said(story: Story, enter: Enter) -> None:
    task = await story.let_down()
    admin = await enter(await story.member("Ada Min", Role.ADMIN))
    address = (await admin.go("/console/inbox?view=UNOWNED")).links["Anna de Vries"].split("?")[0]
    auditor = await enter(await story.member("Au Ditor", Role.AUDITOR))
    page = await auditor.post(f"{address}/take", [("version", "1")])
    assert (page.status, page.text("h1")) == (403, "Not for your role")
    assert (await Task.get(id=task.id)).assignee_id is None


@ONE_DATABASE
@pytest.mark.parametrize(
    ("code", "status", "heading"),
    [("INTERNAL_SERVER_ERROR", 500, "This did not work"), ("THROTTLED", 503, "It is very busy")],
)
async def test_a_failure_of_ours_has_a_number_and_a_way_to_try_again(
    story: Story, enter: Enter, code: str, status: int, heading: str
) -> None:
    browser = await enter(await story.member("Sara Bos", Role.HANDLER))
    await browser.go("/console/inbox")
    me: dict[str, object] = {"data": {"me": _ME}}

    async def broken(name: str, variables: object, actor: object) -> dict[str, object]:
        return me if name == "Me" else {"errors": [{"message": "Broken.", "extensions": {"code": code, "errorId": "e-123"}}]}

    with through(broken):
        page = await browser.go("/console/inbox?view=TEAM")
    assert (page.status, page.text("h1")) == (status, heading)
    assert "e-123" in page.text()
    assert page.links["Try again"] == "/console/inbox?view=TEAM"


@ONE_DATABASE
async def test_a_line_that_we_did_not_write_is_not_said(story: Story, enter: Enter) -> None:
    browser = await enter(await story.member("Sara Bos", Role.HANDLER))
    await browser.go("/console/account")
    assert (await browser.press("Save")).text("p", class_="line") == "Your language and time zone are saved."
    assert (await browser.go("/console/inbox")).text("p", class_="line") == ""

    cookie = flash.leave(Response(), flash.Line("account", "saved", {})).headers["set-cookie"]
    told = cookie.split(";", 1)[0].partition("=")[2].strip('"')
    for forged, said in (
        (told, "Your language and time zone are saved."),
        (told[:-2] + "xx", ""),
        (f"WyJ4Il0=.{told[-22:]}", ""),
        ("x", ""),
    ):
        browser.client.cookies.set(flash.COOKIE, forged, path="/console")
        assert (forged, (await browser.go("/console/inbox")).text("p", class_="line")) == (forged, said)


@ONE_DATABASE
async def test_pages_run_nothing_inline_and_talk_to_nobody_else(story: Story, enter: Enter) -> None:
    await story.let_down()
    browser = await enter(await story.member("Sara Bos", Role.ADMIN))
    page = await browser.go("/console/inbox?view=UNOWNED")
    policy = page.answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "connect-src 'self'" in policy
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
    for address in ("/console/inbox?view=UNOWNED", page.links["Anna de Vries"], "/console/customers", "/console/brief", "/console/keys"):
        text = (await browser.go(address)).answer.text
        assert " style=" not in text
        assert "<style" not in text
        assert " onclick=" not in text
        assert "http://" not in text


def catalogues_key(text: str) -> str:
    """Which place a text of the menu names."""
    words = catalogues()["console"]["en"]
    return next((place.key for place in PLACES if words[f"place_{place.key}"] == text), "")


_ME = {
    "name": "Sara Bos",
    "isMember": True,
    "language": "en",
    "timeZone": "Europe/Amsterdam",
    "actions": ["WORK_TASK", "SEE_TASKS"],
    "roles": [],
    "member": None,
}
