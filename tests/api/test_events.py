"""GraphQL over server-sent events, distinct connections: every outcome is a `next` event on status 200, then `complete`."""

import asyncio
import json
from typing import Any

import pytest

from tests.api import small_room
from tests.api.conftest import Service
from tests.api.small_room import rename_team
from voc.core.access import Actor
from voc.staff.models import Team

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
STREAM = "text/event-stream"


def events(text: str) -> list[tuple[str, Any]]:
    """The events of a stream: name and data."""
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.partition(":")[::2] for line in block.split("\n") if line and not line.startswith(":"))
        if lines:
            assert "data" in lines, "EventSource tells no event without a data line"
            data = lines["data"].strip()
            found.append((lines["event"].strip(), json.loads(data) if data else None))
    return found


async def test_a_subscription_streams_its_events_and_completes(service: Service) -> None:
    answer = await service.post({"query": "subscription { ticks(count: 2) }"}, accept=STREAM)

    assert (answer.status_code, answer.headers["content-type"]) == (200, f"{STREAM}; charset=utf-8")
    assert answer.headers["cache-control"] == "no-store"
    assert events(answer.text) == [("next", {"data": {"ticks": 0}}), ("next", {"data": {"ticks": 1}}), ("complete", None)]


@pytest.mark.parametrize("query", ["{ echo(number: 1) { number } }", 'mutation { addTeam(input: {key: "x", name: ""}) { __typename } }'])
async def test_queries_and_mutations_are_streamed_too_when_that_is_all_the_client_takes(service: Service, query: str) -> None:
    found = events((await service.post({"query": query}, accept=STREAM)).text)

    assert [name for name, _ in found] == ["next", "complete"]
    assert found[0][1]["data"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nope }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query A { __typename }", "operationName": "B"}, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query A($n: Int!) { echo(number: $n) { number } }"}, "BAD_USER_INPUT"),
        ({"no": "query"}, "BAD_REQUEST"),
        (b"{", "BAD_REQUEST"),
        ({"documentId": "sha256:" + "0" * 64}, "PERSISTED_DOCUMENT_NOT_FOUND"),
        ({"query": 'subscription { teamChanged(after: "x") { cursor } }'}, "BAD_USER_INPUT"),
    ],
)
async def test_what_is_wrong_with_a_request_is_an_event(service: Service, body: Any, code: str) -> None:
    answer = await service.post(body, accept=STREAM)

    (name, data), complete = events(answer.text)
    assert (answer.status_code, name, complete) == (200, "next", ("complete", None))
    assert data["errors"][0]["extensions"]["code"] == code
    assert "data" not in data


async def test_who_is_not_known_is_told_by_the_status(service: Service) -> None:
    answer = await service.post({"query": "subscription { ticks(count: 1) }"}, accept=STREAM, client=service.stranger)

    assert answer.status_code == 401


@pytest.mark.parametrize("accept", [f"{STREAM};q=0.5, application/json", f"application/json, {STREAM}"])
async def test_a_client_that_prefers_json_gets_no_stream_for_a_query(service: Service, accept: str) -> None:
    assert (await service.post({"query": "{ __typename }"}, accept=accept)).headers["content-type"].startswith("application/json")


async def test_a_client_that_takes_both_gets_a_stream_for_a_subscription(service: Service) -> None:
    answer = await service.post({"query": "subscription { ticks(count: 1) }"}, accept=f"application/graphql-response+json, {STREAM}")

    assert [name for name, _ in events(answer.text)] == ["next", "complete"]


async def test_an_event_source_of_a_browser_asks_with_get(service: Service) -> None:
    answer = await service.client.get("/graphql", params={"query": "subscription { ticks(count: 1) }"}, headers={"accept": STREAM})

    assert [name for name, _ in events(answer.text)] == ["next", "complete"]


async def test_hanging_up_stops_the_source(service: Service) -> None:
    body = {"query": "subscription { ticks(count: 1000, seconds: 0.02) }"}
    async with service.client.stream("POST", "/graphql", json=body, headers={"accept": STREAM}) as answer:
        async for line in answer.aiter_lines():
            if line.startswith("data:"):
                break

    await asyncio.wait_for(small_room.STOPPED.wait(), 5)


async def test_a_slow_reader_is_dropped(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voc.api.sse.SLOWEST_SECONDS", 0.3)
    async with service.client.stream("POST", "/graphql", json={"query": "subscription { loud }"}, headers={"accept": STREAM}):
        await asyncio.wait_for(small_room.STOPPED.wait(), 20)


async def test_a_silent_stream_has_a_heart_beat(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voc.api.sse.HEARTBEAT_SECONDS", 0.05)

    answer = await service.post({"query": "subscription { ticks(count: 1, seconds: 0.3) }"}, accept=STREAM)

    assert answer.text.startswith(":\n\n:\n\n")
    assert [name for name, _ in events(answer.text)] == ["next", "complete"]


async def test_a_source_that_breaks_says_so_and_completes(service: Service) -> None:
    found = events((await service.post({"query": "subscription { broken }"}, accept=STREAM)).text)

    assert [name for name, _ in found] == ["next", "next", "complete"]
    assert found[1][1]["errors"][0]["extensions"]["code"] == "INTERNAL_SERVER_ERROR"


async def test_changes_are_heard_live(service: Service) -> None:
    team = await Team.get(key="billing")
    body = {"query": "subscription { teamChanged { cursor team { name } } }"}
    async with service.client.stream("POST", "/graphql", json=body, headers={"accept": STREAM}) as answer:
        lines = answer.aiter_lines()
        await asyncio.sleep(0.2)
        await rename_team(Actor.system("test"), team.id, "Invoices")
        async with asyncio.timeout(5):
            heard = [line async for line in _until_data(lines)][-1]

    assert json.loads(heard.removeprefix("data: "))["data"]["teamChanged"]["team"] == {"name": "Invoices"}


async def test_a_credential_holds_a_hundred_streams_and_no_more(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voc.api.throttle.MOST_STREAMS", 1)
    body = {"query": "subscription { ticks(count: 1000, seconds: 0.1) }"}
    async with service.client.stream("POST", "/graphql", json=body, headers={"accept": STREAM}) as answer:
        assert answer.status_code == 200
        await service.refused({"query": "subscription { ticks(count: 1) }"}, 429, "THROTTLED", accept=STREAM)


async def _until_data(lines: Any) -> Any:
    async for line in lines:
        yield line
        if line.startswith("data:"):
            return
