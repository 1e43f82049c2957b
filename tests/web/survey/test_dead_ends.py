"""Links that lead nowhere: one cause in plain words, and the same for all who guess."""

from datetime import timedelta
from types import ModuleType

import httpx
import pytest

from tests.responses.asked import asked
from tests.responses.conftest import Told
from tests.web.survey.reader import Reader
from voc.core import settings
from voc.core.limit import forget_knocks
from voc.core.settings import Settings
from voc.outreach.models import Invitation, InvitationState
from voc.web.survey_routes import PER_ADDRESS_OF_PLACES


async def test_a_link_that_has_ended_says_since_when_and_whom_to_ask(reader: Reader, clock: ModuleType) -> None:
    one = await asked(days=-1)
    for path in (f"/s/{one.secret}", f"/r/{one.secret}?nps=9", f"/s/{one.secret}/thanks"):
        page = await reader.open(path)
        assert (page.status, page.heading) == (410, "This link has ended")
        assert "You could answer until 2 March 2026." in page.text
        assert "Questions? Call +31 50 123 45 67" in page.text
    assert (await reader.open(page.links["My messages and answers"])).status == 200


async def test_a_link_that_was_taken_back_says_so_in_its_language(reader: Reader, clock: ModuleType) -> None:
    one = await asked(language="nl")
    await Invitation.filter(id=one.invitation.id).update(state=InvitationState.WITHDRAWN)
    page = await reader.open(f"/s/{one.secret}")
    assert (page.status, page.language, page.heading) == (410, "nl", "We vragen dit niet meer")


@pytest.mark.parametrize("path", ["/s/{}", "/r/{}?nps=9", "/s/{}/thanks", "/m/{}", "/u/{}"])
async def test_whatever_is_guessed_gets_the_same_answer(client: httpx.AsyncClient, clock: ModuleType, path: str) -> None:
    one = await asked()
    guesses = ["x", "A" * 22, one.secret[:-1] + ("A" if one.secret[-1] != "A" else "B"), "%00", "é" * 22, "A" * 500]
    answers = [await client.get(path.format(guess)) for guess in guesses]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    posted = [await client.post(path.format(guess).split("?")[0].removesuffix("/thanks"), data={"_go": "next"}) for guess in guesses]
    assert {answer.status_code for answer in posted} == {404}


async def test_an_address_that_is_not_there_is_a_page_for_people_and_a_line_for_programs(client: httpx.AsyncClient, told: Told) -> None:
    page = await client.get("/nowhere", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert (page.status_code, "This page is not here" in page.text) == (404, True)
    line = await client.get("/nowhere")
    assert (line.status_code, line.text) == (404, "404")


async def test_what_breaks_is_a_page_with_a_number_and_no_details(client: httpx.AsyncClient, clock: ModuleType) -> None:
    one = await asked()
    one.version.document = {"broken": "on purpose"}
    await one.version.save(update_fields=["document"])
    page = await client.get(f"/s/{one.secret}", headers={"Accept-Language": "en"})
    assert (page.status_code, "Something went wrong on our side" in page.text, "broken" in page.text) == (500, True, False)


async def test_whoever_knocks_too_often_is_told_when_to_come_again(client: httpx.AsyncClient, clock: ModuleType) -> None:
    one = await asked()
    other = await asked(one.version)
    settings.install(Settings(secret="a secret of thirty-two characters"))
    answers = [await client.get(f"/s/{one.secret}/thanks") for _ in range(130)]
    assert {answer.status_code for answer in answers[:120]} == {303}
    last = answers[-1]
    assert (
        last.status_code,
        1 <= int(last.headers["retry-after"]) <= 60,
        "Wait a minute" in last.text or "Wacht een minuut" in last.text,
    ) == (
        429,
        True,
        True,
    )
    assert (await client.get(f"/s/{other.secret}/thanks")).status_code == 303


async def test_a_whole_office_behind_one_address_gets_in(client: httpx.AsyncClient, clock: ModuleType) -> None:
    first = await asked()
    links = [first, *[await asked(first.version) for _ in range(39)]]
    settings.install(Settings(secret="a secret of thirty-two characters"))
    clock.advance(timedelta(seconds=1))
    answers = [await client.get(f"/r/{one.secret}?nps={score}") for one in links for score in (0, 5, 10)]
    assert {answer.status_code for answer in answers} == {200}


async def test_whoever_tries_one_open_link_after_the_other_is_stopped(client: httpx.AsyncClient, clock: ModuleType) -> None:
    settings.install(Settings(secret="a secret of thirty-two characters"))
    forget_knocks()
    knocks = [PER_ADDRESS_OF_PLACES.seconds_to_wait("127.0.0.1") for _ in range(PER_ADDRESS_OF_PLACES.per_minute - 1)]
    assert not any(knocks)
    assert [(await client.get(f"/o/{guessed}")).status_code for guessed in ("one", "two")] == [404, 429]
    forget_knocks()
