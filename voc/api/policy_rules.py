"""What a policy says, as it is shown and as it is sent."""

from voc.api.enums import Channel, Otherwise, Outcome, Weekday
from voc.api.exposed import enum, shape, takes
from voc.api.policy_words import RulesInWords
from voc.outreach.policies.clocks import Among, Since, Whose

enum(
    Since,
    "What starts a clock that keeps customers quiet.",
    name="ClockStart",
    ASKED="An invitation; it keeps the distance on both sides.",
    ANSWERED="An answer.",
    DECLINED="A customer who said that it was not for them.",
)
enum(
    Whose,
    "Whose invitations a clock looks at.",
    name="ClockWhose",
    CUSTOMER="The customer's own.",
    ACCOUNT="Those of everybody at the customer's account.",
)
enum(
    Among,
    "Which invitations a clock looks at.",
    name="ClockAmong",
    ALL="All of them.",
    SURVEY="Those with the same survey.",
    METRIC="Those whose survey measures the same metric.",
)


@shape
class PolicyVariant:
    """One arm of an experiment."""

    key: str
    """Its short name in reports."""
    survey: str
    """The key of the survey that is asked."""
    weight: int
    """Its share, against the weights of the others."""


@shape
class PolicyReminder:
    """One reminder that follows an ask."""

    days: int
    """How many days after the message before it, as long as nothing came of that."""
    channel: Channel | None
    """Over which channel; null is that of the ask."""


@shape
class AskingWindow:
    """The hours at which customers are asked, by the clock in their own time zone."""

    days: list[Weekday]
    """The days of the week."""
    opens: str
    """When it opens, such as `09:00`."""
    closes: str
    """When it closes, such as `20:00`; `24:00` is midnight."""
    holidays: str
    """The country (NL) or part (DE-BY) on whose public holidays nobody is asked; empty when they are days as others."""


@shape
class QuietClock:
    """How many days nobody asks after something happened."""

    since: Since
    """What starts it."""
    days: int
    """How many days it runs."""
    whose: Whose
    """Whose invitations it looks at."""
    among: Among
    """Which invitations it looks at."""
    otherwise: Otherwise
    """What happens while it runs: SKIP or DELAY."""


@shape
class PolicyRules(RulesInWords):
    """When, whom and how to ask after the contacts of some touchpoints."""

    touchpoints: list[str]
    """The keys of the touchpoints it is about."""
    survey: str
    """The key of the survey that is asked."""
    when: str
    """The condition in CEL under which it asks; empty is always."""
    channels: list[Channel]
    """The channels that are tried, the first choice first."""
    variants: list[PolicyVariant]
    """The surveys of an experiment, one of which each customer gets; empty without one."""
    reminders: list[PolicyReminder]
    """The reminders that follow an ask, the first first; empty without any."""
    language: str
    """The language to ask in: `customer` for their own, `contact` for that of the contact, or a code such as `nl`."""
    window: AskingWindow | None
    """The hours at which customers are asked; any when null."""
    sample_percent: int
    """The share of the contacts that is asked, in percent."""
    answers_a_month: int
    """How many answers a calendar month is to bring, spread evenly; 0 is as many as come."""
    delay_minutes: int
    """How long after its end a contact is asked about, in minutes."""
    settle_minutes: int
    """How long after its end a contact is looked at, in minutes, so that what arrives late still counts."""
    ask_within_days: int
    """After how many days it is too late to ask."""
    expire_days: int
    """How many days the link works."""
    quiet_days: int
    """How many days lie between two invitations to one customer."""
    quiet_days_after_answer: int
    """How many days nobody asks a customer who answered."""
    quiet_days_after_decline: int
    """How many days nobody asks a customer who said that it was not for them."""
    if_asked_recently: Otherwise
    """What happens with a customer who was asked too recently."""
    clocks: list[QuietClock]
    """Further clocks that keep the customer quiet."""
    yearly_budget: int
    """How often a customer is asked within any 365 days; 0 is as often as the rest allows."""
    exclude_outcomes: list[Outcome]
    """How contacts end that nobody is asked about, besides spam, suppliers and customers who hung up."""
    if_no_marketing: Otherwise
    """What happens with a customer who wants no marketing: SKIP or ASK."""
    if_held: Otherwise
    """What happens while something is open with the customer."""
    priority: int
    """Policies of a higher priority choose first."""
    answer_worth: int
    """What an answer is worth: of equal priorities that with the higher worth times the share that answers chooses first."""


