"""The console's door to everything it shows: stored operations, run in this process exactly as `/graphql` would run them."""

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from voc.api.context import Credential
from voc.api.credentials import Caller
from voc.api.current import engine
from voc.api.engine import Answer
from voc.api.explorer import limits, reference, sdl, stored, try_out
from voc.api.global_ids import read_global_id
from voc.api.refused import RefusedRequest
from voc.api.requests import Asked
from voc.api.server import PATH
from voc.api.stored_documents import document_hash
from voc.api.streams import cursor_now
from voc.core.access import Actor
from voc.core.errors import Fault, Forbidden, Invalid, NotFound, Refusal, SignInNeeded

__all__ = [
    "Answer",
    "Door",
    "OperationFailed",
    "Stream",
    "limits",
    "reference",
    "row_key",
    "run",
    "sdl",
    "stored",
    "stream",
    "through",
    "try_out",
]

Door = Callable[[str, Mapping[str, Any], Actor], Awaitable[dict[str, Any]]]


class OperationFailed(Exception):
    """An operation broke for a reason that no page can mend; `error_id` is in the log too, where there is one."""

    def __init__(self, code: str, message: str, error_id: str | None) -> None:
        super().__init__(message)
        self.code = code
        self.error_id = error_id


async def run(operation_name: str, variables: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    """The data of the stored operation of that name, asked by this actor.

    Its errors come as the family of refusals (Invalid, NotFound, Forbidden, SignInNeeded), or as OperationFailed; problems
    in the result of a mutation are data. An operation that is not stored is a KeyError.
    """
    body = await _door(operation_name, variables, actor)
    if body.get("errors"):
        raise _refusal(body["errors"][0])
    data: dict[str, Any] = body["data"]
    return data


def row_key(node_id: str) -> UUID:
    """The key of the row behind an id of the API, for what a page is made of and no operation tells; NotFound where it is none."""
    found = read_global_id(node_id)
    if found is None:
        raise NotFound
    return found[1]


@dataclass(frozen=True, slots=True)
class Stream:
    """Where a page hears of changes: the address of a stored subscription, its variables as JSON, and the cursor after which to listen."""

    address: str
    after: str
    given: str = "{}"


async def stream(operation_name: str, variables: Mapping[str, Any]) -> Stream:
    """The stream of a stored subscription from this moment on; ask for it before reading what the page shows, so that nothing is missed."""
    digest = document_hash(engine().documents.named(operation_name))
    return Stream(f"{PATH}?documentId=sha256:{digest}", await cursor_now(), json.dumps(dict(variables)))


@contextmanager
def through(door: Door) -> Iterator[None]:
    """Send what the console asks another way, such as over HTTP: for the tests that show that a frontend needs nothing else."""
    global _door  # noqa: PLW0603 - a process has one
    before, _door = _door, door
    try:
        yield
    finally:
        _door = before


async def _inside(operation_name: str, variables: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
    current = engine()
    asked = Asked(query=current.documents.named(operation_name), operation_name=operation_name, variables=variables)
    caller = Caller(actor, Credential.NONE if actor.is_stranger else Credential.INSIDE)
    try:
        return (await current.answer(current.prepare(asked, caller))).body
    except RefusedRequest as refused:
        return refused.body


_door: Door = _inside


def _refusal(error: Mapping[str, Any]) -> Refusal | OperationFailed:
    extensions: Mapping[str, Any] = error.get("extensions") or {}
    code, message = extensions.get("code", "INTERNAL_SERVER_ERROR"), error["message"]
    if code == "BAD_USER_INPUT":
        return Invalid([Fault(**fault) for fault in extensions.get("faults", ())] or [Fault("", code, message)])
    if code == "FORBIDDEN":
        return Forbidden(message)
    if code == "UNAUTHENTICATED":
        return SignInNeeded(message)
    if code == "NOT_FOUND":
        return NotFound(message)
    return OperationFailed(code, message, extensions.get("errorId"))
