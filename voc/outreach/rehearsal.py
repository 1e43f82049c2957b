"""What a policy would have done with contacts of the past: the very function that decides live, played in the order of time. PURE."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import chain, count
from uuid import UUID
from zoneinfo import ZoneInfo

from voc.outreach.clocks import looks_at_account
from voc.outreach.facts import NO_PACE, AccountFacts, Asked, ContactFacts, CustomerFacts, Facts, Held, Reach
from voc.outreach.own_pace import OwnPace
from voc.outreach.policy import decide
from voc.outreach.rules import Rules
from voc.outreach.sampling import Pace, draw
from voc.outreach.variants import assigned
from voc.outreach.verdicts import DRAWN, Reason, Verdict

EXAMPLES = 5
_TOGETHER = timedelta(hours=1)  # as late as a job may be


@dataclass(frozen=True, slots=True, kw_only=True)
class PastContact:
    """A contact as it was known when it was decided; `known_at` is when we learnt of it.

    `pace` is how the policy got on then, when it wanted `paced_for` answers a month.
    """

    id: UUID
    customer_id: UUID | None
    account_id: UUID | None
    known_at: datetime
    contact: ContactFacts
    customer: CustomerFacts | None
    account: AccountFacts | None
    reach: Reach
    holds: tuple[Held, ...] = ()
    pace: Pace = NO_PACE
    paced_for: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAsk:
    """An invitation that was made: `send_at` is when it was to leave, `sent_at` when it did; `priority` is its policy's."""

    contact_id: UUID | None
    customer_id: UUID
    policy: str
    made_at: datetime
    send_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    declined_at: datetime | None
    survey: str
    metrics: frozenset[str] = frozenset()
    priority: int = 0

    def as_seen(self, at: datetime, past: PastContact) -> Asked:
        """As a decision about that contact saw it at that moment."""
        left = self.sent_at is not None and self.sent_at <= at
        leaves_at = self.sent_at if left and self.sent_at else max(self.send_at, at)
        answered_at = self.answered_at if self.answered_at and self.answered_at <= at else None
        declined_at = self.declined_at if self.declined_at and self.declined_at <= at else None
        return Asked(
            leaves_at,
            self.policy,
            answered_at,
            declined_at,
            survey=self.survey,
            metrics=self.metrics,
            of_colleague=self.customer_id != past.customer_id,
            chose_first=self.contact_id == past.id and abs(self.made_at - max(at, past.known_at)) <= _TOGETHER,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFacts:
    """What a rehearsal must know of a survey."""

    is_published: bool
    metrics: frozenset[str] = frozenset()


UNKNOWN_SURVEY = SurveyFacts(is_published=False)


@dataclass(slots=True)
class Tally:
    """What came of it: who was asked, who was not and why, and how the asks lie over days and hours, by the clock of the house."""

    asked: set[UUID] = field(default_factory=set)
    customers: set[UUID] = field(default_factory=set)
    reasons: Counter[Reason] = field(default_factory=Counter)
    waiting: int = 0
    by_day: Counter[date] = field(default_factory=Counter)
    by_hour: Counter[int] = field(default_factory=Counter)
    examples: dict[Reason, list[UUID]] = field(default_factory=dict)


class Rehearsal:
    """One policy, played over contacts that are told in the order in which they ended.

    What it would have asked itself takes the place of what it did ask; a customer who really answered or declined then is taken to have
    done so again. Invitations of other policies are as they were.
    """

    def __init__(self, key: str, rules: Rules, surveys: Mapping[str, SurveyFacts], zone: str, *, as_reported: bool = False) -> None:
        self.key, self.rules, self.surveys, self.zone, self.as_reported = key, rules, surveys, zone, as_reported
        self.tally = Tally()
        self.asks: dict[UUID, list[PastAsk]] = {}
        self._wall = ZoneInfo(zone)
        self._by_account = looks_at_account(rules.all_clocks)
        self._due: list[tuple[datetime, int, PastContact]] = []
        self._number = count()
        self._own: dict[UUID, list[PastAsk]] = {}
        self._pace = OwnPace()

    def tell(self, contact: PastContact) -> None:
        """A contact that ended: it will be looked at when it has settled, or `as_reported` when we learnt of it, if that was later."""
        settled_at = contact.contact.ended_at + timedelta(minutes=self.rules.settle_minutes)
        looked_at = max(settled_at, contact.known_at) if self.as_reported else settled_at
        heappush(self._due, (looked_at, next(self._number), contact))

    def pass_time(self, until: datetime) -> None:
        """Decide what is due before that moment; `asks` must hold, by customer and by account, what was asked of those who were told."""
        while self._due and self._due[0][0] < until:
            at, _, contact = heappop(self._due)
            self._decide(at, contact)

    def finish(self) -> Tally:
        """What still waits stays so; the tally is complete."""
        self.tally.waiting = len(self._due)
        return self.tally

    def _decide(self, at: datetime, past: PastContact) -> None:
        facts = self._facts(at, past)
        ruling = decide(facts, self.rules, at)
        if ruling.verdict is Verdict.DELAY and ruling.act_at:
            heappush(self._due, (ruling.act_at, next(self._number), past))
            return
        tally = self.tally
        tally.reasons[ruling.reason] += 1
        if self.rules.answers_a_month and ruling.reason in DRAWN:
            self._pace.drawn(at)
        examples = tally.examples.setdefault(ruling.reason, [])
        if len(examples) < EXAMPLES:
            examples.append(past.id)
        if ruling.verdict is Verdict.SEND and ruling.act_at and past.customer_id:
            tally.asked.add(past.id)
            tally.customers.add(past.customer_id)
            local = ruling.act_at.astimezone(self._wall)
            tally.by_day[local.date()] += 1
            tally.by_hour[local.hour] += 1
            self._own.setdefault(self._group(past), []).append(self._ask(past, at, ruling.act_at, facts))

    def _facts(self, at: datetime, past: PastContact) -> Facts:
        arm = assigned(self.rules.variants, self.key, past.customer_id) if self.rules.variants and past.customer_id else None
        survey = arm.survey if arm else self.rules.survey
        known = self.surveys.get(survey, UNKNOWN_SURVEY)
        group = self._group(past)
        others = (one for one in self.asks.get(group, ()) if one.policy != self.key and self._spoke_first(one, at, past))
        return Facts(
            contact=past.contact,
            customer=past.customer,
            account=past.account,
            asked=tuple(one.as_seen(at, past) for one in chain(others, self._own.get(group, ()))),
            holds=past.holds,
            reach=past.reach,
            is_published=known.is_published,
            survey=survey,
            variant=arm.key if arm else "",
            metrics=known.metrics,
            lot=draw(self.key, past.id),
            pace=self._pace_at(at, past),
            zone=self.zone,
        )

    def _spoke_first(self, ask: PastAsk, at: datetime, past: PastContact) -> bool:
        """Whether an ask of another policy was there; of one contact, which all look at together, the higher priority speaks first."""
        if ask.contact_id == past.id and ask.priority != self.rules.priority:
            return ask.priority > self.rules.priority and ask.made_at <= max(at, past.known_at) + _TOGETHER
        return ask.made_at <= at

    def _pace_at(self, at: datetime, past: PastContact) -> Pace:
        """How the policy really got on where it wanted as many answers, else how it does in this rehearsal."""
        wanted = self.rules.answers_a_month
        return past.pace if not wanted or (past.paced_for == wanted and past.pace is not NO_PACE) else self._pace.at(at)

    def _ask(self, past: PastContact, at: datetime, send_at: datetime, facts: Facts) -> PastAsk:
        real = next((one for one in self.asks.get(self._group(past), ()) if one.contact_id == past.id and one.policy == self.key), None)
        answered_at, declined_at = (real.answered_at, real.declined_at) if real else (None, None)
        if self.rules.answers_a_month:
            open_until = declined_at or send_at + timedelta(days=self.rules.expire_days)
            self._pace.asked(at, open_until, answered_at, is_known=real is not None)
        return PastAsk(
            contact_id=past.id,
            customer_id=past.customer_id or past.id,
            policy=self.key,
            made_at=at,
            send_at=send_at,
            sent_at=send_at,
            answered_at=answered_at,
            declined_at=declined_at,
            survey=facts.survey,
            metrics=facts.metrics,
        )

    def _group(self, past: PastContact) -> UUID:
        """Whose past counts: that of everybody at the account, where a clock looks at it."""
        return (past.account_id if self._by_account else None) or past.customer_id or past.id
