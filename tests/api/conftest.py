"""A running server over the small schema, and what a client needs to talk to it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from tests.api import small, small_room
from voc.api import current, server
from voc.core import settings
from voc.core.access import Actor, Role
from voc.core.ids import new_id
from voc.staff.models import Calendar, Team
from voc.staff.tokens import create_token

GRAPHQL = "application/graphql-response+json"


@dataclass
class Service:
    """A server that answers at `url`, and a client of it that holds an admin's token."""

    url: str
    token: str
    client: httpx.AsyncClient
    stranger: httpx.AsyncClient

    async def post(
        self, body: Any, *, accept: str | None = GRAPHQL, client: httpx.AsyncClient | None = None, **headers: str
    ) -> httpx.Response:
        """Send a body, JSON unless it is bytes already."""
        sent = {"content-type": "application/json", **({"accept": accept} if accept else {}), **headers}
        content = {"content": body} if isinstance(body, bytes) else {"json": body}
        return await (client or self.client).post("/graphql", headers=sent, **content)

    async def query(self, query: str, variables: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        """The answer to a document that succeeds."""
        answer = await self.post({"query": query, "variables": variables, **more})
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    async def refused(self, body: Any, status: int, code: str, **options: Any) -> dict[str, Any]:
        """The one error of a request that is refused like this, without any data."""
        answer = await self.post(body, **options)
        found = answer.json()
        assert (answer.status_code, found["errors"][0]["extensions"]["code"]) == (status, code), answer.text
        assert "data" not in found
        error: dict[str, Any] = found["errors"][0]
        return error


@pytest.fixture
def configured(tmp_path: Any) -> settings.Settings:
    """Settings of a development server, installed."""
    chosen = settings.load_settings(database_url=f"sqlite://{tmp_path}/voc.sqlite3", base_url="http://voc.test")
    settings.install(chosen)
    return chosen


@pytest.fixture
async def service(db: str, configured: settings.Settings) -> AsyncIterator[Service]:
    """The server, with three teams in it."""
    calendar = await Calendar.create(key="office", name="Office", time_zone="Europe/Amsterdam", hours={})
    for name in ("Billing", "Delivery", "Returns"):
        await Team.create(key=name.lower(), name=name, calendar_id=calendar.id)
    _, token = await create_token(Actor.system("test"), name=f"tests {new_id()}", role=Role.ADMIN)
    small_room.STOPPED = asyncio.Event()
    with small.published():
        app = Starlette(routes=server.routes(small.schema, small.OPERATIONS))
        async with Running(app) as url:
            bearer = {"authorization": f"Bearer {token}"}
            async with (
                httpx.AsyncClient(base_url=url, headers=bearer, timeout=30) as client,
                httpx.AsyncClient(base_url=url, timeout=30) as stranger,
            ):
                yield Service(url, token, client, stranger)
    current.install(small.schema, small.OPERATIONS)


class Running:
    """A uvicorn server on a free port, in this event loop."""

    def __init__(self, app: Any) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(app, lifespan="off", log_level="warning", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)

    async def __aenter__(self) -> str:
        self._task = asyncio.create_task(self._server.serve([self._socket]))
        while not self._server.started:
            await asyncio.sleep(0.01)
        return self.url

    async def __aexit__(self, *_: object) -> None:
        self._server.should_exit = True
        await self._task
