"""What a policy would have done with contacts of the past: the very function that decides live, played in the order of time. PURE."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from uuid import UUID
from zoneinfo import ZoneInfo

from voc.outreach.deciding.facts import NO_PACE, Asked, Facts, Weight
from voc.outreach.deciding.own_pace import OwnPace
from voc.outreach.deciding.policy import decide, giving_way, quiet
from voc.outreach.deciding.verdicts import DRAWN, Reason, Verdict
from voc.outreach.policies.clocks import Whose, budget_again
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.sampling import Pace, draw
from voc.outreach.policies.variants import assigned
from voc.outreach.rehearsing.past_asks import PastAsks
from voc.outreach.rehearsing.past_facts import TOGETHER, UNKNOWN_SURVEY, PastAsk, PastContact, SurveyFacts

EXAMPLES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a rehearsal is played in: surveys, the policies in force by their keys, the house's time zone, and when it begins.

    A contact is taken as told when it ended, or `as_reported` when we really learnt of it.
    """

    surveys: Mapping[str, SurveyFacts]
    policies: Mapping[str, Rules]
    zone: str
    since: datetime
    as_reported: bool = False


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

    def count(self, reason: Reason, contact_id: UUID) -> None:
        """One contact more that was decided for this reason."""
        self.reasons[reason] += 1
        examples = self.examples.setdefault(reason, [])
        if len(examples) < EXAMPLES:
            examples.append(contact_id)


