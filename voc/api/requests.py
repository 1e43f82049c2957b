"""A GraphQL request as it comes in: the body or the query string, read within limits and checked for its shape."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import Headers
from starlette.types import Receive

from voc.api.refused import RefusedRequest

MOST_BYTES = 1_000_000
MOST_BYTES_OF_IMPORTS = 8_000_000
_DRAIN_BYTES = 32_000_000  # an honest client that sends too much still gets its answer: it reads only after it has sent
_DRAIN_SECONDS = 5.0
_IMPORTS = re.compile(rb"import(?:Survey|Responses)")


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a request, of the right types."""

    query: str | None = None
    document_id: str | None = None
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    extensions: Mapping[str, Any] = field(default_factory=dict)


async def from_body(headers: Headers, receive: Receive) -> Asked:
    """Read a POST: JSON in UTF-8 of at most a megabyte, and nothing else; `importSurvey` with credentials may have eight."""
    _check_type(headers)
    return from_json(await _read(headers, receive))


def from_json(body: bytes | str) -> Asked:
    """Read the parameters from JSON text."""
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise RefusedRequest(400, "BAD_REQUEST", f"The body is no JSON that can be read: {error.msg}.") from None
    return from_map(found)


def from_map(found: object) -> Asked:
    """Check the parameters of a request; whatever else the map has is ignored."""
    if not isinstance(found, dict):
        hint = " Batches are not supported: send one request after the other, over one connection." if isinstance(found, list) else ""
        raise _unshaped(f"The body is a JSON object with the member `query`.{hint}")
    asked = Asked(
        query=_typed(found, "query", str, "text"),
        document_id=_typed(found, "documentId", str, "text"),
        operation_name=_typed(found, "operationName", str, "text") or None,
        variables=_typed(found, "variables", dict, "an object") or {},
        extensions=_typed(found, "extensions", dict, "an object") or {},
    )
    if asked.query is None and asked.document_id is None and "persistedQuery" not in asked.extensions:
        raise _unshaped("The member `query` with a GraphQL document is missing (or `documentId`, for a stored one).")
    if asked.query is not None and asked.document_id is not None:
        raise _unshaped("Send `query` or `documentId`, not both.")
    return asked


def from_query_string(query_string: bytes) -> Asked:
    """Read a GET. Empty parameters equal absent ones."""
    try:
        pairs = parse_qsl(query_string.decode("ascii"), errors="strict", max_num_fields=20)
    except ValueError:
        raise RefusedRequest(400, "BAD_REQUEST", "The query string cannot be read: it is URL-encoded UTF-8.") from None
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _unshaped(f"The parameter `{name}` is given twice.")
        found[name] = _from_json_text(name, value) if name in ("variables", "extensions") else value
    return from_map(found)


def check_text(variables: Mapping[str, Any]) -> None:
    """Refuse what no database can keep as text: NUL characters and halves of characters (BAD_USER_INPUT)."""
    try:
        has_nul = b"\\u0000" in orjson.dumps(variables, default=str) and _has_nul(variables)
    except TypeError:
        has_nul = True
    if has_nul:
        raise RefusedRequest(422, "BAD_USER_INPUT", "The variables hold a NUL character or half a character, which no text has.")


def _has_nul(value: object) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, Mapping):
        return any(_has_nul(name) or _has_nul(inner) for name, inner in value.items())
    return isinstance(value, list | tuple) and any(map(_has_nul, value))


def _from_json_text(name: str, text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise RefusedRequest(400, "BAD_REQUEST", f"The parameter `{name}` is no JSON that can be read: {error.msg}.") from None


def _typed(found: dict[str, Any], name: str, wanted: type[Any], said: str) -> Any:
    value = found.get(name)
    if value is not None and not isinstance(value, wanted):
        raise _unshaped(f"The member `{name}` is {said}.")
    return value


def _unshaped(message: str) -> RefusedRequest:
    return RefusedRequest(422, "BAD_REQUEST", message)


def _check_type(headers: Headers) -> None:
    kind, *parameters = (part.strip().lower() for part in headers.get("content-type", "").split(";"))
    charset = dict(parameter.partition("=")[::2] for parameter in parameters).get("charset", "utf-8").strip('"')
    if kind != "application/json" or charset not in ("utf-8", "utf8") or headers.get("content-encoding", "identity") != "identity":
        raise RefusedRequest(
            415, "UNSUPPORTED_MEDIA_TYPE", "Send the request as JSON: Content-Type: application/json, in UTF-8, not packed."
        )


async def _read(headers: Headers, receive: Receive) -> bytes:
    length = headers.get("content-length", "0")
    if length.isdigit() and int(length) > _DRAIN_BYTES:
        raise _too_large()
    # Files of questionnaires and responses are larger than anything else that is sent; only whoever is known may send them.
    most = MOST_BYTES_OF_IMPORTS if "authorization" in headers or "cookie" in headers else MOST_BYTES
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionAbortedError
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > most:
            chunks.clear()
            if message.get("more_body"):
                await _drain(receive)
            raise _too_large()
        if not message.get("more_body"):
            body = b"".join(chunks)
            if size > MOST_BYTES and not _IMPORTS.search(body):
                raise _too_large()
            return body


async def _drain(receive: Receive) -> None:
    size = 0
    try:
        async with asyncio.timeout(_DRAIN_SECONDS):
            while size < _DRAIN_BYTES:
                message = await receive()
                size += len(message.get("body", b""))
                if not message.get("more_body"):
                    return
    except TimeoutError:
        return


def _too_large() -> RefusedRequest:
    return RefusedRequest(
        413, "PAYLOAD_TOO_LARGE", f"The body has more than {MOST_BYTES:,} bytes: send large work in batches, or to /ingest."
    )
