"""What operations cost, before and after they ran, and the bucket it is taken from."""

from typing import Any

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse

from tests.api import small
from tests.api.conftest import Service
from voc.api import current
from voc.api.cost import LIST_ITEMS, Planner
from voc.api.refused import RefusedRequest
from voc.api.throttle import PENALTY, Throttle
from voc.core import settings

COSTS: list[tuple[str, dict[str, Any], int]] = [
    ("{ __typename }", {}, 1),
    ("{ echo { text } }", {}, 2),
    ("{ echo { text inner { text inner { text } } } }", {}, 4),
    ("{ teams { totalCount } }", {}, 2),
    ("{ teams { nodes { id } } }", {}, 2 + 20),
    ("{ teams(first: 7) { edges { node { id } cursor } pageInfo { hasNextPage } } }", {}, 2 + 7),
    ("{ teams(last: 3) { nodes { id } } }", {}, 2 + 3),
    ("{ teams(first: 0) { nodes { id } } }", {}, 2),
    ("query A($n: Int) { teams(first: $n) { nodes { id } } }", {"n": 9}, 2 + 9),
    ("query A($n: Int) { teams(first: $n) { nodes { id } } }", {}, 2 + 20),
    ("query A($n: Int) { teams(first: $n) { nodes { id } } }", {"n": 5000}, 2 + 100),
    ("{ teams(first: 5) { nodes { id calendar { name } } } }", {}, 2 + 5 * 2),
    ("{ calendars(first: 2) { nodes { teams(first: 3) { nodes { id } } } } }", {}, 2 + 2 * (1 + 1 + 3)),
    ("query A($i: [ID!]!) { nodes(ids: $i) { id } }", {"i": ["a", "b"]}, 1 + 2),
    ('{ nodes(ids: ["a", "b", "c"]) { id } }', {}, 1 + 3),
    ("{ ...F } fragment F on Query { teams(first: 5) { ...G } } fragment G on TeamTypeConnection { nodes { id } }", {}, 2 + 5),
    ("{ __schema { types { name } } }", {}, 1),
    (
        'mutation { addTeam(input: {key: "a", name: "b"}) {'
        " ... on TeamType { calendar { name } } ... on InvalidInput { faults { path } } } }",
        {},
        3 + LIST_ITEMS,
    ),
]


@pytest.mark.parametrize(("document", "variables", "cost"), COSTS)
def test_the_cost_is_known_before(document: str, variables: dict[str, Any], cost: int) -> None:
    node = parse(document)
    fragments = {found.name.value: found for found in node.definitions if isinstance(found, FragmentDefinitionNode)}
    operation = node.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)

    assert Planner(small.schema._schema, fragments).plan(operation).cost(variables) == cost


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_every_answer_says_what_it_cost(service: Service) -> None:
    current.engine().throttle._now = lambda: 0.0
    body = await service.query("{ teams(first: 10) { nodes { name calendar { name } } } }")

    status = body["extensions"]["cost"].pop("throttleStatus")
    assert body["extensions"]["cost"] == {"requestedQueryCost": 22, "actualQueryCost": 8}
    assert (status["maximumAvailable"], status["restoreRate"]) == (20_000, 1_000)
    assert status["currentlyAvailable"] == 20_000 - 8


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_empty_bucket_refuses_and_says_when_to_come_back(service: Service, configured: settings.Settings) -> None:
    big = {"query": "{ calendars(first: 100) { nodes { teams(first: 80) { nodes { id } } } } }"}
    settings.install(configured.model_copy(update={"query_cost": 20_000}))
    current.engine().throttle._now = lambda: 0.0
    current.engine().throttle.take(f"token:{await _token_id()}", 15_000)

    answer = await service.post(big)

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "4")
    extensions = answer.json()["errors"][0]["extensions"]
    assert (extensions["code"], extensions["throttleStatus"]["currentlyAvailable"]) == ("THROTTLED", 5_000)
    settings.install(configured.model_copy(update={"rate_limits": False}))
    assert (await service.post(big)).status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_most_an_operation_may_cost_is_a_setting(service: Service, configured: settings.Settings) -> None:
    settings.install(configured.model_copy(update={"query_cost": 100}))

    await service.refused({"query": "{ teams(first: 100) { nodes { id } } }"}, 422, "QUERY_TOO_COMPLEX")
    assert (await service.post({"query": "{ teams(first: 90) { nodes { id } } }"})).status_code == 200


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_requests_that_come_to_nothing_cost_something_too(service: Service) -> None:
    current.engine().throttle._now = lambda: 0.0
    address = "address:127.0.0.1"
    bad: dict[str, Any] = {"client": service.stranger, "authorization": "Bearer nope"}
    await service.refused({"query": "{ __typename }"}, 401, "UNAUTHENTICATED", **bad)
    await service.refused({"query": "{ nope }"}, 422, "GRAPHQL_VALIDATION_FAILED", client=service.stranger)
    await service.refused({"query": "{ nope }"}, 422, "GRAPHQL_VALIDATION_FAILED")
    assert current.engine().throttle.status(address)["currentlyAvailable"] == 20_000 - 2 * PENALTY

    current.engine().throttle.take(address, 20_000 - 2 * PENALTY)
    await service.refused({"query": "{ __typename }"}, 429, "THROTTLED", **bad)


def test_a_bucket_fills_again_and_belongs_to_one() -> None:
    at = 0.0
    throttle = Throttle(100, 10, now=lambda: at)
    throttle.take("a", 100)
    with pytest.raises(RefusedRequest) as refused:
        throttle.take("a", 25)
    assert refused.value.headers == {"Retry-After": "3"}
    throttle.take("b", 100)
    at = 2.5
    throttle.take("a", 25)
    throttle.give_back("a", 1_000)
    assert throttle.status("a")["currentlyAvailable"] == 100


def test_no_more_buckets_are_kept_than_memory_should_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voc.api.throttle._MOST_BUCKETS", 3)
    throttle = Throttle(now=lambda: 0.0)
    for number in range(10):
        throttle.take(str(number), 5)

    assert len(throttle._buckets) == 3


async def _token_id() -> Any:
    from voc.staff.models import ApiToken

    return (await ApiToken.all().first()).id  # type: ignore[union-attr]
