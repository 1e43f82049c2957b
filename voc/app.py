"""The ASGI application: every route in one place, the middleware around them, and what starts and stops with it."""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware

from voc import reactions
from voc.api import server
from voc.connect import endpoints
from voc.core import bus, garbage, log, settings
from voc.core.db import close_database, open_database
from voc.core.jobs.worker import Worker
from voc.outreach.channels import close_channels
from voc.web import api_page, console_routes, health, kiosk_routes, logos, preview_show, static_files, survey_routes, widget_page
from voc.web.dead_ends import error_handlers
from voc.web.headers import GuardHeaders
from voc.web.request_log import RequestLog

WITH_WORKER = "VOC_SERVE_WITH_WORKER"


def create_app(chosen: settings.Settings | None = None, *, with_worker: bool | None = None) -> Starlette:
    """The whole service over the settings given, or over the environment. `with_worker` runs jobs in this process too."""
    if chosen is None:
        chosen = settings.load_settings()
        log.set_up(chosen.log_format, chosen.log_level)
    settings.install(chosen)
    reactions.install()
    working_here = bool(os.environ.get(WITH_WORKER)) if with_worker is None else with_worker
    return Starlette(
        routes=[
            *health.routes(),
            *static_files.routes(),
            *logos.routes(),
            *preview_show.routes(),
            *survey_routes.routes(),
            *kiosk_routes.routes(),
            *widget_page.routes(),
            *server.routes(),
            *endpoints.routes(),
            *api_page.routes(),
            *console_routes.routes(),
        ],
        middleware=[Middleware(RequestLog), Middleware(GuardHeaders, secure=chosen.secure)],
        exception_handlers=error_handlers(),
        lifespan=lambda app: _alive(chosen, working_here),
    )


@asynccontextmanager
async def _alive(chosen: settings.Settings, with_worker: bool) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        # A query nobody waits for any more ends by itself; the work of a worker may take longer.
        longest = None if with_worker else chosen.request_seconds * 0.95
        await open_database(chosen.database_url, pool=chosen.database_pool, statement_seconds=longest)
        stack.push_async_callback(close_database)
        await bus.start(chosen.database_url)
        stack.push_async_callback(bus.stop)
        stack.push_async_callback(close_channels)
        if with_worker:
            worker = Worker(chosen.database_url)
            await worker.start()
            stack.push_async_callback(worker.stop)
        garbage.spare_what_stays()
        logging.getLogger("voc.app").info("ready", extra={"worker": with_worker})
        yield
