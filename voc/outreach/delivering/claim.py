"""Taking invitations in hand to deliver them: everything is looked at once more, and each attempt is written down before it begins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from voc.core import clock
from voc.core.access import Action, Actor
from voc.core.db import as_moment, execute, execute_many, marks, padded, rows
from voc.core.ids import new_id
from voc.core.jobs import Errand
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.outreach.deciding.policy import MAIL
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.ask import Ask, Reminding
from voc.outreach.delivering.fall_back import Lost, try_another_way
from voc.outreach.delivering.host_pace import turns
from voc.outreach.delivering.last_look import Look, Row, Stop, is_reminder, looks_at
from voc.outreach.delivering.leaving import ask_of, load, rules_of, zone_of
from voc.outreach.delivering.once_more import NotNow, Remind
from voc.outreach.delivering.plan import Leaving, add_deliveries
from voc.outreach.mail.wording import day
from voc.outreach.models import InvitationState
from voc.outreach.policies.reminders import next_reminder
from voc.outreach.policies.rules import Rules
from voc.outreach.wishes.addresses import address_hash

_WAITING = frozenset({InvitationState.PLANNED, InvitationState.HELD})
_CLOSED = "UPDATE delivery SET state = 'failed', finished_at = ?, detail = ? WHERE state = 'started' AND invitation_id IN ({ids})"
_STOPPED = "UPDATE invitation SET state = ?, state_reason = ? WHERE id = ?"
_BEGUN = """INSERT INTO delivery
        (id, invitation_id, number, reminder, channel, state, message_id, job, provider_id, address_hash, detail, started_at)
    VALUES (?, ?, ?, ?, ?, 'started', ?, ?, '', ?, '', ?)"""
_PUT_OFF = "UPDATE invitation SET remind_at = ? WHERE id = ?"
_MAILS = f"""SELECT invitation_id, message_id FROM delivery WHERE invitation_id IN ({{ids}}) AND channel IN ({marks(MAIL)})
        AND state IN ('accepted', 'delivered') ORDER BY reminder, number"""
_UNREACHABLE = frozenset({Reason.NO_ADDRESS, Reason.SUPPRESSED, Reason.CONSENT_REFUSED, Reason.CONSENT_UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A message that is to be delivered now, and the attempt that was written down for it.

    `reminders` have left before it; `ends_at` is until when the link works, of an ask as it has been until now.
    """

    invitation_id: UUID
    delivery_id: UUID
    attempt: int
    channel: Channel
    ask: Ask
    reminders: int
    rules: Rules | None
    zone: str
    ends_at: datetime

    @property
    def reminder(self) -> int:
        """Which reminder it is, from 1; 0 for the ask."""
        return self.ask.reminding.number if self.ask.reminding else 0

    def expires_at(self, sent_at: datetime) -> datetime:
        """Until when the link works once the message has left: that of an ask begins to count then."""
        return self.ends_at if self.reminder or self.rules is None else sent_at + timedelta(days=self.rules.expire_days)

    def next_reminder(self, sent_at: datetime) -> datetime | None:
        """When to remind of it, as long as nothing comes back."""
        if self.rules is None:
            return None
        left, ends_at = max(self.reminder, self.reminders), self.expires_at(sent_at)
        return next_reminder(self.rules.reminders, left, sent_at, ends_at, self.rules.window, self.zone)


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
    ours = {one: row for one, row in ours.items() if _waits(row) and row["at_it"] in (None, jobs[one])}
    await _close_unfinished([one for one, row in ours.items() if row["unfinished"]], now)
    await add_deliveries(Leaving(one, row["channel"], at) for one, row in ours.items() if now < (at := _moment(row)))
    due = [row for row in ours.values() if _moment(row) <= now]
    looks = await looks_at(due, now)
    await _stop(due, looks)
    leaving = await _in_turn([(row, look) for row, look in zip(due, looks, strict=True) if look is None or isinstance(look, Remind)], now)
    mails = await _mails([UUID(str(row["id"])) for row, look in leaving if look])
    claimed = {one.invitation_id: one for one in [await _claimed(row, look, mails, now) for row, look in leaving]}
    await _begin(claimed.values(), jobs, now)
    return [claimed.pop(UUID(errand.ref), None) for errand in errands]


def _waits(row: Row) -> bool:
    return row["state"] in _WAITING or (is_reminder(row) and row["remind_at"] is not None)


