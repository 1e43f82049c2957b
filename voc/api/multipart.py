"""Answers in parts over HTTP, as `multipart/mixed`: never to a client that does not take it."""

from contextlib import aclosing, suppress

import orjson
from starlette.types import Receive, Send

from voc.api.engine import Engine, Prepared
from voc.api.hang_up import Gone, unless_gone
from voc.api.incremental import parts
from voc.api.refused import RefusedRequest

_HEADERS = [
    (b"content-type", b'multipart/mixed; boundary="-"'),
    (b"vary", b"Accept"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
]
_PART = b"\r\n---\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"
_END = b"\r\n-----\r\n"


async def send_parts(engine: Engine, prepared: Prepared, receive: Receive, send: Send) -> None:
    """Send each part as it comes, until the last or until the client hangs up."""
    with suppress(Gone):
        await unless_gone(receive, _send(engine, prepared, send))


async def _send(engine: Engine, prepared: Prepared, send: Send) -> None:
    is_begun = False
    try:
        async with aclosing(parts(engine, prepared)) as bodies:
            async for body in bodies:
                if not is_begun:
                    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
                    is_begun = True
                await send({"type": "http.response.body", "body": _PART + orjson.dumps(body, default=str), "more_body": True})
    except RefusedRequest as refused:
        if not is_begun:
            raise
        await send({"type": "http.response.body", "body": _PART + orjson.dumps({**refused.body, "hasNext": False}), "more_body": True})
    await send({"type": "http.response.body", "body": _END})
