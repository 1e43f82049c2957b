"""Answers that a kiosk brings: taken exactly once, also when they come late, twice or after the kiosk was taken back."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest

from tests.responses.asked import published
from tests.responses.conftest import Told
from tests.responses.documents import SHORT, both
from tests.responses.presses import values
from voc.core.access import Actor
from voc.core.errors import Conflict, Invalid, NotFound
from voc.core.ids import new_id
from voc.outreach.links import open_secret_of
from voc.outreach.models import Invitation, OpenLink
from voc.outreach.open.door import OpenDoor, open_door
from voc.outreach.open.kiosk import hear_from_kiosk, register_kiosk
from voc.outreach.open.kiosk_pin import opens
from voc.outreach.open.links import OpenLinkFacts, revoke_open_link
from voc.responses.kiosk import KioskAnswers, kiosk_actor, take_from_kiosk
from voc.responses.models import Response, ResponseState
from voc.responses.queries import values_of
from voc.surveys.models import SurveyVersion

pytestmark = pytest.mark.usefixtures("db")
SYSTEM = Actor.system("test")


async def registered(document: dict[str, Any] | None = None, **facts: Any) -> tuple[OpenDoor, SurveyVersion]:
    """A kiosk at the counter in Utrecht."""
    version = await published(document)
    kiosk = await register_kiosk(SYSTEM, version.survey_id, OpenLinkFacts(**{"name": "Counter 1", "place": "Utrecht", **facts}), "2468")
    return await door_of(kiosk.id), version


async def door_of(kiosk_id: UUID) -> OpenDoor:
    door = await open_door(open_secret_of(kiosk_id))
    assert door is not None
    return door


async def bring(door: OpenDoor, version: SurveyVersion, clock: ModuleType, raw: Mapping[str, object], **more: Any) -> None:
    facts = {"id": new_id(), "number": 1, "version_id": version.id, "language": "nl", "answered_at": clock.now(), "raw": raw, **more}
    await take_from_kiosk(kiosk_actor(door), door, KioskAnswers(**facts))


async def test_answers_brought_twice_at_once_are_one_response(clock: ModuleType, told: Told) -> None:
    hidden = {"id": "place", "kind": "hidden"}
    pages = [{**SHORT["pages"][0], "questions": [hidden, *SHORT["pages"][0]["questions"]]}, *SHORT["pages"][1:]]
    door, version = await registered({**SHORT, "pages": pages}, cap=1)
    one, given = {"id": new_id(), "answered_at": clock.now() - timedelta(days=2)}, {"nps": "3", "why": "Te laat"}
    await asyncio.gather(*(bring(door, version, clock, given, **one) for _ in range(3)))
    await bring(door, version, clock, {"nps": "9"})
    first, second = await Response.all().order_by("submitted_at")
    assert (await values_of([first.id]))[first.id] == {"place": "Utrecht", "nps": 3, "why": "Te laat"}
    assert (first.state, first.submitted_at, first.end_page) == (ResponseState.COMPLETE, one["answered_at"], "sorry")
    assert await Invitation.filter(open_link_id=door.id, answered_at__not_isnull=True).count() == 2
    assert (await OpenLink.get(id=door.id)).used == 1
    assert sorted(await told()) == sorted(("ResponseSubmitted", str(one.id)) for one in (first, second))
    with pytest.raises(Conflict, match="other answers"):
        await bring(door, version, clock, {"nps": "4"}, **one)


async def test_what_somebody_left_counts_for_what_was_answered(clock: ModuleType, told: Told) -> None:
    door, version = await registered()
    with pytest.raises(Invalid):
        await bring(door, version, clock, {"why": "Te laat"})
    await bring(door, version, clock, {"why": "Te laat", "nps": "eleven"}, is_left=True)
    left = await Response.get()
    assert (left.state, await values()) == (ResponseState.LEFT, {"why": "Te laat"})
    assert await told() == [("ResponseSubmitted", str(left.id))]


async def test_a_kiosk_that_was_taken_back_brings_what_was_answered_before(clock: ModuleType) -> None:
    door, version = await registered()
    before = clock.now()
    clock.advance(timedelta(hours=1))
    await revoke_open_link(SYSTEM, door.id)
    door = await door_of(door.id)
    await bring(door, version, clock, {"nps": "8"}, answered_at=before)
    with pytest.raises(Conflict, match="seven days"):
        await bring(door, version, clock, {"nps": "8"})
    clock.advance(timedelta(days=7))
    with pytest.raises(Conflict, match="seven days"):
        await bring(door, version, clock, {"nps": "8"}, answered_at=before)
    assert await Response.all().count() == 1


async def test_only_its_own_device_speaks_for_a_kiosk(clock: ModuleType) -> None:
    door, version = await registered()
    await hear_from_kiosk(kiosk_actor(door), door, 12)
    heard = await OpenLink.get(id=door.id)
    assert (heard.waiting, heard.last_seen_at, opens("2468", heard.pin_hash or ""), opens("2469", heard.pin_hash or "")) == (
        *(12, clock.now()),
        *(True, False),
    )
    stranger = Actor.respondent(new_id())
    with pytest.raises(NotFound):
        await hear_from_kiosk(stranger, door, 0)
    answers = KioskAnswers(id=new_id(), number=1, version_id=version.id, language="nl", raw={"nps": "1"}, answered_at=clock.now())
    with pytest.raises(NotFound):
        await take_from_kiosk(stranger, door, answers)


async def test_registering_names_everything_that_stands_in_the_way(clock: ModuleType) -> None:
    mail = {"id": "mail", "kind": "text", "format": "email", "required": True, "text": both("Your e-mail?", "Uw e-mail?")}
    version = await published({**SHORT, "pages": [*SHORT["pages"], {"id": "who", "questions": [mail]}]})
    with pytest.raises(Invalid) as refused:
        await register_kiosk(SYSTEM, version.survey_id, OpenLinkFacts(name="Counter 1"), "12")
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("pin", "WRONG_PIN"), ("survey", "PERSONAL")]
