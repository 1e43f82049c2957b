"""Whatever a client sends, the answer is a GraphQL response that names no insides, and never a failure of ours."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.conftest import Service

FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
EXPECTED = {200, 294, 400, 401, 403, 404, 405, 406, 413, 415, 422, 429}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
LANGUAGE = (
    "query mutation subscription fragment on { } ( ) [ ] : ! = @ ... $a $b defer skip if true false null A B __typename __schema types"
)
FIELDS = "teams team node nodes echo text number when id first after last before edges cursor totalCount addTeam input key name ticks count"
LITERALS = r'1 -1 0.5 99999999999999999999 "x" """y""" # \u0000 "\u0000" é'
WORDS = st.sampled_from(f"{LANGUAGE} {FIELDS} {LITERALS}".split())
DOCUMENTS = st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=60)
TYPED: list[tuple[str, str, st.SearchStrategy[Any]]] = [
    ("query Q($v: ID!) { node(id: $v) { id } }", "v", VALUES),
    ("query Q($v: [ID!]!) { nodes(ids: $v) { id } }", "v", st.lists(VALUES, max_size=5) | VALUES),
    ("query Q($v: String) { teams(after: $v) { nodes { id } } }", "v", VALUES),
    ("query Q($v: Int) { teams(last: $v) { totalCount } }", "v", VALUES),
    ("query Q($v: DateTime) { echo(when: $v) { when } }", "v", VALUES | st.datetimes().map(str)),
    ("query Q($v: WhichTeam!) { teamKey(by: $v) }", "v", VALUES | st.dictionaries(st.sampled_from(["id", "key", "x"]), VALUES, max_size=3)),
    (
        "mutation M($v: AddTeamInput!) { addTeam(input: $v) { __typename } }",
        "v",
        st.dictionaries(st.sampled_from(["key", "name", "x"]), VALUES),
    ),
    ("query Q($v: [_Any!]!) { _entities(representations: $v) { __typename } }", "v", st.lists(VALUES, max_size=3)),
]


@FUZZ
@given(body=st.binary(max_size=80) | VALUES.map(lambda value: json.dumps(value).encode()))
async def test_any_body(service: Service, body: bytes) -> None:
    await _is_answered(service, body)


@FUZZ
@given(query=DOCUMENTS, variables=st.none() | st.dictionaries(st.sampled_from("ab"), VALUES), operation=st.none() | st.text(max_size=5))
async def test_any_document(service: Service, query: str, variables: Any, operation: str | None) -> None:
    await _is_answered(service, json.dumps({"query": query, "variables": variables, "operationName": operation}).encode())


@FUZZ
@given(data=st.data(), which=st.sampled_from(TYPED))
async def test_any_value_of_a_variable(service: Service, data: st.DataObject, which: tuple[str, str, st.SearchStrategy[Any]]) -> None:
    query, name, values = which
    await _is_answered(service, json.dumps({"query": query, "variables": {name: data.draw(values)}}).encode())


@FUZZ
@given(
    accept=st.lists(
        st.sampled_from(["*/*", "application/*", "application/json", "text/event-stream", "q=0.5", ";", "q=x", "é", "charset=utf-8"])
    )
)
async def test_any_accept_header(service: Service, accept: list[str]) -> None:
    header = ", ".join(accept).encode("utf-8")
    answer = await service.client.post("/graphql", json={"query": "{ __typename }"}, headers=[(b"accept", header)])

    assert answer.status_code in {200, 406}


async def _is_answered(service: Service, body: bytes) -> None:
    answer = await service.post(body)
    found = answer.json()
    assert answer.status_code in EXPECTED, answer.text
    assert found.keys() <= {"data", "errors", "extensions"}
    codes = {error["extensions"]["code"] for error in found.get("errors", ())}
    assert "INTERNAL_SERVER_ERROR" not in codes, (body, answer.text)
    assert ("data" in found) == (answer.status_code in {200, 294})
