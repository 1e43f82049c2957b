"""`/health/live`: the process answers. `/health/ready`: it can do its work, or what it misses."""

import asyncio
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from voc.core import clock, settings
from voc.core.db import rows
from voc.core.db.migrations import pending
from voc.core.jobs.queries import last_heartbeat

ALIVE_WITHIN = timedelta(seconds=30)
ANSWER_WITHIN = 5.0


def routes() -> list[Route]:
    """Both addresses; open to anybody, without facts about anybody."""
    return [Route("/health/live", live, methods=["GET"]), Route("/health/ready", ready, methods=["GET"])]


async def live(request: Request) -> Response:
    """200 as long as the process runs."""
    return JSONResponse({"status": "ok"})


async def ready(request: Request) -> Response:
    """200 when the database answers, every migration is applied and a worker was alive in the last 30 seconds; else 503."""
    checks = {"database": False, "migrations": False, "worker": False}
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            await rows("SELECT 1 AS one")
            checks["database"] = True
            checks["migrations"] = not await pending(settings.current().database_url)
            beat = await last_heartbeat() if checks["migrations"] else None
            checks["worker"] = beat is not None and clock.now() - beat < ALIVE_WITHIN
    except Exception:  # noqa: S110 - whatever it is, the service is not ready
        pass
    ok = all(checks.values())
    return JSONResponse({"status": "ok" if ok else "not ready", **checks}, status_code=200 if ok else 503)
