"""The last look at messages whose turn has come: what has changed since they were planned may hold them, or take them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from voc.core.db import as_moment, as_uuid
from voc.outreach.deciding.policy import quiet, speaks_against
from voc.outreach.deciding.standing import Somebody, Standing, keep_pauses, standings_for
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.leaving import rules_of, zone_of
from voc.outreach.delivering.once_more import NEVER, Invited, NotNow, Remind, once_more
from voc.outreach.models import InvitationState
from voc.outreach.policies.clocks import Clock, Otherwise, budget_again
from voc.outreach.policies.rules import Rules

Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stop:
    """Why an ask does not leave now: it is withdrawn, or held until it is freed, and looked at again at the latest at that moment."""

    state: InvitationState
    reason: Reason
    again_at: datetime | None = None


Look: TypeAlias = Stop | NotNow | Remind | None
"""What is seen: None lets an ask leave, Remind a reminder."""


async def looks_at(due: Sequence[Row], now: datetime) -> list[Look]:
    """What speaks against each, in the order given: what the first of a customer's says counts for the next. Tests always leave."""
    asking = [row for row in due if not row["is_test"]]
    found = _judged(asking, await _standings(asking), now)
    if any(isinstance(look, Stop) and look.reason is Reason.POLICY_PAUSED for look in found):
        await keep_pauses()
        found = _judged(asking, await _standings(asking), now)
    looks = iter(found)
    return [None if row["is_test"] else next(looks) for row in due]


def what_stops(row: Row, rules: Rules | None, standing: Standing, now: datetime) -> Stop | None:
    """What speaks against sending this ask now."""
    send_at, last_chance = as_moment(row["send_at"]) or now, as_moment(row["expires_at"]) or now
    if rules:
        last_chance = min(last_chance, send_at + rules.within)
    if now >= last_chance:
        return Stop(InvitationState.WITHDRAWN, Reason.TOO_LATE)
    against = speaks_against(row["channel"], standing.reach(row["email"], row["phone"])) if row["customer_id"] else Reason.NO_CUSTOMER
    if against:
        return Stop(InvitationState.WITHDRAWN, against)
    if standing.paused(row["policy_key"] or "", row["survey_key"]) or row["channel"] in standing.paused_channels():
        return Stop(InvitationState.HELD, Reason.POLICY_PAUSED, last_chance)
    if standing.holds and (rules is None or rules.if_held is not Otherwise.ASK):
        return Stop(InvitationState.HELD, Reason.HELD, min(last_chance, max(hold.until or last_chance for hold in standing.holds)))
    opens = rules.window.next_open(now, zone_of(row)) if rules and rules.window else now
    if opens is None or opens >= last_chance:
        return Stop(InvitationState.WITHDRAWN, Reason.OUTSIDE_WINDOW)
    if opens > now:
        return Stop(InvitationState.PLANNED, Reason.OUTSIDE_WINDOW, opens)
    left = standing.left_besides(UUID(str(row["id"])))
    still = quiet(left, rules, now, row["survey_key"], _measured(row, standing)) if rules else None
    if still:
        return _until(still.until if still.otherwise is Otherwise.DELAY else None, last_chance, Reason.WITHIN_QUIET_DAYS)
    again = budget_again(left, rules.yearly_budget, now) if rules and rules.yearly_budget else None
    if rules and again:
        return _until(again if rules.if_asked_recently is Otherwise.DELAY else None, last_chance, Reason.BUDGET_SPENT)
    return None


def _until(until: datetime | None, last_chance: datetime, reason: Reason) -> Stop:
    """Wait till then where the policy waits and it is not too late by then; else it is taken back."""
    if until and until < last_chance:
        return Stop(InvitationState.PLANNED, reason, until)
    return Stop(InvitationState.WITHDRAWN, reason)


def is_reminder(row: Row) -> bool:
    """Whether the message about this invitation is a reminder: the ask has left."""
    return str(row["state"]) == InvitationState.SENT


def _remind(row: Row, rules: Rules | None, standing: Standing, now: datetime) -> Remind | NotNow:
    if rules is None or row["customer_id"] is None:
        return NEVER
    invited = Invited(
        channel=row["channel"],
        expires_at=as_moment(row["expires_at"]) or now,
        reminders=row["reminders"],
        has_reacted=any(row[reaction] is not None for reaction in ("begun_at", "answered_at", "declined_at")),
        reach=standing.reach(row["email"], row["phone"]),
        zone=zone_of(row),
        survey=row["survey_key"],
        metrics=_measured(row, standing),
        others=standing.left_besides(UUID(str(row["id"]))),
        holds=standing.holds,
        is_paused=bool(standing.paused(row["policy_key"] or "", row["survey_key"])),
        paused_channels=standing.paused_channels(),
    )
    return once_more(invited, rules, now)


def _measured(row: Row, standing: Standing) -> frozenset[str]:
    return standing.measured.get(UUID(str(row["version_id"])), frozenset())


def _judged(asking: Sequence[Row], standings: list[Standing], now: datetime) -> list[Look]:
    looks: list[Look] = []
    for number, row in enumerate(asking):
        look = (_remind if is_reminder(row) else what_stops)(row, rules_of(row), standings[number], now)
        if look is None:
            one = UUID(str(row["id"]))
            standings[number + 1 :] = [standing.after(one, now) for standing in standings[number + 1 :]]
        looks.append(look)
    return looks


async def _standings(asking: Sequence[Row]) -> list[Standing]:
    if not asking:
        return []
    people = [Somebody(as_uuid(row["customer_id"]), row["email"], row["phone"], as_uuid(row["account_id"])) for row in asking]
    return await standings_for([(one, _clocks(row)) for one, row in zip(people, asking, strict=True)])


def _clocks(row: Row) -> tuple[Clock, ...]:
    rules = rules_of(row)
    return rules.all_clocks if rules else ()
