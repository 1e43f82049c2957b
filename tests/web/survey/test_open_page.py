"""Open links: anybody may answer, looking keeps nothing, the cap holds, and whoever may have answered before is only named."""

import asyncio
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.responses.asked import published
from tests.responses.conftest import Told
from tests.responses.documents import SHORT, both
from tests.responses.kinds import of_kind
from tests.web.survey.reader import Reader
from tests.web.survey.test_files import PNG, folder, press
from voc.core.access import Actor
from voc.core.errors import Conflict
from voc.outreach.forget import forget_what_was_seen
from voc.outreach.links import open_secret_of
from voc.outreach.models import Invitation, LinkSeen, OpenLink, Pause, PauseScope
from voc.outreach.open.door import take_place
from voc.outreach.open.kinds import OpenLinkKind
from voc.outreach.open.links import OpenLinkFacts, change_open_link, create_open_link, revoke_open_link
from voc.responses.leave import close_left
from voc.responses.models import Answer, Response, ResponseState
from voc.surveys.models import Survey, SurveyVersion

SYSTEM = Actor.system("test")
ONE_PAGE: dict[str, Any] = {**SHORT, "key": "one-page", "pages": SHORT["pages"][:1]}
__all__ = ["folder"]


@pytest.fixture(autouse=True)
def _speaks_english(client: httpx.AsyncClient) -> None:
    client.headers["accept-language"] = "en"


async def opened(document: dict[str, Any] | None = None, **facts: Any) -> str:
    """The address of an open link to a survey."""
    version = await published(document or ONE_PAGE)
    return await linked(version.survey_id, **facts)


async def linked(survey_id: UUID, kind: OpenLinkKind = OpenLinkKind.POSTER, **facts: Any) -> str:
    link = await create_open_link(SYSTEM, survey_id, kind, OpenLinkFacts(**{"name": "Counter", **facts}))
    return f"/o/{open_secret_of(link.id)}"


async def used() -> int:
    return (await OpenLink.get()).used


async def test_a_visitor_answers_and_goes_on_under_a_link_of_their_own(reader: Reader, told: Told, clock: ModuleType) -> None:
    address = await opened({**SHORT, "pages": [*SHORT["pages"][:1], {"id": "more", "questions": [hidden("seat"), words("more")]}]})
    first = await reader.open(f"{address}?seat=12&language=nl")
    assert (first.status, first.language, "Pakketdienst Noord" in first.text) == (200, "nl", True)
    assert ("", "decline") not in first.buttons
    assert not any(value == "decline" for _, value in first.buttons)
    clock.advance(timedelta(minutes=1))
    second = await reader.press(nps="9")
    assert second.answer.url.path.startswith("/s/")
    assert second.answer.url.path != address
    thanks = await reader.press(more="Fine")
    response, invitation = await Response.get(), await Invitation.get()
    assert (thanks.answer.url.path, thanks.heading) == (f"{second.answer.url.path}/thanks", "Dank u wel")
    assert [answer.text for answer in await Answer.filter(question="seat")] == ["12"]
    assert (response.state, response.invitation_id, response.channel, response.duplicate) == ("complete", invitation.id, "web", "")
    assert (invitation.open_link_id, invitation.customer_id, invitation.language) == ((await OpenLink.get()).id, None, "nl")
    assert (await told())[-1] == ("ResponseSubmitted", str(response.id))
    assert not thanks.answer.cookies
    assert not first.answer.cookies


async def test_looking_keeps_nothing_and_another_language_neither(reader: Reader, told: Told, clock: ModuleType) -> None:
    address = await opened()
    await reader.open(address)
    dutch = await reader.press("language:nl", nps="4", why="Slow")
    assert (dutch.language, dutch.form["nps"], dutch.form["why"]) == ("nl", ["4"], ["Slow"])
    assert (await Invitation.all().count(), await LinkSeen.all().count(), await used()) == (0, 0, 0)
    assert (await reader.press()).answer.url.path.endswith("/thanks")
    assert (await Response.get()).language == "nl"


async def test_what_is_wrong_is_mended_on_the_visitors_own_link(reader: Reader, told: Told, clock: ModuleType) -> None:
    await reader.open(await opened())
    page = await reader.press(why="No score")
    assert (page.status, page.invalid, page.form["why"], page.action[:3]) == (422, 1, ["No score"], "/s/")
    assert (await reader.press(nps="3")).heading == "Thank you for telling us"
    assert (await Response.all().count(), await used()) == (1, 1)


async def test_a_press_that_comes_twice_begins_once(client: httpx.AsyncClient, told: Told, clock: ModuleType) -> None:
    reader, address = Reader(client), await opened()
    page = await reader.open(address)
    fields = {**page.form, "nps": "8", "_go": "next"}
    clock.advance(timedelta(minutes=1))
    both_times = await asyncio.gather(*(client.post(address, data=fields) for _ in range(2)))
    assert {answer.status_code for answer in both_times} == {303}
    assert len({answer.headers["location"] for answer in both_times}) == 1
    assert (await Invitation.all().count(), await Response.all().count(), await used()) == (1, 1, 1)