@takes
class PolicyVariantInput:
    """One arm of an experiment."""

    key: str
    """Its short name in reports."""
    survey: str
    """The key of the survey that is asked."""
    weight: int | None
    """Its share, against the weights of the others, from 1 to 1,000; 1 when left out."""


@takes
class PolicyReminderInput:
    """One reminder that follows an ask."""

    days: int
    """How many days after the message before it, from 1 to 90."""
    channel: Channel | None
    """Over which channel; that of the ask when left out."""


@takes
class AskingWindowInput:
    """The hours at which customers are asked, by the clock in their own time zone."""

    days: list[Weekday] | None
    """The days of the week; all when left out."""
    opens: str | None
    """When it opens; `09:00` when left out."""
    closes: str | None
    """When it closes; `20:00` when left out, `24:00` is midnight."""
    holidays: str | None
    """The country (NL) or part (DE-BY) on whose public holidays nobody is asked; days as others when left out."""


@takes
class QuietClockInput:
    """How many days nobody asks after something happened."""

    since: Since
    """What starts it."""
    days: int
    """How many days it runs, from 1 to 3,660."""
    whose: Whose | None
    """Whose invitations it looks at; the customer's when left out."""
    among: Among | None
    """Which invitations it looks at; all when left out."""
    otherwise: Otherwise | None
    """What happens while it runs: SKIP or DELAY; SKIP when left out."""


@takes
class PolicyRulesInput:
    """When, whom and how to ask after the contacts of some touchpoints. What is left out is as usual."""

    touchpoints: list[str]
    """The keys of the touchpoints it is about, at least one."""
    survey: str
    """The key of the survey that is asked."""
    when: str | None
    """The condition in CEL under which it asks, such as `contact.outcome == 'solved'`; always when left out."""
    channels: list[Channel] | None
    """The channels that are tried, the first choice first; EMAIL when left out."""
    variants: list[PolicyVariantInput] | None
    """The surveys of an experiment, at least two; each customer always gets the same one. One of them is `survey`."""
    reminders: list[PolicyReminderInput] | None
    """The reminders that follow an ask, at most three; none when left out."""
    language: str | None
    """The language to ask in: `customer` (when left out) for their own, `contact` for that of the contact, or a code such as `nl`."""
    window: AskingWindowInput | None
    """The hours at which customers are asked; any when left out."""
    sample_percent: int | None
    """The share of the contacts that is asked, from 1 to 100; 100 when left out."""
    answers_a_month: int | None
    """How many answers a calendar month (UTC) is to bring, spread evenly; as many as come when left out."""
    delay_minutes: int | None
    """How long after its end a contact is asked about, in minutes; 0 when left out."""
    settle_minutes: int | None
    """How long after its end a contact is looked at, in minutes; 5 when left out."""
    ask_within_days: int | None
    """After how many days it is too late to ask; 7 when left out."""
    expire_days: int | None
    """How many days the link works; 30 when left out."""
    quiet_days: int | None
    """How many days lie between two invitations to one customer; 30 when left out."""
    quiet_days_after_answer: int | None
    """How many days nobody asks a customer who answered; 0 when left out."""
    quiet_days_after_decline: int | None
    """How many days nobody asks a customer who said that it was not for them; 30 when left out."""
    if_asked_recently: Otherwise | None
    """What happens with a customer who was asked too recently: SKIP or DELAY; SKIP when left out."""
    clocks: list[QuietClockInput] | None
    """Further clocks that keep the customer quiet, at most twenty."""
    yearly_budget: int | None
    """How often a customer is asked within any 365 days; as often as the rest allows when left out."""
    exclude_outcomes: list[Outcome] | None
    """How contacts end that nobody is asked about, such as SOLVED_BY_BOT; besides spam, suppliers and customers who hung up."""
    if_no_marketing: Otherwise | None
    """What happens with a customer whose attribute `marketing` says no: SKIP or ASK; ASK when left out."""
    if_held: Otherwise | None
    """What happens while something is open with the customer; DELAY when left out."""
    priority: int | None
    """Policies of a higher priority choose first; 0 when left out."""
    answer_worth: int | None
    """What an answer is worth, 1 when left out: of equal priorities that with the higher worth times answering share chooses first."""
