"""Responses that somebody began and did not send."""

from datetime import timedelta
from types import ModuleType

from tests.responses.asked import asked
from tests.responses.conftest import Told
from tests.responses.presses import INTEGRATION, only_response, save, send, values
from voc.responses.leave import close_left
from voc.responses.models import Response, ResponseState


async def test_what_was_left_for_a_day_counts_for_what_was_answered(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await save(one, {"nps": "3"})
    clock.advance(timedelta(hours=23))
    await close_left(INTEGRATION, "")
    assert (await only_response()).state is ResponseState.OPEN
    clock.advance(timedelta(hours=2))
    await close_left(INTEGRATION, "")
    await close_left(INTEGRATION, "")
    response = await only_response()
    assert (response.state, response.submitted_at, await values()) == (ResponseState.LEFT, clock.now(), {"nps": 3})
    assert await told() == [("ResponseSubmitted", str(response.id))]


async def test_who_comes_back_completes_it_after_all(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await save(one, {"nps": "3"})
    clock.advance(timedelta(days=3))
    await close_left(INTEGRATION, "")
    await send(one, {"nps": "3", "why": "Late."})
    assert (await only_response()).state is ResponseState.COMPLETE
    assert [event for event, _ in await told()] == ["ResponseSubmitted", "ResponseChanged"]


async def test_who_comes_back_and_leaves_again_has_changed(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await save(one, {"nps": "3"})
    for _ in range(2):
        clock.advance(timedelta(days=2))
        await close_left(INTEGRATION, "")
        await save(one, {"nps": "3", "why": "Late."})
    assert [event for event, _ in await told()] == ["ResponseSubmitted", "ResponseChanged"]


async def test_what_was_sent_is_not_left_and_what_is_held_is_not_told(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await send(one, {"nps": "9"})
    held = await asked(one.version)
    await save(held, {"nps": "0"})
    await Response.filter(invitation_id=held.invitation.id).update(suspect="too_fast, several_scores")
    clock.advance(timedelta(days=2))
    await close_left(INTEGRATION, "")
    states = {row.invitation_id: row.state for row in await Response.all()}
    assert states == {one.invitation.id: ResponseState.COMPLETE, held.invitation.id: ResponseState.LEFT}
    assert len(await told()) == 1