async def test_the_last_place_is_filled_once(client: httpx.AsyncClient, told: Told, clock: ModuleType) -> None:
    address = await opened(cap=1)
    pages = [await Reader(client).open(address) for _ in range(3)]
    answers = await asyncio.gather(*(client.post(address, data={**page.form, "nps": "8", "_go": "next"}) for page in pages))
    assert sorted(answer.status_code for answer in answers) == [303, 410, 410]
    assert (await Response.all().count(), await used()) == (1, 1)
    full = await Reader(client).open(address)
    assert (full.status, full.heading) == (410, "Enough people have answered")
    mine = next(answer.headers["location"] for answer in answers if answer.status_code == 303)
    assert (await Reader(client).open(mine)).heading == "Thank you"
    with pytest.raises(Conflict):
        await take_place((await OpenLink.get()).id)


async def test_two_who_change_a_link_at_once_both_have_their_way(told: Told, clock: ModuleType) -> None:
    await opened()
    link = await OpenLink.get()
    await asyncio.gather(change_open_link(SYSTEM, link.id, {"name": "Hall"}), change_open_link(SYSTEM, link.id, {"cap": 5}))
    kept = await OpenLink.get()
    assert (kept.name, kept.cap) == ("Hall", 5)


async def test_a_place_that_was_left_is_free_again_after_a_day(reader: Reader, told: Told, clock: ModuleType) -> None:
    address = await opened({**SHORT, "pages": [SHORT["pages"][0], {"id": "more", "questions": [words("more")]}]}, cap=1)
    await reader.open(address)
    mine = (await reader.press(nps="9")).answer.url.path
    assert (await reader.open(address)).status == 410
    clock.advance(timedelta(hours=25))
    assert (await reader.open(mine)).status == 410
    await close_left(SYSTEM, "")
    assert ((await Response.get()).state, await used()) == (ResponseState.LEFT, 0)
    assert (await reader.open(address)).status == 200


async def test_files_come_with_the_first_press(reader: Reader, clock: ModuleType) -> None:
    page = await reader.open(await opened(of_kind("file")))
    assert (await press(reader, page, ("parcel.png", PNG))).heading == "Thank you"
    assert "parcel.png" in reader.page.text


async def test_links_that_take_nobody_in_say_why(reader: Reader, told: Told, clock: ModuleType) -> None:
    address = await opened(closes_at=clock.now() + timedelta(hours=1))
    page = await reader.open(address)
    survey = await Survey.get()
    pause = await Pause.create(scope=PauseScope.SURVEY, ref=survey.key, reason="recall", by="Noor")
    assert ((await reader.open(address)).heading, reader.page.status) == ("We are not asking at the moment", 410)
    await pause.delete()
    clock.advance(timedelta(hours=2))
    assert (await reader.open(address)).heading == "This survey has ended"
    assert "until 3 March 2026" in reader.page.text
    for moment, day in ((datetime(2026, 3, 2, 23, 30, tzinfo=UTC), "3 March"), (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), "2 March")):
        await OpenLink.all().update(closes_at=moment)
        assert f"until {day} 2026" in (await reader.open(address)).text, "the last day of the house: midnight ends the day before"
    assert "Questions? Call +31 50 123 45 67" in reader.page.text
    reader.page = page
    assert ((await reader.press(nps="9")).status, await Response.all().count()) == (410, 0)
    await revoke_open_link(SYSTEM, (await OpenLink.get()).id)
    assert (await reader.open(address)).heading == "We no longer ask this here"
    await SurveyVersion.all().delete()
    await Survey.filter(id=survey.id).update(last_number=0)
    assert ((await reader.open(address)).heading, reader.page.status) == ("This survey has not begun", 404)
    assert (await reader.open(f"/o/{'A' * 22}")).status == 404


async def test_a_page_that_stood_open_too_long_comes_again_as_it_was_filled_in(reader: Reader, told: Told, clock: ModuleType) -> None:
    address = await opened()
    await reader.open(address)
    clock.advance(timedelta(hours=25))
    page = await reader.press(nps="9", why="Good")
    assert ("This page was open for a long time" in page.text, page.form["nps"], page.form["why"]) == (True, ["9"], ["Good"])
    assert await Invitation.all().count() == 0
    assert (await reader.press()).heading == "Thank you"


async def test_whoever_may_have_answered_before_is_named_and_counts(client: httpx.AsyncClient, told: Told, clock: ModuleType) -> None:
    address = await opened()
    elsewhere = await linked((await Survey.get()).id)
    for where, browser, device in ((address, "A", ""), (address, "A", ""), (address, "B", "1"), (elsewhere, "A", ""), (address, "C", "")):
        client.headers["user-agent"] = browser
        reader = Reader(client)
        page = await reader.open(where)
        await reader.press(nps="8", **({"_device": device} if "_device" in page.form else {}))
    found = [one.duplicate for one in await Response.all().order_by("begun_at", "id")]
    assert found == ["", "same_browser", "same_device", "", ""]
    assert await Response.filter(state=ResponseState.COMPLETE).count() == 5
    clock.advance(timedelta(days=31))
    await forget_what_was_seen(SYSTEM)
    assert await Invitation.exclude(visitor_hash=None).count() == 0


def words(name: str) -> dict[str, Any]:
    return {"id": name, "kind": "text", "text": both("And more?", "En verder?")}


def hidden(name: str) -> dict[str, Any]:
    return {"id": name, "kind": "hidden", "source": "link", "text": both("Seat", "Stoel")}
