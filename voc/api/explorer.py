"""What the page at /api needs: the reference, the stored operations, and an operation tried by hand."""

import orjson
from starlette.datastructures import Headers
from starlette.types import Scope

from voc.api.credentials import Caller, caller_of, caller_of_token
from voc.api.current import engine
from voc.api.engine import Answer
from voc.api.limits import DEEPEST, MOST_ALIASES, MOST_FIELDS, MOST_TOKENS, MOST_VARIABLES
from voc.api.paging import MOST
from voc.api.reference import SchemaReference, reference_of
from voc.api.refused import RefusedRequest
from voc.api.requests import MOST_BYTES, from_map
from voc.core import settings


def reference() -> SchemaReference:
    """The reference of the schema that this process serves."""
    return reference_of(engine().schema._schema)


def sdl() -> str:
    """The schema in its own language."""
    return engine().schema.as_str() + "\n"


def stored() -> dict[str, str]:
    """The stored operations by name."""
    return engine().documents.all_named()


def limits() -> dict[str, int | float]:
    """The limits that every request keeps, by name."""
    chosen = settings.current()
    return {
        "bytes": MOST_BYTES,
        "tokens": MOST_TOKENS,
        "depth": DEEPEST,
        "aliases": MOST_ALIASES,
        "fields": MOST_FIELDS,
        "variables": MOST_VARIABLES,
        "page": MOST,
        "cost": chosen.query_cost,
        "bucket": engine().throttle.holds,
        "refill": engine().throttle.back,
        "seconds": chosen.request_seconds,
    }


async def try_out(scope: Scope, headers: Headers, *, query: str, variables: str, operation_name: str, token: str) -> Answer:
    """Run what somebody typed, as `/graphql` would for the token, or else for the session of the browser."""
    try:
        found = orjson.loads(variables) if variables.strip() else None
    except orjson.JSONDecodeError as error:
        return _refused(RefusedRequest(400, "BAD_REQUEST", f"The variables are no JSON that can be read: {error.msg}."))
    try:
        asked = from_map({"query": query, "variables": found, "operationName": operation_name})
        prepared = engine().prepare(asked, await _caller(scope, headers, token))
        if prepared.is_subscription:
            raise RefusedRequest(406, "NOT_ACCEPTABLE", "A subscription needs a page with script, or a client of streams or sockets.")
        return await engine().answer(prepared)
    except RefusedRequest as refused:
        return _refused(refused)


def _refused(refused: RefusedRequest) -> Answer:
    return Answer(refused.status, refused.body, refused.headers)


async def _caller(scope: Scope, headers: Headers, token: str) -> Caller:
    return await (caller_of_token(f"Bearer {token.strip()}") if token.strip() else caller_of(scope, headers))
