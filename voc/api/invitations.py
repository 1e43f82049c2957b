"""Invitations: the asks themselves, and the attempts to deliver them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry
from strawberry import Parent

from voc.api.batches import children, single
from voc.api.contacts import Contact
from voc.api.context import Info
from voc.api.customers import Customer
from voc.api.decisions import Decision
from voc.api.enums import Channel, DeliveryState, InvitationState
from voc.api.exposed import exposes, field
from voc.api.nodes import Node
from voc.api.open_links import OpenLink
from voc.api.surveys import Survey, SurveyVersion
from voc.customers.models import Contact as ContactRow
from voc.customers.models import Customer as CustomerRow
from voc.outreach import models
from voc.outreach.deciding.reasons import sentence
from voc.outreach.deciding.verdicts import Reason
from voc.outreach.delivering.try_again import new_addresses
from voc.outreach.queries import deliveries_visible_to, invitations_visible_to
from voc.responses.models import Response as ResponseRow
from voc.responses.queries import responses_visible_to
from voc.surveys.models import Survey as SurveyRow
from voc.surveys.models import SurveyVersion as VersionRow

if TYPE_CHECKING:
    from voc.api.responses import Response


async def _with_new_address(invitation_ids: list[UUID]) -> dict[UUID, bool]:
    return dict.fromkeys(await new_addresses(invitation_ids), True)


deliveries_of_invitations = children(deliveries_visible_to, "invitation_id", "number")
response_of_invitations = single(responses_visible_to, "invitation_id")


@exposes(models.Invitation, visible=invitations_visible_to)
class Invitation(Node):
    """The ask itself: a personal link, put in front of a customer over a channel."""

    channel: Channel
    """The channel."""
    language: str
    """The language it is written in."""
    state: InvitationState
    """Where it stands."""
    state_reason: str
    """Why it stands there; empty where there is nothing to say."""
    is_test: bool
    """Whether it is a test, which is never counted."""
    send_at: datetime
    """When it is to be sent."""
    sent_at: datetime | None
    """When it reached the channel."""
    delivered_at: datetime | None
    """When it arrived, as far as the other side tells; null again once it came back."""
    expires_at: datetime
    """Until when its link works."""
    reminders: int
    """How many reminders have followed it."""
    remind_at: datetime | None
    """When the next reminder is due, as long as nothing comes back; null when none is planned."""
    opened_at: datetime | None
    """When its link was first opened, by a person or a scanner; never counted."""
    begun_at: datetime | None
    """When the customer began to answer; the answer may never have been sent."""
    answered_at: datetime | None
    """When the customer sent an answer."""
    declined_at: datetime | None
    """When the customer said that it was not for them."""
    stopped_at: datetime | None
    """When the customer said over it that they want no more messages."""
    complained_at: datetime | None
    """When a complaint about it came in."""
    created_at: datetime
    """When it was planned."""

    @field(str)
    def explanation(row: Parent[models.Invitation], info: Info) -> str:  # noqa: N805 - the source is the row
        """The reason as a sentence, in your language; empty where there is nothing to say."""
        known = next((reason for reason in Reason if reason.value == row.state_reason), None)
        return sentence(known, info.context.language) if known else row.state_reason

    @field(bool)
    async def has_new_address(row: Parent[models.Invitation], info: Info) -> bool:  # noqa: N805 - the source is the row
        """Whether the customer has another address now than the one the last attempt went to; only asked of what failed."""
        if row.state is not models.InvitationState.FAILED:
            return False
        return bool(await info.context.loaders.of(_with_new_address, row.id))

    @field(Decision | None)
    async def decision(row: Parent[models.Invitation], info: Info) -> models.Decision | None:  # noqa: N805 - the source is the row
        """The decision it came of; null when a program or a colleague asked for it."""
        return await info.context.loaders.row(models.Decision, row.decision_id)

    @field(Survey | None)
    async def survey(row: Parent[models.Invitation], info: Info) -> SurveyRow | None:  # noqa: N805
        """The survey it asks."""
        return await info.context.loaders.row(SurveyRow, row.survey_id)

    @field(SurveyVersion | None)
    async def version(row: Parent[models.Invitation], info: Info) -> VersionRow | None:  # noqa: N805
        """The edition it asks."""
        return await info.context.loaders.row(VersionRow, row.version_id)

    @field(Customer | None)
    async def customer(row: Parent[models.Invitation], info: Info) -> CustomerRow | None:  # noqa: N805
        """Whom it asks."""
        return await info.context.loaders.row(CustomerRow, row.customer_id)

    @field(Contact | None)
    async def contact(row: Parent[models.Invitation], info: Info) -> ContactRow | None:  # noqa: N805
        """The contact it asks about."""
        return await info.context.loaders.row(ContactRow, row.contact_id)

    @field(OpenLink | None)
    async def open_link(row: Parent[models.Invitation], info: Info) -> models.OpenLink | None:  # noqa: N805
        """The open link its holder came by; null where somebody was asked in person."""
        return await info.context.loaders.row(models.OpenLink, row.open_link_id)

    @field(Annotated["Response", strawberry.lazy("voc.api.responses")] | None)
    async def response(row: Parent[models.Invitation], info: Info) -> ResponseRow | None:  # noqa: N805
        """What came back."""
        return await info.context.loaders.seen(response_of_invitations, row.id)

    @field(list[Annotated["Delivery", strawberry.lazy("voc.api.invitations")]])
    async def deliveries(row: Parent[models.Invitation], info: Info) -> list[models.Delivery]:  # noqa: N805
        """The attempts to deliver it, in order."""
        return await info.context.loaders.seen(deliveries_of_invitations, row.id) or []


@exposes(models.Delivery, visible=deliveries_visible_to)
class Delivery(Node):
    """One attempt to put an invitation in front of the customer."""

    number: int
    """Its number among the attempts of the invitation, from 1."""
    reminder: int
    """Which message it carried: 0 is the ask itself, 1 its first reminder."""
    channel: Channel
    """The channel."""
    state: DeliveryState
    """How it went."""
    detail: str
    """What the channel said, without addresses."""
    message_id: str
    """The Message-ID, the same over all attempts of one message."""
    started_at: datetime
    """When it began."""
    finished_at: datetime | None
    """When it ended; null while under way, or when it was cut off."""

    @field(Invitation | None)
    async def invitation(row: Parent[models.Delivery], info: Info) -> models.Invitation | None:  # noqa: N805
        """What it delivers."""
        return await info.context.loaders.row(models.Invitation, row.invitation_id)
