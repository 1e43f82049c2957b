"""Ways to ask whoever comes by, over GraphQL."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api import loop
from tests.api.loop import House
from voc.core import clock
from voc.core.access import Actor, Role, held
from voc.core.ids import new_id
from voc.outreach.open.door import come_in, open_door

pytestmark = pytest.mark.usefixtures("clock")
ANALYST = Actor(name="Mo", roles=held([Role.ANALYST]))


@pytest.fixture
async def made(db: str) -> House:
    """An organisation with a published survey."""
    return await loop.furnished(db)


async def test_an_open_link_is_made_once_changed_and_taken_back(made: House) -> None:
    given = {"surveyId": made.ids["survey"], "kind": "POSTER", "name": " Counter  1 ", "language": "nl", "cap": 10}
    link = await made.change("CreateOpenLink", **given, idempotencyKey="k1")
    assert await made.change("CreateOpenLink", **given, idempotencyKey="k1") == link
    assert (link["name"], link["state"], link["cap"], link["url"][:24]) == ("Counter 1", "OPEN", 10, "http://127.0.0.1:8000/o/")
    changed = await made.change("ChangeOpenLink", openLinkId=link["id"], cap=None, closesAt=moment(hours=1))
    assert (changed["name"], changed["language"], changed["cap"], changed["closesAt"]) == ("Counter 1", "nl", None, moment(hours=1))
    clock.advance(timedelta(hours=2))
    kept = await made.change("ChangeOpenLink", openLinkId=link["id"], name="Counter", closesAt=changed["closesAt"])
    assert (kept["name"], kept["state"]) == ("Counter", "CLOSED")
    revoked = await made.change("RevokeOpenLink", openLinkId=link["id"])
    assert await made.change("RevokeOpenLink", openLinkId=link["id"]) == revoked | {"state": "REVOKED"}
    assert (await made.ask("ChangeOpenLink", input={"openLinkId": link["id"], "name": "New"}))["code"] == "REVOKED"
    (listed,) = (await made.ask("OpenLinks", ANALYST, filter={"surveyId": made.ids["survey"], "isRevoked": True}))["nodes"]
    assert (listed["revokedBy"], listed["responses"], listed["duplicates"], listed["url"]) == ("Ada", 0, 0, None)
    assert (await made.answer("RevokeOpenLink", ANALYST, input={"openLinkId": link["id"]}))["errors"][0]["extensions"][
        "code"
    ] == "FORBIDDEN"


async def test_everything_wrong_with_an_open_link_is_said_at_once(made: House) -> None:
    wrong = {"name": " ", "place": "x" * 121, "language": "xx", "cap": 0, "closesAt": moment(hours=-1), "allowedOrigins": ["nowhere"]}
    refused = await made.ask("CreateOpenLink", input={"surveyId": made.ids["survey"], "kind": "WIDGET", **wrong})
    paths = {"name", "place", "language", "cap", "closesAt", "allowedOrigins[0]"}
    assert {fault["path"] for fault in refused["faults"]} == paths
    assert "nl" in next(fault["message"] for fault in refused["faults"] if fault["path"] == "language")
    kiosk = await made.ask("CreateOpenLink", input={"surveyId": made.ids["survey"], "kind": "KIOSK", "name": "Hall"})
    assert [fault["path"] for fault in kiosk["faults"]] == ["kind"]


async def test_a_kiosk_is_registered_with_what_stands_in_the_way_and_gets_another_code(made: House) -> None:
    given = {"surveyId": made.ids["survey"], "name": "Hall", "place": "Utrecht", "language": "nl"}
    refused = await made.ask("RegisterKiosk", input={**given, "pin": "12a4"})
    assert [(fault["path"], fault["code"]) for fault in refused["faults"]] == [("pin", "WRONG_PIN")]
    kiosk = await made.change("RegisterKiosk", **given, pin="2468")
    assert (kiosk["kind"], kiosk["state"], kiosk["url"][:24]) == ("KIOSK", "OPEN", "http://127.0.0.1:8000/k/")
    assert (await made.ask("ChangeKioskPin", input={"openLinkId": kiosk["id"], "pin": ""}))["faults"][0]["path"] == "pin"
    assert (await made.change("ChangeKioskPin", openLinkId=kiosk["id"], pin="13579"))["name"] == "Hall"
    await made.change("RevokeOpenLink", openLinkId=kiosk["id"])
    assert (await made.ask("ChangeKioskPin", input={"openLinkId": kiosk["id"], "pin": "13579"}))["code"] == "REVOKED"


async def test_whoever_comes_by_was_not_invited(made: House) -> None:
    link = await made.change("CreateOpenLink", surveyId=made.ids["survey"], kind="LINK", name="Newsletter")
    door = await open_door(link["url"].rsplit("/", 1)[1])
    assert door is not None
    assert door.version_id is not None
    visitor = Actor.respondent(new_id())
    assert visitor.id is not None
    await come_in(visitor, door, visitor.id, door.version_id, "nl", None)
    (invitation,) = (await made.ask("Invitations", filter={"openLinkId": link["id"]}))["nodes"]
    assert (await made.ask("Invitation", id=invitation["id"]))["openLink"]["name"] == "Newsletter"
    funnel = await made.ask("OutreachFunnel", filter={"surveyId": made.ids["survey"]})
    assert (funnel["invited"], funnel["delivered"]) == (0, 0)


def moment(**later: Any) -> str:
    """A moment from now, as the API writes it."""
    return (clock.now() + timedelta(**later)).isoformat().replace("+00:00", "Z")
