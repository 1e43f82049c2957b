"""What can become of a job's row. Each change names the number of its claim, so that whoever lost the claim changes nothing.

`attempts` is that number: it grows whenever the job is given to the engine. Every statement here is one step of
ready → sent → done | dead, and each is safe to be cut off before or after.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from voc.core import clock
from voc.core.db import dialect, execute, marks, padded, rows
from voc.core.jobs.handlers import Effect, Handler, Reaction

LEASE = timedelta(minutes=10)
CRASHES = 6
_MINE = "id = ? AND attempts = ? AND state = 'sent'"
# The start is only needed when this process dies, not when the machine does: PostgreSQL need not wait for the disk.
_QUICK = "(SELECT set_config('synchronous_commit', 'off', true)) AS quick"
_OURS = "unnest(CAST(? AS uuid[]), CAST(? AS int[])) AS ours (ours, number)"


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that was given to the engine: its id and the number that proves who owns it."""

    id: str
    number: int
    kind: str


@dataclass(frozen=True, slots=True)
class Room:
    """How many reactions, and how many effects of each kind, the engine may hold at a time; the rest waits where it can be taken back.

    Effects of kinds that are acted on together have a room of another size.
    """

    reactions: int
    effects: int
    together: int


@dataclass(frozen=True, slots=True)
class Started:
    """A job whose start is recorded."""

    ref: str
    starts: int
    failures: int


async def is_anything_due(kinds: Iterable[str]) -> bool:
    """Whether a job waits; a read that takes no lock."""
    names = list(kinds)
    found = await rows(
        f"SELECT 1 AS one FROM job WHERE state = 'ready' AND due <= ? AND kind IN ({marks(names)}) ORDER BY due, id LIMIT 1",
        clock.now(),
        *names,
    )
    return bool(found)


async def claim(handlers: Mapping[str, Handler], room: Room) -> list[Claim]:
    """Mark due jobs as given to the engine, the longest waiting first, as far as there is room; call in a transaction.

    Each kind of effect has a room of its own, so that one that hangs keeps no other waiting. Rates are kept over all machines.
    """
    # Counted here, in the order of the index: so PostgreSQL walks along it and marks what is gone, instead of reading that again.
    held = Counter(row["kind"] for row in await rows("SELECT kind FROM job WHERE state = 'sent' ORDER BY due, id"))
    plain = [kind for kind, handler in handlers.items() if isinstance(handler, Reaction) and handler.terms.rate is None]
    claims = await _claim(plain, room.reactions - sum(held[kind] for kind in plain))
    for kind in sorted(set(handlers) - set(plain)):
        handler = handlers[kind]
        size = room.together if isinstance(handler, Effect) and handler.act_many else room.effects
        allowed = size - held[kind]
        if allowed > 0 and (rate := handler.terms.rate):
            allowed = min(allowed, await _allowed(kind, rate))
        claims += await _claim([kind], allowed)
    return claims


async def start(claims: Sequence[Claim]) -> dict[str, Started]:
    """Record the starts, by id; a job is left out when it is done, taken back, or belongs to another claim."""
    where, values = _mine(claims, _QUICK)
    sql = f"UPDATE job SET starts = starts + 1 {where} RETURNING id, ref, starts, failures"
    return {str(row["id"]): Started(row["ref"], row["starts"], row["failures"]) for row in await rows(sql, *values)}


async def unstart(claimed: Claim) -> None:
    """Take a recorded start back, because the job has to wait for its turn."""
    await execute(f"UPDATE job SET starts = starts - 1 WHERE {_MINE}", claimed.id, claimed.number)


async def finish(claims: Sequence[Claim]) -> list[str]:
    """End jobs as done and give the ids of those that were ours, in order.

    Call it first in the transaction that holds the jobs' changes, and change nothing for those that it leaves out.
    """
    where, values = _mine(claims)
    sql = f"UPDATE job SET state = 'done', lease = NULL, error = NULL, finished_at = ? {where} RETURNING id"
    ended = {str(row["id"]) for row in await rows(sql, clock.now(), *values)}
    return [claim.id for claim in claims if claim.id in ended]


