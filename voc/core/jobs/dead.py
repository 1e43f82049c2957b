"""What a colleague does with jobs that were given up: run them again, or let them rest; one, or all of a kind."""

from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import rows
from voc.core.errors import Conflict
from voc.core.events import handlers
from voc.core.jobs.wakeup import note_added
from voc.core.verb import verb

MOST = 1000


@verb(Action.RUN_JOBS)
async def run_again(actor: Actor, job_id: UUID) -> None:
    """Run a dead job once more, with all its attempts; one that rests too. A Conflict for any other."""
    if not await _revived(actor, "id = ? AND state IN ('dead', 'rested')", job_id):
        raise Conflict("NOT_DEAD", "Only a job that was given up can be run again.")


@verb(Action.RUN_JOBS)
async def run_kind_again(actor: Actor, kind: str) -> int:
    """Run up to 1,000 dead jobs of a kind once more, the oldest first; says how many they are."""
    return await _revived(actor, _OF_KIND, kind, MOST)


@verb(Action.RUN_JOBS)
async def let_rest(actor: Actor, job_id: UUID) -> None:
    """Close a dead job without running it; who did so stays written. A Conflict for any other."""
    if not await _rested(actor, "id = ? AND state = 'dead'", job_id):
        raise Conflict("NOT_DEAD", "Only a job that was given up can be let rest.")


@verb(Action.RUN_JOBS)
async def let_kind_rest(actor: Actor, kind: str) -> int:
    """Close up to 1,000 dead jobs of a kind without running them, the oldest first; says how many they are."""
    return await _rested(actor, _OF_KIND, kind, MOST)


async def _revived(actor: Actor, where: str, *values: object) -> int:
    revived = await rows(
        f"""UPDATE job SET state = 'ready', due = ?, failures = 0, starts = 0, finished_at = NULL, rested_at = NULL, rested_by = NULL
            WHERE {where} RETURNING kind, ref""",
        *(clock.now(), *values),
    )
    note_added()
    for job in revived:
        handler = handlers().get(job["kind"])
        if handler and handler.terms.on_again:
            await handler.terms.on_again(actor, job["ref"])
    return len(revived)


async def _rested(actor: Actor, where: str, *values: object) -> int:
    sql = f"UPDATE job SET state = 'rested', rested_at = ?, rested_by = ? WHERE {where} RETURNING id"
    return len(await rows(sql, clock.now(), actor.name, *values))


_OF_KIND = "id IN (SELECT id FROM job WHERE kind = ? AND state = 'dead' ORDER BY finished_at, id LIMIT ?)"
