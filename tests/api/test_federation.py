"""A subgraph of Federation 2: a router joins our types by keys that others know."""

from typing import Any
from uuid import uuid4

import pytest
from graphql import parse

from tests.api.conftest import Service
from voc.api.global_ids import global_id
from voc.core import settings
from voc.core.access import Actor, Role, held
from voc.customers.models import Channel, Contact, Customer, CustomerIdentity
from voc.staff.models import Team

ENTITIES = "query E($r: [_Any!]!) { _entities(representations: $r) { __typename ... on TeamType { id name } } }"
ADMIN = Actor(name="admin", roles=held([Role.ADMIN]))


async def entities(service: Service, *representations: object) -> Any:
    return (await service.post({"query": ENTITIES, "variables": {"r": representations}})).json()


async def test_entities_are_found_by_every_key_in_their_order(service: Service) -> None:
    team = await Team.get(key="billing")
    by_id, by_key = {"__typename": "TeamType", "id": global_id("TeamType", team.id)}, {"__typename": "TeamType", "key": "returns"}

    body = await entities(service, by_key, by_id, by_id, {"__typename": "TeamType", "key": "nobody"})

    assert [found and found["name"] for found in body["data"]["_entities"]] == ["Returns", "Billing", "Billing", None]
    assert "errors" not in body


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "wrong",
    [
        7,
        "x",
        [],
        {},
        {"id": "x"},
        {"__typename": "Nothing", "id": "x"},
        {"__typename": "CalendarType", "id": "x"},
        {"__typename": 7},
        {"__typename": "TeamType"},
        {"__typename": "TeamType", "name": "Billing"},
        {"__typename": "TeamType", "id": 7},
        {"__typename": "TeamType", "id": "x"},
        {"__typename": "TeamType", "id": global_id("CalendarType", uuid4())},
    ],
)
async def test_a_malformed_representation_is_null_with_an_error_and_hides_no_other(service: Service, wrong: object) -> None:
    body = await entities(service, wrong, {"__typename": "TeamType", "key": "returns"})

    assert [found and found["name"] for found in body["data"]["_entities"]] == [None, "Returns"]
    assert [(error["path"], error["extensions"]["code"]) for error in body["errors"]] == [(["_entities", 0], "BAD_USER_INPUT")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_too_many_at_once_are_refused(service: Service) -> None:
    body = await entities(service, *[{"__typename": "TeamType", "key": "returns"}] * 101)

    assert body["errors"][0]["extensions"]["faults"][0]["code"] == "TOO_MANY"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_schema_of_a_subgraph_has_its_keys_and_nothing_of_the_federation_itself(service: Service) -> None:
    sdl = (await service.query("{ _service { sdl } }"))["data"]["_service"]["sdl"]

    assert parse(sdl)
    assert 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])' in sdl
    assert 'type TeamType implements Node @key(fields: "id") @key(fields: "key") {' in sdl
    for own in ("_Any", "_Entity", "_Service", "_entities", "_service", "directive @"):
        assert own not in sdl


async def test_customers_and_contacts_join_by_the_ids_of_crm_and_contact_centre(db: str, configured: settings.Settings) -> None:
    from voc.api.entities import contacts_by_interaction_id, customers_by_crm_id

    customer = await Customer.create(name="Ann")
    await CustomerIdentity.create(customer_id=customer.id, system=configured.crm_system, external_id="C1")
    await CustomerIdentity.create(customer_id=customer.id, system="shop", external_id="S1")
    contact = await Contact.create(system=configured.contact_system, external_id="I1", touchpoint="after-call", channel=Channel.PHONE)
    await Contact.create(system="shop", external_id="I2", touchpoint="after-call", channel=Channel.PHONE)

    assert {key: row.id for key, row in (await customers_by_crm_id(ADMIN, ["C1", "S1", "?"])).items()} == {"C1": customer.id}
    assert {key: row.id for key, row in (await contacts_by_interaction_id(ADMIN, ["I1", "I2", "?"])).items()} == {"I1": contact.id}
    assert await customers_by_crm_id(Actor.stranger(), ["C1"]) == {}
    assert await contacts_by_interaction_id(Actor.stranger(), ["I1"]) == {}
