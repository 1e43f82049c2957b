"""What a policy says, as a document: when, whom and how to ask after touchpoints. Read and written by `rules_document`. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from voc.outreach.policies.clocks import Clock, Otherwise, Since
from voc.outreach.policies.reminders import Reminder
from voc.outreach.policies.variants import Variant
from voc.outreach.policies.windows import Window

SENDABLE = ("email", "sms", "outbox", "other")
OURS = tuple(channel for channel in SENDABLE if channel != "other")
"""The channels over which we deliver ourselves, and so can remind."""
MINUTES_A_DAY = 24 * 60
CUSTOMERS_OWN, CONTACTS_OWN = "customer", "contact"


@dataclass(frozen=True, kw_only=True)
class Rules:
    """When, whom and how to ask after the contacts of its touchpoints. Every duration says its unit.

    A contact is looked at `settle_minutes` after its end, so that what arrives late still counts, and is asked about
    `delay_minutes` after its end and inside the `window`, or not at all once `ask_within_days` are over. `quiet_days` keep that much
    distance to every other invitation of the customer, before and after; the other two count from an answer or from "not for me";
    `clocks` are further ones. `yearly_budget` is how often a customer is asked within any 365 days; 0 is as often as the rest allows.

    `sample_percent` asks a share of the contacts, `answers_a_month` as many as bring that number, spread evenly; 0 is all.
    `variants` ask one of several surveys instead of `survey`. `channels` are tried in this order; the link works for `expire_days`.
    Who has not reacted is asked once more by each of the `reminders`, over the same link.
    `language` is the `customer`'s own, the `contact`'s, or a code such as `nl`. Policies of a higher priority choose first, and of equal
    ones that with the higher `answer_worth` times the share that answers.
    """

    touchpoints: tuple[str, ...]
    survey: str
    when: str = ""
    variants: tuple[Variant, ...] = ()
    channels: tuple[str, ...] = ("email",)
    language: str = CUSTOMERS_OWN
    delay_minutes: int = field(default=0, metadata={"most": 90 * MINUTES_A_DAY})
    settle_minutes: int = field(default=5, metadata={"most": MINUTES_A_DAY})
    ask_within_days: int = field(default=7, metadata={"least": 1, "most": 366})
    expire_days: int = field(default=30, metadata={"least": 1, "most": 366})
    reminders: tuple[Reminder, ...] = ()
    window: Window | None = None
    sample_percent: int = field(default=100, metadata={"least": 1, "most": 100})
    answers_a_month: int = field(default=0, metadata={"most": 1_000_000})
    quiet_days: int = field(default=30, metadata={"most": 3660})
    quiet_days_after_answer: int = field(default=0, metadata={"most": 3660})
    quiet_days_after_decline: int = field(default=30, metadata={"most": 3660})
    if_asked_recently: Otherwise = field(default=Otherwise.SKIP, metadata={"of": (Otherwise.SKIP, Otherwise.DELAY)})
    clocks: tuple[Clock, ...] = ()
    yearly_budget: int = field(default=0, metadata={"most": 366})
    if_held: Otherwise = field(default=Otherwise.DELAY, metadata={"of": tuple(Otherwise)})
    exclude_outcomes: tuple[str, ...] = ()
    if_no_marketing: Otherwise = field(default=Otherwise.ASK, metadata={"of": (Otherwise.SKIP, Otherwise.ASK)})
    priority: int = field(default=0, metadata={"least": -1000, "most": 1000})
    answer_worth: int = field(default=1, metadata={"least": 1, "most": 1_000_000})

    # Lengths of time are made once for all contacts: to make them takes longer than much of what is decided with them.
    @cached_property
    def settles(self) -> timedelta:
        """How long after its end a contact is looked at."""
        return timedelta(minutes=self.settle_minutes)

    @cached_property
    def delay(self) -> timedelta:
        """How long after its end a contact is asked about."""
        return timedelta(minutes=self.delay_minutes)

    @cached_property
    def within(self) -> timedelta:
        """How long after its end a contact is asked about at the latest."""
        return timedelta(days=self.ask_within_days)

    @cached_property
    def all_clocks(self) -> tuple[Clock, ...]:
        """Every clock: the three that most policies have, and its own."""
        return (*self._usual_clocks(), *self.clocks)

    @property
    def surveys(self) -> tuple[str, ...]:
        """The surveys it may ask."""
        return tuple(dict.fromkeys(one.survey for one in self.variants)) or (self.survey,)

    def _usual_clocks(self) -> Iterator[Clock]:
        for since, days in (
            (Since.ASKED, self.quiet_days),
            (Since.ANSWERED, self.quiet_days_after_answer),
            (Since.DECLINED, self.quiet_days_after_decline),
        ):
            if days:
                yield Clock(since=since, days=days, otherwise=self.if_asked_recently)
