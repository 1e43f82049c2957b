"""A client that hangs up stops the work: nobody is left to read what it would come to."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

from starlette.types import Receive

T = TypeVar("T")


class Gone(Exception):
    """The client has hung up."""


async def unless_gone(receive: Receive, work: Awaitable[T]) -> T:
    """Do the work, and stop it with `Gone` when the client hangs up first."""
    doing = asyncio.current_task()
    assert doing is not None
    is_gone = False

    async def watch() -> None:
        nonlocal is_gone
        while (await receive())["type"] != "http.disconnect":
            pass
        is_gone = True
        doing.cancel()

    watching = asyncio.create_task(watch())
    try:
        return await work
    except asyncio.CancelledError:
        if is_gone:
            doing.uncancel()
            raise Gone from None
        raise
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await watching
