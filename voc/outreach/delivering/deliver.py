"""Delivering invitations: take them in hand together, let the channel act on each, write down together what came of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeAlias
from uuid import UUID

from voc.core import clock, jobs
from voc.core.access import Action, Actor
from voc.core.db import execute, execute_many, rows
from voc.core.events import emit_many
from voc.core.jobs import Effect, Errand, Errands, Outcome, Terms, alone
from voc.core.jobs.failing import spread
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.outreach.channels import adapter_for
from voc.outreach.channels.adapter import NotDelivered, Taken
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.claim import Claimed, claim_many
from voc.outreach.delivering.fall_back import Lost, try_another_way
from voc.outreach.delivering.host_pace import slow_down
from voc.outreach.delivering.plan import DELIVER, DELIVER_LINK, DELIVER_MESSAGE, Leaving, add_deliveries
from voc.outreach.delivering.progress import note_progress
from voc.outreach.delivering.try_again import take_up_again
from voc.outreach.events import InvitationSent
from voc.outreach.wishes.addresses import address_hash
from voc.outreach.wishes.suppress import BOUNCED, STOPPED, put

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""About how long a message that was not taken waits for its next attempt: a relay may be away for a night."""
ATTEMPTS = len(WAITS) + 1
_ACCEPTED = """UPDATE delivery SET state = CASE WHEN state = 'started' THEN 'accepted' ELSE state END, detail = ?, provider_id = ?,
        finished_at = ? WHERE id = ?"""
_SENT = """UPDATE invitation SET state = 'sent', state_reason = '', sent_at = ?, delivered_at = ?, expires_at = ?, remind_at = ?
    WHERE id = ?"""
_REMINDED = "UPDATE invitation SET reminders = ? WHERE id = ?"
# Whatever ended the reminders while this one was on its way has taken its moment away, and there is no next.
_REMIND_AGAIN = "UPDATE invitation SET remind_at = ? WHERE id = ? AND remind_at IS NOT NULL"
_FAILED = "UPDATE delivery SET state = 'failed', detail = ?, finished_at = ? WHERE id = ?"
_NO_MORE = "UPDATE invitation SET remind_at = NULL WHERE id = ?"
Sent: TypeAlias = tuple[Claimed, Taken]
Failed: TypeAlias = tuple[Claimed, NotDelivered]


async def deliver_many(actor: Actor, errands: Sequence[Errand]) -> Errands:
    """Take invitations in hand, and give what makes one attempt to deliver each; the key of an errand is its job's.

    An attempt gives what is to be written in the transaction that ends its job. It raises Retry while another is worth it; what can
    never be delivered fails at once.
    """
    return [partial(_attempt, actor, one) if one else None for one in await claim_many(actor, errands)]


deliver = alone(deliver_many)


def handlers(*, mail_rate: float | None = None, message_rate: float | None = None) -> tuple[Effect, ...]:
    """What delivers: mails and messages of gateways, which may hang, in places of their own, and the rest; rates are over all workers."""
    mail = Terms(attempts=ATTEMPTS, on_dead=give_up, on_again=take_up_again, rate=mail_rate)
    messages, links = replace(mail, rate=message_rate), replace(mail, rate=None)
    return (
        Effect(DELIVER, deliver, mail, deliver_many, "mail"),
        Effect(DELIVER_MESSAGE, deliver, messages, deliver_many, "messages"),
        Effect(DELIVER_LINK, deliver, links, deliver_many),
    )


async def give_up(actor: Actor, ref: str) -> None:
    """The job is dead: the invitation failed, and somebody hears of it."""
    await record_end(actor, UUID(ref))


async def _attempt(actor: Actor, claimed: Claimed) -> Outcome:
    adapter = adapter_for(claimed.channel)
    impossible = adapter.undeliverable(claimed.ask)
    if impossible:
        return Outcome(record_failures, (claimed, NotDelivered("", final=impossible)))
    try:
        return Outcome(record_sent, (claimed, await adapter.send(claimed.ask)))
    except NotDelivered as failure:
        if failure.final:
            return Outcome(record_failures, (claimed, failure))
        await record_setback(actor, claimed, failure)
        raise jobs.Retry(failure.wait or spread(WAITS[min(claimed.attempt, len(WAITS)) - 1]), failure.detail) from failure


