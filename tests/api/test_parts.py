"""Incremental delivery: parts to those who take them, masked, and never to anybody else."""

import json
from typing import Any

import pytest

from tests.api.conftest import Service
from tests.api.test_events import events

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PARTS = "multipart/mixed"
DEFERRED = 'query Q($if: Boolean = true) { __typename ... @defer(if: $if, label: "late") { teams { totalCount } } }'


def parts(text: str) -> list[dict[str, Any]]:
    """The JSON of each part."""
    assert text.endswith("\r\n-----\r\n")
    found = []
    for part in text.removesuffix("\r\n-----\r\n").split("\r\n---\r\n")[1:]:
        head, _, body = part.partition("\r\n\r\n")
        assert head == "Content-Type: application/json; charset=utf-8"
        found.append(json.loads(body))
    return found


async def test_what_is_deferred_comes_after_what_is_at_hand(service: Service) -> None:
    answer = await service.post({"query": DEFERRED}, accept=f"{PARTS}, application/json")

    assert (answer.status_code, answer.headers["content-type"]) == (200, 'multipart/mixed; boundary="-"')
    first, last = parts(answer.text)
    cost = first.pop("extensions")["cost"]
    assert cost["requestedQueryCost"] == 2
    assert first == {"data": {"__typename": "Query"}, "pending": [{"id": "0", "path": [], "label": "late"}], "hasNext": True}
    assert last == {"hasNext": False, "incremental": [{"id": "0", "data": {"teams": {"totalCount": 3}}}], "completed": [{"id": "0"}]}


async def test_a_client_that_takes_no_parts_gets_none(service: Service) -> None:
    await service.refused({"query": DEFERRED}, 406, "NOT_ACCEPTABLE")
    await service.refused({"query": DEFERRED}, 406, "NOT_ACCEPTABLE", accept="*/*")
    await service.refused({"query": DEFERRED}, 406, "NOT_ACCEPTABLE", accept=f"{PARTS};q=0, application/json")


async def test_switched_off_it_is_one_answer(service: Service) -> None:
    answer = await service.post({"query": DEFERRED, "variables": {"if": False}})

    assert (answer.status_code, answer.json()["data"]) == (200, {"__typename": "Query", "teams": {"totalCount": 3}})


async def test_items_of_a_list_may_stream(service: Service) -> None:
    query = "{ teams(first: 3) { nodes @stream(initialCount: 1) { name } } }"

    first, *rest = parts((await service.post({"query": query}, accept=PARTS)).text)

    assert first["data"] == {"teams": {"nodes": [{"name": "Billing"}]}}
    items = [item["name"] for part in rest for entry in part.get("incremental", ()) for item in entry["items"]]
    assert (items, rest[-1]["hasNext"]) == (["Delivery", "Returns"], False)


async def test_a_bug_in_a_part_is_masked_too(service: Service) -> None:
    query = "{ __typename ... @defer { boom } ... @defer { must } }"

    answer = await service.post({"query": query}, accept=PARTS)

    told = [
        error
        for part in parts(answer.text)
        for kind in ("incremental", "completed")
        for entry in part.get(kind, ())
        for error in entry.get("errors", ())
    ]
    assert [error["extensions"]["code"] for error in told] == ["INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR"]
    assert "hunter2" not in answer.text


async def test_a_plain_query_of_a_client_that_takes_only_parts_is_one_part(service: Service) -> None:
    found = parts((await service.post({"query": "{ __typename }"}, accept=PARTS)).text)

    assert [part["data"] for part in found] == [{"__typename": "Query"}]


async def test_a_request_error_is_no_part(service: Service) -> None:
    answer = await service.post({"query": "{ ... @defer { nope } }"}, accept=f"{PARTS}, application/json")

    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/graphql-response+json; charset=utf-8")


async def test_parts_are_events_for_a_client_of_events(service: Service) -> None:
    found = events((await service.post({"query": DEFERRED}, accept="text/event-stream")).text)

    assert [name for name, _ in found] == ["next", "next", "complete"]
    assert [data["hasNext"] for _, data in found[:2]] == [True, False]


async def test_the_time_of_a_request_counts_for_all_its_parts(service: Service, configured: Any) -> None:
    from voc.core import settings

    settings.install(configured.model_copy(update={"request_seconds": 0.2}))

    first, last = parts((await service.post({"query": "{ __typename ... @defer { slow(seconds: 9) } }"}, accept=PARTS)).text)

    assert (first["hasNext"], last["hasNext"], last["errors"][0]["extensions"]["code"]) == (True, False, "TIMEOUT")
