"""GraphQL over HTTP, September 2026 edition: every status of the table, with a client over a real socket."""

import asyncio
import json
import socket
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.api.conftest import GRAPHQL, Service

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ME = {"query": "{ __typename }"}


@pytest.mark.parametrize(
    ("accept", "status", "media_type"),
    [
        (None, 200, "application/json"),
        ("*/*", 200, "application/json"),
        ("application/json", 200, "application/json"),
        ("application/*", 200, "application/json"),
        ("application/json; charset=utf-8, */*;q=0.1", 200, "application/json"),
        (GRAPHQL, 200, GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8, application/json; charset=utf-8", 200, GRAPHQL),
        (f"application/json, {GRAPHQL}", 200, GRAPHQL),
        (f"{GRAPHQL};q=0.5, application/json;q=0.9", 200, "application/json"),
        (f"{GRAPHQL}, text/event-stream, multipart/mixed", 200, GRAPHQL),
        ("text/event-stream;q=0.5, application/json", 200, "application/json"),
        ("text/event-stream", 200, "text/event-stream"),
        ("text/html", 406, GRAPHQL),
        ("application/json;q=0", 406, GRAPHQL),
        (f"{GRAPHQL}; charset=utf-16", 406, GRAPHQL),
    ],
)
async def test_the_accept_header_decides_the_media_type(service: Service, accept: str | None, status: int, media_type: str) -> None:
    answer = await service.post(ME, accept=accept)

    assert (answer.status_code, answer.headers["content-type"]) == (status, f"{media_type}; charset=utf-8")
    assert answer.headers["vary"] == "Accept"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"NONSENSE", 400, "BAD_REQUEST"),
        (b'{"query":', 400, "BAD_REQUEST"),
        (b"", 400, "BAD_REQUEST"),
        (b'{"query": "\xff"}', 400, "BAD_REQUEST"),
        (b'{"query": "{__typename}", "variables": ' + b'{"a":' * 5000 + b"1" + b"}" * 5001, 400, "BAD_REQUEST"),
        (b'"{ __typename }"', 422, "BAD_REQUEST"),
        (b"null", 422, "BAD_REQUEST"),
        (b"[]", 422, "BAD_REQUEST"),
        (b'[{"query": "{ __typename }"}]', 422, "BAD_REQUEST"),
        ({"qeury": "{ __typename }"}, 422, "BAD_REQUEST"),
        ({"query": None}, 422, "BAD_REQUEST"),
        *(({"query": wrong}, 422, "BAD_REQUEST") for wrong in ({"obj": "ect"}, 0, False, ["array"])),
        *(({"query": "{ __typename }", "operationName": wrong}, 422, "BAD_REQUEST") for wrong in ({"obj": "ect"}, 0, False, ["array"])),
        *(({"query": "{ __typename }", "variables": wrong}, 422, "BAD_REQUEST") for wrong in ("string", 0, False, ["array"])),
        *(({"query": "{ __typename }", "extensions": wrong}, 422, "BAD_REQUEST") for wrong in ("string", 0, False, ["array"])),
        ({"query": ""}, 400, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{"}, 400, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ nope }"}, 422, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "fragment F on Query { __typename }"}, 422, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "query A { __typename } query B { __typename }"}, 422, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query A { __typename }", "operationName": "B"}, 422, "OPERATION_RESOLUTION_FAILURE"),
        ({"query": "query A($id: ID!) { node(id: $id) { id } }", "variables": {"id": None}}, 422, "BAD_USER_INPUT"),
        ({"query": "query A($n: Int) { echo(number: $n) { number } }", "variables": {"n": "7"}}, 422, "BAD_USER_INPUT"),
        ({"query": "query A($w: DateTime) { echo(when: $w) { when } }", "variables": {"w": "yesterday"}}, 422, "BAD_USER_INPUT"),
        ({"query": "query A($w: DateTime) { echo(when: $w) { when } }", "variables": {"w": "2026-03-01T10:00:00"}}, 422, "BAD_USER_INPUT"),
        ({"query": "query A($by: WhichTeam!) { teamKey(by: $by) }", "variables": {"by": {}}}, 422, "BAD_USER_INPUT"),
        ({"query": "query A($by: WhichTeam!) { teamKey(by: $by) }", "variables": {"by": {"id": "x", "key": "y"}}}, 422, "BAD_USER_INPUT"),
        ({"query": '{ teamKey(by: {id: "x", key: "y"}) }'}, 422, "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_what_is_wrong_with_a_request_has_its_status_and_code(service: Service, body: Any, status: int, code: str) -> None:
    error = await service.refused(body, status, code)

    assert error["message"]


@pytest.mark.parametrize("parameter", ["operationName", "variables", "extensions"])
async def test_optional_parameters_may_be_null(service: Service, parameter: str) -> None:
    assert (await service.post({**ME, parameter: None})).json()["data"] == {"__typename": "Query"}


async def test_unknown_members_of_a_request_are_ignored(service: Service) -> None:
    assert (await service.post({**ME, "surprise": [1, 2]})).json()["data"] == {"__typename": "Query"}


async def test_errors_go_to_json_only_clients_under_their_own_media_type(service: Service) -> None:
    answer = await service.post({"query": "{ nope }"}, accept="application/json")

    assert (answer.status_code, answer.headers["content-type"]) == (422, f"{GRAPHQL}; charset=utf-8")


async def test_data_with_errors_is_a_partial_success_for_every_client(service: Service) -> None:
    for accept, media_type in ((GRAPHQL, GRAPHQL), ("application/json", "application/json")):
        answer = await service.post({"query": '{ taken echo(text: "a") { text } }'}, accept=accept)

        assert (answer.status_code, answer.headers["content-type"]) == (294, f"{media_type}; charset=utf-8")
        assert answer.json()["data"] == {"taken": None, "echo": {"text": "a"}}
        assert answer.json()["errors"][0]["path"] == ["taken"]


async def test_data_that_is_null_because_of_an_error_is_said_with_294(service: Service) -> None:
    answer = await service.post({"query": "{ must }"})

    assert (answer.status_code, answer.json()["data"]) == (294, None)


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json; charset=latin1"]
)
async def test_only_json_is_taken(service: Service, kind: str | None) -> None:
    headers = {"accept": GRAPHQL, **({"content-type": kind} if kind else {})}

    answer = await service.client.post("/graphql", content=json.dumps(ME), headers=headers)

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_a_packed_body_is_not_taken(service: Service) -> None:
    await service.refused(b"\x1f\x8b", 415, "UNSUPPORTED_MEDIA_TYPE", **{"content-encoding": "gzip"})


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"])
async def test_other_methods_are_not_allowed(service: Service, method: str) -> None:
    answer = await service.client.request(method, "/graphql", headers={"accept": GRAPHQL})

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, POST")


