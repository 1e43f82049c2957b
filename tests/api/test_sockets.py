"""graphql-transport-ws with a real client: every close code of the protocol, and what runs over one connection."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
import websockets
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.api import small_room
from tests.api.conftest import Service
from tests.api.small_room import rename_team
from voc.core.access import Actor
from voc.staff.models import ApiToken, Team

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PROTOCOL = Subprotocol("graphql-transport-ws")


@asynccontextmanager
async def opened(service: Service, *, init: dict[str, Any] | None = None, **options: Any) -> AsyncIterator[ClientConnection]:
    """A connection, acknowledged when `init` is given."""
    options.setdefault("subprotocols", [PROTOCOL])
    async with connect(service.url.replace("http", "ws") + "/graphql", **options) as socket:
        if init is not None:
            await say(socket, type="connection_init", payload=init)
            assert await heard(socket) == {"type": "connection_ack"}
        yield socket


async def say(socket: ClientConnection, **message: Any) -> None:
    await socket.send(json.dumps(message))


async def heard(socket: ClientConnection) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 5))
    return message


async def close_code(socket: ClientConnection) -> int:
    async def drain() -> None:
        with suppress(websockets.ConnectionClosed):
            async for _ in socket:
                pass

    await asyncio.wait_for(drain(), 8)
    assert socket.close_code is not None
    return socket.close_code


def subscribe(id: str, query: str, **more: Any) -> dict[str, Any]:
    return {"type": "subscribe", "id": id, "payload": {"query": query, **more}}


async def test_queries_mutations_and_subscriptions_run_over_one_connection(service: Service) -> None:
    async with opened(service, init={"authorization": f"Bearer {service.token}"}) as socket:
        await say(socket, **subscribe("1", "{ teams { totalCount } }"))
        answer = await heard(socket)
        assert (answer["id"], answer["type"], answer["payload"]["data"]) == ("1", "next", {"teams": {"totalCount": 3}})
        assert answer["payload"]["extensions"]["cost"]["requestedQueryCost"] == 2
        assert await heard(socket) == {"id": "1", "type": "complete"}

        await say(socket, **subscribe("1", "subscription { ticks(count: 2) }"))
        assert await heard(socket) == {"id": "1", "type": "next", "payload": {"data": {"ticks": 0}}}
        assert await heard(socket) == {"id": "1", "type": "next", "payload": {"data": {"ticks": 1}}}
        assert await heard(socket) == {"id": "1", "type": "complete"}

        await say(socket, type="ping", payload={"a": 1})
        assert await heard(socket) == {"type": "pong"}


@pytest.mark.parametrize(
    ("query", "more", "code"),
    [
        ("{", {}, "GRAPHQL_PARSE_FAILED"),
        ("{ nope }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename }", {"operationName": "B"}, "OPERATION_RESOLUTION_FAILURE"),
        ("query A($n: Int!) { echo(number: $n) { number } }", {"variables": {"n": "x"}}, "BAD_USER_INPUT"),
        ("{" + " __typename" * 3000 + "}", {}, "QUERY_TOO_COMPLEX"),
        ("{ secret }", {}, "FORBIDDEN"),
        ('subscription { teamChanged(after: "nope") { cursor } }', {}, "BAD_USER_INPUT"),
    ],
)
async def test_a_request_error_is_a_message_and_never_the_end_of_the_connection(service: Service, query: str, more: Any, code: str) -> None:
    async with opened(service, init={"authorization": service.token}) as socket:
        await say(socket, **subscribe("x", query, **more))
        answer = await heard(socket)
        assert (answer["id"], answer["type"], answer["payload"][0]["extensions"]["code"]) == ("x", "error", code)

        await say(socket, **subscribe("x", "{ __typename }"))
        assert (await heard(socket))["payload"]["data"] == {"__typename": "Query"}


async def test_a_source_that_breaks_ends_its_own_operation_only(service: Service) -> None:
    async with opened(service, init={"authorization": service.token}) as socket:
        await say(socket, **subscribe("1", "subscription { broken }"))
        assert (await heard(socket))["payload"] == {"data": {"broken": 1}}
        answer = await heard(socket)
        assert (answer["type"], answer["payload"][0]["extensions"]["code"]) == ("error", "INTERNAL_SERVER_ERROR")
        assert "hunter2" not in json.dumps(answer)


async def test_a_client_may_stop_one_operation(service: Service) -> None:
    async with opened(service, init={"authorization": service.token}) as socket:
        await say(socket, **subscribe("1", "subscription { ticks(count: 100, seconds: 0.05) }"))
        await heard(socket)
        await say(socket, type="complete", id="1")
        await asyncio.wait_for(small_room.STOPPED.wait(), 5)
        await say(socket, **subscribe("1", "{ __typename }"))
        while (message := await heard(socket))["payload"]["data"] != {"__typename": "Query"}:
            assert "ticks" in message["payload"]["data"]  # sent before it was stopped


async def test_hanging_up_stops_everything(service: Service) -> None:
    async with opened(service, init={"authorization": service.token}) as socket:
        await say(socket, **subscribe("1", "subscription { ticks(count: 100, seconds: 0.05) }"))
        await heard(socket)

    await asyncio.wait_for(small_room.STOPPED.wait(), 5)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("NONSENSE", 4400),
        ("7", 4400),
        ("null", 4400),
        ("[]", 4400),
        ('{"type": 7}', 4400),
        ('{"no": "type"}', 4400),
        ('{"type": "surprise"}', 4400),
        (b"{}", 4400),
        ('{"type": "connection_init"}', 4429),
        ('{"type": "subscribe"}', 4400),
        ('{"type": "subscribe", "id": "1"}', 4400),
        ('{"type": "subscribe", "id": 1, "payload": {"query": "{ __typename }"}}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": {}}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": {"query": 7}}', 4400),
        ('{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }", "variables": [1]}}', 4400),
        ('{"type": "complete"}', 4400),
        (json.dumps({"type": "ping", "payload": {"a": "x" * 1_000_001}}), 1009),
    ],
)
async def test_what_is_no_message_of_the_protocol_closes_with_its_code(service: Service, message: str | bytes, code: int) -> None:
    async with opened(service, init={"authorization": service.token}) as socket:
        await socket.send(message)

        assert await close_code(socket) == code


async def test_an_id_in_use_closes_with_4409(service: Service) -> None:
    async with opened(service, init={"authorization": service.token}) as socket:
        for _ in range(2):
            await say(socket, **subscribe("1", "subscription { ticks(count: 100, seconds: 1) }"))

        assert await close_code(socket) == 4409


async def test_asking_before_the_acknowledgement_closes_with_4401(service: Service) -> None:
    async with opened(service) as socket:
        await say(socket, **subscribe("1", "{ __typename }"))

        assert await close_code(socket) == 4401


async def test_saying_nothing_closes_with_4408_in_five_seconds(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    from voc.api import websocket

    assert websocket.INIT_SECONDS == 5
    monkeypatch.setattr(websocket, "INIT_SECONDS", 0.3)
    async with opened(service) as socket:
        assert await close_code(socket) == 4408


@pytest.mark.parametrize(
    "payload", [{"authorization": "Bearer nope"}, {"authorization": "nope"}, {"authorization": 7}, {"authorization": "Basic x"}]
)
async def test_a_bad_token_closes_with_4403(service: Service, payload: dict[str, Any]) -> None:
    async with opened(service) as socket:
        await say(socket, type="connection_init", payload=payload)

        assert await close_code(socket) == 4403


async def test_a_payload_that_is_no_object_closes_with_4400(service: Service) -> None:
    async with opened(service) as socket:
        await say(socket, type="connection_init", payload=["x"])

        assert await close_code(socket) == 4400


@pytest.mark.parametrize("protocols", [None, [Subprotocol("graphql-ws")]])
async def test_another_subprotocol_closes_with_4406(service: Service, protocols: Any) -> None:
    async with opened(service, subprotocols=protocols) as socket:
        assert await close_code(socket) == 4406


async def test_pages_of_other_sites_are_refused_unless_listed(service: Service, configured: Any) -> None:
    from voc.core import settings

    with pytest.raises(websockets.InvalidStatus) as refused:
        async with opened(service, origin=Origin("https://evil.example")):
            pass
    assert refused.value.response.status_code == 403

    settings.install(configured.model_copy(update={"allowed_origins": "https://desk.example"}))
    for origin in ("https://desk.example", service.url, "http://voc.test"):
        async with opened(service, origin=Origin(origin), init={"authorization": service.token}):
            pass


async def test_strangers_may_connect_and_ask_nothing(service: Service) -> None:
    async with opened(service, init={}) as socket:
        await say(socket, **subscribe("1", "{ teams { totalCount } }"))

        assert (await heard(socket))["payload"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def test_a_hundred_operations_and_no_more(service: Service) -> None:
    async with opened(service, init={"authorization": service.token}) as socket:
        for number in range(101):
            await say(socket, **subscribe(str(number), "subscription { ticks(count: 9, seconds: 9) }"))

        answer = await heard(socket)
        assert (answer["id"], answer["type"], answer["payload"][0]["extensions"]["code"]) == ("100", "error", "TOO_MANY_OPERATIONS")


async def test_the_server_pings(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voc.api.websocket.INIT_SECONDS", 0.05)
    monkeypatch.setattr("voc.api.websocket.PING_SECONDS", 0.05)
    async with opened(service, init={"authorization": service.token}) as socket:
        assert await heard(socket) == {"type": "ping"}
        await say(socket, type="pong")
        assert await heard(socket) == {"type": "ping"}


async def test_a_revoked_token_ends_its_streams_and_then_the_connection(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voc.api.credentials._STALE_SECONDS", 0.0)
    async with opened(service, init={"authorization": service.token}) as socket:
        await say(socket, **subscribe("1", "subscription { ticks(count: 500, seconds: 0.02) }"))
        await heard(socket)
        await ApiToken.all().delete()

        while (message := await heard(socket))["type"] == "next":
            pass
        assert (message["type"], message["payload"][0]["extensions"]["code"]) == ("error", "UNAUTHENTICATED")
        await say(socket, **subscribe("2", "{ __typename }"))
        assert await close_code(socket) == 4403


async def test_changes_are_heard_live_and_missed_ones_first(service: Service) -> None:
    team = await Team.get(key="billing")
    watch = "subscription W($after: String) { teamChanged(after: $after) { cursor team { name calendar { name } } } }"
    async with opened(service, init={"authorization": service.token}) as socket:
        await say(socket, **subscribe("1", watch))
        await asyncio.sleep(0.2)
        await rename_team(Actor.system("test"), team.id, "Invoices")
        first = (await heard(socket))["payload"]["data"]["teamChanged"]
        assert first["team"] == {"name": "Invoices", "calendar": {"name": "Office"}}

    await rename_team(Actor.system("test"), team.id, "Money")
    async with opened(service, init={"authorization": service.token}) as socket:
        await say(socket, **subscribe("1", watch, variables={"after": first["cursor"]}))
        missed = (await heard(socket))["payload"]["data"]["teamChanged"]
        assert missed["team"]["name"] == "Money"
        assert missed["cursor"] != first["cursor"]


async def test_a_slow_reader_is_dropped(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voc.api.websocket.SLOWEST_SECONDS", 0.3)
    async with opened(service, init={"authorization": service.token}, max_queue=1, compression=None) as socket:
        await say(socket, **subscribe("1", "subscription { loud }"))
        await asyncio.wait_for(small_room.STOPPED.wait(), 20)
        socket.transport.abort()
