"""Receipts: what a gateway tells of texts it took. Each is written down first, then applied; none is lost because it came too early."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from voc.core import clock, jobs
from voc.core.access import Action, Actor
from voc.core.db import as_uuid, dialect, execute, rows
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.outreach.delivering.fall_back import fall_back
from voc.outreach.delivering.progress import note_progress
from voc.outreach.gateways.template import Outcome
from voc.outreach.models import DeliveryState, Receipt
from voc.outreach.returning.receipt_states import REASONS, state_after
from voc.outreach.wishes.addresses import address_hash
from voc.outreach.wishes.suppress import BOUNCED, STOPPED, put

APPLY_RECEIPT = "outreach.apply_receipt"
PATIENCE = timedelta(days=3)
_SOONEST = timedelta(seconds=2)
_SUPPRESSED = {Outcome.BOUNCED: BOUNCED, Outcome.STOPPED: STOPPED}
_FOUND = """SELECT d.id, d.invitation_id, d.state, d.reminder, d.address_hash, i.customer_id, u.phone
    FROM delivery d JOIN invitation i ON i.id = d.invitation_id LEFT JOIN customer u ON u.id = i.customer_id
    WHERE d.provider_id = ? AND d.channel = 'sms' ORDER BY d.started_at DESC LIMIT 1"""
log = logging.getLogger("voc.outreach")


@verb(Action.SEND)
async def take_receipt(actor: Actor, gateway: str, provider_id: str, told: Outcome, detail: str = "") -> None:
    """Write a receipt down, to be applied by a job at once; the same again changes nothing."""
    await execute(
        """INSERT INTO receipt (id, gateway, provider_id, told, detail, at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (gateway, provider_id, told) DO NOTHING""",
        *(new_id(), gateway[:64], provider_id[:200], told, detail[:300], clock.now()),
    )
    kept = await rows("SELECT id FROM receipt WHERE gateway = ? AND provider_id = ? AND told = ?", gateway[:64], provider_id[:200], told)
    if kept:  # else the same was applied this very moment
        await jobs.add(APPLY_RECEIPT, as_uuid(kept[0]["id"]), key=f"receipt:{kept[0]['id']}")


@verb(Action.SEND)
async def apply_receipt(actor: Actor, ref: str) -> None:
    """Reaction: let the attempt know what its receipt tells. The receipt of a text that nobody knows yet waits, up to three days.

    A text that arrived: the invitation has arrived. One that never will: the ask goes another way, or has failed; a number that is no good,
    or whose owner said stop, gets no more texts.
    """
    receipt = await Receipt.get_or_none(id=UUID(ref))
    if receipt is None:
        return
    found = await rows(_FOUND + (" FOR UPDATE OF d" if dialect() == "postgres" else ""), receipt.provider_id)
    if not found:
        await _wait(receipt)
        return
    await Receipt.filter(id=receipt.id).delete()
    await _apply(actor, found[0], Outcome(receipt.told), receipt.detail)


async def _wait(receipt: Receipt) -> None:
    now, age = clock.now(), clock.now() - receipt.at
    if age >= PATIENCE:
        log.warning("receipt of an unknown text", extra={"gateway": receipt.gateway, "told": receipt.told})
        await Receipt.filter(id=receipt.id).delete()
        return
    again = now + max(_SOONEST, min(age, timedelta(hours=1)))
    await jobs.add(APPLY_RECEIPT, receipt.id, at=again, key=f"receipt:{receipt.id}:{round(again.timestamp())}")


async def _apply(actor: Actor, found: Mapping[str, Any], told: Outcome, detail: str) -> None:
    before, invitation_id = DeliveryState(found["state"]), UUID(str(found["invitation_id"]))
    after = state_after(before, told)
    if told in _SUPPRESSED and after is not DeliveryState.DELIVERED:
        hashes = [found["address_hash"]] if found["address_hash"] else [address_hash(found["phone"])] if found["phone"] else []
        await put(hashes, [Channel.SMS], _SUPPRESSED[told], as_uuid(found["customer_id"]), None)
    if after is before:
        return
    said = " ".join(f"{told.value} {detail}".split())[:300]
    await execute("UPDATE delivery SET state = ?, detail = ? WHERE id = ?", after, said, found["id"])
    if after is DeliveryState.DELIVERED:
        await _arrived(invitation_id)
    elif before in (DeliveryState.STARTED, DeliveryState.ACCEPTED) and told in REASONS and not found["reminder"]:
        await fall_back(actor, invitation_id, Channel.SMS, REASONS[told])
    await note_progress(invitation_id)


async def _arrived(invitation_id: UUID) -> None:
    """It reached the customer, even where we had given it up."""
    await execute(
        """UPDATE invitation SET delivered_at = COALESCE(delivered_at, ?), state = 'sent', state_reason = ''
            WHERE id = ? AND state IN ('sent', 'failed')""",
        clock.now(),
        invitation_id,
    )
