"""Delivering an invitation: take it in hand, let the channel act, write down what came of it."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from voc.core import clock, jobs
from voc.core.access import Action, Actor
from voc.core.db import execute, rows
from voc.core.events import emit
from voc.core.jobs.handlers import Finish
from voc.core.verb import verb
from voc.outreach.channels import adapter_for
from voc.outreach.channels.adapter import NotDelivered, Taken
from voc.outreach.claim import Claimed, claim
from voc.outreach.events import InvitationFailed, InvitationSent
from voc.outreach.suppress import BOUNCED, STOPPED, suppress
from voc.outreach.verdicts import Reason

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""How long a message that was not taken waits for its next attempt: a relay may be away for a night."""
ATTEMPTS = len(WAITS) + 1


async def deliver(actor: Actor, ref: str, key: str) -> Finish | None:
    """Make one attempt to deliver the invitation; `key` is the job's, so that its own unfinished attempt is known again.

    Gives what is to be written in the transaction that ends the job. Raises Retry while another attempt is worth it; what can
    never be delivered fails at once.
    """
    claimed = await claim(actor, UUID(ref), key)
    if claimed is None:
        return None
    adapter = adapter_for(claimed.channel)
    impossible = adapter.undeliverable(claimed.ask)
    if impossible:
        return partial(record_failure, actor, claimed, NotDelivered("", final=impossible))
    try:
        taken = await adapter.send(claimed.ask)
    except NotDelivered as failure:
        if failure.final:
            return partial(record_failure, actor, claimed, failure)
        await record_setback(actor, claimed, failure.detail)
        raise jobs.Retry(failure.wait or WAITS[min(claimed.attempt, len(WAITS)) - 1], failure.detail) from failure
    return partial(record_sent, actor, claimed, taken)


async def give_up(actor: Actor, ref: str) -> None:
    """The job is dead: the invitation failed, and somebody hears of it."""
    await record_end(actor, UUID(ref))


@verb(Action.SEND)
async def record_sent(actor: Actor, claimed: Claimed, taken: Taken) -> None:
    """The channel took it: it counts as sent, even if it was withdrawn or held in that very moment."""
    now = clock.now()
    await _close(claimed, "accepted", taken.said, taken.provider_id)
    expires_at = now + timedelta(days=claimed.expire_days) if claimed.expire_days else None
    await execute(
        """UPDATE invitation SET state = 'sent', state_reason = '', sent_at = ?, delivered_at = ?, expires_at = COALESCE(?, expires_at)
            WHERE id = ?""",
        *(now, None if taken.is_confirmed_later else now, expires_at, claimed.invitation_id),
    )
    await emit(InvitationSent(claimed.invitation_id))


@verb(Action.SEND)
async def record_setback(actor: Actor, claimed: Claimed, detail: str) -> None:
    """This attempt failed, another will follow."""
    await _close(claimed, "failed", detail)


@verb(Action.SEND)
async def record_failure(actor: Actor, claimed: Claimed, failure: NotDelivered) -> None:
    """It can never be delivered. An address that is no good gets no more messages."""
    await _close(claimed, "failed", failure.detail)
    await _fail(claimed.invitation_id, failure.final or Reason.NOT_DELIVERED)
    if (failure.is_bounce or failure.said_stop) and not claimed.ask.is_test:
        await suppress(actor, claimed.channel, claimed.ask.address, STOPPED if failure.said_stop else BOUNCED)


@verb(Action.SEND)
async def record_end(actor: Actor, invitation_id: UUID) -> None:
    """No attempt is left."""
    await execute(
        "UPDATE delivery SET state = 'failed', finished_at = ? WHERE invitation_id = ? AND state = 'started'", clock.now(), invitation_id
    )
    await _fail(invitation_id, Reason.NOT_DELIVERED)


async def _close(claimed: Claimed, state: str, detail: str, provider_id: str = "") -> None:
    sql = "UPDATE delivery SET state = ?, detail = ?, provider_id = ?, finished_at = ? WHERE id = ?"
    await execute(sql, state, detail[:300], provider_id[:200], clock.now(), claimed.delivery_id)


async def _fail(invitation_id: UUID, reason: Reason) -> None:
    failed = await rows(
        "UPDATE invitation SET state = 'failed', state_reason = ? WHERE id = ? AND state IN ('planned', 'held') RETURNING id",
        *(reason, invitation_id),
    )
    if failed:
        await emit(InvitationFailed(invitation_id))
