"""Nodes and connections: one way to fetch again, one way to page, on both databases."""

import base64
import random
from datetime import timedelta
from typing import Any
from uuid import uuid4

import orjson
import pytest

from tests.api.conftest import Service
from voc.api import current
from voc.api.context import Credential
from voc.api.credentials import Caller
from voc.api.global_ids import global_id, read_global_id
from voc.api.requests import Asked
from voc.core.access import Actor, Role, held
from voc.core.db import count_statements
from voc.core.ids import new_id
from voc.staff.models import Calendar, Team

ADMIN = Actor(name="admin", roles=held([Role.ADMIN]))
PAGE = """query Page($first: Int, $after: String, $last: Int, $before: String, $orderBy: TeamOrder) {
  teams(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
    edges { cursor node { id name } } nodes { name } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""


async def page(service: Service, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = (await service.query(PAGE, asked))["data"]["teams"]
    return found


async def in_process(query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    """The data of a document that is run without HTTP, where statements can be counted."""
    asked = Asked(query=query, variables=variables or {})
    answer = await current.engine().answer(current.engine().prepare(asked, Caller(ADMIN, Credential.INSIDE)))
    assert answer.status == 200, answer.body
    data: dict[str, Any] = answer.body["data"]
    return data


def names(found: dict[str, Any]) -> list[str]:
    return [edge["node"]["name"] for edge in found["edges"]]


async def fault(service: Service, path: str = "teams", query: str = PAGE, **asked: Any) -> dict[str, Any]:
    answer = await service.post({"query": query, "variables": asked})
    error = answer.json()["errors"][0]
    assert (answer.status_code, error["extensions"]["code"], error["path"][0]) == (294, "BAD_USER_INPUT", path), answer.text
    found: dict[str, Any] = error["extensions"]["faults"][0]
    return found


async def test_a_connection_pages_forward_and_backward_in_the_same_order(service: Service) -> None:
    first = await page(service, first=2)
    assert names(first) == ["Billing", "Delivery"]
    assert [node["name"] for node in first["nodes"]] == ["Billing", "Delivery"]
    assert first["totalCount"] == 3
    assert first["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "startCursor": first["edges"][0]["cursor"],
        "endCursor": first["edges"][1]["cursor"],
    }
    second = await page(service, first=2, after=first["pageInfo"]["endCursor"])
    assert (names(second), second["pageInfo"]["hasNextPage"], second["pageInfo"]["hasPreviousPage"]) == (["Returns"], False, True)
    back = await page(service, last=1, before=second["pageInfo"]["startCursor"])
    assert (names(back), back["pageInfo"]["hasNextPage"], back["pageInfo"]["hasPreviousPage"]) == (["Delivery"], True, True)
    between = await page(service, first=5, after=first["edges"][0]["cursor"], before=second["edges"][0]["cursor"])
    assert (names(between), between["pageInfo"]["hasNextPage"], between["pageInfo"]["hasPreviousPage"]) == (["Delivery"], True, True)


async def test_the_default_is_twenty_and_nothing_can_be_asked_for(service: Service) -> None:
    calendar = await Calendar.get(key="office")
    await Team.bulk_create([Team(key=f"k{number}", name=f"T{number:03}", calendar_id=calendar.id) for number in range(30)])

    assert len((await page(service))["edges"]) == 20
    nothing = await page(service, first=0)
    assert (nothing["edges"], nothing["pageInfo"]["hasNextPage"], nothing["pageInfo"]["startCursor"], nothing["totalCount"]) == (
        [],
        True,
        None,
        33,
    )


@pytest.mark.parametrize("asked", [{"first": -1}, {"first": 101}, {"last": -1}, {"last": 101}, {"first": 1, "last": 1}])
async def test_sizes_have_limits(service: Service, asked: dict[str, Any]) -> None:
    assert (await fault(service, **asked))["path"] in ("first", "last")


async def test_a_cursor_is_good_for_its_list_and_order_only(service: Service) -> None:
    cursor = (await page(service, first=1))["pageInfo"]["endCursor"]
    tampered = base64.urlsafe_b64encode(base64.urlsafe_b64decode(cursor + "==")[:-3] + b"xyz").decode()

    assert (await fault(service, after=cursor, orderBy="NEWEST"))["code"] == "CURSOR_OF_ANOTHER_LIST"
    other = "query A($after: String) { calendars(after: $after) { nodes { id } } }"
    assert (await fault(service, "calendars", other, after=cursor))["code"] == "CURSOR_OF_ANOTHER_LIST"
    for wrong in (
        "",
        "x",
        "é",
        cursor[:-1],
        tampered,
        "YXJyYXljb25uZWN0aW9uOjE=",
        base64.urlsafe_b64encode(orjson.dumps([1])).decode(),
    ):
        assert (await fault(service, after=wrong))["code"] == "CURSOR_UNKNOWN"
        assert (await fault(service, last=1, before=wrong))["path"] == "before"


async def test_paging_stays_right_while_rows_arrive_and_go(service: Service) -> None:
    calendar = await Calendar.get(key="office")
    first = await page(service, first=2)
    await Team.create(key="a", name="Aardvarks", calendar_id=calendar.id)
    await Team.filter(name="Delivery").delete()  # the row the cursor names
    await Team.create(key="e", name="Errands", calendar_id=calendar.id)

    assert names(await page(service, first=5, after=first["pageInfo"]["endCursor"])) == ["Errands", "Returns"]


@pytest.mark.parametrize("seed", range(3))
async def test_every_walk_meets_every_row_once_in_order(service: Service, seed: int) -> None:
    chance = random.Random(seed)
    calendar = await Calendar.get(key="office")
    born = (await Team.get(key="billing")).created_at
    rows = [
        Team(
            key=f"k{number}",
            name=chance.choice("abcÄé"),
            calendar_id=calendar.id,
            created_at=born + timedelta(microseconds=chance.randrange(4)),
        )
        for number in range(40)
    ]
    await Team.bulk_create(rows)
    whole = {order: names_of(await page(service, first=100, orderBy=order)) for order in ("NAME", "NEWEST")}
    for order, expected in whole.items():
        assert len(set(expected)) == 43
        size, met, cursor = chance.randrange(1, 9), [], None
        while True:
            found = await page(service, first=size, after=cursor, orderBy=order)
            met += names_of(found)
            assert found["pageInfo"]["hasPreviousPage"] == (cursor is not None)
            assert found["pageInfo"]["hasNextPage"] == (len(met) < 43)
            if not found["pageInfo"]["hasNextPage"]:
                break
            cursor = found["pageInfo"]["endCursor"]
        assert met == expected
        met, cursor = [], None
        while True:
            found = await page(service, last=size, before=cursor, orderBy=order)
            met = names_of(found) + met
            assert found["pageInfo"]["hasPreviousPage"] == (len(met) < 43)
            if not found["pageInfo"]["hasPreviousPage"]:
                break
            cursor = found["pageInfo"]["startCursor"]
        assert met == expected


def names_of(found: dict[str, Any]) -> list[str]:
    return [edge["node"]["id"] for edge in found["edges"]]


async def test_pages_inside_lists_cost_two_statements_however_many_lists(service: Service) -> None:
    for number in range(12):
        calendar = await Calendar.create(key=f"c{number}", name=f"C{number:02}", time_zone="UTC", hours={})
        await Team.bulk_create([Team(key=f"{number}-{name}", name=name, calendar_id=calendar.id) for name in "abcd"])
    inside = "{ calendars { nodes { name teams(%s) { nodes { name } totalCount pageInfo { hasNextPage hasPreviousPage endCursor } } } } }"

    with count_statements() as statements:
        found = (await in_process(inside % "first: 2"))["calendars"]["nodes"]
    # The calendars, the teams of all of them (their ids, then they), and how many each has.
    assert statements.count == 4, statements.texts
    assert [node["name"] for node in found[0]["teams"]["nodes"]] == ["a", "b"]
    assert all(one["teams"]["totalCount"] == 4 and one["teams"]["pageInfo"]["hasNextPage"] for one in found[:12])

    cursor = found[3]["teams"]["pageInfo"]["endCursor"]
    rest = (await service.query(inside % f'first: 9, after: "{cursor}"'))["data"]["calendars"]["nodes"]
    assert [node["name"] for node in rest[3]["teams"]["nodes"]] == ["c", "d"]
    last = (await service.query(inside % "last: 1, orderBy: NAME"))["data"]["calendars"]["nodes"]
    assert [[node["name"] for node in one["teams"]["nodes"]] for one in last[:12]] == [["d"]] * 12
    assert all(one["teams"]["pageInfo"]["hasPreviousPage"] for one in last[:12])


async def test_nodes_are_fetched_by_their_ids_in_order_with_one_statement_a_type(service: Service) -> None:
    teams, calendar = await Team.all().order_by("name"), await Calendar.get(key="office")
    ids = [global_id("TeamType", team.id) for team in reversed(teams)] + [
        global_id("CalendarType", calendar.id),
        global_id("TeamType", uuid4()),
    ]
    query = "query N($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on TeamType { name } } }"

    with count_statements() as statements:
        found = (await in_process(query, {"ids": ids}))["nodes"]

    assert [node and node["id"] for node in found] == [*ids[:-1], None]
    assert found[0] == {"__typename": "TeamType", "id": ids[0], "name": "Returns"}
    assert statements.count == 2, statements.texts


async def test_an_unknown_node_is_null_and_what_is_no_id_is_said(service: Service) -> None:
    query = "query N($id: ID!) { node(id: $id) { id } }"
    assert (await service.query(query, {"id": global_id("TeamType", uuid4())}))["data"] == {"node": None}
    for wrong in ("", "x", "é", global_id("Nothing", uuid4()), global_id("TeamType", uuid4()) + "=", "VGVhbVR5cGU6MQ", str(uuid4())):
        assert (await fault(service, "node", query, id=wrong))["code"] == "MALFORMED_ID"


async def test_one_malformed_id_among_many_hides_no_other(service: Service) -> None:
    team = await Team.get(key="billing")
    answer = await service.post(
        {"query": "query N($i: [ID!]!) { nodes(ids: $i) { id } }", "variables": {"i": ["x", global_id("TeamType", team.id)]}}
    )

    body = answer.json()
    assert (answer.status_code, body["data"]) == (294, {"nodes": [None, {"id": global_id("TeamType", team.id)}]})
    assert [(error["path"], error["extensions"]["code"]) for error in body["errors"]] == [(["nodes", 0], "BAD_USER_INPUT")]


async def test_too_many_nodes_at_once_are_refused(service: Service) -> None:
    query = "query N($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    answer = await service.post({"query": query, "variables": {"ids": ["x"] * 101}})

    assert answer.json()["errors"][0]["extensions"]["faults"][0]["code"] == "TOO_MANY"


async def test_a_root_field_takes_ids_of_its_own_type(service: Service) -> None:
    team, calendar = await Team.get(key="billing"), await Calendar.get(key="office")
    query = "query T($id: ID!) { team(id: $id) { name loudName calendar { name } } }"

    found = await service.query(query, {"id": global_id("TeamType", team.id)})
    assert found["data"]["team"] == {"name": "Billing", "loudName": "BILLING", "calendar": {"name": "Office"}}
    assert (await fault(service, "team", query, id=global_id("CalendarType", calendar.id)))["code"] == "WRONG_TYPE_OF_ID"


def test_global_ids_have_one_spelling() -> None:
    id = new_id()
    text = global_id("Team", id)

    assert read_global_id(text) == ("Team", id)
    for other in (text + "=", " " + text, text.swapcase(), base64.urlsafe_b64encode(f"Team:{id.hex}".encode()).decode().rstrip("=")):
        assert read_global_id(other) != ("Team", id)
