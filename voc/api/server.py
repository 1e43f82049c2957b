"""The endpoint `/graphql`: queries and mutations over HTTP, streams of events, and sockets. Every answer is a GraphQL response."""

from collections.abc import Mapping
from typing import Any

import orjson
import strawberry
from starlette.datastructures import Headers
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from voc.api import current
from voc.api.credentials import address_of, caller_of
from voc.api.engine import Answer, Engine, Prepared
from voc.api.hang_up import Gone, unless_gone
from voc.api.masking import MASKED, masked
from voc.api.multipart import send_parts
from voc.api.negotiation import PARTS, STREAM, Accepted, accepted
from voc.api.refused import RefusedRequest, forbidden
from voc.api.requests import Asked, from_body, from_query_string
from voc.api.sse import send_refusal, send_stream
from voc.api.websocket import GraphQLSocket

PATH = "/graphql"
MOST_AT_ONCE = 200
_METHODS = "GET, POST"
_BY_DEFAULT = Accepted("application/json")


def routes(schema: strawberry.Schema | None = None, stored: Mapping[str, str] | None = None) -> list[BaseRoute]:
    """The routes of the API, over the house's own schema and stored operations unless others are given."""
    engine = current.install(schema, stored)
    return [Route(PATH, GraphQLEndpoint(engine)), WebSocketRoute(PATH, GraphQLSocket(engine))]


class GraphQLEndpoint:
    """The ASGI application behind `/graphql`."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._at_once = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; whatever goes wrong, the answer is a GraphQL response of the type the client takes."""
        headers = Headers(scope=scope)
        wanted = accepted(", ".join(headers.getlist("accept")) if "accept" in headers else None)
        self._at_once += 1
        try:
            answer = await self._answered(scope, headers, wanted, receive, send)
        except RefusedRequest as refused:
            answer = Answer(refused.status, refused.body, refused.headers)
        except Gone:
            return
        except Exception as error:
            answer = Answer(500, {"errors": [{"message": MASKED, "extensions": masked(error)}]})
        finally:
            self._at_once -= 1
        if answer is not None:
            await _send(send, answer, wanted or _BY_DEFAULT)

    async def _answered(self, scope: Scope, headers: Headers, wanted: Accepted | None, receive: Receive, send: Send) -> Answer | None:
        """The answer to send, or None when it was streamed already."""
        if scope["method"] not in ("GET", "POST"):
            raise _not_allowed("This endpoint takes GET and POST.", _METHODS)
        if wanted is None:
            raise _not_acceptable(
                "Answers are written as application/graphql-response+json, application/json, text/event-stream or multipart/mixed."
            )
        if self._at_once > MOST_AT_ONCE:
            raise RefusedRequest(
                503, "SERVICE_UNAVAILABLE", "Too much is going on at once: try again in a second.", headers={"Retry-After": "1"}
            )
        if scope["method"] == "GET" and headers.get("sec-fetch-site") == "cross-site":
            raise forbidden("Pages of other sites may not ask here.")
        try:
            asked = await self._read(scope, headers, receive)
            with self.engine.at_risk(f"address:{address_of(scope)}"):
                caller = await caller_of(scope, headers)
            prepared = self.engine.prepare(asked, caller)
            _check_way(scope, wanted, prepared)
        except RefusedRequest as refused:
            if wanted.answer == STREAM and refused.status in (400, 404, 422):
                await send_refusal(send, refused)
                return None
            raise
        if prepared.is_subscription or wanted.answer == STREAM or (prepared.comes_in_parts and not wanted.takes_parts):
            await send_stream(self.engine, prepared, receive, send)
            return None
        if prepared.comes_in_parts or wanted.answer == PARTS:
            await send_parts(self.engine, prepared, receive, send)
            return None
        return await unless_gone(receive, self.engine.answer(prepared))

    async def _read(self, scope: Scope, headers: Headers, receive: Receive) -> Asked:
        if scope["method"] == "POST":
            return await from_body(headers, receive)
        return from_query_string(scope["query_string"])


def _check_way(scope: Scope, wanted: Accepted, prepared: Prepared) -> None:
    if scope["method"] == "GET" and prepared.is_mutation:
        raise _not_allowed("A mutation is sent with POST.", "POST")
    if prepared.is_subscription and not wanted.takes_stream:
        if scope["method"] == "GET":
            raise _not_allowed("A subscription over GET is asked for as text/event-stream.", "POST")
        raise _not_acceptable("A subscription is asked for as text/event-stream, or over a WebSocket.")
    if prepared.comes_in_parts and not wanted.takes_parts and not wanted.takes_stream:
        raise _not_acceptable("An operation with @defer or @stream is asked for as multipart/mixed or text/event-stream.")


def _not_allowed(message: str, methods: str) -> RefusedRequest:
    return RefusedRequest(405, "METHOD_NOT_ALLOWED", message, headers={"Allow": methods})


def _not_acceptable(message: str) -> RefusedRequest:
    return RefusedRequest(406, "NOT_ACCEPTABLE", message)


async def _send(send: Send, answer: Answer, wanted: Accepted) -> None:
    body = orjson.dumps(answer.body, default=str)
    headers = {
        "content-type": wanted.content_type(answer.status),
        "content-length": str(len(body)),
        "vary": "Accept",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
        **{name.lower(): value for name, value in answer.headers.items()},
    }
    raw: list[Any] = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
