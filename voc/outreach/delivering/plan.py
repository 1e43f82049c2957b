"""Making an invitation: the row, and the job that will deliver it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from voc.core import clock, jobs
from voc.core.db import dialect, execute, execute_many, marks, rows
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
    [invitation_id] = await plan_invitations([plan], state=state)
    return invitation_id


async def plan_invitations(plans: Sequence[Plan], *, state: InvitationState = InvitationState.PLANNED) -> list[UUID]:
    """Write several as `plan_invitation` does each. Gives their ids."""
    if not plans:
        return []
    now = clock.now()
    written = [_row(plan, state, now) for plan in plans]
    sql = f"INSERT INTO invitation ({', '.join(written[0])}) VALUES ({marks(written[0])})"
    await execute_many(sql, [tuple(one.values()) for one in written])
    ids: list[UUID] = [row["id"] for row in written]
    if state is InvitationState.PLANNED:
        leaving = [jobs.ToDo(delivered_by(one.channel), id, one.send_at, f"deliver:{id}") for id, one in zip(ids, plans, strict=True)]
        await jobs.add_all(leaving)
    return ids


def _row(plan: Plan, state: InvitationState, now: datetime) -> dict[str, Any]:
    invitation_id = new_id()
    return {name: getattr(plan, name) for name in plan.__slots__} | {
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
    await jobs.add_all([jobs.ToDo(delivered_by(one.channel), one.invitation_id, one.at, _key(one)) for one in leaving])


def _key(one: Leaving) -> str:
    moment = round(one.at.timestamp() * 1_000_000) if one.at else ""
    return f"deliver:{one.invitation_id}:{one.mark or moment}".rstrip(":")


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