class Rehearsal:
    """One policy, played over contacts that are told in the order in which they ended.

    What it would have asked itself takes the place of what it did ask; a customer who really answered or declined then is taken to have
    done so again. Invitations of other policies are as they were, but those that were only planned give way to a policy that counts
    more, on either side.
    """

    def __init__(self, key: str, rules: Rules, weight: Weight, setting: Setting) -> None:
        self.key, self.rules, self.weight, self.setting = key, rules, weight, setting
        self.tally = Tally()
        longest = max((clock.days for clock in rules.all_clocks if clock.whose is Whose.ACCOUNT), default=0)
        self.asks = PastAsks(timedelta(days=longest))
        self._wall = ZoneInfo(setting.zone)
        self._draws = rules.answers_a_month > 0 or rules.sample_percent < 100
        self._due: list[tuple[datetime, int, PastContact | PastAsk]] = []
        self._number = count()
        self._pace = OwnPace(setting.since)
        self._gone: set[UUID] = set()

    def tell(self, contact: PastContact) -> None:
        """A contact that ended: it will be looked at when it has settled, or as reported when we learnt of it, if that was later."""
        looked_at = contact.contact.ended_at + self.rules.settles
        if self.setting.as_reported:
            looked_at = max(looked_at, contact.known_at)
        heappush(self._due, (looked_at, next(self._number), contact))

    def pass_time(self, until: datetime) -> None:
        """Decide what is due before that moment; `asks` must have met the customers of those who were told."""
        while self._due and self._due[0][0] < until:
            at, _, due = heappop(self._due)
            if isinstance(due, PastAsk):
                self._look_again(at, due)
            else:
                self._decide(at, due)

    def finish(self) -> Tally:
        """What still waits stays so; the tally is complete."""
        self.tally.waiting = sum(isinstance(due, PastContact) for _, _, due in self._due)
        return self.tally

    def _decide(self, at: datetime, past: PastContact) -> None:
        facts = self._facts(at, past)
        ruling = decide(facts, self.rules, at)
        if ruling.verdict is Verdict.DELAY and ruling.act_at:
            heappush(self._due, (ruling.act_at, next(self._number), past))
            return
        if self.rules.answers_a_month and ruling.reason in DRAWN:
            self._pace.drawn(at)
        if ruling.verdict is not Verdict.SEND or ruling.act_at is None or past.person is None:
            self.tally.count(ruling.reason, past.id)
            return
        self._gone.update(ruling.instead_of)
        ask = self._ask(past, past.person.id, at, ruling.act_at, facts)
        gone_at = self._gives_way_at(ask, past.person.id)
        self.asks.add(replace(ask, gone_at=gone_at) if gone_at else ask, past.person.account_id)
        if gone_at:
            self.tally.count(Reason.OUTRANKED, past.id)
            return
        self._count_ask(past.id, past.person.id, ruling.act_at)
        if ask.send_at > at:
            heappush(self._due, (ask.send_at, next(self._number), ask))

    def _look_again(self, at: datetime, ask: PastAsk) -> None:
        """The last look at one of the rehearsal's own: what left meanwhile, or was answered, may speak against it; it was decided then."""
        others = [one for one in self.asks.of_customer(ask.customer_id) if one is not ask and self._counts(one)]
        left = [one.as_seen(at, ask.customer_id) for one in others if one.sent_at and one.sent_at <= at and one.gone_at is None]
        budget = self.rules.yearly_budget
        if quiet(left, self.rules, at, ask.survey, ask.metrics) or (budget and budget_again(left, budget, at)):
            self._gone.add(ask.id)

    def _count_ask(self, contact_id: UUID, customer_id: UUID, send_at: datetime) -> None:
        tally, local = self.tally, send_at.astimezone(self._wall)
        tally.count(Reason.ASKED, contact_id)
        tally.asked.add(contact_id)
        tally.customers.add(customer_id)
        tally.by_day[local.date()] += 1
        tally.by_hour[local.hour] += 1

    def _facts(self, at: datetime, past: PastContact) -> Facts:
        rules, person = self.rules, past.person
        arm = assigned(rules.variants, self.key, person.id) if rules.variants and person else None
        survey = arm.survey if arm else rules.survey
        known = self.setting.surveys.get(survey, UNKNOWN_SURVEY)
        return Facts(
            contact=past.contact,
            customer=person.facts if person else None,
            account=person.account if person else None,
            asked=self._asked(at, past),
            holds=past.holds,
            reach=past.reach,
            is_published=known.is_published,
            survey=survey,
            variant=arm.key if arm else "",
            metrics=known.metrics,
            lot=draw(self.key, past.id) if self._draws else 0.0,
            pace=self._pace_at(at, past),
            weight=self.weight,
            zone=self.setting.zone,
        )

    def _asked(self, at: datetime, past: PastContact) -> tuple[Asked, ...]:
        if past.person is None:
            return ()
        customer_id, account_id = past.person.id, past.person.account_id
        own = [one for one in self.asks.of_customer(customer_id) if self._is_seen(one, at, past)]
        seen = [one.as_seen(at, customer_id, past.id, past.known_at) for one in own]
        if account_id and self.asks.colleagues_for:
            colleagues = [one for one in self.asks.of_colleagues(customer_id, account_id, at) if self._is_seen(one, at, past)]
            seen += [one.as_seen(at, customer_id) for one in colleagues]
        return tuple(seen)

    def _is_seen(self, ask: PastAsk, at: datetime, past: PastContact) -> bool:
        """Whether it was there, or is one of the rehearsal's own; of one contact, which all look at together, the higher priority speaks
        first. What the policy really asked then is not there: it is decided anew."""
        if not self._counts(ask) or (ask.gone_at and ask.gone_at <= at):
            return False
        if ask.contact_id == past.id and ask.weight and ask.weight[0] != self.weight[0]:
            return ask.weight[0] > self.weight[0] and ask.made_at <= max(at, past.known_at) + TOGETHER
        return ask.made_at <= at

    def _counts(self, ask: PastAsk) -> bool:
        return ask.id not in self._gone and (ask.policy != self.key or ask.id == ask.contact_id)

    def _gives_way_at(self, own: PastAsk, customer_id: UUID) -> datetime | None:
        """When a policy that counts more wanted the customer, and this ask was still only planned; None if that never happened."""
        asks = self.asks.of_customer(customer_id)
        for winner in asks:
            at, rules = winner.made_at, self.setting.policies.get(winner.policy)
            if rules is None or winner.policy == self.key or not own.made_at < at < own.send_at:
                continue
            if winner.weight is None or winner.weight <= self.weight:
                continue
            before = [one for one in asks if one is not winner and one.made_at <= at and self._counts(one)]
            seen = [one.as_seen(at, customer_id) for one in (*before, own) if one.gone_at is None or one.gone_at > at]
            leave = giving_way(seen, rules, winner.send_at, winner.weight, winner.survey, winner.metrics)
            if own.id in [one.id for one in leave]:
                return at
        return None

    def _pace_at(self, at: datetime, past: PastContact) -> Pace:
        """How the policy really got on where it wanted as many answers, else how it does in this rehearsal."""
        wanted = self.rules.answers_a_month
        return past.pace if not wanted or (past.paced_for == wanted and past.pace is not NO_PACE) else self._pace.at(at)

    def _ask(self, past: PastContact, customer_id: UUID, at: datetime, send_at: datetime, facts: Facts) -> PastAsk:
        """An ask of this rehearsal; it goes by the id of its contact."""
        real = next(
            (one for one in self.asks.of_customer(customer_id) if one.contact_id == past.id and one.policy == self.key and not one.gone_at),
            None,
        )
        answered_at, declined_at = (real.answered_at, real.declined_at) if real else (None, None)
        if self.rules.answers_a_month:
            open_until = declined_at or send_at + timedelta(days=self.rules.expire_days)
            self._pace.asked(at, open_until, answered_at, is_known=real is not None)
        return PastAsk(
            id=past.id,
            contact_id=past.id,
            customer_id=customer_id,
            policy=self.key,
            made_at=at,
            send_at=send_at,
            sent_at=send_at,
            answered_at=answered_at,
            declined_at=declined_at,
            survey=facts.survey,
            metrics=facts.metrics,
            weight=self.weight,
        )
