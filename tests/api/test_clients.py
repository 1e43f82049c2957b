"""A GraphQL client library that others use, over HTTP and WebSocket, against our server."""

import asyncio

import pytest
from gql import Client, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport
from gql.transport.websockets import WebsocketsTransport
from graphql import build_client_schema, get_introspection_query, print_schema

from tests.api.conftest import Service
from tests.api.small_room import rename_team
from voc.api.current import house_schema
from voc.api.limits import check_document
from voc.api.parsing import parsed
from voc.core.access import Actor
from voc.staff.models import Team

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_sqlite
async def test_a_client_reads_the_schema_and_asks_by_it_over_http(service: Service) -> None:
    transport = HTTPXAsyncTransport(url=f"{service.url}/graphql", headers={"authorization": f"Bearer {service.token}"})
    async with Client(transport=transport, fetch_schema_from_transport=True) as client:
        request = gql("query T($first: Int) { teams(first: $first) { nodes { name } } }")
        request.variable_values = {"first": 2}
        assert await client.execute(request) == {"teams": {"nodes": [{"name": "Billing"}, {"name": "Delivery"}]}}
        with pytest.raises(TransportQueryError) as refused:
            await client.execute(gql('mutation { forbid(input: {why: "x"}) { __typename } }'))
    assert refused.value.errors
    assert refused.value.errors[0]["extensions"]["code"] == "FORBIDDEN"


@on_sqlite
async def test_a_client_listens_over_a_websocket(service: Service) -> None:
    transport = WebsocketsTransport(
        url=service.url.replace("http", "ws") + "/graphql", init_payload={"authorization": f"Bearer {service.token}"}
    )
    team = await Team.get(key="billing")
    async with Client(transport=transport, fetch_schema_from_transport=True) as client:
        assert (await client.execute(gql("{ teams { totalCount } }"))) == {"teams": {"totalCount": 3}}
        heard = client.subscribe(gql("subscription { teamChanged { team { name } } }"))
        waiting = asyncio.ensure_future(anext(heard))
        await asyncio.sleep(0.2)
        await rename_team(Actor.system("test"), team.id, "Invoices")
        assert await asyncio.wait_for(waiting, 5) == {"teamChanged": {"team": {"name": "Invoices"}}}
        await heard.aclose()


def test_the_usual_introspection_of_the_house_keeps_the_limits_and_tells_all() -> None:
    query = get_introspection_query(
        input_value_deprecation=True, specified_by_url=True, schema_description=True, directive_is_repeatable=True
    )
    check_document(parsed(query))

    result = house_schema().execute_sync(query)

    assert result.errors is None
    assert result.data
    printed = print_schema(build_client_schema(result.data))  # type: ignore[arg-type]
    assert "type Customer implements Node" in printed
    assert "@specifiedBy" in printed