async def test_a_get_asks_a_query(service: Service) -> None:
    parameters = {
        "query": "query A($t: String) { echo(text: $t) { text } }",
        "variables": '{"t": "é"}',
        "operationName": "A",
        "extensions": "",
    }

    answer = await service.client.get("/graphql", params=parameters, headers={"accept": GRAPHQL})

    assert (answer.status_code, answer.json()["data"]) == (200, {"echo": {"text": "é"}})


@pytest.mark.parametrize(
    ("query_string", "status", "code"),
    [
        ("", 422, "BAD_REQUEST"),
        ("query=", 422, "BAD_REQUEST"),
        ("query={__typename}&variables={", 400, "BAD_REQUEST"),
        ("query={__typename}&variables=[7]", 422, "BAD_REQUEST"),
        ("query=%FF", 400, "BAD_REQUEST"),
        ("query={__typename}&query={__typename}", 422, "BAD_REQUEST"),
        ("query={", 400, "GRAPHQL_PARSE_FAILED"),
        ("query=mutation{forbid(input:{}){__typename}}", 405, "METHOD_NOT_ALLOWED"),
        ("query=subscription{ticks(count:1)}", 405, "METHOD_NOT_ALLOWED"),
        ("query=query null{__typename}&operationName=null", 200, ""),
        ("query={__typename}&operationName=&variables=", 200, ""),
    ],
)
async def test_gets_are_checked_like_posts_and_change_nothing(service: Service, query_string: str, status: int, code: str) -> None:
    answer = await service.client.get(f"/graphql?{query_string}", headers={"accept": GRAPHQL})

    assert answer.status_code == status, answer.text
    if code:
        assert answer.json()["errors"][0]["extensions"]["code"] == code
    if status == 405:
        assert answer.headers["allow"] == "POST"


async def test_pages_of_other_sites_may_not_get(service: Service) -> None:
    answer = await service.client.get("/graphql?query={__typename}", headers={"sec-fetch-site": "cross-site"})

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (403, "FORBIDDEN")


async def test_a_subscription_is_not_written_as_plain_json(service: Service) -> None:
    await service.refused({"query": "subscription { ticks(count: 1) }"}, 406, "NOT_ACCEPTABLE")


async def test_a_body_over_a_megabyte_is_refused_whoever_says_how_long_it_is(service: Service) -> None:
    body = json.dumps({"query": "{ __typename }", "variables": {"a": "x" * 1_000_000}}).encode()

    async def chunks() -> Any:
        for start in range(0, len(body), 100_000):
            yield body[start : start + 100_000]

    await service.refused(body, 413, "PAYLOAD_TOO_LARGE")
    streamed = await service.client.post("/graphql", content=chunks(), headers={"content-type": "application/json"})
    assert streamed.status_code == 413


async def test_a_client_that_says_it_sends_gigabytes_is_refused_before_it_does(service: Service) -> None:
    parts = urlsplit(service.url)
    head = f"POST /graphql HTTP/1.1\r\nHost: voc\r\nContent-Type: application/json\r\nContent-Length: {10**10}\r\n\r\n"

    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, family=socket.AF_INET)
    writer.write(head.encode())
    line = await asyncio.wait_for(reader.readline(), 5)
    writer.close()

    assert line.split()[1] == b"413"


async def test_every_answer_is_json_also_when_the_client_is_no_browser(service: Service) -> None:
    async with httpx.AsyncClient(base_url=service.url) as bare:
        for request in (bare.get("/graphql"), bare.put("/graphql"), bare.post("/graphql")):
            assert (await request).json()["errors"]
