"""Scanners open every link and some press every button; people are quick, change their mind and share an address."""

from datetime import timedelta
from types import ModuleType

from tests.responses.asked import Asked, asked
from tests.responses.conftest import Told
from tests.responses.presses import link, only_response, send, values
from voc.core import clock as the_clock
from voc.outreach.models import Invitation, LinkSeen, OddPress
from voc.responses.decline import decline
from voc.responses.link import Standing


async def open_scores(one: Asked, *scores: int) -> None:
    for score in scores:
        await LinkSeen.create(invitation_id=one.invitation.id, score=score, seen_at=the_clock.now())


async def press_at_once(one: Asked, score: str, why: str = "") -> None:
    await send(one, {"nps": score, "why": why}, served_at=the_clock.now() - timedelta(seconds=0.4))


async def test_a_scanner_that_opens_all_scores_and_presses_send_is_held(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await open_scores(one, *range(11))
    await press_at_once(one, "0")
    assert (await only_response()).suspect == "too_fast, several_scores"
    assert (await values(), await told()) == ({"nps": 0}, [])


async def test_a_scanner_that_presses_every_button_is_held(clock: ModuleType, told: Told) -> None:
    one = await asked()
    found = await link(one)
    await decline(found.holder(), found, clock.now())
    await press_at_once(one, "0")
    assert ((await only_response()).suspect, await told()) == ("too_fast, contradiction", [])


async def test_a_scanner_that_sends_before_it_declines_is_held_from_then_on(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await press_at_once(one, "0")
    found = await link(one)
    await decline(found.holder(), found, clock.now())
    assert (await only_response()).suspect == "too_fast, contradiction"
    assert [event for event, _ in await told()] == ["ResponseSubmitted", "ResponseChanged"]


async def test_a_very_fast_person_counts(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await open_scores(one, 9)
    await send(one, {"nps": "9"}, served_at=clock.now() - timedelta(seconds=1.5))
    assert ((await only_response()).suspect, len(await told())) == ("", 1)


async def test_a_person_who_looks_at_two_scores_counts(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await open_scores(one, 8, 9)
    await send(one, {"nps": "9"})
    assert ((await only_response()).suspect, len(await told())) == ("", 1)


async def test_typed_words_free_a_held_answer(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await open_scores(one, *range(11))
    await press_at_once(one, "0")
    await send(one, {"nps": "9", "why": "The scanner of my office said 0, I say 9."})
    assert ((await only_response()).suspect, [event for event, _ in await told()]) == ("", ["ResponseSubmitted"])
    assert (await values())["nps"] == 9


async def test_sending_again_later_frees_a_held_answer_even_when_it_is_the_same(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await open_scores(one, *range(11))
    await press_at_once(one, "0")
    await press_at_once(one, "0")
    assert await told() == []
    clock.advance(timedelta(minutes=10))
    await send(one, {"nps": "0"})
    assert ((await only_response()).suspect, [event for event, _ in await told()]) == ("", ["ResponseSubmitted"])


async def test_a_person_behind_a_scanner_that_pressed_everything_says_all_themselves(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await open_scores(one, *range(11))
    await send(one, {"nps": "0", "what_went_wrong": ["late"]}, served_at=clock.now() - timedelta(seconds=0.4))
    found = await link(one)
    assert not await decline(found.holder(), found, clock.now())
    clock.advance(timedelta(seconds=15))
    assert (await link(one)).standing(clock.now()) is Standing.CHANGEABLE
    await send(one, {"nps": "9"}, served_at=clock.now() - timedelta(seconds=3))
    assert (await values(), (await only_response()).suspect, len(await told())) == ({"nps": 9}, "", 1)
    assert (await Invitation.get()).declined_at is None
    assert {(odd.what, odd.is_held) for odd in await OddPress.all()} == {("sent", True), ("declined", True)}


async def test_a_held_answer_closes_no_door_when_its_day_is_over(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await open_scores(one, *range(11))
    await press_at_once(one, "0")
    clock.advance(timedelta(days=3))
    await press_at_once(one, "8")
    assert (await values(), (await only_response()).suspect, (await only_response()).submitted_at) == ({"nps": 8}, "", clock.now())


async def test_what_a_person_answered_is_neither_held_nor_overwritten_by_a_scanner(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await send(one, {"nps": "9", "why": "Quick."})
    clock.advance(timedelta(seconds=20))
    await open_scores(one, *range(11))
    await press_at_once(one, "0", "Quick.")
    found = await link(one)
    assert not await decline(found.holder(), found, clock.now())
    assert (await values(), (await only_response()).suspect) == ({"nps": 9, "why": "Quick."}, "")
    assert [event for event, _ in await told()] == ["ResponseSubmitted"]


async def test_the_very_same_page_sent_again_later_is_nobody_new(clock: ModuleType, told: Told) -> None:
    one = await asked()
    served_at = clock.now() - timedelta(seconds=0.4)
    await open_scores(one, *range(11))
    await send(one, {"nps": "0"}, served_at=served_at)
    clock.advance(timedelta(minutes=10))
    await send(one, {"nps": "0"}, served_at=served_at)
    assert ((await only_response()).suspect, await told()) == ("too_fast, several_scores", [])


async def test_a_decline_that_contradicts_what_a_scanner_sent_is_taken_back(clock: ModuleType, told: Told) -> None:
    one = await asked()
    found = await link(one)
    await decline(found.holder(), found, clock.now())
    await press_at_once(one, "0")
    assert ((await Invitation.get()).declined_at, (await only_response()).suspect) == (None, "too_fast, contradiction")
