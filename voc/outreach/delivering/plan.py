"""Making an invitation: the row, and the job that will deliver it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from voc.core import clock, jobs
from voc.core.db import dialect, execute, marks, rows
from voc.core.ids import new_id, secret_hash
from voc.customers.models import Channel
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.links import KEY_VERSION, secret_of
from voc.outreach.models import InvitationState

DELIVER = "outreach.deliver"
DELIVER_MESSAGE = "outreach.deliver_message"
DELIVER_LINK = "outreach.deliver_link"
_MESSAGES = (Channel.SMS, Channel.MESSAGE, Channel.APP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An invitation to be: whom to ask what, over which channel, when, and until when the link works."""

    survey_id: UUID
    version_id: UUID
    channel: Channel
    language: str
    send_at: datetime
    expires_at: datetime
    decision_id: UUID | None = None
    policy_id: UUID | None = None
    customer_id: UUID | None = None
    contact_id: UUID | None = None
    is_test: bool = False
    tester_id: UUID | None = None
    variant: str = ""


async def plan_invitation(plan: Plan, *, state: InvitationState = InvitationState.PLANNED) -> UUID:
    """Write the invitation, within a verb; one that is planned is delivered by a job at its moment. Gives its id."""
    invitation_id, now = new_id(), clock.now()
    row = {name: getattr(plan, name) for name in plan.__slots__} | {
        "id": invitation_id,
        "state": state,
        "state_reason": "",
        "secret_hash": secret_hash(secret_of(invitation_id)),
        "key_version": KEY_VERSION,
        "sent_at": now if state is InvitationState.SENT else None,
        "delivered_at": now if state is InvitationState.SENT else None,
        "reminders": 0,
        "created_at": now,
    }
    await execute(f"INSERT INTO invitation ({', '.join(row)}) VALUES ({marks(row)})", *row.values())
    if state is InvitationState.PLANNED:
        await jobs.add(delivered_by(plan.channel), invitation_id, at=plan.send_at, key=f"deliver:{invitation_id}")
    return invitation_id


def delivered_by(channel: Channel | str) -> str:
    """The kind of the jobs that deliver over the channel: mail, messages of gateways and the rest never wait for each other."""
    if channel in _MESSAGES:
        return DELIVER_MESSAGE
    return DELIVER if channel in (Channel.EMAIL, Channel.OUTBOX) else DELIVER_LINK


class Leaving(NamedTuple):
    """An invitation that a job is to deliver over the channel, at a moment; `mark` tells several jobs about it apart."""

    invitation_id: UUID | str
    channel: Channel | str
    at: datetime | None = None
    mark: object = ""


async def add_deliveries(leaving: Iterable[Leaving]) -> None:
    """Have them delivered, within a verb. A job with the same mark, or for the same moment where there is none, is kept as it is."""
    batches: dict[tuple[str, datetime | None], list[Leaving]] = {}
    for one in leaving:
        batches.setdefault((delivered_by(one.channel), one.at), []).append(one)
    for (kind, at), many in batches.items():
        moment = round(at.timestamp() * 1_000_000) if at else ""
        keys = [f"deliver:{one.invitation_id}:{one.mark or moment}".rstrip(":") for one in many]
        await jobs.add_many(kind, [one.invitation_id for one in many], at=at, keys=keys)


async def withdraw_unsent(decision_id: UUID, reason: Reason) -> bool:
    """Take back what the decision planned, within a verb, unless it has left or is leaving; says whether it did."""
    lock = " FOR UPDATE" if dialect() == "postgres" else ""
    found = await rows(f"SELECT id FROM invitation WHERE decision_id = ? AND state IN ('planned', 'held'){lock}", decision_id)
    return bool(found) and await withdraw_row(UUID(str(found[0]["id"])), reason)


async def withdraw_row(invitation_id: UUID, reason: Reason) -> bool:
    """Withdraw an invitation whose row is locked, unless it has left or is leaving."""
    changed = await execute(
        """UPDATE invitation SET state = 'withdrawn', state_reason = ? WHERE id = ? AND state IN ('planned', 'held')
            AND NOT EXISTS (SELECT 1 FROM delivery WHERE invitation_id = ? AND state = 'started')""",
        reason,
        invitation_id,
        invitation_id,
    )
    return changed > 0
