"""Trying another way: an invitation that cannot be delivered over one channel goes over the policy's next one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import as_moment, as_uuid, execute_many, marks, padded, rows
from voc.core.events import emit_many
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.outreach.deciding.standing import Somebody, standings_of
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.leaving import load, rules_of
from voc.outreach.delivering.once_more import channels_open
from voc.outreach.delivering.plan import Leaving, add_deliveries
from voc.outreach.events import InvitationFailed
from voc.outreach.models import InvitationState

_ON_ITS_WAY = frozenset({InvitationState.PLANNED, InvitationState.HELD, InvitationState.SENT})
_TRIED = """SELECT DISTINCT d.invitation_id, d.channel FROM delivery d JOIN invitation i ON i.id = d.invitation_id
    WHERE d.invitation_id IN ({ids}) AND d.reminder = 0 AND d.started_at >= i.send_at"""
_MOVED = """UPDATE invitation SET channel = ?, state = 'planned', state_reason = '', sent_at = NULL, delivered_at = NULL, remind_at = NULL
    WHERE id = ?"""
_LOST = "UPDATE invitation SET state = ?, state_reason = ?, delivered_at = NULL, remind_at = NULL WHERE id = ?"


class Lost(NamedTuple):
    """An invitation that cannot be delivered over a channel, why, and how it ends when there is no other."""

    invitation_id: UUID
    channel: Channel
    reason: Reason
    ends: InvitationState = InvitationState.FAILED


@verb(Action.SEND)
async def fall_back(actor: Actor, invitation_id: UUID, channel: Channel, reason: Reason) -> Channel | None:
    """The ask can never arrive over this channel, or came back: plan it anew over the policy's next one, and say which.

    That is one which has not been tried since the invitation was due, and over which the customer can and may be reached. Where none is
    left, or it is too late to ask, the invitation has failed. Nothing changes where it goes another way by now, has ended, or
    where the customer has reacted all the same: an answer came, or "not for me".
    """
    moved = await try_another_way([Lost(invitation_id, channel, reason)])
    return moved.get(invitation_id)


async def try_another_way(lost: Sequence[Lost]) -> dict[UUID, Channel]:
    """As `fall_back`, for several, within a verb."""
    if not lost:
        return {}
    now = clock.now()
    found = await load({one.invitation_id for one in lost}, now)
    ours = {one.invitation_id: one for one in lost if _is_open(found.get(one.invitation_id), one)}
    moved = await _ways({one: found[one] for one in ours if not _has_reacted(found[one])}, now)
    ended = [one for one in ours.values() if one.invitation_id not in moved]
    if moved:
        await execute_many(_MOVED, [(channel, one) for one, channel in moved.items()])
        await add_deliveries(Leaving(one, channel, mark=new_id()) for one, channel in moved.items())
    if ended:
        await execute_many(_LOST, [(one.ends, one.reason, one.invitation_id) for one in ended])
        await emit_many(InvitationFailed(one.invitation_id) for one in ended if one.ends is InvitationState.FAILED)
    return moved


def _is_open(row: dict[str, Any] | None, lost: Lost) -> bool:
    """Whether it is still on its way over that channel; one that was sent and that somebody reacted to has arrived."""
    if row is None or row["state"] not in _ON_ITS_WAY or row["channel"] != lost.channel:
        return False
    return row["state"] != InvitationState.SENT or not _has_reacted(row)


def _has_reacted(row: dict[str, Any]) -> bool:
    return any(row[reaction] is not None for reaction in ("begun_at", "answered_at", "declined_at"))


async def _ways(found: dict[UUID, dict[str, Any]], now: datetime) -> dict[UUID, Channel]:
    """The next channel of each that has one."""
    asked = {one: rules for one, row in found.items() if (rules := rules_of(row)) and len(rules.channels) > 1}
    if not asked:
        return {}
    ids = padded(sorted(asked))
    tried = {(UUID(str(row["invitation_id"])), row["channel"]) for row in await rows(_TRIED.format(ids=marks(ids)), *ids)}
    people = [Somebody(as_uuid(found[one]["customer_id"]), found[one]["email"], found[one]["phone"]) for one in asked]
    ways = {}
    for (one, rules), standing in zip(asked.items(), await standings_of(people), strict=True):
        row = found[one]
        last_chance = (as_moment(row["send_at"]) or now) + rules.within
        used = frozenset({row["channel"], *(channel for invitation_id, channel in tried if invitation_id == one)})
        left = channels_open(rules.channels, used, standing.reach(row["email"], row["phone"]))
        if left and now < min(last_chance, as_moment(row["expires_at"]) or now):
            ways[one] = Channel(left[0])
    return ways
