"""GraphQL over WebSocket: one connection that speaks `graphql-transport-ws`, and closes with the codes of that protocol."""

import asyncio
from contextlib import suppress
from typing import Any

import orjson
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from voc.api.credentials import Caller, address_of, caller_of, caller_of_token, is_listed_origin, is_own_origin
from voc.api.engine import Engine
from voc.api.refused import RefusedRequest
from voc.api.requests import Asked, from_map
from voc.api.websocket_operation import SocketOperation

SUBPROTOCOL = "graphql-transport-ws"
INIT_SECONDS = 5.0
PING_SECONDS = 25.0
SLOWEST_SECONDS = 10.0
MOST_OPERATIONS = 100
MOST_CHARACTERS = 1_000_000


class Closing(Exception):
    """What the client did ends the connection, with this close code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason[:120]


class GraphQLSocket:
    """The ASGI application for WebSockets at `/graphql`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the handshake or refuse it, and talk until one of the two closes."""
        websocket = WebSocket(scope, receive, send)
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is not None and not is_own_origin(origin, headers) and not is_listed_origin(origin):
            await websocket.close()  # before it was accepted: the handshake is answered 403
        elif SUBPROTOCOL not in scope["subprotocols"]:
            await websocket.accept()
            await websocket.close(4406, "Subprotocol not acceptable")
        else:
            await websocket.accept(SUBPROTOCOL)
            await Connection(self.engine, websocket).talk()


class Connection:
    """One accepted connection, its caller and its running operations."""

    def __init__(self, engine: Engine, websocket: WebSocket) -> None:
        self.engine = engine
        self.caller: Caller | None = None
        self.operations: dict[str, SocketOperation] = {}
        self._websocket = websocket
        self._was_initialised = False
        self._sending = asyncio.Lock()
        self._dropping: asyncio.Task[None] | None = None

    async def talk(self) -> None:
        """Obey messages until the connection closes; whatever still runs then is stopped."""
        keeping = asyncio.create_task(self._keep())
        try:
            while True:
                await self._obey(_message(await self._websocket.receive()))
        except Closing as closing:
            await self.close(closing.code, closing.reason)
        except (WebSocketDisconnect, RuntimeError):
            pass  # the client is gone
        finally:
            keeping.cancel()
            for operation in tuple(self.operations.values()):
                await operation.stop()

    async def send(self, message: dict[str, Any]) -> None:
        """Send one message. A client that does not read is dropped, for nothing is buffered without end."""
        try:
            async with asyncio.timeout(SLOWEST_SECONDS), self._sending:
                await self._websocket.send_text(orjson.dumps(message, default=str).decode())
        except TimeoutError:
            # Beside: the closing handshake waits for the same client that does not read.
            self._dropping = asyncio.create_task(self.close(1013, "Too slow a reader"))
            raise WebSocketDisconnect(1013) from None

    async def close(self, code: int, reason: str) -> None:
        """Close the connection, if it is still open."""
        with suppress(RuntimeError, OSError, WebSocketDisconnect):
            await self._websocket.close(code, reason)

    async def _obey(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "connection_init":
                await self._initialise(message.get("payload"))
            case "ping":
                await self.send({"type": "pong"})
            case "pong":
                pass
            case "subscribe":
                await self._subscribe(_id(message), message.get("payload"))
            case "complete":
                found = self.operations.pop(_id(message), None)
                if found is not None:
                    await found.stop()
            case _:
                raise Closing(4400, "Unknown message type")

    async def _initialise(self, payload: object) -> None:
        if self._was_initialised:
            raise Closing(4429, "Too many initialisation requests")
        if payload is not None and not isinstance(payload, dict):
            raise Closing(4400, "The payload of connection_init is an object")
        self._was_initialised = True
        try:
            with self.engine.at_risk(f"address:{address_of(self._websocket.scope)}"):
                self.caller = await self._caller(payload or {})
        except RefusedRequest as refused:
            raise Closing(4403, "Forbidden") from refused
        await self.send({"type": "connection_ack"})

    async def _caller(self, payload: dict[str, Any]) -> Caller:
        token = payload.get("authorization", payload.get("Authorization"))
        if token is None:
            return await caller_of(self._websocket.scope, Headers(scope=self._websocket.scope))
        text = token if isinstance(token, str) else ""
        return await caller_of_token(text if " " in text else f"Bearer {text}")

    async def _subscribe(self, id: str, payload: object) -> None:
        if self.caller is None:
            raise Closing(4401, "Unauthorized")
        if id in self.operations:
            raise Closing(4409, f"Subscriber for {id} already exists")
        asked = _asked(payload)
        if not await self.caller.is_still_known():
            raise Closing(4403, "Forbidden")
        if len(self.operations) >= MOST_OPERATIONS:
            message = f"This connection runs {MOST_OPERATIONS} operations: complete some first."
            await self.send({"id": id, "type": "error", "payload": [{"message": message, "extensions": {"code": "TOO_MANY_OPERATIONS"}}]})
            return
        operation = self.operations[id] = SocketOperation(self, id, asked)
        operation.start()

    async def _keep(self) -> None:
        await asyncio.sleep(INIT_SECONDS)
        if not self._was_initialised:
            await self.close(4408, "Connection initialisation timeout")
            return
        while True:
            await asyncio.sleep(PING_SECONDS)
            if self.caller is not None and not await self.caller.is_still_known():
                await self.close(4403, "Forbidden")
                return
            with suppress(RuntimeError, OSError, WebSocketDisconnect):
                await self.send({"type": "ping"})


def _message(received: Any) -> dict[str, Any]:
    if received["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(received.get("code", 1005))
    text = received.get("text")
    if text is None:
        raise Closing(4400, "Messages are text")
    if len(text) > MOST_CHARACTERS:
        raise Closing(1009, "Message too big")
    try:
        message = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Closing(4400, "Messages are JSON") from None
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise Closing(4400, "A message is an object with a type")
    return message


def _id(message: dict[str, Any]) -> str:
    id = message.get("id")
    if not isinstance(id, str) or not id:
        raise Closing(4400, "The message has no id")
    return id


def _asked(payload: object) -> Asked:
    try:
        return from_map(payload)
    except RefusedRequest as refused:
        raise Closing(4400, str(refused)) from None
