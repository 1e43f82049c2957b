"""What the holder of a link does, once, twice and in two tabs."""

import asyncio
from datetime import timedelta
from types import ModuleType
from uuid import uuid4

import pytest

from tests.responses.asked import asked
from tests.responses.conftest import Told
from tests.responses.presses import link, only_response, posted, save, send, values
from voc.core.access import Actor
from voc.core.errors import Conflict, NotFound, SignInNeeded
from voc.outreach.models import Invitation, InvitationState
from voc.responses.models import Answer, Response, ResponseState
from voc.responses.respond import save_step, submit


async def test_looking_at_a_link_records_nothing(db: str, clock: ModuleType) -> None:
    one = await asked()
    await link(one)
    assert await Response.all().count() == 0


async def test_a_step_that_was_left_keeps_its_score(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await save(one, {"nps": "7"})
    response = await only_response()
    assert (await values(), response.state, await told()) == ({"nps": 7}, ResponseState.OPEN, [])
    assert (response.customer_id, response.contact_id, response.version_id) == (one.customer.id, one.contact.id, one.version.id)


async def test_a_step_that_was_left_is_begun_once_and_nobody_reminds_of_it(clock: ModuleType, told: Told) -> None:
    one, begun_at = await asked(), clock.now()
    await Invitation.all().update(remind_at=begun_at + timedelta(days=4))
    await save(one, {"nps": "7"})
    clock.advance(timedelta(minutes=5))
    await save(one, {"nps": "8"})
    invitation = await Invitation.get()
    assert (invitation.begun_at, invitation.answered_at, invitation.remind_at) == (begun_at, None, None)


async def test_sending_completes_the_response_and_tells_it_once(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await save(one, {"nps": "3"})
    kept = await send(one, {"nps": "3", "why": "Late.", "what_went_wrong": ["late"]})
    response = await only_response()
    assert (response.state, response.submitted_at, response.end_page) == (ResponseState.COMPLETE, clock.now(), "sorry")
    assert await values() == {"nps": 3, "why": "Late.", "what_went_wrong": ["late"]}
    assert await told() == [("ResponseSubmitted", str(kept.response_id))]
    assert (await Invitation.get()).answered_at == clock.now()


async def test_sending_the_same_again_changes_nothing(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await send(one, {"nps": "9", "why": "Quick."})
    before = await Answer.all().order_by("question").values()
    clock.advance(timedelta(minutes=5))
    await send(one, {"nps": "9", "why": "Quick."})
    assert await Answer.all().order_by("question").values() == before
    assert len(await told()) == 1


async def test_a_press_that_arrives_five_times_at_once_is_one_response(clock: ModuleType, told: Told) -> None:
    one = await asked()
    found = await link(one)
    press = posted({"nps": "9", "why": "Quick."})
    await asyncio.gather(*(submit(found.holder(), found, press) for _ in range(5)))
    assert (await values(), await Response.all().count(), await Answer.all().count()) == ({"nps": 9, "why": "Quick."}, 1, 2)
    assert [event for event, _ in await told()] == ["ResponseSubmitted"]


async def test_two_tabs_at_once_lose_nothing(clock: ModuleType, told: Told) -> None:
    one = await asked()
    found = await link(one)
    served_at = clock.now()
    clock.advance(timedelta(seconds=20))
    score = posted({"nps": "9", "why": ""}, asked=frozenset({"nps", "why"}), served_at=served_at)
    words = posted({"why": "Quick."}, asked=frozenset({"nps", "why"}), served_at=served_at)
    await asyncio.gather(save_step(found.holder(), found, score), save_step(found.holder(), found, words))
    assert await values() == {"nps": 9, "why": "Quick."}


async def test_an_answer_is_emptied_only_by_who_has_seen_it(clock: ModuleType, told: Told) -> None:
    one = await asked()
    early = clock.now()
    clock.advance(timedelta(minutes=1))
    await save(one, {"nps": "9", "why": "Quick."})
    clock.advance(timedelta(minutes=1))
    await save(one, {"nps": "9", "why": ""}, served_at=early)
    assert await values() == {"nps": 9, "why": "Quick."}
    await save(one, {"nps": "9", "why": ""}, served_at=clock.now())
    assert await values() == {"nps": 9}


async def test_what_has_faults_is_not_kept_and_the_rest_is(clock: ModuleType, told: Told) -> None:
    one = await asked()
    kept = await send(one, {"nps": "8", "why": "x" * 501})
    assert [(fault.path, fault.code) for fault in kept.checked.faults] == [("why", "TOO_LONG")]
    assert (await values(), (await only_response()).state, await told()) == ({"nps": 8}, ResponseState.OPEN, [])


async def test_answers_can_be_changed_for_a_day(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await send(one, {"nps": "9"})
    clock.advance(timedelta(hours=23))
    await send(one, {"nps": "4", "what_went_wrong": ["late"]})
    response = await only_response()
    assert (await values(), response.changed_at, response.end_page) == ({"nps": 4, "what_went_wrong": ["late"]}, clock.now(), "sorry")
    assert [event for event, _ in await told()] == ["ResponseSubmitted", "ResponseChanged"]
    clock.advance(timedelta(hours=1))
    with pytest.raises(Conflict):
        await send(one, {"nps": "9"})


async def test_a_change_with_faults_changes_nothing(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await send(one, {"nps": "9"})
    kept = await send(one, {"nps": "", "why": "Quick."}, served_at=clock.now())
    assert [(fault.path, fault.code) for fault in kept.checked.faults] == [("nps", "MISSING")]
    assert (await values(), len(await told())) == ({"nps": 9}, 1)


async def test_an_answer_that_is_no_longer_asked_for_goes(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await send(one, {"nps": "2", "what_went_wrong": ["late", "other"], "what_went_wrong_other": "Rude."})
    assert await values() == {"nps": 2, "what_went_wrong": ["late", "other"], "what_went_wrong_other": "Rude."}
    await save(one, {"nps": "9"})
    assert await values() == {"nps": 9}


async def test_a_test_is_marked_as_one(clock: ModuleType, told: Told) -> None:
    await send(await asked(is_test=True), {"nps": "9"})
    assert (await only_response()).is_test


async def test_closed_links_take_nothing(clock: ModuleType, told: Told) -> None:
    ended = await asked(days=-1)
    with pytest.raises(Conflict) as refused:
        await send(ended, {"nps": "9"})
    assert refused.value.code == "CLOSED"
    withdrawn = await asked(ended.version)
    await Invitation.filter(id=withdrawn.invitation.id).update(state=InvitationState.WITHDRAWN)
    with pytest.raises(Conflict):
        await send(withdrawn, {"nps": "9"})
    assert await Response.all().count() == 0


async def test_whoever_began_in_time_may_finish(clock: ModuleType, told: Told) -> None:
    one = await asked(days=1)
    await save(one, {"nps": "9"})
    clock.advance(timedelta(hours=23, minutes=50))
    await save(one, {"nps": "9", "why": "Quick."})
    clock.advance(timedelta(hours=1))
    await send(one, {"nps": "9", "why": "Quick."})
    assert (await only_response()).state is ResponseState.COMPLETE


async def test_a_link_is_its_holders_alone(db: str, clock: ModuleType) -> None:
    found = await link(await asked())
    with pytest.raises(NotFound):
        await submit(Actor.respondent(uuid4()), found, posted({"nps": "9"}))
    with pytest.raises(SignInNeeded):
        await submit(Actor.stranger(), found, posted({"nps": "9"}))
    assert await Response.all().count() == 0


async def test_nothing_is_sent_while_an_earlier_answer_is_missing(clock: ModuleType, told: Told) -> None:
    one = await asked()
    found = await link(one)
    kept = await submit(found.holder(), found, posted({}, asked=frozenset({"what_went_wrong"})))
    assert (kept.is_sent, kept.next_step, await told()) == (False, "first", [])
