"""What follows when the other side tells of a mail later on: it arrived, it came back, it was called spam, or its reader says stop."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import as_uuid, execute, rows
from voc.core.errors import Conflict
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.customers.consent import set_consent
from voc.customers.models import Channel, ConsentState
from voc.outreach.deciding.standing import keep_customer
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.fall_back import fall_back
from voc.outreach.delivering.progress import note_progress
from voc.outreach.delivering.remind import stop_reminders
from voc.outreach.models import DeliveryState
from voc.outreach.returning.report_kinds import ReportKind
from voc.outreach.wishes.addresses import address_hash, customer_hash
from voc.outreach.wishes.preferences import Wish, set_preferences
from voc.outreach.wishes.suppress import BOUNCED, COMPLAINED, put

SOFT_TIMES = 3
SOFT_WITHIN = timedelta(days=30)
SOFT_REST = timedelta(days=180)
"""An address whose mail came back three times in 30 days, for reasons that may pass, rests for 180 days."""
REMEMBERED = timedelta(days=400)
_NEW = """INSERT INTO delivery_report (id, key, invitation_id, kind, address_hash, detail, at) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key) DO NOTHING"""
_FOUND = """SELECT d.id, d.invitation_id, d.state, d.reminder, d.channel, d.address_hash, i.customer_id, i.is_test, u.email
    FROM delivery d JOIN invitation i ON i.id = d.invitation_id LEFT JOIN customer u ON u.id = i.customer_id
    WHERE d.channel = 'email' AND d.started_at > ? AND {which} ORDER BY d.started_at DESC, d.number DESC LIMIT 1"""
_SOFT = """SELECT count(DISTINCT invitation_id) AS n FROM delivery_report
    WHERE address_hash = ? AND kind = 'returned' AND at > ?"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One word about one message. `told_by` is the same however often it is told.

    The message is found by the first of these that is known: the names that our own addresses and Message-IDs carry, what the
    provider calls it, and the address it went to. Give the last two only where the teller is trusted.
    """

    kind: ReportKind
    told_by: str
    detail: str = ""
    invitation_id: UUID | None = None
    reminder: int = 0
    message_ids: tuple[str, ...] = ()
    provider_id: str = ""
    address: str = ""


@verb(Action.SEND)
async def take_report(actor: Actor, report: Report) -> bool:
    """Note what is told and do what follows; says whether it is about a message of ours. The same told again changes nothing.

    What came back: the attempt has bounced, and the ask goes another way or has failed. An address that is no good gets no more mail;
    one whose mail came back three times in 30 days rests for 180 days. A complaint: the customer is asked by mail no more.
    Refuses while the message is still being handed over (Conflict): tell it again a little later.
    """
    found = await _find(report)
    if found is None:
        return False
    if found["state"] == DeliveryState.STARTED:
        raise Conflict("TOO_EARLY", "This message is still being handed over: tell it again in a minute.")
    customer_id = as_uuid(found["customer_id"])
    if customer_id:
        await keep_customer(customer_id)
    invitation_id = UUID(str(found["invitation_id"]))
    hashed = "" if found["is_test"] else found["address_hash"] or (address_hash(found["email"]) if found["email"] else "")
    key = hashlib.sha256(f"{report.kind}:{invitation_id}:{report.told_by}".encode()).hexdigest()
    if not await execute(_NEW, new_id(), key, invitation_id, report.kind, hashed, report.detail[:300], clock.now()):
        return True
    match report.kind:
        case ReportKind.DELIVERED:
            await _arrived(found)
        case ReportKind.COMPLAINED:
            await _complained(actor, invitation_id, customer_id, hashed, report.detail)
        case _:
            await _came_back(actor, found, report, hashed)
    await note_progress(invitation_id)
    return True


@verb(Action.SEND)
async def take_stop(actor: Actor, invitation_id: UUID) -> None:
    """A mail came to the address that says stop for this invitation: the same as its one click."""
    await set_preferences(actor, invitation_id, Wish.STOP, Channel.EMAIL)
    await execute("UPDATE invitation SET stopped_at = ? WHERE id = ? AND stopped_at IS NULL", clock.now(), invitation_id)
    await note_progress(invitation_id)


async def _find(report: Report) -> dict[str, Any] | None:
    """The attempt that is meant, among those of the last 400 days."""
    ways: list[tuple[str, tuple[object, ...]]] = []
    if report.invitation_id:
        ways.append(("d.invitation_id = ? AND d.reminder = ?", (report.invitation_id, report.reminder)))
    for message_id in report.message_ids[:20]:
        if named := _invitation_in(message_id):
            ways.append(("d.invitation_id = ? AND d.message_id = ?", (named, message_id)))
    if report.provider_id:
        ways.append(("d.provider_id IN (?, ?)", (report.provider_id, report.provider_id.partition(".")[0])))
    if report.address:
        ways.append(("d.address_hash = ?", (address_hash(report.address),)))
    for which, values in ways:
        found = await rows(_FOUND.format(which=which), clock.now() - REMEMBERED, *values)
        if found:
            return found[0]
    return None


def _invitation_in(message_id: str) -> UUID | None:
    try:
        return UUID(message_id.removeprefix("<")[:36])
    except ValueError:
        return None


async def _arrived(found: Mapping[str, Any]) -> None:
    now = clock.now()
    if await execute("UPDATE delivery SET state = 'delivered' WHERE id = ? AND state = 'accepted'", found["id"]) and not found["reminder"]:
        sql = "UPDATE invitation SET delivered_at = COALESCE(delivered_at, ?) WHERE id = ? AND state = 'sent'"
        await execute(sql, now, found["invitation_id"])


async def _came_back(actor: Actor, found: Mapping[str, Any], report: Report, hashed: str) -> None:
    invitation_id = UUID(str(found["invitation_id"]))
    if hashed:
        await _suppress_bounced(as_uuid(found["customer_id"]), hashed, report)
    sql = "UPDATE delivery SET state = 'bounced', detail = ? WHERE id = ? AND state IN ('accepted', 'delivered')"
    if not await execute(sql, report.detail[:300], found["id"]):
        return
    if found["reminder"]:
        await stop_reminders(actor, invitation_id)
        return
    await execute("UPDATE invitation SET delivered_at = NULL WHERE id = ? AND state = 'sent'", invitation_id)
    await fall_back(actor, invitation_id, Channel.EMAIL, Reason.BOUNCED)


async def _suppress_bounced(customer_id: UUID | None, hashed: str, report: Report) -> None:
    """What was suppressed for good, by whomever, stays as it was."""
    now = clock.now()
    if await rows("SELECT 1 AS one FROM suppression WHERE channel = 'email' AND address_hash = ? AND until IS NULL", hashed):
        return
    until = None
    if report.kind is ReportKind.RETURNED:
        if (await rows(_SOFT, hashed, now - SOFT_WITHIN))[0]["n"] < SOFT_TIMES:
            return
        until = now + SOFT_REST
    await put([hashed], [Channel.EMAIL], BOUNCED, customer_id, until, detail=report.detail)


async def _complained(actor: Actor, invitation_id: UUID, customer_id: UUID | None, hashed: str, detail: str) -> None:
    hashes = [one for one in (hashed, customer_hash(customer_id) if customer_id else "") if one]
    await put(hashes, [Channel.EMAIL], COMPLAINED, customer_id, None, detail=detail)
    if customer_id:
        await set_consent(actor, customer_id, Channel.EMAIL, ConsentState.REFUSED, "complaint")
    sql = "UPDATE invitation SET complained_at = ?, state_reason = ? WHERE id = ? AND complained_at IS NULL"
    await execute(sql, clock.now(), Reason.COMPLAINED, invitation_id)
