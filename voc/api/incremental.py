"""Answers in parts (`@defer`, `@stream`): what is at hand first, the rest as it comes, each part masked like any answer."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from graphql import ExecutionResult
from graphql.execution import ExperimentalIncrementalExecutionResults

from voc.api.engine import Engine, Prepared, body_of, too_slow
from voc.api.masking import formatted
from voc.core import settings


async def parts(engine: Engine, prepared: Prepared) -> AsyncGenerator[dict[str, Any], None]:
    """The parts of an answer, the first with what it cost; all of them within the time a request may take."""
    engine.charge(prepared)
    until = asyncio.get_running_loop().time() + settings.current().request_seconds
    try:
        async with asyncio.timeout_at(until):
            result: Any = prepared.executor.execute_operation()
            if prepared.executor.is_awaitable(result):
                result = await result
        if isinstance(result, ExecutionResult):
            yield {**body_of(result), "extensions": engine.extensions(prepared)}
            return
        assert isinstance(result, ExperimentalIncrementalExecutionResults)
        yield {**_told(result.initial_result), "extensions": engine.extensions(prepared)}
        async with aclosing(result.subsequent_results) as rest:
            while True:
                async with asyncio.timeout_at(until):
                    part = await anext(rest, None)
                if part is None:
                    return
                yield _told(part)
    except TimeoutError:
        raise too_slow(settings.current().request_seconds) from None


def _told(part: Any) -> dict[str, Any]:
    """A part as clients see it; errors stand wherever the parts of a part have them."""
    told: dict[str, Any] = part.formatted
    if getattr(part, "errors", None):
        told["errors"] = [formatted(error) for error in part.errors]
    for name in ("incremental", "completed"):
        for inner, entry in zip(getattr(part, name, None) or (), told.get(name, ()), strict=True):
            if inner.errors:
                entry["errors"] = [formatted(error) for error in inner.errors]
    return told