async def put_back(claimed: Claim, due: datetime, error: str) -> bool:
    """Let a failed job wait until it is due again."""
    sql = f"UPDATE job SET state = 'ready', lease = NULL, due = ?, error = ?, starts = 0, failures = failures + 1 WHERE {_MINE}"
    return await execute(sql, due, error, claimed.id, claimed.number) > 0


async def give_up(claimed: Claim, error: str) -> bool:
    """End the job as dead, with its error."""
    sql = f"UPDATE job SET state = 'dead', lease = NULL, error = ?, failures = failures + 1, finished_at = ? WHERE {_MINE}"
    return await execute(sql, error, clock.now(), claimed.id, claimed.number) > 0


async def release(claimed: Claim) -> None:
    """Give a claim back unused: this process stops."""
    await execute(f"UPDATE job SET state = 'ready', lease = NULL, starts = 0 WHERE {_MINE}", claimed.id, claimed.number)


async def reclaim() -> int:
    """Take jobs back whose lease is over: whoever had them is gone."""
    return await execute("UPDATE job SET state = 'ready', lease = NULL WHERE state = 'sent' AND lease < ?", clock.now())


async def reset(kinds: Sequence[str]) -> int:
    """Take every claim of these kinds back. Only on SQLite, where the one process that could hold them is just starting or has stopped."""
    return await execute(f"UPDATE job SET state = 'ready', lease = NULL WHERE state = 'sent' AND kind IN ({marks(kinds)})", *kinds)


async def _claim(kinds: list[str], limit: int) -> list[Claim]:
    if not kinds or limit <= 0:
        return []
    now = clock.now()
    skip = "FOR UPDATE SKIP LOCKED" if dialect() == "postgres" else ""
    found = await rows(
        f"""UPDATE job SET state = 'sent', attempts = attempts + 1, sent_at = ?, lease = ? WHERE id IN (
            SELECT id FROM job WHERE state = 'ready' AND due <= ? AND kind IN ({marks(kinds)})
            ORDER BY due, id LIMIT ? {skip}) RETURNING id, kind, attempts, due""",
        now,
        now + LEASE,
        now,
        *kinds,
        limit,
    )
    return [_as_claim(row) for row in sorted(found, key=lambda row: (row["due"], str(row["id"])))]


async def _allowed(kind: str, rate: float) -> int:
    """How many jobs of the kind may start now; only one dispatcher at a time gets an answer above zero."""
    if dialect() == "postgres":
        free = await rows("SELECT pg_try_advisory_xact_lock(7031994, hashtext(?)) AS free", kind)
        if not free[0]["free"]:
            return 0
    window = max(1.0, 1 / rate)
    since = clock.now() - timedelta(seconds=window)
    started = await rows("SELECT count(*) AS n FROM job WHERE kind = ? AND sent_at > ?", kind, since)
    return max(0, int(rate * window) - int(started[0]["n"]))


def _mine(claims: Sequence[Claim], *beside: str) -> tuple[str, list[object]]:
    """The end of an UPDATE that changes these jobs while they are ours; `beside` are tables of PostgreSQL's to go with them."""
    if dialect() == "postgres":
        tables = ", ".join((_OURS, *beside))
        where = f"FROM {tables} WHERE id = ours AND attempts = number AND state = 'sent'"
        return where, [tuple(claim.id for claim in claims), tuple(claim.number for claim in claims)]
    named = padded(claims)
    each = " OR ".join(["id = ? AND attempts = ?"] * len(named))
    return f"WHERE state = 'sent' AND ({each})", [value for claim in named for value in (claim.id, claim.number)]


def _as_claim(row: dict[str, Any]) -> Claim:
    return Claim(str(row["id"]), row["attempts"], row["kind"])
