"""Who knocks at a door for programs: the token in the Authorization header, as Bearer or as the password of Basic."""

import base64
import binascii
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse

from voc.core.access import Action, Actor
from voc.core.errors import Forbidden, Invalid, Refusal, SignInNeeded
from voc.core.limit import Limit, network_of
from voc.staff.tokens import actor_for_token

KNOCKS = Limit("door", 600)
WRONG_TOKENS = Limit("wrong-token", 20)
_STATUS = {SignInNeeded: 401, Forbidden: 403, Invalid: 422}


@dataclass(slots=True)
class TooOften(Exception):
    """Somebody knocks too often; `seconds` is how long to wait."""

    seconds: int


async def whoever_knocks(request: Request, action: Action) -> Actor:
    """The actor whose token came along. SignInNeeded, Forbidden, or TooOften: 600 requests a minute, 20 wrong tokens an address."""
    address = network_of(request.client.host if request.client else "")
    _refuse_for(WRONG_TOKENS.seconds_left(address))
    secret = _secret(request.headers.get("authorization", ""))
    actor = await actor_for_token(secret) if secret else None
    if actor is None:
        if secret:
            _refuse_for(WRONG_TOKENS.seconds_to_wait(address))
        raise SignInNeeded("Send an API token in the Authorization header: Bearer voc_…")
    _refuse_for(KNOCKS.seconds_to_wait(actor.key))
    actor.must(action)
    return actor


def refusal(error: Refusal | TooOften) -> JSONResponse:
    """A refusal as a program reads it."""
    if isinstance(error, TooOften):
        said = {"code": "THROTTLED", "message": f"Too many requests: try again in {error.seconds} s."}
        return JSONResponse({"error": said}, 429, {"Retry-After": str(error.seconds)})
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 409)
    challenge = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse({"error": {"code": error.code, "message": error.message}}, status, challenge)


def _secret(authorization: str) -> str:
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(given, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return ""
    return ""


def _refuse_for(seconds: int) -> None:
    if seconds:
        raise TooOften(seconds)
