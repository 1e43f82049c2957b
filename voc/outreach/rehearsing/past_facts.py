"""What a rehearsal knows of the past: contacts, the customers behind them, and what was asked. PURE."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from voc.outreach.deciding.facts import NO_PACE, NOWHERE, AccountFacts, Asked, ContactFacts, CustomerFacts, Held, Reach, Weight
from voc.outreach.policies.sampling import Pace

TOGETHER = timedelta(hours=1)  # as late as a job may be


@dataclass(frozen=True, slots=True)
class PastPerson:
    """A customer as they are known today; `reach` is over which channels they could be asked now."""

    id: UUID
    account_id: UUID | None
    facts: CustomerFacts
    account: AccountFacts | None = None
    reach: Reach = NOWHERE


@dataclass(frozen=True, slots=True)
class PastContact:
    """A contact as it was known when it was decided; `known_at` is when we learnt of it, `reach` what was known of channels then.

    `pace` is how the policy got on then, when it wanted `paced_for` answers a month.
    """

    id: UUID
    person: PastPerson | None
    known_at: datetime
    contact: ContactFacts
    reach: Reach
    holds: tuple[Held, ...] = ()
    pace: Pace = NO_PACE
    paced_for: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAsk:
    """An invitation that was made: `send_at` is when it was to leave, `sent_at` when it did.

    `weight` is how much its policy's wish counts, None where no policy asked; `gone_at` is when it gave way to another.
    """

    id: UUID
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
    weight: Weight | None = None
    gone_at: datetime | None = None

    @property
    def last_at(self) -> datetime:
        """The last moment at which something happened with it."""
        return max(one for one in (self.sent_at or self.send_at, self.answered_at, self.declined_at) if one)

    def as_seen(self, at: datetime, customer_id: UUID | None, contact_id: UUID | None = None, known_at: datetime | None = None) -> Asked:
        """As a decision about a contact of that customer, which was known then, saw it at that moment."""
        left = self.sent_at is not None and self.sent_at <= at
        leaves_at = self.sent_at if left and self.sent_at else max(self.send_at, at)
        of_colleague = self.customer_id != customer_id
        return Asked(
            leaves_at,
            self.policy,
            self.answered_at if self.answered_at and self.answered_at <= at else None,
            self.declined_at if self.declined_at and self.declined_at <= at else None,
            self.survey,
            self.metrics,
            of_colleague,
            self.contact_id is not None and self.contact_id == contact_id and abs(self.made_at - max(at, known_at or at)) <= TOGETHER,
            self.id,
            None if left or of_colleague else self.weight,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFacts:
    """What a rehearsal must know of a survey."""

    is_published: bool
    metrics: frozenset[str] = frozenset()


UNKNOWN_SURVEY = SurveyFacts(is_published=False)
