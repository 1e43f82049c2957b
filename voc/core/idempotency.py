"""Doing what a caller asked once, however often they ask: a key of theirs, bound to what was asked and to what came of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from voc.core import clock, jobs, live
from voc.core.db import dialect, rows, transaction
from voc.core.errors import Conflict
from voc.core.models import IdempotencyKey

KEPT = timedelta(hours=48)
_running: set[tuple[str, str]] = set()


@dataclass(frozen=True, slots=True)
class Once:
    """What came of a request: `first` is what was kept when it was done before, and then `outcome` is None."""

    outcome: Any = None
    first: Any = None
    is_replay: bool = False


async def once(owner: str, key: str, fingerprint: str, act: Callable[[], Awaitable[Any]], keep: Callable[[Any], Any]) -> Once:
    """Do `act` unless the owner of this key had it done before; what is kept of it commits together with what it did.

    Refused with Conflict: IDEMPOTENCY_MISMATCH when the key was used for something else, IDEMPOTENCY_IN_PROGRESS while the
    first request is still running. When `act` raises, nothing is kept and the key is free again.
    """
    if (owner, key) in _running:
        raise _in_progress()
    _running.add((owner, key))
    try:
        async with transaction():
            found = await _found(owner, key, fingerprint)
            if found is not None:
                kept: Any = found.result
                return Once(first=kept["kept"], is_replay=True)
            outcome = await act()
            await IdempotencyKey.create(
                owner=owner, key=key, fingerprint=fingerprint, state="done", result={"kept": keep(outcome)}, created_at=clock.now()
            )
    finally:
        _running.discard((owner, key))
    jobs.wake()
    live.wake()
    return Once(outcome=outcome)


async def forget_old_keys() -> int:
    """Forget keys that are older than two days; says how many."""
    return await IdempotencyKey.filter(created_at__lt=clock.now() - KEPT).delete()


async def _found(owner: str, key: str, fingerprint: str) -> IdempotencyKey | None:
    if dialect() == "postgres":
        # Held until the end of the transaction: of two processes the second is told to come back, instead of waiting.
        taken = await rows("SELECT pg_try_advisory_xact_lock(hashtextextended(?, 0)) AS taken", f"idempotency:{owner}:{key}")
        if not taken[0]["taken"]:
            raise _in_progress()
    found = await IdempotencyKey.get_or_none(owner=owner, key=key)
    if found is not None and found.fingerprint != fingerprint:
        raise Conflict("IDEMPOTENCY_MISMATCH", "This idempotency key was used for another request: take a new key for a new request.")
    return found


def _in_progress() -> Conflict:
    return Conflict("IDEMPOTENCY_IN_PROGRESS", "The first request with this idempotency key is still running: ask again in a second.")
