"""Taking an invitation in hand to deliver it: everything is looked at once more, and the attempt is written down before it begins."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from voc.core import clock, jobs, settings
from voc.core.access import Action, Actor
from voc.core.db import as_json, as_moment, as_uuid, dialect, execute, rows
from voc.core.ids import new_id
from voc.core.verb import verb
from voc.customers.models import Channel
from voc.outreach.ask import Ask, Sender, harmless_name
from voc.outreach.clocks import Otherwise, budget_again, looks_at_account, looks_at_metrics
from voc.outreach.editions import questionnaire_in
from voc.outreach.links import links_of
from voc.outreach.mail.wording import day
from voc.outreach.models import InvitationState
from voc.outreach.plan import DELIVER
from voc.outreach.policy import quiet, speaks_against
from voc.outreach.rules import Rules
from voc.outreach.rules_document import parse
from voc.outreach.standing import Standing, keep_account, keep_pauses, standing_of
from voc.outreach.verdicts import Reason
from voc.surveys.texts import Texts

_LOCK = "SELECT id FROM customer WHERE id = (SELECT customer_id FROM invitation WHERE id = ?) FOR NO KEY UPDATE"
_LOADED = """SELECT i.id, i.state, i.channel, i.language, i.send_at, i.expires_at, i.version_id, i.customer_id, i.is_test, i.key_version,
        u.name, u.first_name, u.email, u.phone, u.time_zone, u.account_id, c.ended_at, c.agent_name, c.touchpoint,
        t.names AS touchpoint_names,
        p.key AS policy_key, v.rules, s.key AS survey_key, m.email AS tester_email,
        b.name AS brand_name, b.from_email, b.reply_to, b.postal_address, b.accent, b.on_accent, b.signature,
        COALESCE((SELECT MAX(number) FROM delivery WHERE invitation_id = i.id), 0) AS attempts,
        (SELECT COUNT(*) FROM delivery WHERE invitation_id = i.id AND state = 'started') AS unfinished,
        (SELECT MAX(job) FROM delivery WHERE invitation_id = i.id AND state = 'started' AND started_at > ?) AS at_it
    FROM invitation i JOIN survey s ON s.id = i.survey_id JOIN brand b ON b.id = s.brand_id
    LEFT JOIN customer u ON u.id = i.customer_id LEFT JOIN contact c ON c.id = i.contact_id
    LEFT JOIN touchpoint t ON t.key = c.touchpoint LEFT JOIN member m ON m.id = i.tester_id LEFT JOIN policy p ON p.id = i.policy_id
    LEFT JOIN decision d ON d.id = i.decision_id LEFT JOIN policy_version v ON v.policy_id = i.policy_id AND v.number = d.policy_number
    WHERE i.id = ?"""
_LONGEST_ATTEMPT = timedelta(hours=1)  # no job runs that long: whoever began earlier is gone
_WAITING = frozenset({InvitationState.PLANNED, InvitationState.HELD})


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


@verb(Action.SEND)
async def claim(actor: Actor, invitation_id: UUID, job: str) -> Claimed | None:
    """Begin an attempt, or say on the invitation why not: paused, held, unwelcome, too late, asked by somebody else meanwhile.

    None where there is nothing to do (any more). An attempt of the same job that never ended is closed first: its process died,
    and whether its message left nobody knows. While another job is at it, this one leaves it alone.
    """
    now = clock.now()
    row = await _load(invitation_id, now)
    if row is None or row["state"] not in _WAITING or row["at_it"] not in (None, job):
        return None
    if row["unfinished"]:
        sql = "UPDATE delivery SET state = 'failed', finished_at = ?, detail = ? WHERE invitation_id = ? AND state = 'started'"
        await execute(sql, now, "the process ended in between; it may have left", invitation_id)
    send_at = as_moment(row["send_at"]) or now
    if now < send_at:
        await jobs.add(DELIVER, invitation_id, at=send_at, key=f"deliver:{invitation_id}:{round(send_at.timestamp() * 1_000_000)}")
        return None
    rules = parse(as_json(row["rules"])) if row["rules"] else None
    stop = None if row["is_test"] else what_stops(row, rules, await _standing(row, rules), now)
    if stop and stop.reason is Reason.POLICY_PAUSED:
        await keep_pauses()
        stop = what_stops(row, rules, await _standing(row, rules), now)
    if stop:
        await _stop(invitation_id, stop)
        return None
    ask = await _ask(row)
    delivery_id, attempt = new_id(), row["attempts"] + 1
    await execute(
        """INSERT INTO delivery (id, invitation_id, number, reminder, channel, state, message_id, job, provider_id, detail, started_at)
            VALUES (?, ?, ?, 0, ?, 'started', ?, ?, '', '', ?)""",
        *(delivery_id, invitation_id, attempt, row["channel"], ask.message_id, job, now),
    )
    return Claimed(invitation_id, delivery_id, attempt, Channel(row["channel"]), rules.expire_days if rules else None, ask)


def what_stops(row: Mapping[str, Any], rules: Rules | None, standing: Standing, now: datetime) -> Stop | None:
    """What speaks against sending this invitation now."""
    send_at, last_chance = as_moment(row["send_at"]) or now, as_moment(row["expires_at"]) or now
    if rules:
        last_chance = min(last_chance, send_at + timedelta(days=rules.ask_within_days))
    if now >= last_chance:
        return Stop(InvitationState.WITHDRAWN, Reason.TOO_LATE)
    against = speaks_against(row["channel"], standing.reach(row["email"])) if row["customer_id"] else Reason.NO_CUSTOMER
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


async def _load(invitation_id: UUID, now: datetime) -> dict[str, Any] | None:
    if dialect() == "postgres":
        # The customer first, as everywhere: two invitations of one customer then leave one after the other.
        await rows(_LOCK, invitation_id)
    locking = " FOR UPDATE OF i" if dialect() == "postgres" else ""
    found = await rows(_LOADED + locking, now - _LONGEST_ATTEMPT, invitation_id)
    return found[0] if found else None


async def _standing(row: Mapping[str, Any], rules: Rules | None) -> Standing:
    account_id = as_uuid(row["account_id"]) if rules and looks_at_account(rules.all_clocks) else None
    if account_id:
        await keep_account(account_id)
    measures = rules is not None and looks_at_metrics(rules.all_clocks)
    return await standing_of(as_uuid(row["customer_id"]), row["email"], row["phone"], account_id=account_id, metrics=measures)


async def _stop(invitation_id: UUID, stop: Stop) -> None:
    await execute("UPDATE invitation SET state = ?, state_reason = ? WHERE id = ?", stop.state, stop.reason, invitation_id)
    if stop.again_at:
        key = f"deliver:{invitation_id}:{round(stop.again_at.timestamp() * 1_000_000)}"
        await jobs.add(DELIVER, invitation_id, at=stop.again_at, key=key)


async def _ask(row: Mapping[str, Any]) -> Ask:
    invitation_id, language = UUID(str(row["id"])), row["language"]
    ended_at, names = as_moment(row["ended_at"]), as_json(row["touchpoint_names"]) or {}
    zone = row["time_zone"] or settings.current().default_time_zone
    address = row["tester_email"] if row["is_test"] else row["email"]
    sender = Sender(
        name=row["brand_name"],
        from_email=row["from_email"],
        reply_to=row["reply_to"],
        postal_address=row["postal_address"],
        accent=row["accent"],
        on_accent=row["on_accent"],
        signature=Texts(as_json(row["signature"]) or {}).say(language),
    )
    return Ask(
        invitation_id=invitation_id,
        address=address or "",
        language=language,
        questionnaire=await questionnaire_in(UUID(str(row["version_id"]))),
        sender=sender,
        links=links_of(invitation_id, row["key_version"]),
        values={
            "customer.first_name": harmless_name(row["first_name"]),
            "customer.name": harmless_name(row["name"]),
            "contact.ended_on": day(ended_at, language, zone) if ended_at else None,
            "contact.agent_name": harmless_name(row["agent_name"]),
            "contact.touchpoint": names.get(language) or names.get(language.split("-", 1)[0]),
            "brand.name": row["brand_name"],
        },
        stream=f"{row['policy_key'] or 'direct'}:{row['survey_key']}",
        is_test=bool(row["is_test"]),
    )
