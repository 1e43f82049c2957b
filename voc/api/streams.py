"""What subscriptions are made of: changes with their places, read again by whoever subscribes, with the access of that moment."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection
from contextlib import aclosing
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import strawberry

from voc.api.global_ids import decoded, encoded
from voc.core import live
from voc.core.errors import Invalid

AfterEvent = Annotated[
    str | None,
    strawberry.argument(
        description="The cursor of the last event you received: what happened since comes first, at least once and in order. "
        "Without it, events come from now on."
    ),
]


@dataclass(frozen=True, slots=True)
class Changed:
    """That a thing changed: its kind, its row id, the team it concerned, and the cursor after which a subscriber resumes."""

    kind: str
    id: UUID
    cursor: str
    team_id: UUID | None


async def changed(kinds: Collection[str], after: str | None) -> AsyncGenerator[Changed, None]:
    """Every change of these kinds after the cursor, for ever. A cursor that we did not write is Invalid at `after`."""
    seq = None if after is None else _read(after)
    async for change in live.changes(kinds, seq):
        yield Changed(change.kind, UUID(change.ref), _write(change.seq), change.team_id)


async def settled(kinds: Collection[str], after: str | None, seconds: float = 1.0) -> AsyncIterator[str]:
    """The cursor of the newest change of these kinds, whenever there are any; those that follow each other within a second are one."""
    async with aclosing(changed(kinds, after)) as every:
        coming = asyncio.ensure_future(anext(every))
        try:
            while True:
                last, until = await coming, asyncio.get_running_loop().time() + seconds
                coming = asyncio.ensure_future(anext(every))
                while (wait := until - asyncio.get_running_loop().time()) > 0 and (await asyncio.wait({coming}, timeout=wait))[0]:
                    last, coming = coming.result(), asyncio.ensure_future(anext(every))
                yield last.cursor
        finally:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)


async def cursor_now() -> str:
    """The cursor of this moment, for a page that was just rendered and subscribes to what comes after it."""
    return _write(await live.latest_seq())


def subscription(resolver: Callable[..., Any]) -> Any:
    """A subscription: an async generator of events, each an object type with `cursor: str`."""
    return strawberry.subscription(resolver=resolver)


def _write(seq: int) -> str:
    return encoded(f"event:{seq}")


def _read(cursor: str) -> int:
    kind, _, number = (decoded(cursor) or "").partition(":")
    if kind != "event" or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Invalid.at("after", "CURSOR_UNKNOWN", "`after` takes the cursor of an event of this API, unchanged.")
    return int(number)
