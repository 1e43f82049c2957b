"""What the small schema lets one listen to."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import strawberry

from tests.api import small_room
from tests.api.small_room import teams_visible_to
from tests.api.small_types import Seconds, TeamType
from voc.api.context import Info
from voc.api.exposed import shape
from voc.api.streams import AfterEvent, changed, subscription


@shape
class TeamEvent:
    """A team changed."""

    cursor: str
    """Where to resume."""
    team: TeamType | None
    """The team as it is now."""


Count = Annotated[int, strawberry.argument(description="How many.")]


@shape
class Subscription:
    """Listening."""

    @subscription
    async def team_changed(self, info: Info, after: AfterEvent = None) -> AsyncIterator[TeamEvent]:
        """Teams that change."""
        async for change in changed({"team"}, after):
            team = await teams_visible_to(info.context.actor).get_or_none(id=change.id)
            if team is not None:
                yield TeamEvent(cursor=change.cursor, team=team)

    @subscription
    async def ticks(self, count: Count, seconds: Seconds = 0.0) -> AsyncIterator[int]:
        """Counts."""
        small_room.STOPPED.clear()
        try:
            for number in range(count):
                await asyncio.sleep(seconds)
                yield number
        except (asyncio.CancelledError, GeneratorExit):
            small_room.STOPPED.set()
            raise

    @subscription
    async def loud(self) -> AsyncIterator[str]:
        """Says much, for ever."""
        small_room.STOPPED.clear()
        try:
            while True:
                yield "x" * 100_000
        finally:
            small_room.STOPPED.set()

    @subscription
    async def broken(self) -> AsyncIterator[int]:
        """Fails after one."""
        yield 1
        raise RuntimeError("hunter2")
