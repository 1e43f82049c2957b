"""My messages and data: what we ask, deleting one's answers, and stops that reach us whatever stands in between."""

from datetime import timedelta
from types import ModuleType

import httpx
import pytest

from tests.responses.asked import Asked, asked, published
from tests.responses.conftest import Told
from tests.responses.documents import SHORT
from tests.responses.presses import send
from tests.web.survey.reader import Reader
from voc.core import settings
from voc.core.access import Actor
from voc.core.settings import Settings
from voc.outreach.links import Purpose, secret_for
from voc.outreach.models import Invitation, LinkSeen, OddPress, Touchpoint
from voc.outreach.policies.save import save_policy
from voc.outreach.wishes.preferences import preferences_of
from voc.responses.models import Answer, CallBack, Response

SYSTEM = Actor.system("test")
READ = timedelta(seconds=5)


def stop_address(one: Asked) -> str:
    return f"/u/{secret_for(Purpose.STOP, one.invitation.id)}"


def own_address(one: Asked) -> str:
    return f"/m/{secret_for(Purpose.MESSAGES, one.invitation.id)}"


async def has_stopped(one: Asked) -> bool:
    invitation = await Invitation.get(id=one.invitation.id)
    return any(found.is_stopped for found in await preferences_of(invitation)) and invitation.stopped_at is not None


async def open_scores(one: Asked, clock: ModuleType) -> None:
    for score in range(11):
        await LinkSeen.create(invitation_id=one.invitation.id, score=score, seen_at=clock.now())


async def test_what_we_ask_and_how_often_is_said_in_words(reader: Reader, clock: ModuleType) -> None:
    one = await asked(await published(SHORT))
    for key, name in (("delivery", "Delivery"), ("call", "A call"), ("repair", "Repair")):
        await Touchpoint.create(key=key, names={"en": name})
    rules = {"survey": SHORT["key"], "channels": ["email"], "quiet_days": 60, "yearly_budget": 4}
    await save_policy(SYSTEM, "after-delivery", "After", {**rules, "touchpoints": ["delivery", "call"]})
    await save_policy(SYSTEM, "after-repair", "After", {**rules, "touchpoints": ["repair"], "quiet_days": 90, "channels": ["other"]})
    text = (await reader.open(own_address(one))).text
    assert "We may ask you about: A call, Delivery, Repair." in text
    assert "There are at least 60 days between two questions. We ask you at most 4 times a year." in text
    assert "In the last 12 months we asked you 1 time. No question is planned for you now." in text


async def test_deleted_answers_are_gone_and_the_link_takes_no_more(reader: Reader, clock: ModuleType, told: Told) -> None:
    one, other = await asked(), await asked(await published({**SHORT, "key": "other"}))
    for which in (one, other):
        await send(which, {"nps": "2", "why": "Late & broken."})
    await open_scores(one, clock)
    page = await reader.open(own_address(one))
    page = await reader.open(page.links["Delete my answers"])
    assert (page.heading, await Answer.all().count()) == ("Delete my answers", 4)
    clock.advance(READ)
    page = await reader.press("")
    assert ("Your answers are deleted." in page.text, "Delete my answers" in page.links) == (True, False)
    erased = await Response.get(invitation_id=one.invitation.id)
    assert (erased.erased_at, erased.erased_by, erased.end_page, erased.suspect) == (clock.now(), "customer", None, "")
    assert {answer.response_id for answer in await Answer.all()} == {(await Response.get(invitation_id=other.invitation.id)).id}
    assert (await LinkSeen.filter(invitation_id=one.invitation.id).count(), await CallBack.all().count()) == (0, 0)
    assert ((await reader.open(f"/s/{one.secret}")).heading, (await reader.open(f"/r/{one.secret}?nps=9")).status) == (
        "You deleted your answers",
        410,
    )
    assert (await reader.open(f"{own_address(one)}/answers")).answer.url.path == own_address(one)


async def test_nobody_deletes_or_stops_by_looking_or_in_a_blink(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    await send(one, {"nps": "2"})
    await open_scores(one, clock)
    for address in (f"{own_address(one)}/answers", stop_address(one)):
        await reader.client.head(address)
        assert (await reader.client.options(address)).status_code == 405
        page = await reader.open(address)
        page = await reader.press("")
        assert "Press the button once more, then it is done." in page.text
    assert (await Answer.all().count(), await has_stopped(one)) == (1, False)
    assert {(odd.what, odd.is_held) for odd in await OddPress.all()} == {("erased", True), ("stopped", True)}
    clock.advance(timedelta(seconds=3))
    page = await reader.press("")
    assert (page.heading, await has_stopped(one)) == ("You get no more of these messages", True)


async def test_a_fast_person_stops_with_one_press(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    await open_scores(one, clock)
    clock.advance(timedelta(minutes=5))
    await reader.open(stop_address(one))
    clock.advance(timedelta(seconds=1))
    await reader.press("")
    assert await has_stopped(one)
    assert all(channel.is_stopped for channel in await preferences_of(one.invitation))


@pytest.mark.parametrize("kind", ["expired", "test", "no customer", "gone"])
async def test_a_stop_is_answered_alike_whoever_it_was_for(client: httpx.AsyncClient, clock: ModuleType, kind: str) -> None:
    one = await asked(is_test=kind == "test", days=-1 if kind == "expired" else 14)
    if kind == "no customer":
        await Invitation.filter(id=one.invitation.id).update(customer_id=None)
    if kind == "gone":
        await Invitation.filter(id=one.invitation.id).delete()
    for _ in range(2):
        answer = await client.post(stop_address(one), data={"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.text, answer.headers.get("set-cookie")) == (200, "Stopped.", None)
    assert kind != "expired" or await has_stopped(one)


async def test_no_stop_is_lost_to_a_limit(client: httpx.AsyncClient, clock: ModuleType) -> None:
    settings.install(Settings(secret="a secret of thirty-two characters", rate_limits=True))
    one = await asked()
    seen = [(await client.head(stop_address(one))).status_code for _ in range(121)]
    assert (seen[0], seen[-1]) == (200, 429)
    assert (await client.post("/u/nobody-made-this")).status_code == 404
    assert (await client.post(stop_address(one), data={"List-Unsubscribe": "One-Click"})).status_code == 200
    assert await has_stopped(one)


async def test_a_decline_behind_a_scanner_that_sent_is_a_persons(reader: Reader, clock: ModuleType, told: Told) -> None:
    one = await asked()
    await open_scores(one, clock)
    await reader.open(f"/r/{one.secret}?nps=0")
    await reader.press()
    clock.advance(timedelta(minutes=5))
    page = await reader.open(f"/s/{one.secret}")
    assert (page.heading, "nps" in page.form) == ("Your experience with Pakketdienst Noord", False)
    clock.advance(READ)
    page = await reader.press("decline")
    assert (page.status, page.heading) == (410, "You told us this was not for you")
    assert ((await Invitation.get()).declined_at, (await Response.get()).suspect != "", await told()) == (clock.now(), True, [])
