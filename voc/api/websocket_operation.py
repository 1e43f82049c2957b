"""One operation of a WebSocket connection, from `subscribe` to `complete` or `error`."""

import asyncio
from contextlib import aclosing, suppress
from typing import TYPE_CHECKING, Any

from starlette.websockets import WebSocketDisconnect

from voc.api.event_stream import events
from voc.api.incremental import parts
from voc.api.masking import MASKED, masked
from voc.api.refused import RefusedRequest
from voc.api.requests import Asked

if TYPE_CHECKING:
    from voc.api.websocket import Connection


class SocketOperation:
    """An operation with the id the client gave it. A request error is an `error` message, never the end of the connection."""

    def __init__(self, connection: "Connection", id: str, asked: Asked) -> None:
        self._connection = connection
        self._id = id
        self._asked = asked
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Run it beside the others."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop it where it is; nothing more is sent for it."""
        if self._task is not None and self._task.cancel():
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        try:
            await self._answer()
        except RefusedRequest as refused:
            await self._end({"type": "error", "payload": refused.errors})
        except (WebSocketDisconnect, OSError):
            pass  # the client is gone
        except Exception as error:
            await self._end({"type": "error", "payload": [{"message": MASKED, "extensions": masked(error)}]})

    async def _answer(self) -> None:
        engine, caller = self._connection.engine, self._connection.caller
        assert caller is not None  # acknowledged
        prepared = engine.prepare(self._asked, caller)
        if prepared.is_subscription or prepared.comes_in_parts:
            several = events if prepared.is_subscription else parts
            async with aclosing(several(engine, prepared)) as bodies:
                async for body in bodies:
                    if not await self._next(body):
                        return
        elif not await self._next((await engine.answer(prepared)).body):
            return
        await self._end({"type": "complete"})

    async def _next(self, body: dict[str, Any]) -> bool:
        """Send one response; without data it is the error that ends the operation."""
        if "data" in body or "hasNext" in body:
            await self._connection.send({"id": self._id, "type": "next", "payload": body})
            return True
        await self._end({"type": "error", "payload": body["errors"]})
        return False

    async def _end(self, message: dict[str, Any]) -> None:
        # Forgotten before it is said, so that the client may use the id again at once.
        if self._connection.operations.get(self._id) is self:
            del self._connection.operations[self._id]
            await self._connection.send({"id": self._id, **message})
