"""The last look at messages whose turn has come: what has changed since they were planned may hold them, or take them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from voc.core.db import as_moment, as_uuid
from voc.outreach.clocks import Otherwise, budget_again, looks_at_account, looks_at_metrics
from voc.outreach.leaving import rules_of, zone_of
from voc.outreach.models import InvitationState
from voc.outreach.once_more import NEVER, Invited, NotNow, Remind, once_more
from voc.outreach.policy import quiet, speaks_against
from voc.outreach.rules import Rules
from voc.outreach.standing import Somebody, Standing, keep_account, keep_pauses, standings_of
from voc.outreach.verdicts import Reason

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
        last_chance = min(last_chance, send_at + timedelta(days=rules.ask_within_days))
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
    if rules and quiet(left, rules, now, row["survey_key"], _measured(row, standing)):
        return Stop(InvitationState.WITHDRAWN, Reason.WITHIN_QUIET_DAYS)
    if rules and rules.yearly_budget and budget_again(left, rules.yearly_budget, now):
        return Stop(InvitationState.WITHDRAWN, Reason.BUDGET_SPENT)
    return None


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
    clocks = [clock for row in asking if (rules := rules_of(row)) for clock in rules.all_clocks]
    people = [Somebody(as_uuid(row["customer_id"]), row["email"], row["phone"], _account(row)) for row in asking]
    for account_id in sorted({one.account_id for one in people if one.account_id}):
        await keep_account(account_id)
    return await standings_of(people, metrics=looks_at_metrics(clocks))


def _account(row: Row) -> UUID | None:
    rules = rules_of(row)
    return as_uuid(row["account_id"]) if rules and looks_at_account(rules.all_clocks) else None
