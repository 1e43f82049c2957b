"""Transactions on both databases: whole or not at all, nested, and safe from cancelled tasks."""

from datetime import UTC, datetime

import pytest

from voc.core.db import in_transaction_now, rows, transaction
from voc.core.models import Heartbeat

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


async def beat(name: str) -> None:
    await Heartbeat.create(name=name, at=NOW)


async def names() -> set[str]:
    return {row["name"] for row in await rows("SELECT name FROM heartbeat")}


async def test_what_is_raised_undoes_the_whole_transaction(db: str) -> None:
    with pytest.raises(ZeroDivisionError):
        async with transaction():
            await beat("a")
            assert in_transaction_now()
            raise ZeroDivisionError

    assert await names() == set()
    assert not in_transaction_now()
