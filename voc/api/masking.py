"""Errors of execution as clients may see them: what was meant for them passes, anything else is a number that the log knows too."""

import logging
import traceback
from typing import Any

from graphql import GraphQLError
from strawberry.exceptions import StrawberryInputCoercionError

from voc.core import errors, log
from voc.core.db import took_too_long
from voc.core.ids import new_id

_LOG = logging.getLogger("voc.api")
_CODES: dict[type[errors.Refusal], str] = {
    errors.Invalid: "BAD_USER_INPUT",
    errors.Forbidden: "FORBIDDEN",
    errors.SignInNeeded: "UNAUTHENTICATED",
}
MASKED = "Something went wrong on our side. Tell your administrator the error id."


def formatted(error: GraphQLError) -> dict[str, Any]:
    """One entry of `errors`, with `extensions.code` always, and no class names, SQL, paths or stack ever."""
    entry: dict[str, Any] = {"message": error.message}
    if error.locations:
        entry["locations"] = [location.formatted for location in error.locations]
    if error.path is not None:
        entry["path"] = error.path
    cause = _cause(error)
    if isinstance(cause, errors.Refusal):
        entry |= {"message": cause.message, "extensions": _extensions(cause)}
    elif took_too_long(cause):
        entry |= {"message": "The operation took too long and was stopped: ask for less.", "extensions": {"code": "TIMEOUT"}}
    elif _is_meant(cause):
        entry["extensions"] = {"code": "BAD_USER_INPUT", **(error.extensions or {})}
    else:
        entry |= {"message": MASKED, "extensions": masked(cause, path=".".join(map(str, error.path or ())))}
    return entry


def masked(cause: BaseException, **facts: object) -> dict[str, Any]:
    """Log what nobody meant, and give what a client is told of it.

    The log has the kind of error and the places in the code, not its message: that may quote a customer.
    """
    error_id = new_id().hex
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(cause.__traceback__)[-8:]]
    _LOG.error("a request failed", extra={"error_id": error_id, "error": type(cause).__name__, "at": frames, **facts})
    return {"code": "INTERNAL_SERVER_ERROR", "errorId": error_id, "requestId": log.request_id.get() or None}


def _cause(error: GraphQLError) -> BaseException:
    cause: BaseException = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _extensions(refusal: errors.Refusal) -> dict[str, Any]:
    found: dict[str, Any] = {"code": _CODES.get(type(refusal), refusal.code)}
    if isinstance(refusal, errors.Invalid):
        found["faults"] = [{"path": fault.path, "code": fault.code, "message": fault.message} for fault in refusal.faults]
    return found


def _is_meant(cause: BaseException) -> bool:
    if not isinstance(cause, GraphQLError):
        return False
    # graphql-core finds some faults of arguments only when it executes; they carry no code and are told from bugs by their words.
    return (
        bool(cause.extensions and cause.extensions.get("code"))
        or isinstance(cause, StrawberryInputCoercionError)
        or cause.message.startswith("Argument ")
    )
