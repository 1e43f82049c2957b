"""Quotas are counted once, and hidden facts, seeds and wishes to be called come with a response."""

import asyncio
from datetime import timedelta
from types import ModuleType
from typing import Any

from tests.responses.asked import Asked, asked, published
from tests.responses.conftest import Told
from tests.responses.documents import SHORT, both
from tests.responses.presses import INTEGRATION, link
from voc.core import clock as the_clock
from voc.customers.models import Channel, Contact
from voc.responses.drafts import Posted, ResponseDraft
from voc.responses.models import CallBack, QuotaCount, Response, ResponseState
from voc.responses.queries import values_of
from voc.responses.quotas import full_for
from voc.responses.respond import Kept, submit
from voc.responses.submit import submit_response
from voc.surveys.queries import questionnaire_of

LIMITED: dict[str, Any] = {
    **SHORT,
    "key": "limited",
    "pages": [
        {
            "id": "only",
            "questions": [
                {"id": "area", "kind": "single_choice", "text": both("Where?", "Waar?"), "choices": [{"code": "north"}, {"code": "south"}]},
                {"id": "call", "kind": "call_me_back", "text": both("May we call?", "Mogen we bellen?")},
                {"id": "came_by", "kind": "hidden", "key": "src"},
                {"id": "plan", "kind": "hidden", "source": "contact"},
                {"id": "over", "kind": "hidden", "source": "channel"},
            ],
        }
    ],
    "quotas": [{"id": "north", "limit": 2, "when": "answers.area == 'north'", "end_page": "late"}],
    "end_pages": [{"id": "late", "title": both("Enough", "Genoeg")}, {"id": "thanks", "title": both("Thanks", "Dank u")}],
}
NAMES = frozenset({"area", "call", "call_window"})


async def press(one: Asked, raw: dict[str, object], **more: Any) -> Kept:
    found = await link(one)
    served = the_clock.now() - timedelta(seconds=30)
    posted = Posted(step_id="only", asked=NAMES, raw=raw, language="en", served_at=served, **more)
    return await submit(found.holder(), found, posted)


async def counted() -> int:
    return sum(row.counted for row in await QuotaCount.all())


async def test_of_many_at_once_no_more_count_than_are_wanted(clock: ModuleType, told: Told) -> None:
    version = await published(LIMITED)
    everybody = [await asked(version) for _ in range(5)]
    await asyncio.gather(*(press(one, {"area": "north"}) for one in everybody))
    responses = await Response.all()
    assert [response.state for response in responses] == [ResponseState.COMPLETE] * 5
    assert sorted((response.over_quota, response.end_page, tuple(response.quotas)) for response in responses) == [
        *[("", "thanks", ("north",))] * 2,
        *[("north", "late", ())] * 3,
    ]
    assert await counted() == 2


async def test_who_changes_their_mind_gives_the_place_back(clock: ModuleType, told: Told) -> None:
    version = await published(LIMITED)
    first, second, third = [await asked(version) for _ in range(3)]
    await press(first, {"area": "north"})
    await press(second, {"area": "north"})
    again = await press(first, {"area": "north"})
    assert (again.is_sent, await counted()) == (True, 2)
    await press(first, {"area": "south"})
    assert await counted() == 1
    await press(third, {"area": "north"})
    assert await Response.filter(over_quota="north").count() == 0


async def test_a_full_quota_is_known_to_those_who_come_later_and_not_to_those_who_count(clock: ModuleType, told: Told) -> None:
    version = await published({**LIMITED, "quotas": [{"id": "north", "limit": 1, "when": "answers.area == 'north'", "end_page": "late"}]})
    first, second = await asked(version), await asked(version)
    kept = await press(first, {"area": "north"})
    questionnaire = questionnaire_of(version)
    assert kept.checked.walk.full_quota == ""
    assert await full_for(questionnaire, await link(first)) == frozenset()
    assert await full_for(questionnaire, await link(second)) == {"north"}
    assert (await press(second, {"area": "north"})).checked.walk.full_quota == "north"


async def test_tests_count_for_no_quota(clock: ModuleType, told: Told) -> None:
    await press(await asked(await published(LIMITED), is_test=True), {"area": "north"})
    assert await counted() == 0


async def test_a_response_of_a_program_is_kept_whole_and_marked(clock: ModuleType, told: Told) -> None:
    await published(LIMITED)
    drafts = [
        ResponseDraft(
            survey="limited", answers={"area": "north", "came_by": "web"}, channel=Channel.IVR, source="ivr", source_id=str(number)
        )
        for number in range(3)
    ]
    responses = [await submit_response(INTEGRATION, draft) for draft in drafts]
    assert [(one.over_quota, one.end_page) for one in responses] == [("", "thanks"), ("", "thanks"), ("north", "late")]
    found = await values_of([responses[2].id])
    assert found[responses[2].id] == {"area": "north", "came_by": "web", "over": "ivr"}
    assert (await submit_response(INTEGRATION, drafts[0])).id == responses[0].id
    assert await counted() == 2


async def test_hidden_facts_and_a_seed_come_with_the_first_press_and_a_wish_with_the_last(clock: ModuleType, told: Told) -> None:
    one = await asked(await published(LIMITED))
    await Contact.filter(id=one.contact.id).update(attributes={"plan": "gold"})
    await press(one, {"call": "06 12 34 56 78", "call_window": "evening"}, link_values={"src": "poster", "area": "forged"})
    response = await Response.get()
    found = await values_of([response.id])
    expected = {"call": "+31612345678", "call_window": "evening", "came_by": "poster", "plan": "gold", "over": "email"}
    assert found[response.id] == expected
    assert response.seed == (await link(one)).seed > 0
    wish = await CallBack.get()
    assert (wish.response_id, wish.phone, wish.window) == (response.id, "+31612345678", "evening")
