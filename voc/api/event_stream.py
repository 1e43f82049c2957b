"""Running a subscription: an answer for each event, with the access of that moment, for as long as the credential opens the door."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import Any

from graphql import ExecutionResult, GraphQLError
from graphql.execution import create_source_event_stream

from voc.api.credentials import Caller
from voc.api.engine import Engine, Prepared, body_of
from voc.api.masking import formatted

LOOK_AGAIN_SECONDS = 30.0


async def events(engine: Engine, prepared: Prepared) -> AsyncGenerator[dict[str, Any], None]:
    """One GraphQL response for each event. What ends the stream early is its last response, with errors and no data."""
    engine.charge(prepared)
    source: Any = create_source_event_stream(prepared.executor)
    if prepared.executor.is_awaitable(source):
        source = await source
    if isinstance(source, ExecutionResult):
        yield {"errors": [formatted(error) for error in source.errors or ()]}
        return
    async with aclosing(source):
        while True:
            try:
                payload = await _next(source, prepared.caller)
            except StopAsyncIteration:
                return
            except Exception as error:
                yield {"errors": [formatted(_as_graphql(error))]}
                return
            yield await _answer(prepared, payload)


async def _answer(prepared: Prepared, payload: object) -> dict[str, Any]:
    prepared.context.actor = prepared.caller.actor
    prepared.context.loaders.renew(prepared.caller.actor)
    result: Any = prepared.executor.build_per_event_executor(payload).execute_operation(False)
    if prepared.executor.is_awaitable(result):
        result = await result
    return body_of(result)


async def _next(source: Any, caller: Caller) -> Any:
    # A task, because giving up one wait must not cancel the source, which may be reading the database.
    coming = asyncio.ensure_future(anext(source))
    try:
        while not (await asyncio.wait({coming}, timeout=LOOK_AGAIN_SECONDS))[0]:
            await _must_be_known(caller)
        payload = coming.result()
        await _must_be_known(caller)
        return payload
    finally:
        if not coming.done():
            coming.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await coming


async def _must_be_known(caller: Caller) -> None:
    if not await caller.is_still_known():
        raise GraphQLError("Your sign-in or token has ended.", extensions={"code": "UNAUTHENTICATED"})


def _as_graphql(error: Exception) -> GraphQLError:
    return error if isinstance(error, GraphQLError) else GraphQLError(str(error), original_error=error)
