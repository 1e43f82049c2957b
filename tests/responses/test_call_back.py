"""The wish to be called."""

from types import ModuleType

import pytest

from tests.responses.asked import asked
from tests.responses.conftest import Told
from tests.responses.presses import link, save, send
from voc.core.errors import Conflict, Invalid
from voc.responses.call_back import ask_call_back
from voc.responses.models import CallBack, Response


async def test_a_wish_is_kept_told_and_can_be_changed(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await send(one, {"nps": "2"})
    found = await link(one)
    await ask_call_back(found.holder(), found, phone="06 1234 5678", window="morning")
    await ask_call_back(found.holder(), found, phone="06 1234 5678", window="morning")
    await ask_call_back(found.holder(), found, phone=None, window="any")
    wish = await CallBack.get()
    assert (wish.phone, wish.window) == ("+31612345612", "any")
    assert [event for event, _ in await told()] == ["ResponseSubmitted", "ResponseChanged", "ResponseChanged"]


@pytest.mark.parametrize(("phone", "code"), [("", "MISSING"), ("twelve", "INVALID_PHONE"), ("112" * 9, "INVALID_PHONE")])
async def test_a_number_that_cannot_be_dialled_is_refused(clock: ModuleType, told: Told, phone: str, code: str) -> None:
    one = await asked()
    await send(one, {"nps": "2"})
    found = await link(one)
    with pytest.raises(Invalid) as refused:
        await ask_call_back(found.holder(), found, phone=phone, window="any")
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("phone", code)]
    assert await CallBack.all().count() == 0


async def test_without_a_known_number_one_is_needed(clock: ModuleType, told: Told) -> None:
    one = await asked(phone=None)
    await send(one, {"nps": "2"})
    found = await link(one)
    with pytest.raises(Invalid):
        await ask_call_back(found.holder(), found, phone=None, window="any")


async def test_first_the_answer_then_the_call(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await save(one, {"nps": "2"})
    found = await link(one)
    with pytest.raises(Conflict):
        await ask_call_back(found.holder(), found, phone=None, window="any")


async def test_the_wish_of_a_held_answer_is_kept_but_not_told(clock: ModuleType, told: Told) -> None:
    one = await asked()
    await send(one, {"nps": "2"})
    await Response.all().update(suspect="too_fast, several_scores")
    found = await link(one)
    await ask_call_back(found.holder(), found, phone=None, window="any")
    assert (await CallBack.all().count(), len(await told())) == (1, 1)
