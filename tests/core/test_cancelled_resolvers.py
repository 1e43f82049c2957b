"""One failing field makes graphql-core cancel its siblings. With stock Tortoise one such request may hang the process for ever."""

import asyncio

import strawberry

from voc.core.db import transaction
from voc.core.models import Heartbeat


@strawberry.type
class Query:
    @strawberry.field
    async def fails(self, ticks: int) -> int:
        for _ in range(ticks):
            await asyncio.sleep(0)
        raise ZeroDivisionError

    @strawberry.field
    async def counts(self) -> int:
        async with transaction():
            return await Heartbeat.all().count()


async def test_failing_requests_never_hold_the_database(db: str) -> None:
    schema = strawberry.Schema(Query)
    for number in range(60):
        async with asyncio.timeout(5):
            answer = await schema.execute("query ($ticks: Int!) { counts fails(ticks: $ticks) }", {"ticks": number % 15})
            assert answer.errors
            assert await Heartbeat.all().count() == 0
            async with transaction():
                assert await Heartbeat.all().count() == 0


async def test_requests_that_time_out_never_hold_the_database(db: str) -> None:
    async def slow() -> None:
        async with transaction():
            await Heartbeat.all().count()
            await asyncio.sleep(1)

    for number in range(30):
        try:
            async with asyncio.timeout(number / 5000):
                await slow()
        except TimeoutError:
            pass
    async with asyncio.timeout(5), transaction():
        assert await Heartbeat.all().count() == 0
