"""The console's door: the same operations, limits and errors as over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from tests.api import small
from tests.api.over_http import OverHttp
from voc.api import current, server
from voc.core import settings
from voc.core.access import Actor, Role, held
from voc.core.errors import Forbidden, Invalid, SignInNeeded
from voc.staff.models import Calendar, Team
from voc.web.run import OperationFailed, run, through

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ADMIN = Actor(name="admin", roles=held([Role.ADMIN]))
STORED = {
    **small.OPERATIONS,
    "Secret": "query Secret { secret }",
    "Boom": "query Boom { boom }",
    "Page": "query Page($after: String) { teams(after: $after) { nodes { id } } }",
    "Huge": "query Huge { calendars(first: 100) { nodes { teams(first: 100) { nodes { calendar { teams(first: 100) { nodes { id } } }"
    " } } } } }",
}


@pytest.fixture(params=["in-process", "over HTTP"])
async def door(request: pytest.FixtureRequest, db: str, tmp_path: Path) -> AsyncIterator[None]:
    """The operations, asked either way."""
    settings.install(settings.load_settings(database_url=f"sqlite://{tmp_path}/voc.sqlite3", base_url="http://voc.test"))
    calendar = await Calendar.create(key="office", name="Office", time_zone="Europe/Amsterdam", hours={})
    await Team.create(key="billing", name="Billing", calendar_id=calendar.id)
    with small.published():
        app = Starlette(routes=server.routes(small.schema, STORED))
        if request.param == "in-process":
            yield
        else:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://voc.test") as client:
                with through(OverHttp(client, STORED)):
                    yield


async def test_an_operation_gives_its_data(door: None) -> None:
    assert (await run("Teams", {"first": 5}, ADMIN))["teams"]["totalCount"] == 1


async def test_problems_of_a_mutation_are_data(door: None) -> None:
    found = await run("AddTeam", {"input": {"key": "a", "name": ""}}, ADMIN)

    assert found == {"addTeam": {"message": "Give the team a name."}}


@pytest.mark.parametrize(
    ("name", "variables", "actor", "refusal"),
    [
        ("Secret", {}, ADMIN, Forbidden),
        ("Teams", {}, Actor.stranger(), SignInNeeded),
        ("Page", {"after": "x"}, ADMIN, Invalid),
        ("Teams", {"first": "many"}, ADMIN, Invalid),
    ],
)
async def test_refusals_come_as_the_house_knows_them(
    door: None, name: str, variables: dict[str, Any], actor: Actor, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        await run(name, variables, actor)


async def test_an_invalid_argument_keeps_its_place(door: None) -> None:
    with pytest.raises(Invalid) as refused:
        await run("Page", {"after": "x"}, ADMIN)

    assert [(fault.path, fault.code) for fault in refused.value.faults] == [("after", "CURSOR_UNKNOWN")]


@pytest.mark.parametrize(("name", "code"), [("Boom", "INTERNAL_SERVER_ERROR"), ("Huge", "QUERY_TOO_COMPLEX")])
async def test_what_no_page_can_mend_is_a_failure_with_its_number(door: None, name: str, code: str) -> None:
    with pytest.raises(OperationFailed) as failed:
        await run(name, {}, ADMIN)

    assert failed.value.code == code
    assert bool(failed.value.error_id) == (name == "Boom")


async def test_an_operation_that_is_not_stored_is_a_mistake_of_ours(database_url: str, db: str, tmp_path: Path) -> None:
    settings.install(settings.load_settings(database_url=f"sqlite://{tmp_path}/voc.sqlite3"))
    current.install(small.schema, STORED)

    with pytest.raises(KeyError):
        await run("Nothing", {}, ADMIN)
