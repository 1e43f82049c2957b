"""The page at /api: complete without script, for everybody in development and for colleagues in production."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from tests.api import small
from voc.api import server
from voc.core import settings
from voc.core.access import Actor, Role
from voc.staff.tokens import create_token
from voc.web import api_page, static_files
from voc.web.headers import GuardHeaders

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def chosen(tmp_path: Path) -> settings.Settings:
    """Settings of a development server, installed."""
    made = settings.load_settings(database_url=f"sqlite://{tmp_path}/voc.sqlite3", base_url="http://voc.test", default_language="en")
    settings.install(made)
    return made


@pytest.fixture
async def browser(db: str, chosen: settings.Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at the pages."""
    with small.published():
        routes = [*server.routes(small.schema, small.OPERATIONS), *api_page.routes(), *static_files.routes()]
        app = Starlette(routes=routes, middleware=[Middleware(GuardHeaders)])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://voc.test") as client:
            yield client


async def test_the_start_shows_what_can_be_asked_in_the_words_of_the_schema(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/api")

    assert page.status_code == 200
    for expected in ("http://voc.test/graphql", "addTeam", "Rename a team.", "ticks", 'href="/api/types/TeamType"', "20,000"):
        assert expected in page.text
    policy = page.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert not re.search(r"<style|style=|<script(?! src)|https?://(?!voc\.test)", page.text)


async def test_the_box_runs_a_document_and_keeps_what_was_typed(browser: httpx.AsyncClient) -> None:
    _, token = await create_token(Actor.system("test"), name="me", role=Role.ADMIN)
    typed = {"query": "query A($t: String) { echo(text: $t) { text } }", "variables": '{"t": "<b>"}', "operation_name": "A", "token": token}

    page = await browser.post("/api", data=typed)

    assert "Status 200 OK" in page.text
    assert "&#34;text&#34;: &#34;&lt;b&gt;&#34;" in page.text
    assert "query A($t: String)" in page.text
    assert token not in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"query": "{"}, "400 Bad Request"),
        ({"query": "{ nope }"}, "422 Unprocessable"),
        ({"query": "{ __typename }", "variables": "{"}, "400 Bad Request"),
        ({"query": "{ teams { totalCount } }"}, "401 Unauthorized"),
        ({"query": "{ __typename }", "token": "nope"}, "401 Unauthorized"),
        ({"query": "{ __typename }"}, "200 OK"),
    ],
)
async def test_what_is_wrong_is_said_as_the_endpoint_says_it(browser: httpx.AsyncClient, typed: dict[str, str], said: str) -> None:
    page = await browser.post("/api", data=typed)

    assert (page.status_code, f"Status {said}" in page.text) == (200, True)


async def test_a_form_of_another_site_runs_nothing(browser: httpx.AsyncClient) -> None:
    page = await browser.post("/api", data={"query": "{ __typename }"}, headers={"origin": "https://evil.example"})

    assert (page.status_code, "Status" in page.text) == (403, False)


async def test_each_type_has_a_page(browser: httpx.AsyncClient) -> None:
    start = await browser.get("/api")
    names = set(re.findall(r'href="/api/types/(\w+)"', start.text))
    assert {"TeamType", "TeamOrder", "AddTeamInput", "Node", "DateTime", "ID"} <= names
    while names:
        page = await browser.get(f"/api/types/{names.pop()}")
        assert page.status_code == 200
    assert (await browser.get("/api/types/Nothing")).status_code == 404


async def test_stored_operations_go_into_the_box(browser: httpx.AsyncClient) -> None:
    assert "/api?operation=Teams#try" in (await browser.get("/api/operations")).text
    assert "query Teams($first: Int)" in (await browser.get("/api?operation=Teams")).text


async def test_the_schema_can_be_read_as_text(browser: httpx.AsyncClient) -> None:
    assert "type TeamType implements Node" in (await browser.get("/api/schema.graphql")).text


async def test_dutch_readers_get_dutch(browser: httpx.AsyncClient) -> None:
    page = await browser.get("/api", headers={"accept-language": "nl"})

    assert '<html lang="nl"' in page.text
    assert "Uitvoeren" in page.text


async def test_in_production_strangers_are_sent_to_the_door(browser: httpx.AsyncClient, chosen: settings.Settings) -> None:
    settings.install(chosen.model_copy(update={"production": True}))

    for path in ("/api", "/api/operations", "/api/schema.graphql", "/api/types/TeamType"):
        assert (await browser.get(path)).headers["location"].startswith("/sign-in")
