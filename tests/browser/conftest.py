"""A real browser, and a server for it to talk to."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import pytest
import uvicorn
from playwright.async_api import Browser, BrowserContext, async_playwright
from starlette.applications import Starlette
from starlette.middleware import Middleware

from tests import databases
from tests.makers import Story
from tests.responses.conftest import install_listeners
from voc.app import create_app
from voc.core import bus, settings
from voc.core.db import close_database, open_database
from voc.core.settings import Settings
from voc.web import static_files, survey_routes
from voc.web.dead_ends import error_handlers
from voc.web.headers import GuardHeaders


@dataclass(frozen=True, slots=True)
class ConsoleSite:
    """Where the console is served, and what happens behind it."""

    address: str
    story: Story
    contexts: list[BrowserContext] = field(default_factory=list)


Serve = Callable[[Starlette], Awaitable[str]]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium of the system. Without one the test is skipped and says so; with `CI` set it fails."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        missing = "no Chromium found: install the system's package `chromium`"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serves an application on a free port of this machine and gives its address."""
    running: list[tuple[uvicorn.Server, asyncio.Task[None]]] = []

    async def start(app: Starlette) -> str:
        server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", lifespan="off"))
        task = asyncio.create_task(server.serve())
        running.append((server, task))
        while not server.started:
            await asyncio.sleep(0.01)
        return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"

    yield start
    for server, task in running:
        server.should_exit = True
        await task


@pytest.fixture
async def customer_site(sqlite_files: databases.SqliteFiles, serve: Serve) -> AsyncIterator[str]:
    """The address of the customer pages over an empty database."""
    settings.install(Settings(secret="a secret of thirty-two characters", rate_limits=False))
    install_listeners()
    url = sqlite_files.fresh()
    await open_database(url)
    routes = [*static_files.routes(), *survey_routes.routes()]
    yield await serve(Starlette(routes=routes, middleware=[Middleware(GuardHeaders)], exception_handlers=error_handlers()))
    await close_database()
    sqlite_files.drop(url)


@pytest.fixture
async def console_site(sqlite_files: databases.SqliteFiles, serve: Serve) -> AsyncIterator[ConsoleSite]:
    """The whole service over an empty database, live updates included, for colleagues to sign in to."""
    url = sqlite_files.fresh()
    chosen = Settings(database_url=url, secret="a secret of thirty-two characters", rate_limits=False)
    app = create_app(chosen, with_worker=False)
    await open_database(url)
    await bus.start(url)
    site = ConsoleSite(await serve(app), Story(url))
    yield site
    for context in site.contexts:
        await context.close()
    await bus.stop()
    await close_database()
    sqlite_files.drop(url)
