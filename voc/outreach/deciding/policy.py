"""Whether to ask after a contact, over which channel and when: `decide` is total, and says why. PURE.

The same function runs live and in a rehearsal; it reads nothing but its arguments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voc.core.expressions import Fault
from voc.outreach.deciding.conditions_met import meets
from voc.outreach.deciding.facts import Asked, ContactFacts, Facts, Held, Reach, Weight
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.outreach.policies.clocks import Otherwise, Quiet, budget_again, running
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.sampling import Pace, answer_rate, share_to_ask

MAIL = frozenset({"email", "outbox"})
_SPOILT = {"spam": Reason.CONTACT_SPAM, "abandoned": Reason.CONTACT_ABANDONED, "supplier": Reason.CONTACT_SUPPLIER}
EXCLUDED_BY = "no_survey"
_YES = frozenset({"true", "yes", "1", "ja"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer: `act_at` is when to send, or when to look again; `detail` says more, without personal data.

    `instead_of` are the planned asks of policies that count less, which give way to this one.
    """

    verdict: Verdict
    reason: Reason
    channel: str | None = None
    act_at: datetime | None = None
    detail: str = ""
    instead_of: tuple[UUID, ...] = ()


def decide(facts: Facts, rules: Rules, now: datetime) -> Ruling:
    """Send, wait or skip, with the first reason that settles it."""
    contact = facts.contact
    settled_at = contact.ended_at + rules.settles
    if now < settled_at:
        return Ruling(Verdict.DELAY, Reason.SETTLING, act_at=settled_at)
    last_chance = contact.ended_at + rules.within
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
    send_at = _inside_window(facts, rules, max(now, contact.ended_at + rules.delay))
    if send_at is None or send_at >= last_chance:
        return _skip(Reason.OUTSIDE_WINDOW if rules.window else Reason.TOO_LATE)
    spoken = _asked_enough(facts, rules, send_at, last_chance) or _drawn_out(facts, rules, now)
    if spoken:
        return spoken
    detail = "" if channel in facts.reach.consents else "consent unknown"
    leave = giving_way(facts.asked, rules, send_at, facts.weight, facts.survey, facts.metrics)
    return Ruling(Verdict.SEND, Reason.ASKED, channel, send_at, detail, tuple(one.id for one in leave if one.id))


def weight_of(rules: Rules, pace: Pace | None) -> Weight:
    """How much the wish of a policy counts: its priority, then what its answers are worth times the share that answers."""
    return float(rules.priority), rules.answer_worth * answer_rate(pace)


def giving_way(
    asked: Sequence[Asked], rules: Rules, at: datetime, weight: Weight, survey: str = "", metrics: frozenset[str] = frozenset()
) -> tuple[Asked, ...]:
    """Which planned asks of a lower weight must go so that these rules can ask at `at`; the heavier stay where they leave room."""
    yielding = [one for one in asked if _yields(one, weight)]
    if not yielding:
        return ()
    kept = [one for one in asked if not _yields(one, weight)]
    for one in sorted(yielding, key=lambda one: (one.weight, one.at), reverse=True):
        together = [*kept, one]
        if not quiet(together, rules, at, survey, metrics) and not (
            rules.yearly_budget and budget_again(together, rules.yearly_budget, at)
        ):
            kept = together
    return tuple(one for one in yielding if one not in kept)


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


def quiet(asked: Sequence[Asked], rules: Rules, at: datetime, survey: str = "", metrics: frozenset[str] = frozenset()) -> Quiet | None:
    """The clock that forbids this ask at `at`, if one does."""
    return running(asked, rules.all_clocks, at, survey or rules.survey, metrics)


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
    if contact.outcome in rules.exclude_outcomes:
        return _skip(Reason.OUTCOME_EXCLUDED, contact.outcome)
    if now >= last_chance:
        return _skip(Reason.TOO_LATE, f"ended {contact.ended_at:%Y-%m-%d}, asked within {rules.ask_within_days} days")
    if facts.customer is None:
        return _skip(Reason.NO_CUSTOMER)
    if rules.if_no_marketing is Otherwise.SKIP and facts.customer.refuses_marketing:
        return _skip(Reason.NO_MARKETING)
    if rules.when:
        outcome = meets(rules.when, facts, now)
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


def _inside_window(facts: Facts, rules: Rules, at: datetime) -> datetime | None:
    if rules.window is None or facts.customer is None:
        return at
    return rules.window.next_open(at, facts.customer.time_zone or facts.zone)


def _asked_enough(facts: Facts, rules: Rules, send_at: datetime, last_chance: datetime) -> Ruling | None:
    asked = facts.asked
    if any(one.weight for one in asked):
        asked = tuple(one for one in asked if not _yields(one, facts.weight))
    still = quiet(asked, rules, send_at, facts.survey, facts.metrics)
    if still and still.otherwise is Otherwise.DELAY:
        return _wait(Reason.WITHIN_QUIET_DAYS, still.until, last_chance, still.detail)
    if still:
        return _skip(Reason.OUTRANKED if still.by.chose_first else Reason.WITHIN_QUIET_DAYS, still.detail)
    again = budget_again(asked, rules.yearly_budget, send_at) if rules.yearly_budget else None
    if again is None:
        return None
    detail = f"{rules.yearly_budget} a year, again from {again:%Y-%m-%d}"
    if rules.if_asked_recently is Otherwise.DELAY:
        return _wait(Reason.BUDGET_SPENT, again, last_chance, detail)
    return _skip(Reason.BUDGET_SPENT, detail)


def _yields(one: Asked, weight: Weight) -> bool:
    return one.weight is not None and one.weight < weight


def _drawn_out(facts: Facts, rules: Rules, now: datetime) -> Ruling | None:
    """Only those who could be asked take part in the draw, so that the share is one of them."""
    if rules.answers_a_month:
        share = share_to_ask(rules.answers_a_month, facts.pace, now)
        if share <= 0:
            return _skip(Reason.ENOUGH_ANSWERS, f"{facts.pace.answers} answers, {facts.pace.open} open, of {rules.answers_a_month}")
    else:
        share = rules.sample_percent / 100
    return None if facts.lot < share else _skip(Reason.NOT_SAMPLED, f"{share:.1%} are asked")


def _wait(reason: Reason, until: datetime | None, last_chance: datetime, detail: str) -> Ruling:
    if until is not None and until >= last_chance:
        return _skip(reason, detail)
    return Ruling(Verdict.DELAY, reason, act_at=until or last_chance, detail=detail[:300])


def _skip(reason: Reason, detail: str = "") -> Ruling:
    return Ruling(Verdict.SKIP, reason, detail=detail[:300])
