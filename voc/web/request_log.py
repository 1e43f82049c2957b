"""Each request gets an id, which the answer carries and every log line of it names; the path is logged without its secrets."""

import logging
import re
import time

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voc.core.ids import new_id
from voc.core.log import request_id

log = logging.getLogger("voc.request")
_SECRET_PATHS = re.compile(r"^(/(?:s|o|r|u|m|k|p|t)|/sign-in/(?:link|reset)|/(?:reports|replies)/[^/]+/[^/]+)/[^/]+")
_GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestLog:
    """Names and times every HTTP request. An id that a proxy gave in `X-Request-Id` is kept where it is harmless."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on under its id."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        name = given if _GIVEN_ID.fullmatch(given) else new_id().hex
        token = request_id.set(name)
        began, status = time.perf_counter(), 0

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = name
            await send(message)

        try:
            await self.app(scope, receive, named)
        finally:
            if scope["type"] == "http" and not scope["path"].startswith(("/health/", "/static/")):
                facts = {"method": scope["method"], "path": _SECRET_PATHS.sub(r"\1/…", scope["path"]), "status": status}
                log.info("request", extra={**facts, "milliseconds": round((time.perf_counter() - began) * 1000, 1)})
            request_id.reset(token)
