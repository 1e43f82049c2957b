"""Taking invitations in hand to deliver them: everything is looked at once more, and each attempt is written down before it begins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from voc.core import clock, settings
from voc.core.access import Action, Actor
from voc.core.db import as_moment, as_uuid, execute, execute_many, marks, padded
from voc.core.ids import new_id
from voc.core.jobs import Errand
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.outreach.addresses import address_hash
from voc.outreach.ask import Ask
from voc.outreach.clocks import Otherwise, budget_again, looks_at_account, looks_at_metrics
from voc.outreach.leaving import ask_of, load, rules_of
from voc.outreach.models import InvitationState
from voc.outreach.plan import Leaving, add_deliveries
from voc.outreach.policy import quiet, speaks_against
from voc.outreach.rules import Rules
from voc.outreach.standing import Somebody, Standing, keep_account, keep_pauses, standings_of
from voc.outreach.verdicts import Reason

_WAITING = frozenset({InvitationState.PLANNED, InvitationState.HELD})
_CLOSED = "UPDATE delivery SET state = 'failed', finished_at = ?, detail = ? WHERE state = 'started' AND invitation_id IN ({ids})"
_STOPPED = "UPDATE invitation SET state = ?, state_reason = ? WHERE id = ?"
_BEGUN = """INSERT INTO delivery
        (id, invitation_id, number, reminder, channel, state, message_id, job, provider_id, address_hash, detail, started_at)
    VALUES (?, ?, ?, 0, ?, 'started', ?, ?, '', ?, '', ?)"""
Row: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claimed:
    """An invitation that is to be delivered now, and the attempt that was written down for it."""

    invitation_id: UUID
    delivery_id: UUID
    attempt: int
    channel: Channel
    expire_days: int | None
    ask: Ask


@dataclass(frozen=True, slots=True)
class Stop:
    """Why it does not leave now: it is withdrawn, or held until it is freed, and looked at again at the latest at that moment."""

    state: InvitationState
    reason: Reason
    again_at: datetime | None = None


async def claim(actor: Actor, invitation_id: UUID, job: str) -> Claimed | None:
    """Begin an attempt for one, as `claim_many` does."""
    return (await claim_many(actor, [Errand(str(invitation_id), job)]))[0]


@verb(Action.SEND)
async def claim_many(actor: Actor, errands: Sequence[Errand]) -> list[Claimed | None]:
    """Begin an attempt for each invitation, or say on it why not: paused, held, unwelcome, too late, asked by somebody else meanwhile.

    None where there is nothing to do (any more). An attempt of the same job that never ended is closed first: its process died,
    and whether its message left nobody knows. While another job is at it, this one leaves it alone. Two invitations of one
    customer are looked at one after the other: what the first says counts for the second.
    """
    now = clock.now()
    jobs = {UUID(errand.ref): errand.key for errand in reversed(errands)}
    found = await load(jobs, now)
    ours = {one: found[one] for one in dict.fromkeys(UUID(errand.ref) for errand in errands) if one in found}
    ours = {one: row for one, row in ours.items() if row["state"] in _WAITING and row["at_it"] in (None, jobs[one])}
    await _close_unfinished([one for one, row in ours.items() if row["unfinished"]], now)
    await add_deliveries(Leaving(one, row["channel"], at) for one, row in ours.items() if now < (at := _moment(row, now)))
    due = [row for row in ours.values() if _moment(row, now) <= now]
    stops = await _stops(due, now)
    await _stop(due, stops)
    leaving = [row for row, stop in zip(due, stops, strict=True) if stop is None]
    claimed = {one.invitation_id: one for one in [await _claimed(row) for row in leaving]}
    await _begin(claimed.values(), jobs, now)
    return [claimed.pop(UUID(errand.ref), None) for errand in errands]


def what_stops(row: Row, rules: Rules | None, standing: Standing, now: datetime) -> Stop | None:
    """What speaks against sending this invitation now."""
    send_at, last_chance = _moment(row, now), as_moment(row["expires_at"]) or now
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
    opens = rules.window.next_open(now, row["time_zone"] or settings.current().default_time_zone) if rules and rules.window else now
    if opens is None or opens >= last_chance:
        return Stop(InvitationState.WITHDRAWN, Reason.OUTSIDE_WINDOW)
    if opens > now:
        return Stop(InvitationState.PLANNED, Reason.OUTSIDE_WINDOW, opens)
    left = standing.left_besides(UUID(str(row["id"])))
    if rules and quiet(left, rules, now, row["survey_key"], standing.measured.get(UUID(str(row["version_id"])), frozenset())):
        return Stop(InvitationState.WITHDRAWN, Reason.WITHIN_QUIET_DAYS)
    if rules and rules.yearly_budget and budget_again(left, rules.yearly_budget, now):
        return Stop(InvitationState.WITHDRAWN, Reason.BUDGET_SPENT)
    return None


async def _stops(due: Sequence[Row], now: datetime) -> list[Stop | None]:
    asking = [row for row in due if not row["is_test"]]
    stops = iter(_judged(asking, await _standings(asking), now))
    found = [None if row["is_test"] else next(stops) for row in due]
    if all(stop is None or stop.reason is not Reason.POLICY_PAUSED for stop in found):
        return found
    await keep_pauses()
    stops = iter(_judged(asking, await _standings(asking), now))
    return [None if row["is_test"] else next(stops) for row in due]


def _judged(asking: Sequence[Row], standings: list[Standing], now: datetime) -> list[Stop | None]:
    stops = []
    for number, row in enumerate(asking):
        stops.append(what_stops(row, rules_of(row), standings[number], now))
        if stops[-1] is None:
            one = UUID(str(row["id"]))
            standings[number + 1 :] = [standing.after(one, now) for standing in standings[number + 1 :]]
    return stops


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


def _moment(row: Row, now: datetime) -> datetime:
    return as_moment(row["send_at"]) or now


async def _close_unfinished(invitation_ids: Sequence[UUID], now: datetime) -> None:
    if invitation_ids:
        ids = padded(invitation_ids)
        await execute(_CLOSED.format(ids=marks(ids)), now, "the process ended in between; it may have left", *ids)


async def _stop(due: Sequence[Row], stops: Sequence[Stop | None]) -> None:
    stopped = [(row, stop) for row, stop in zip(due, stops, strict=True) if stop]
    if stopped:
        await execute_many(_STOPPED, [(stop.state, stop.reason, row["id"]) for row, stop in stopped])
        await add_deliveries(Leaving(row["id"], row["channel"], stop.again_at) for row, stop in stopped if stop.again_at)


async def _claimed(row: Row) -> Claimed:
    rules = rules_of(row)
    expire_days = rules.expire_days if rules else None
    return Claimed(UUID(str(row["id"])), new_id(), row["attempts"] + 1, Channel(row["channel"]), expire_days, await ask_of(row))


async def _begin(claimed: Iterable[Claimed], jobs: Mapping[UUID, str], now: datetime) -> None:
    begun = [
        (
            *(one.delivery_id, one.invitation_id, one.attempt, one.channel, one.ask.message_id, jobs[one.invitation_id]),
            *(address_hash(one.ask.address) if one.ask.address else None, now),
        )
        for one in claimed
    ]
    if begun:
        await execute_many(_BEGUN, begun)
