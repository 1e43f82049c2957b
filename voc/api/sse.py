"""Answers as server-sent events (distinct connections): every outcome is a `next` event on status 200, then `complete`."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any

import orjson
from starlette.types import Receive, Send

from voc.api.engine import Engine, Prepared
from voc.api.event_stream import events
from voc.api.hang_up import Gone, unless_gone
from voc.api.incremental import parts
from voc.api.refused import RefusedRequest

HEARTBEAT_SECONDS = 15.0
SLOWEST_SECONDS = 30.0  # a reader who takes nothing for this long is dropped
_COMPLETE = b"event: complete\ndata:\n\n"
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"vary", b"Accept"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


async def send_refusal(send: Send, refused: RefusedRequest) -> None:
    """Answer a request that is not executed."""
    await _start(send)
    await _chunk(send, _event(refused.body) + _COMPLETE, more=False)


async def send_stream(engine: Engine, prepared: Prepared, receive: Receive, send: Send) -> None:
    """Answer with one event for each response of the operation, until it ends or the client hangs up."""
    with engine.streams.another(prepared.caller.key):
        await _start(send)
        with suppress(Gone):
            await unless_gone(receive, _stream(_responses(engine, prepared), send))


async def _stream(responses: AsyncGenerator[dict[str, Any], None], send: Send) -> None:
    async with aclosing(responses):
        coming = asyncio.ensure_future(anext(responses, None))
        try:
            while True:
                if not (await asyncio.wait({coming}, timeout=HEARTBEAT_SECONDS))[0]:
                    await _chunk(send, b":\n\n", more=True)
                    continue
                body = coming.result()
                if body is None:
                    return await _chunk(send, _COMPLETE, more=False)
                await _chunk(send, _event(body), more=True)
                coming = asyncio.ensure_future(anext(responses, None))
        finally:
            if coming.cancel():
                with suppress(asyncio.CancelledError, Exception):
                    await coming


async def _responses(engine: Engine, prepared: Prepared) -> AsyncGenerator[dict[str, Any], None]:
    try:
        if not prepared.is_subscription and not prepared.comes_in_parts:
            yield (await engine.answer(prepared)).body
            return
        several = events if prepared.is_subscription else parts
        async with aclosing(several(engine, prepared)) as bodies:
            async for body in bodies:
                yield body
    except RefusedRequest as refused:
        yield refused.body


async def _start(send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})


async def _chunk(send: Send, body: bytes, *, more: bool) -> None:
    try:
        async with asyncio.timeout(SLOWEST_SECONDS):
            await send({"type": "http.response.body", "body": body, "more_body": more})
    except TimeoutError:
        raise Gone from None


def _event(body: dict[str, Any]) -> bytes:
    return b"event: next\ndata: " + orjson.dumps(body, default=str) + b"\n\n"
