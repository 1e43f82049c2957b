"""Whether to ask after a contact, over which channel and when: `decide` is total, and says why. PURE.

The same function runs live and in a rehearsal; it reads nothing but its arguments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from voc.core.expressions import Fault, compile
from voc.outreach.conditions import HERE
from voc.outreach.facts import Asked, ContactFacts, Facts, Held, Reach
from voc.outreach.rules import Otherwise, Rules
from voc.outreach.verdicts import Reason, Verdict

MAIL = frozenset({"email", "outbox"})
_SPOILT = {"spam": Reason.CONTACT_SPAM, "abandoned": Reason.CONTACT_ABANDONED}
EXCLUDED_BY = "no_survey"
_YES = frozenset({"true", "yes", "1", "ja"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer: `act_at` is when to send, or when to look again; `detail` says more, without personal data."""

    verdict: Verdict
    reason: Reason
    channel: str | None = None
    act_at: datetime | None = None
    detail: str = ""


def decide(facts: Facts, rules: Rules, now: datetime) -> Ruling:
    """Send, wait or skip, with the first reason that settles it."""
    contact = facts.contact
    settled_at = contact.ended_at + timedelta(minutes=rules.settle_minutes)
    if now < settled_at:
        return Ruling(Verdict.DELAY, Reason.SETTLING, act_at=settled_at)
    last_chance = contact.ended_at + timedelta(days=rules.ask_within_days)
    refusal = _never(facts, rules, now, last_chance)
    if refusal:
        return refusal
    channel = _channel(facts, rules)
    if isinstance(channel, Ruling):
        return channel
    if facts.paused or channel in facts.paused_channels:
        return _wait(Reason.POLICY_PAUSED, None, last_chance, facts.paused or f"channel {channel}")
    holds = [hold for hold in facts.holds if hold.until is None or hold.until > now]
    if holds and rules.if_held is not Otherwise.ASK:
        return _held(holds, rules, last_chance)
    send_at = max(now, contact.ended_at + timedelta(minutes=rules.delay_minutes))
    quiet = quiet_until(facts.asked, rules, send_at)
    if quiet:
        until, because = quiet
        if rules.if_asked_recently is Otherwise.DELAY:
            return _wait(Reason.WITHIN_QUIET_DAYS, until, last_chance, because)
        return Ruling(Verdict.SKIP, Reason.WITHIN_QUIET_DAYS, detail=because)
    detail = "" if channel in facts.reach.consents else "consent unknown"
    return Ruling(Verdict.SEND, Reason.ASKED, channel, send_at, detail)


def speaks_against(channel: str, reach: Reach) -> Reason | None:
    """Why the customer cannot be asked over this channel, if so. Nobody's word on consent counts as yes for mail alone, if at all."""
    if channel not in reach.addresses:
        return Reason.NO_ADDRESS
    if channel in reach.suppressed:
        return Reason.SUPPRESSED
    consent = reach.consents.get(channel)
    if consent == "refused":
        return Reason.CONSENT_REFUSED
    if consent is None and not (reach.asks_unknown and channel in MAIL):
        return Reason.CONSENT_UNKNOWN
    return None


def quiet_until(asked: tuple[Asked, ...], rules: Rules, at: datetime) -> tuple[datetime, str] | None:
    """When the customer may be asked again and what forbids it at `at`; None when nothing does."""
    latest: tuple[datetime, str] | None = None
    for one in asked:
        for said, days, moment in (
            ("asked", rules.quiet_days, one.at),
            ("answered", rules.quiet_days_after_answer, one.answered_at),
            ("declined", rules.quiet_days_after_decline, one.declined_at),
        ):
            if moment is None or not days:
                continue
            quiet = timedelta(days=days)
            if moment - quiet < at < moment + quiet and (latest is None or moment + quiet > latest[0]):
                by = f" by {one.policy}" if one.policy else ""
                latest = moment + quiet, f"{said}{by} on {moment:%Y-%m-%d}, {days} quiet days"
    return latest


def never_asked(contact: ContactFacts) -> Reason | None:
    """What about the contact itself forbids any survey."""
    if contact.attributes.get(EXCLUDED_BY, "").lower() in _YES:
        return Reason.CONTACT_EXCLUDED
    return _SPOILT.get(contact.outcome)


def _never(facts: Facts, rules: Rules, now: datetime, last_chance: datetime) -> Ruling | None:
    contact = facts.contact
    spoilt = never_asked(contact)
    if spoilt:
        return _skip(spoilt)
    if now >= last_chance:
        return _skip(Reason.TOO_LATE, f"ended {contact.ended_at:%Y-%m-%d}, asked within {rules.ask_within_days} days")
    if facts.customer is None:
        return _skip(Reason.NO_CUSTOMER)
    if rules.when:
        condition = compile(rules.when, HERE)
        sides = {"contact": contact.values, "customer": facts.customer.values, "history": facts.history}
        outcome = condition.evaluate({name: sides[name]() for name, _ in condition.reads if name in sides}, now)
        if isinstance(outcome, Fault):
            return _skip(Reason.RULE_FAULT, outcome.reason)
        if not outcome:
            return _skip(Reason.CONDITION_NOT_MET)
    return None if facts.is_published else _skip(Reason.SURVEY_NOT_PUBLISHED)


def _channel(facts: Facts, rules: Rules) -> str | Ruling:
    refused: list[tuple[str, Reason]] = []
    for channel in rules.channels:
        reason = speaks_against(channel, facts.reach)
        if reason is None:
            return channel
        refused.append((channel, reason))
    # The first choice says best why; the others are told beside it.
    said = ", ".join(f"{channel}: {reason.value.replace('_', ' ')}" for channel, reason in refused)
    return _skip(refused[0][1], said)


def _held(holds: Sequence[Held], rules: Rules, last_chance: datetime) -> Ruling:
    ends = [hold.until for hold in holds]
    detail = ", ".join(sorted(hold.source for hold in holds))
    if rules.if_held is Otherwise.SKIP:
        return _skip(Reason.HELD, detail)
    return _wait(Reason.HELD, None if None in ends else max(end for end in ends if end), last_chance, detail)


def _wait(reason: Reason, until: datetime | None, last_chance: datetime, detail: str) -> Ruling:
    if until is not None and until >= last_chance:
        return _skip(reason, detail)
    return Ruling(Verdict.DELAY, reason, act_at=until or last_chance, detail=detail[:300])


def _skip(reason: Reason, detail: str = "") -> Ruling:
    return Ruling(Verdict.SKIP, reason, detail=detail[:300])