def _moment(row: Row) -> datetime:
    at = as_moment(row["remind_at"] if is_reminder(row) else row["send_at"])
    if at is None:
        raise ValueError("Only what has a moment waits for it.")
    return at


async def _close_unfinished(invitation_ids: Sequence[UUID], now: datetime) -> None:
    if invitation_ids:
        ids = padded(invitation_ids)
        await execute(_CLOSED.format(ids=marks(ids)), now, "the process ended in between; it may have left", *ids)


async def _stop(due: Sequence[Row], looks: Sequence[Look]) -> None:
    found = list(zip(due, looks, strict=True))
    lost: list[Lost] = []
    stopped: list[tuple[Row, Stop]] = []
    for row, look in found:
        if isinstance(look, Stop) and _has_other_ways(row, look):
            lost.append(Lost(UUID(str(row["id"])), Channel(row["channel"]), look.reason, look.state))
        elif isinstance(look, Stop):
            stopped.append((row, look))
    await try_another_way(lost)
    if stopped:
        await execute_many(_STOPPED, [(stop.state, stop.reason, row["id"]) for row, stop in stopped])
        await add_deliveries(Leaving(row["id"], row["channel"], stop.again_at) for row, stop in stopped if stop.again_at)
    put_off = [(row, look.again_at) for row, look in found if isinstance(look, NotNow)]
    if put_off:
        await execute_many(_PUT_OFF, [(again_at, row["id"]) for row, again_at in put_off])
        await add_deliveries(Leaving(row["id"], row["channel"], again_at) for row, again_at in put_off if again_at)


async def _in_turn(leaving: Sequence[tuple[Row, Remind | None]], now: datetime) -> list[tuple[Row, Remind | None]]:
    """Without the mails whose host of recipients takes no more for now: they are looked at again when it is their turn."""
    mails = [(row, look) for row, look in leaving if (look.channel if look else row["channel"]) == Channel.EMAIL]
    again = await turns([str(row["tester_email"] if row["is_test"] else row["email"]) for row, _ in mails], now)
    late = {row["id"]: again_at for (row, _), again_at in zip(mails, again, strict=True) if again_at}
    await add_deliveries(Leaving(invitation_id, Channel.EMAIL, again_at) for invitation_id, again_at in late.items())
    return [(row, look) for row, look in leaving if row["id"] not in late]


def _has_other_ways(row: Row, stop: Stop) -> bool:
    """Whether the customer cannot be reached over this channel, but perhaps over another of the policy."""
    rules = rules_of(row)
    return stop.reason in _UNREACHABLE and rules is not None and len(rules.channels) > 1


async def _mails(invitation_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The Message-IDs of the mails that have left about each, the first first."""
    if not invitation_ids:
        return {}
    ids = padded(sorted(invitation_ids))
    left: dict[UUID, list[str]] = {}
    for row in await rows(_MAILS.format(ids=marks(ids)), *ids, *MAIL):
        left.setdefault(UUID(str(row["invitation_id"])), []).append(row["message_id"])
    return left


async def _claimed(row: Row, remind: Remind | None, mails: Mapping[UUID, Sequence[str]], now: datetime) -> Claimed:
    invitation_id, channel = UUID(str(row["id"])), remind.channel if remind else row["channel"]
    reminding = None
    if remind:
        asked_on = day(as_moment(row["sent_at"]) or now, row["language"], zone_of(row))
        thread = tuple(dict.fromkeys(mails.get(invitation_id, ()))) if channel in MAIL else ()
        reminding = Reminding(number=remind.number, is_last=remind.is_last, asked_on=asked_on, thread=thread)
    return Claimed(
        invitation_id=invitation_id,
        delivery_id=new_id(),
        attempt=row["attempts"] + 1,
        channel=Channel(channel),
        ask=await ask_of({**row, "channel": channel}, reminding),
        reminders=row["reminders"],
        rules=rules_of(row),
        zone=zone_of(row),
        ends_at=as_moment(row["expires_at"]) or now,
    )


async def _begin(claimed: Iterable[Claimed], jobs: Mapping[UUID, str], now: datetime) -> None:
    begun = [
        (
            *(one.delivery_id, one.invitation_id, one.attempt, one.reminder, one.channel, one.ask.message_id, jobs[one.invitation_id]),
            *(address_hash(one.ask.address) if one.ask.address else None, now),
        )
        for one in claimed
    ]
    if begun:
        await execute_many(_BEGUN, begun)
