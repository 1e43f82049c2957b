"""The brief: what the next colleague who has the customer on the line should know."""

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.contacts import Contact
from voc.api.context import Info
from voc.api.customers import Customer
from voc.api.enums import Band, Channel, ConsentState, Label, Metric
from voc.api.exposed import computed, enum, field, one_of, shape
from voc.api.global_ids import global_id, row_id
from voc.api.identities import concerning_these
from voc.api.references import ContactReference, CustomerReference
from voc.api.tasks import Task
from voc.connect import brief
from voc.connect.brief import Brief, BriefBy, agent_brief
from voc.connect.suggest import Suggestion, sentence
from voc.customers.models import Customer as CustomerRow
from voc.followup.queries import team_that_knows

enum(
    Suggestion,
    "What to do first, for whoever has the customer on the line. New values may be added: handle unknown ones.",
    OVERDUE="Begin with the answer that is past due.",
    OPEN_TASK="Say that a colleague is working on something.",
    SORRY="Say that you read how the last time went badly.",
    THANKS="Thank for the last time.",
    ASK_WHO="Ask who it is.",
    NOTHING="Nothing stands open.",
)


@one_of
class AgentBriefBy:
    """Who is on the line, named in exactly one way."""

    customer: CustomerReference | None = strawberry.UNSET
    """By the customer."""
    contact: ContactReference | None = strawberry.UNSET
    """By the contact."""
    phone: str | None = strawberry.UNSET
    """By the telephone number, however it is written."""
    email: str | None = strawberry.UNSET
    """By the mail address."""
    ref: str | None = strawberry.UNSET
    """By whatever the telephone system passes on: an outside customer id, or a telephone number."""


@shape
class BriefScore:
    """What the customer said, as a score with its words."""

    metric: Metric
    """What it measures."""
    value: float
    """The value that was chosen, on the scale of the question."""
    low: float
    """The lowest value of the scale."""
    high: float
    """The highest value of the scale."""
    band: Band
    """What the value means."""
    words: str
    """What the customer wrote with it; empty where nothing."""
    at: datetime
    """When."""

    @computed
    def response_id(said: brief.Said) -> strawberry.ID:  # noqa: N805 - the source is what was said
        """The response it is part of."""
        return strawberry.ID(global_id("Response", said.response_id))


@shape
class BriefMood:
    """How the customer sounded last."""

    score: float | None
    """The mood from -1 to 1."""
    sentence: str
    """The sentence that says so."""
    at: datetime
    """When."""

    @computed
    def sentiment(mood: brief.Mood) -> Label:  # noqa: N805
        """The mood."""
        return mood.label

    @computed
    def response_id(mood: brief.Mood) -> strawberry.ID:  # noqa: N805
        """The response it is part of."""
        return strawberry.ID(global_id("Response", mood.response_id))


@shape
class BriefConsent:
    """What the customer said about being asked over a channel."""

    channel: Channel
    """The channel."""
    state: ConsentState
    """What they said."""


@shape
class BriefHold:
    """Why the customer is left alone for now."""

    source: str
    """What holds them, such as a task."""
    reason: str
    """Why."""
    until: datetime | None
    """Until when; null is until it is released."""


@shape
class AgentBrief:
    """What there is to know about whoever is on the line. Nobody found: no customer and no matches; several found: they are matches."""

    contacts: list[Contact]
    """The last three contacts, the newest first."""
    said: list[BriefScore]
    """The last five scores, the newest first."""
    tasks: list[Task]
    """What stands open, what is due first first."""
    holds: list[BriefHold]
    """Why the customer is left alone for now."""
    mood: BriefMood | None
    """How they sounded last; null where no text was ever understood."""
    may_ask: bool
    """Whether nothing known here keeps us from asking this customer for feedback."""
    suggestion: Suggestion
    """What to do first."""

    @field(Customer | None)
    def customer(found: Parent[Brief]) -> CustomerRow | None:  # noqa: N805
        """The one customer it is."""
        teams = [*(contact.team_id for contact in found.contacts), *map(team_that_knows, found.tasks)]
        return concerning_these(found.customer, teams)

    @field(list[Customer])
    def matches(found: Parent[Brief]) -> list[CustomerRow]:  # noqa: N805
        """The customers it could be, at most five, where there are several."""
        return list(found.matches)

    @computed
    def consents(found: Brief) -> list[BriefConsent]:  # noqa: N805
        """What the customer said about being asked."""
        return [BriefConsent(channel=channel, state=state) for channel, state in found.consents.items()]

    @field(str)
    def advice(found: Parent[Brief], info: Info) -> str:  # noqa: N805
        """What to do first, as a sentence in your language."""
        return sentence(found.suggestion, info.context.language)


@shape
class BriefQueries:
    """What the next colleague should know."""

    @field(AgentBrief | None)
    async def agent_brief(self, info: Info, by: Annotated[AgentBriefBy, strawberry.argument(description="Who is on the line.")]) -> Brief:
        """What to know about whoever is on the line, in one question."""
        return await agent_brief(info.context.actor, _by(by))


def _by(by: AgentBriefBy) -> BriefBy:
    if by.customer:
        outside = by.customer.external
        if outside:
            return BriefBy(customer=(outside.system, outside.external_id))
        return BriefBy(customer_id=row_id(str(by.customer.id), "Customer", path="by.customer.id"))
    if by.contact:
        outside = by.contact.external
        if outside:
            return BriefBy(contact=(outside.system, outside.external_id))
        return BriefBy(contact_id=row_id(str(by.contact.id), "Contact", path="by.contact.id"))
    return BriefBy(phone=by.phone or None, mail=by.email or None, ref=by.ref or None)
