"""What a decision rests on, as plain values: no name, no address, nothing of the database. PURE. Channels are named as in the tables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from voc.outreach.policies.sampling import Pace

Weight = tuple[float, float]
"""How much a policy's wish to ask counts against another's: its priority, then what an ask of it is expected to bring."""

NO = frozenset({"false", "no", "0", "nee", "nein", "non"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """The contact, as far as a rule may know it. The attribute `no_survey` (true, yes, 1) keeps any survey away from it."""

    touchpoint: str
    ended_at: datetime
    started_at: datetime | None = None
    channel: str = "other"
    direction: str = "inbound"
    outcome: str = "unknown"
    team: str | None = None
    queue: str | None = None
    agent: str | None = None
    subject: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, object]:
        """What conditions see."""
        minutes = (self.ended_at - self.started_at).total_seconds() / 60 if self.started_at else None
        return {**{name: getattr(self, name) for name in self.__slots__}, "minutes": minutes}


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFacts:
    """The customer, as far as a rule may know them: no name and no address. The attribute `marketing` (no, false, 0) is their flag."""

    language: str | None = None
    time_zone: str | None = None
    segment: str | None = None
    value: float | None = None
    currency: str | None = None
    has_email: bool = False
    has_phone: bool = False
    has_account: bool = False
    known_since: datetime | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, object]:
        """What conditions see."""
        return {name: getattr(self, name) for name in self.__slots__}

    @property
    def refuses_marketing(self) -> bool:
        """Whether the CRM's flag says so."""
        return self.attributes.get("marketing", "").lower() in NO


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """The company the customer belongs to, as far as a rule may know it."""

    segment: str | None = None
    value: float | None = None
    currency: str | None = None
    owner: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> dict[str, object]:
        """What conditions see."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Asked:
    """An invitation that left or will leave: `at` is when. `policy` is the key of who asked, if a policy did.

    `survey` is what was asked, `metrics` what it measures; `of_colleague` is somebody else at the customer's account, `chose_first`
    a policy that spoke of the same contact before this one. What is only planned has a `weight` and gives way to a policy of a higher
    one; `id` says which it is.
    """

    at: datetime
    policy: str = ""
    answered_at: datetime | None = None
    declined_at: datetime | None = None
    survey: str = ""
    metrics: frozenset[str] = frozenset()
    of_colleague: bool = False
    chose_first: bool = False
    id: UUID | None = None
    weight: Weight | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A reason to leave the customer alone; None is until it is taken away."""

    source: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Over which channels the customer can and may be reached. `asks_unknown` is the house's answer where nobody knows of consent."""

    addresses: frozenset[str] = frozenset()
    consents: Mapping[str, str] = field(default_factory=dict)
    suppressed: frozenset[str] = frozenset()
    asks_unknown: bool = True


NOWHERE = Reach()


NO_PACE = Pace()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a decision rests on. `paused` names what of everything, the policy and its survey is stopped; "" is nothing.

    `survey` is what this customer would be asked, `variant` the arm of the experiment that says so, `metrics` what it measures.
    `lot` is the contact's number in the draw, from 0 up to 1; `weight` is that of this policy; `zone` is where customers are whose own
    is not known.
    """

    contact: ContactFacts
    customer: CustomerFacts | None
    account: AccountFacts | None = None
    asked: tuple[Asked, ...] = ()
    holds: tuple[Held, ...] = ()
    reach: Reach = NOWHERE
    paused_channels: frozenset[str] = frozenset()
    paused: str = ""
    is_published: bool = True
    survey: str = ""
    variant: str = ""
    metrics: frozenset[str] = frozenset()
    lot: float = 0.0
    pace: Pace = NO_PACE
    weight: Weight = (0.0, 0.0)
    zone: str = "UTC"

    def history(self) -> dict[str, object]:
        """What conditions see of the customer's own past."""
        own = [asked for asked in self.asked if not asked.of_colleague]
        answers = [asked.answered_at for asked in own if asked.answered_at]
        declines = [asked.declined_at for asked in own if asked.declined_at]
        return {
            "invitations": len(own),
            "answers": len(answers),
            "declines": len(declines),
            "last_asked_at": max((asked.at for asked in own), default=None),
            "last_answered_at": max(answers, default=None),
            "last_declined_at": max(declines, default=None),
        }
