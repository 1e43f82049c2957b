"""The emergency stop: sending stops at once, what waits is held, and goes on when the pause ends."""

from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import as_moment, dialect, execute, rows
from voc.core.errors import Conflict, Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.outreach.deciding.decide import look_again
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.outreach.delivering.plan import Leaving, add_deliveries
from voc.outreach.models import Pause, PauseScope, Policy
from voc.outreach.queries import pauses_visible_to
from voc.surveys.models import Survey

_COVERS = {
    PauseScope.EVERYTHING: "? = ''",
    PauseScope.CHANNEL: "invitation.channel = ?",
    PauseScope.POLICY: "invitation.policy_id IN (SELECT id FROM policy WHERE key = ?)",
    PauseScope.SURVEY: "invitation.survey_id IN (SELECT id FROM survey WHERE key = ?)",
}


@verb(Action.PAUSE)
async def pause(actor: Actor, scope: PauseScope, ref: str, reason: str) -> Pause:
    """Send nothing of this from now on; `ref` is the key of the channel, policy or survey, empty for everything.

    Planned invitations are held, and contacts that end meanwhile wait with their decision; mails that are being handed over
    at this moment still leave. Pausing what is paused gives the pause there is. Invalid for a key that nobody knows.
    """
    await _check(scope, ref)
    known = await Pause.filter(scope=scope, ref=ref, ended_at=None).first()
    if known:
        return known
    made = await Pause.create(scope=scope, ref=ref, reason=reason.strip()[:300], by=actor.name)
    for covered in _refs(scope, ref):
        # In one order, as whoever delivers several locks them.
        lock = "ORDER BY id FOR UPDATE" if dialect() == "postgres" else ""
        waiting = f"SELECT id FROM invitation WHERE state = 'planned' AND NOT is_test AND {_COVERS[scope]} {lock}"
        sql = f"UPDATE invitation SET state = 'held', state_reason = ? WHERE id IN ({waiting}) AND state = 'planned'"
        await execute(sql, Reason.POLICY_PAUSED, covered)
    return made


@verb(Action.PAUSE)
async def resume(actor: Actor, pause_id: UUID) -> Pause:
    """End a pause: what it held goes on its way, as far as no other pause holds it; contacts that waited are decided.

    Whatever has become too old, or unwelcome, meanwhile is withdrawn when its turn comes, and says why. A Conflict when it has ended.
    """
    paused = await one(pauses_visible_to(actor), pause_id)
    ended = await Pause.filter(id=pause_id, ended_at=None).update(ended_at=clock.now(), ended_by=actor.name)
    if not ended:
        raise Conflict("ALREADY_ENDED", "This pause has ended already.")
    await _let_go(paused)
    waiting = await rows("SELECT contact_id FROM decision WHERE verdict = ? AND reason = ?", Verdict.DELAY, Reason.POLICY_PAUSED)
    await look_again([row["contact_id"] for row in waiting])
    return await Pause.get(id=pause_id)


async def _let_go(paused: Pause) -> None:
    others = await Pause.filter(ended_at=None)
    still = [(_COVERS[other.scope], ref) for other in others for ref in _refs(other.scope, other.ref)]
    # A row that is locked is being taken in hand: it waits for this pause to end, and then goes on by itself.
    skip = "FOR UPDATE SKIP LOCKED" if dialect() == "postgres" else ""
    for ref in _refs(paused.scope, paused.ref):
        conditions = [_COVERS[paused.scope], *(f"NOT COALESCE({covers}, false)" for covers, _ in still)]
        freed = await rows(
            f"""UPDATE invitation SET state = 'planned', state_reason = '' WHERE id IN (
                    SELECT id FROM invitation WHERE state = 'held' AND state_reason = ? AND {" AND ".join(conditions)} {skip}
                ) RETURNING id, send_at, channel""",
            *(Reason.POLICY_PAUSED, ref, *(other for _, other in still)),
        )
        # Those that are due later still have the job they were planned with.
        due = [row for row in freed if (as_moment(row["send_at"]) or clock.now()) <= clock.now()]
        await add_deliveries(Leaving(row["id"], row["channel"], mark=paused.id) for row in due)


async def _check(scope: PauseScope, ref: str) -> None:
    if scope is PauseScope.EVERYTHING:
        known = not ref
    elif scope is PauseScope.CHANNEL:
        known = ref in set(Channel)
    else:
        known = await (Policy if scope is PauseScope.POLICY else Survey).filter(key=ref).exists()
    if not known:
        message = "Everything needs no key." if scope is PauseScope.EVERYTHING else f"There is no {scope.value} `{ref[:64]}`."
        raise Invalid.at("ref", "UNKNOWN", message)


def _refs(scope: PauseScope, ref: str) -> tuple[str, ...]:
    """A paused mail channel pauses the outbox too: it is mail that does not leave."""
    return (ref, Channel.OUTBOX.value) if scope is PauseScope.CHANNEL and ref == Channel.EMAIL else (ref,)
