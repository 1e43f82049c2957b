"""My messages and answers, and the button of mail programs."""

from datetime import timedelta
from types import ModuleType

import httpx
import pytest

from tests.responses.asked import Asked, asked
from tests.responses.presses import send
from tests.web.survey.reader import Reader
from voc.outreach.links import Purpose, secret_for
from voc.outreach.models import Invitation, Suppression
from voc.outreach.wishes.preferences import preferences_of

EVERY_CHANNEL = {"email", "sms", "message", "app", "other"}


def stop_address(one: Asked) -> str:
    return f"/u/{secret_for(Purpose.STOP, one.invitation.id)}"


def own_address(one: Asked) -> str:
    return f"/m/{secret_for(Purpose.MESSAGES, one.invitation.id)}"


async def stopped_channels(one: Asked) -> set[str]:
    return {found.channel.value for found in await preferences_of(await Invitation.get(id=one.invitation.id)) if found.is_stopped}


async def test_one_click_of_a_mail_program_stops_at_once(client: httpx.AsyncClient, clock: ModuleType) -> None:
    one = await asked()
    for _ in range(2):
        answer = await client.post(stop_address(one), data={"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.headers.get("set-cookie"), answer.history) == (200, None, [])
    assert await stopped_channels(one) == {"email"}


async def test_looking_at_the_stop_address_stops_nothing(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    page = await reader.open(stop_address(one))
    assert (page.status, page.heading, await stopped_channels(one)) == (200, "Stop these messages", set())
    await reader.client.head(stop_address(one))
    assert await Suppression.all().count() == 0
    page = await reader.press("")
    assert "We will no longer ask you what you think." in page.text
    assert (page.heading, await stopped_channels(one)) == ("You get no more of these messages", EVERY_CHANNEL)


async def test_a_pause_stands_until_it_ends(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    page = await reader.open(own_address(one))
    assert "Now: we may ask you." in page.text
    page = await reader.press("", wish="pause_3")
    assert ("Your choice is saved." in page.text, "until 3 June 2026" in page.text) == (True, True)
    clock.advance(timedelta(days=93))
    assert "Now: we may ask you." in (await reader.open(own_address(one))).text


@pytest.mark.parametrize(("channel", "stopped"), [("this", {"email"}), ("all", EVERY_CHANNEL)])
async def test_stopping_is_for_one_channel_or_all_and_can_be_undone(
    reader: Reader, clock: ModuleType, channel: str, stopped: set[str]
) -> None:
    one = await asked(language="nl")
    await reader.open(own_address(one))
    page = await reader.press("", wish="stop", channel=channel)
    assert ("Nu: we vragen u niets." in page.text, await stopped_channels(one)) == (True, stopped)
    page = await reader.press("", wish="go_on", channel="all")
    assert ("Nu: we mogen u iets vragen." in page.text, await stopped_channels(one)) == (True, set())


async def test_nothing_chosen_is_said(reader: Reader, clock: ModuleType) -> None:
    one = await asked()
    await reader.open(own_address(one))
    page = await reader.press("")
    assert (page.status, page.title.split(" ")[0], await Suppression.all().count()) == (422, "Error:", 0)
    assert {"wish-go_on", *page.described} <= set(page.ids)


async def test_one_reads_back_ones_own_answers_and_nobody_elses(reader: Reader, clock: ModuleType) -> None:
    mine = await asked()
    await send(mine, {"nps": "2", "why": "Late & broken.", "what_went_wrong": ["late"]})
    other = await asked(mine.version)
    await send(other, {"nps": "9", "why": "Not for your eyes."})
    page = await reader.open(own_address(mine))
    assert ("Late & broken." in page.text, "It came late" in page.text, "Not for your eyes." in page.text) == (True, True, False)


async def test_a_link_for_one_purpose_opens_no_other_door(client: httpx.AsyncClient, clock: ModuleType) -> None:
    one = await asked()
    keys = {"s": one.secret, "u": stop_address(one)[3:], "m": own_address(one)[3:]}
    for door in ("s", "u", "m"):
        for purpose, secret in keys.items():
            assert (await client.get(f"/{door}/{secret}")).status_code == (200 if door == purpose else 404)
