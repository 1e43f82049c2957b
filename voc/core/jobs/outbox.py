"""Adding jobs, in the transaction of the fact that causes them, and taking them back."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from voc.core import clock
from voc.core.db import execute, execute_many, in_transaction_now
from voc.core.ids import new_id
from voc.core.jobs.wakeup import note_added

_INTO = "INSERT INTO job (id, kind, ref, key, state, due, attempts, starts, failures, created_at)"
_VALUES = "?, ?, ?, ?, 'ready', ?, 0, 0, 0, ?"
_INSERT = f"{_INTO} VALUES ({_VALUES}) ON CONFLICT (key) DO NOTHING"
_INSERT_WHILE = f"{_INTO} SELECT {_VALUES} WHERE CAST(? AS boolean) OR EXISTS ({{}}) ON CONFLICT (key) DO NOTHING"


class ToDo(NamedTuple):
    """A job to be: `kind` for `ref`, now or at a moment."""

    kind: str
    ref: object
    at: datetime | None = None
    key: str | None = None


class Following(NamedTuple):
    """A job that follows an event; `only_while` is a query that must find something."""

    kind: str
    ref: object
    only_while: str | None


async def add(kind: str, ref: object, *, at: datetime | None = None, key: str | None = None) -> None:
    """Have `kind` done for `ref` (an id), now or at a moment, once the running transaction is committed.

    A job with the same key that is still known is kept as it is and nothing is added; ends are known for seven days.
    The longest waiting go first. Outside a transaction: RuntimeError.
    """
    await add_all([ToDo(kind, ref, at, key)])


async def add_many(kind: str, refs: Sequence[object]) -> None:
    """Add a job of one kind for each ref, due now, in one batch."""
    await add_all([ToDo(kind, ref) for ref in refs])


async def add_all(jobs: Sequence[ToDo]) -> None:
    """Add them, each as `add` does, in one batch."""
    if not jobs:
        return
    _must_be_in_transaction(jobs[0].kind)
    now = clock.now()
    await execute_many(_INSERT, [(new_id(), one.kind, str(one.ref), one.key, one.at or now, now) for one in jobs])
    note_added()


async def add_following(following: Sequence[Following]) -> None:
    """Add these jobs, due now, in one statement for all that wait for nothing or for the same; none where its query finds nothing."""
    if not following:
        return
    _must_be_in_transaction(following[0].kind)
    now = clock.now()
    always = [one for one in following if one.only_while is None]
    for query in sorted({one.only_while for one in following if one.only_while}):
        some = [*always, *(one for one in following if one.only_while == query)]
        batch = [(new_id(), one.kind, str(one.ref), None, now, now, one.only_while is None) for one in some]
        await execute_many(_INSERT_WHILE.format(query), batch)
        always = []
    if always:
        await execute_many(_INSERT, [(new_id(), one.kind, str(one.ref), None, now, now) for one in always])
    note_added()


async def cancel(key: str) -> bool:
    """Take the job with this key back; also one that is running does not end then. Says whether there was one."""
    return await execute("DELETE FROM job WHERE key = ? AND state IN ('ready', 'sent')", key) > 0


def _must_be_in_transaction(kind: str) -> None:
    if not in_transaction_now():
        raise RuntimeError(f"A job is added inside the transaction of the fact that causes it: call jobs.add({kind!r}, …) in a verb.")
