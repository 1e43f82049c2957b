"""On PostgreSQL a query of the server ends by itself shortly before its request would; without a limit it runs as long as it takes."""

import time

import asyncpg
import pytest
from graphql import GraphQLError

from tests.databases import Postgres
from voc.api.masking import formatted
from voc.core.db import close_database, open_database, rows, transaction


async def test_a_query_that_takes_too_long_is_ended_and_the_connection_goes_on(postgres_server: Postgres) -> None:
    url = postgres_server.fresh()
    await open_database(url, pool=1, statement_seconds=0.3)
    try:
        began = time.monotonic()
        with pytest.raises(asyncpg.QueryCanceledError, match="statement timeout"):
            await rows("SELECT pg_sleep(20) AS slept")
        with pytest.raises(asyncpg.QueryCanceledError, match="statement timeout"):
            async with transaction():
                await rows("SELECT pg_sleep(20) AS slept")
        assert time.monotonic() - began < 10
        assert await rows("SELECT 1 AS one") == [{"one": 1}]
    finally:
        await close_database()
        postgres_server.drop(url)


async def test_nothing_is_ended_where_no_limit_was_asked_for(postgres_server: Postgres) -> None:
    url = postgres_server.fresh()
    await open_database(url, pool=1)
    try:
        assert await rows("SHOW statement_timeout") == [{"statement_timeout": "0"}]
    finally:
        await close_database()
        postgres_server.drop(url)


async def test_a_client_of_the_api_hears_that_it_took_too_long(postgres_server: Postgres) -> None:
    url = postgres_server.fresh()
    await open_database(url, pool=1, statement_seconds=0.2)
    try:
        with pytest.raises(asyncpg.QueryCanceledError) as ended:
            await rows("SELECT pg_sleep(20) AS slept")
    finally:
        await close_database()
        postgres_server.drop(url)
    said = formatted(GraphQLError("", original_error=ended.value))
    assert said["extensions"] == {"code": "TIMEOUT"}
    assert "ask for less" in said["message"]
