"""A field that fails makes graphql-core cancel its siblings, also one inside a transaction: the database survives it, on both engines."""

import asyncio

import pytest

from tests.api.conftest import Service
from voc.staff.models import Team


async def test_a_failing_field_never_wedges_the_database(service: Service) -> None:
    for number in range(60):
        answer = await service.post({"query": f"{{ counted again: counted mustSoon(seconds: {number % 15 * 0.0004}) }}"})
        assert answer.status_code in (200, 294), answer.text
        assert await asyncio.wait_for(Team.all().count(), 5) == 3


# What graphql-core had not begun when the client hung up stays unbegun: Python remarks on it, and nothing was half done.
@pytest.mark.filterwarnings("ignore:coroutine .*_async_resolver:RuntimeWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
async def test_clients_that_hang_up_never_wedge_the_database(service: Service) -> None:
    for number in range(30):
        asking = asyncio.create_task(service.post({"query": "{ counted teams { nodes { calendar { name } } totalCount } }"}))
        await asyncio.sleep(number % 10 * 0.001)
        asking.cancel()
        assert await asyncio.wait_for(Team.all().count(), 5) == 3