@verb(Action.SEND)
async def record_sent(actor: Actor, sent: Sequence[Sent]) -> None:
    """The channel took them: they count as sent, even if they were withdrawn or held in that very moment. Reminders are planned."""
    now = clock.now()
    ordered = sorted(sent, key=lambda one: one[0].invitation_id)
    asks = [(claimed, taken) for claimed, taken in ordered if not claimed.reminder]
    again = [(claimed, claimed.next_reminder(now)) for claimed, _ in ordered]
    await execute_many(_ACCEPTED, [(taken.said[:300], taken.provider_id[:200], now, claimed.delivery_id) for claimed, taken in ordered])
    if asks:
        await execute_many(_SENT, [(now, *_from(claimed, taken, now), claimed.invitation_id) for claimed, taken in asks])
        await emit_many(InvitationSent(claimed.invitation_id) for claimed, _ in asks)
    if len(asks) < len(ordered):
        await execute_many(_REMINDED, [(claimed.reminder, claimed.invitation_id) for claimed, _ in again if claimed.reminder])
        await execute_many(_REMIND_AGAIN, [(again_at, claimed.invitation_id) for claimed, again_at in again if claimed.reminder])
    await add_deliveries(Leaving(claimed.invitation_id, claimed.channel, again_at) for claimed, again_at in again if again_at)
    await note_progress(ordered[0][0].invitation_id)


@verb(Action.SEND)
async def record_setback(actor: Actor, claimed: Claimed, failure: NotDelivered) -> None:
    """This attempt failed, another will follow. A host of recipients that gets too many is given fewer."""
    await execute(_FAILED, failure.detail[:300], clock.now(), claimed.delivery_id)
    if failure.is_too_fast:
        await slow_down(claimed.ask.address)


@verb(Action.SEND)
async def record_failures(actor: Actor, failed: Sequence[Failed]) -> None:
    """They can never be delivered. An address that is no good gets no more messages; an ask goes another way where there is one."""
    now = clock.now()
    await note_progress(failed[0][0].invitation_id)
    await execute_many(_FAILED, [(failure.detail[:300], now, claimed.delivery_id) for claimed, failure in failed])
    for claimed, failure in failed:
        if (failure.is_bounce or failure.said_stop) and not claimed.ask.is_test:
            reason = STOPPED if failure.said_stop else BOUNCED
            await put([address_hash(claimed.ask.address)], [claimed.channel], reason, None, None, detail=failure.detail)
    reminders = [(claimed.invitation_id,) for claimed, _ in failed if claimed.reminder]
    if reminders:
        await execute_many(_NO_MORE, reminders)
    asks = [(claimed, failure.final or Reason.NOT_DELIVERED) for claimed, failure in failed if not claimed.reminder]
    await try_another_way([Lost(claimed.invitation_id, claimed.channel, reason) for claimed, reason in asks])


@verb(Action.SEND)
async def record_end(actor: Actor, invitation_id: UUID) -> None:
    """No attempt is left: an ask goes another way or has failed, a reminder is not made."""
    sql = "UPDATE delivery SET state = 'failed', finished_at = ? WHERE invitation_id = ? AND state = 'started'"
    await execute(sql, clock.now(), invitation_id)
    await execute(f"{_NO_MORE} AND state = 'sent'", invitation_id)
    waiting = await rows("SELECT channel FROM invitation WHERE id = ? AND state IN ('planned', 'held')", invitation_id)
    await try_another_way([Lost(invitation_id, Channel(row["channel"]), Reason.NOT_DELIVERED) for row in waiting])


def _from(claimed: Claimed, taken: Taken, now: datetime) -> tuple[object, ...]:
    """When it arrived as far as the channel tells, until when the link lives from now on, and when the first reminder is due."""
    return None if taken.is_confirmed_later else now, claimed.expires_at(now), claimed.next_reminder(now)
