"""Reminding the rest: whoever has not reacted is asked once more now, as far as the cap allows, or is not reminded any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import dialect, execute, marks, rows
from voc.core.errors import Invalid
from voc.core.find import one
from voc.core.verb import verb
from voc.outreach.delivering.once_more import most_reminders
from voc.outreach.delivering.plan import Leaving, add_deliveries
from voc.outreach.policies.reminders import LEAST_LEFT
from voc.outreach.policies.rules import OURS
from voc.outreach.policies.version_rules import stored_rules
from voc.outreach.queries import policies_visible_to
from voc.surveys.queries import surveys_visible_to

MOST_AT_ONCE = 1000
LEAST_BETWEEN = timedelta(days=1)
"""How long after a message about an invitation the next one leaves at the earliest."""


class WhyNot(StrEnum):
    """Why an invitation whose link still works is not reminded now."""

    NOT_SENT = "not_sent"
    REACTED = "reacted"
    NOT_OURS = "not_ours"
    ENDS_SOON = "ends_soon"
    TOO_SOON = "too_soon"
    ENOUGH = "enough"
    NEXT_TIME = "next_time"


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many reminders were planned, and how many invitations were left out for which reason."""

    planned: int
    left_out: Mapping[WhyNot, int]


_WHY = f"""CASE
        WHEN i.answered_at IS NOT NULL OR i.declined_at IS NOT NULL OR i.begun_at IS NOT NULL
            OR EXISTS (SELECT 1 FROM inbound_message m WHERE m.invitation_id = i.id) THEN '{WhyNot.REACTED}'
        WHEN i.state <> 'sent' THEN '{WhyNot.NOT_SENT}'
        WHEN i.decision_id IS NULL OR i.channel NOT IN ({", ".join(f"'{channel}'" for channel in OURS)}) THEN '{WhyNot.NOT_OURS}'
        WHEN i.expires_at < ? THEN '{WhyNot.ENDS_SOON}'
        WHEN EXISTS (SELECT 1 FROM delivery d WHERE d.invitation_id = i.id AND d.started_at > ?) THEN '{WhyNot.TOO_SOON}'
        ELSE '' END"""
_FROM = """FROM invitation i LEFT JOIN decision d ON d.id = i.decision_id
    LEFT JOIN policy_version v ON v.policy_id = i.policy_id AND v.number = d.policy_number
    WHERE {which} AND i.created_at > ? AND i.expires_at > ? AND i.open_link_id IS NULL AND NOT i.is_test"""
_COUNTED = f"SELECT CAST(v.id AS text) AS version, i.reminders, {_WHY} AS why, COUNT(*) AS many {_FROM} GROUP BY 1, 2, 3"
_PICKED = f"""SELECT i.id, i.channel {_FROM} AND {_WHY} = '' AND ({{allowed}}) ORDER BY i.sent_at, i.id LIMIT {MOST_AT_ONCE}"""
_LONGEST_LINK = timedelta(days=3660)


@verb(Action.INVITE)
async def remind_invitations(actor: Actor, *, survey_id: UUID | None = None, policy_id: UUID | None = None) -> Reminded:
    """Remind everybody of this survey or policy who was asked by a policy, can still answer and has not reacted: now, or as soon as may be.

    At most a thousand at once, those who have waited longest; calling it again takes the next. Nobody gets more reminders than the
    policy has, or one where it has none, nor two messages within a day. When its turn comes each is looked at once more, as every
    reminder: consent, windows, quiet days, what is open. Refuses to be called for nothing in particular (Invalid).
    """
    if survey_id and policy_id is None:
        survey = await one(surveys_visible_to(actor), survey_id)
        return await _remind("i.survey_id = ?", survey.id, clock.now())
    if policy_id and survey_id is None:
        policy = await one(policies_visible_to(actor), policy_id)
        return await _remind("i.policy_id = ?", policy.id, clock.now())
    raise Invalid.at("surveyId", "ONE_OF", "Name either the survey or the policy whose invitations are reminded.")


@verb(Action.SEND)
async def stop_reminders(actor: Actor, invitation_id: UUID) -> None:
    """No reminder of this invitation leaves any more: the customer has written back, or the message came back."""
    await execute("UPDATE invitation SET remind_at = NULL WHERE id = ?", invitation_id)


async def _remind(which: str, whose: UUID, now: datetime) -> Reminded:
    looked_at = (now + LEAST_LEFT, now - LEAST_BETWEEN)
    among = (whose, now - _LONGEST_LINK, now)
    counted = await rows(_COUNTED.format(which=which), *looked_at, *among)
    left_out: dict[WhyNot, int] = {}
    caps = await _caps({row["version"] for row in counted if not row["why"]})
    allowed = []
    for row in counted:
        why = row["why"] or (WhyNot.ENOUGH if int(row["reminders"]) >= caps.get(row["version"], 0) else "")
        if why:
            left_out[WhyNot(why)] = left_out.get(WhyNot(why), 0) + int(row["many"])
        else:
            allowed.append((row["version"], int(row["reminders"]), int(row["many"])))
    planned = await _plan(which, among, looked_at, [(version, number) for version, number, _ in allowed], now)
    waiting = sum(many for *_, many in allowed) - planned
    return Reminded(planned, {**left_out, **({WhyNot.NEXT_TIME: waiting} if waiting > 0 else {})})


async def _caps(version_ids: set[str]) -> dict[str, int]:
    ids = sorted(version_ids)
    found = await rows(f"SELECT id, rules FROM policy_version WHERE id IN ({marks(ids)})", *ids)
    return {str(row["id"]): most_reminders(stored_rules(row["rules"])) for row in found}


async def _plan(
    which: str, among: tuple[Any, ...], looked_at: tuple[datetime, datetime], allowed: list[tuple[str, int]], now: datetime
) -> int:
    if not allowed:
        return 0
    named = " OR ".join("(v.id = ? AND i.reminders = ?)" for _ in allowed)
    locking = " FOR UPDATE OF i SKIP LOCKED" if dialect() == "postgres" else ""
    values = (*among, *looked_at, *(value for pair in allowed for value in pair))
    picked = await rows(_PICKED.format(which=which, allowed=named) + locking, *values)
    ids = [row["id"] for row in picked]
    await execute(f"UPDATE invitation SET remind_at = ? WHERE id IN ({marks(ids)})", now, *ids)
    await add_deliveries(Leaving(row["id"], row["channel"], now) for row in picked)
    return len(ids)
