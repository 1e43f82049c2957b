"""The customer pages as an application of their own, met without a network."""

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from tests.responses.conftest import Told, installed, told
from tests.web.survey.reader import Reader
from voc.web import static_files, survey_routes
from voc.web.dead_ends import error_handlers
from voc.web.headers import GuardHeaders

__all__ = ["Told", "installed", "told"]


@pytest.fixture
def site(told: Told) -> Starlette:
    """Everything that customers meet."""
    routes = [*static_files.routes(), *survey_routes.routes()]
    return Starlette(routes=routes, middleware=[Middleware(GuardHeaders, secure=True)], exception_handlers=error_handlers())


@pytest.fixture
async def client(site: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """A program that asks for pages."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=site, raise_app_exceptions=False), base_url="http://voc.example"
    ) as made:
        yield made


@pytest.fixture
def reader(client: httpx.AsyncClient) -> Reader:
    """A person with a browser that runs no scripts."""
    return Reader(client)
