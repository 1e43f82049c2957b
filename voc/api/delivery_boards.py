"""The delivery board: how far contacts came, what is on its way now, and trying again what failed."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.enums import Channel
from voc.api.exposed import field, shape, takes
from voc.api.mutations import mutation
from voc.api.narrowing import id_of
from voc.api.streams import AfterEvent, settled, subscription
from voc.core.access import Action
from voc.outreach.delivering import in_flight as flights
from voc.outreach.delivering.progress import DELIVERY
from voc.outreach.delivering.try_again import Failed, try_again
from voc.responses.funnel import Cohort, Funnel, funnel_of


@takes
class BoardFilter:
    """Which cases to count: decisions by when they were made, invitations that no decision made by when they were planned."""

    since: datetime | None
    """Only from this moment."""
    until: datetime | None
    """Only up to, not including, this moment."""
    policy_id: strawberry.ID | None
    """Only of this policy."""
    touchpoint: str | None
    """Only of this touchpoint, by its key."""
    survey_id: strawberry.ID | None
    """Only about this survey."""
    channel: Channel | None
    """Only over this channel: those who were invited, for the others have none."""
    variant: str | None
    """Only this arm of an experiment: those who were invited."""


@shape
class InFlight:
    """What is on its way at this moment."""

    leaving: int
    """Being handed over."""
    due: int
    """Waiting for a worker."""
    later: int
    """Waiting for their moment."""
    held: int
    """Waiting for a stop or an open task to end."""
    sent: int
    """Attempts of the last hour that were taken by the other side."""
    failed: int
    """Attempts of the last hour that failed or came back."""


@shape
class DeliveryBoard:
    """How many of one and the same cohort came how far; each of the first seven is a part of the one before.

    Whoever came to a later step came to all before it. Tests are left out, and so is whoever answered over an open link.
    """

    decided: int
    """Contacts that were decided on, and invitations that no decision made."""
    eligible: int
    """Of them, those whose customer could have been asked: only our own restraint kept some from it, such as quiet days or the draw."""
    invited: int
    """Of them, those with an invitation that was not taken back before it left."""
    delivered: int
    """Of them, those whom it reached, as far as the other side tells, and did not come back."""
    opened: int
    """Of them, those whose link a person opened."""
    started: int
    """Of them, those who gave an answer."""
    answered: int
    """Of them, those who sent their answers, held ones left out."""
    waiting: int
    """Invited, and still to leave."""
    held: int
    """Invited, and held by a stop or an open task."""
    failed: int
    """Invited, and not delivered."""
    bounced: int
    """Invited, with a message that came back."""
    complained: int
    """Invited, and complained about."""
    stopped: int
    """Invited, and said that they want no more messages."""
    declined: int
    """Invited, and said that it was not for them."""
    reminders: int
    """Reminders that left."""
    scanned: int
    """Invited, with a link that only scanners opened."""
    suspect: int
    """Invited, with an answer that is held because a scanner may have given it."""

    @field(InFlight)
    async def in_flight(board: Parent[Funnel]) -> flights.InFlight:  # noqa: N805 - the source is the funnel
        """What is on its way at this moment, whatever is counted."""
        return await flights.in_flight()


@takes
class RetryDeliveryInput:
    """Which of the invitations that failed to deliver once more."""

    since: datetime | None
    """Only those planned from this moment."""
    until: datetime | None
    """Only those planned up to, not including, this moment."""
    policy_id: strawberry.ID | None
    """Only those of this policy."""
    survey_id: strawberry.ID | None
    """Only those about this survey."""
    channel: Channel | None
    """Only those over this channel."""
    has_new_address: bool | None
    """Only those whose customer has another address now than the one the last attempt went to."""


@shape
class RetriedDelivery:
    """What is delivered once more."""

    retried: int
    """How many invitations are."""
    left: int
    """How many more there are; ask again for them."""


@shape
class DeliveryEvent:
    """Deliveries went on."""

    cursor: str
    """Its place among the events: pass it as `after` to go on from here."""

    @field(InFlight)
    async def in_flight(self, info: Info) -> flights.InFlight:
        """What is on its way now."""
        info.context.actor.must(Action.SEE_OUTREACH)  # roles may have been taken away since the stream began
        return await flights.in_flight()


@shape
class DeliveryQueries:
    """Reads of the delivery board."""

    @field(DeliveryBoard | None)
    async def delivery_board(
        self, info: Info, filter: Annotated[BoardFilter | None, strawberry.argument(description="What to count.")] = None
    ) -> Funnel:
        """How many contacts were decided on, could be asked, were invited, reached, opened the link, began and answered."""
        info.context.actor.must(Action.SEE_OUTREACH)
        return await funnel_of(_cohort(filter) if filter else Cohort())


@shape
class DeliveryMutations:
    """Changes of what failed."""

    @mutation(RetriedDelivery)
    async def retry_delivery(self, info: Info, input: RetryDeliveryInput) -> RetriedDelivery:
        """Deliver invitations that failed once more, up to 1,000 at a time, each to the address that is known now."""
        which = Failed(
            since=input.since,
            until=input.until,
            policy_id=id_of(input.policy_id, "Policy", "policyId"),
            survey_id=id_of(input.survey_id, "Survey", "surveyId"),
            channel=input.channel,
            has_new_address=bool(input.has_new_address),
        )
        tried = await try_again(info.context.actor, which)
        return RetriedDelivery(retried=tried.retried, left=tried.left)


@shape
class DeliverySubscription:
    """Deliveries as they go on."""

    @subscription
    async def delivery_progress(self, info: Info, after: AfterEvent = None) -> AsyncIterator[DeliveryEvent]:
        """What is on its way, whenever deliveries went on; at most one event a second."""
        info.context.actor.must(Action.SEE_OUTREACH)
        async for cursor in settled({DELIVERY}, after):
            yield DeliveryEvent(cursor=cursor)


def _cohort(filter: BoardFilter) -> Cohort:
    return Cohort(
        since=filter.since,
        until=filter.until,
        policy_id=id_of(filter.policy_id, "Policy", "filter.policyId"),
        touchpoint=filter.touchpoint,
        survey_id=id_of(filter.survey_id, "Survey", "filter.surveyId"),
        channel=filter.channel,
        variant=filter.variant,
    )
