"""Asking by hand, taking back, and leaving customers alone."""

from datetime import datetime
from typing import Any

import strawberry

from voc.api.context import Info
from voc.api.customers import Customer
from voc.api.enums import Channel
from voc.api.exposed import computed, shape, takes
from voc.api.global_ids import row_id
from voc.api.idempotency import Keyed
from voc.api.invitations import Invitation
from voc.api.mutations import mutation
from voc.api.references import ContactReference, CustomerReference, one_contact, one_customer
from voc.customers.models import Customer as CustomerRow
from voc.outreach import invitations, models
from voc.outreach.links import links_of
from voc.outreach.wishes.hold import hold_customer, release_hold
from voc.outreach.wishes.suppress import suppress_customer


@takes
class CreateInvitationInput(Keyed):
    """A personal link for another system to deliver."""

    survey_id: strawberry.ID
    """The survey it asks."""
    customer: CustomerReference | None
    """Whom it is for; the customer of the contact when left out."""
    contact: ContactReference | None
    """The contact it asks about."""
    channel: Channel | None
    """The channel the other system delivers it over; OTHER when left out."""
    language: str | None
    """The language it opens in; the customer's when left out."""
    expire_days: int | None
    """How many days the link works, 1 to 366; 30 when left out."""


@shape
class CreatedInvitation:
    """A new invitation with its link."""

    invitation: Invitation
    """The invitation."""

    @computed
    def link(made: Any) -> str:  # noqa: N805 - the source is the shape
        """The personal link. Whoever has it can answer: give it to the customer only."""
        return links_of(made.invitation.id).survey


@takes
class SendTestInput(Keyed):
    """A test to yourself."""

    survey_id: strawberry.ID
    """The survey, as published."""
    language: str | None
    """The language; yours when left out."""


@takes
class ReportDeliveryInput:
    """What another system says of a link it was given."""

    invitation_id: strawberry.ID
    """The invitation."""
    is_delivered: bool
    """Whether it reached the customer."""
    detail: str | None
    """What is known of it, without addresses."""


@takes
class WithdrawInvitationInput:
    """An invitation to take back."""

    invitation_id: strawberry.ID
    """The invitation."""


@takes
class RetryInvitationInput:
    """An invitation that failed."""

    invitation_id: strawberry.ID
    """The invitation."""


@takes
class HoldCustomerInput:
    """A customer to leave alone for now."""

    customer: CustomerReference
    """The customer."""
    source: str
    """What holds them, such as `call:` and its id; one hold for each customer and source."""
    reason: str
    """Why, for colleagues."""
    until: datetime | None
    """Until when; until it is released when left out."""


@takes
class ReleaseCustomerInput:
    """A customer to ask again."""

    customer: CustomerReference
    """The customer."""
    source: str
    """What held them."""


@takes
class SuppressCustomerInput:
    """A customer who wants no messages."""

    customer: CustomerReference
    """The customer."""
    channels: list[Channel]
    """The channels to write nothing over."""
    reason: str
    """Why, such as `asked in a call`."""
    until: datetime | None
    """Until when; for ever when left out."""


@shape
class InvitationMutations:
    """Asking by hand, taking back, and leaving customers alone."""

    @mutation(CreatedInvitation)
    async def create_invitation(self, info: Info, input: CreateInvitationInput) -> CreatedInvitation:
        """Make a personal link that another system delivers. Nothing is sent by us."""
        made = await invitations.create_invitation(
            info.context.actor,
            row_id(input.survey_id, "Survey", path="surveyId"),
            customer_id=(await one_customer(info, input.customer, "customer")).id if input.customer else None,
            contact_id=(await one_contact(info, input.contact, "contact")).id if input.contact else None,
            channel=input.channel or Channel.OTHER,
            language=input.language,
            expire_days=30 if input.expire_days is None else input.expire_days,
        )
        return CreatedInvitation(invitation=made.invitation)  # type: ignore[arg-type]  # the row is what the type shows

    @mutation(Invitation)
    async def send_test(self, info: Info, input: SendTestInput) -> models.Invitation:
        """Send a published survey to your own mail address, marked TEST and never counted."""
        survey_id = row_id(input.survey_id, "Survey", path="surveyId")
        return await invitations.create_test_invitation(info.context.actor, survey_id, input.language)

    @mutation(Invitation)
    async def report_delivery(self, info: Info, input: ReportDeliveryInput) -> models.Invitation:
        """Tell what became of a link that another system delivers."""
        invitation_id = row_id(input.invitation_id, "Invitation", path="invitationId")
        said = input.detail or ""
        return await invitations.report_delivery(info.context.actor, invitation_id, is_delivered=input.is_delivered, detail=said)

    @mutation(Invitation)
    async def withdraw_invitation(self, info: Info, input: WithdrawInvitationInput) -> models.Invitation:
        """Take back an invitation that has not left (Conflict when it has)."""
        return await invitations.withdraw(info.context.actor, row_id(input.invitation_id, "Invitation", path="invitationId"))

    @mutation(Invitation)
    async def retry_invitation(self, info: Info, input: RetryInvitationInput) -> models.Invitation:
        """Try once more to deliver an invitation that failed."""
        return await invitations.send_again(info.context.actor, row_id(input.invitation_id, "Invitation", path="invitationId"))

    @mutation(Customer)
    async def hold_customer(self, info: Info, input: HoldCustomerInput) -> CustomerRow:
        """Leave a customer alone for now: invitations wait, unless their policy asks nevertheless."""
        customer = await one_customer(info, input.customer, "customer")
        await hold_customer(info.context.actor, customer.id, input.source, input.reason, input.until)
        return customer

    @mutation(Customer)
    async def release_customer(self, info: Info, input: ReleaseCustomerInput) -> CustomerRow:
        """End a hold: what waited for it goes on its way."""
        customer = await one_customer(info, input.customer, "customer")
        await release_hold(info.context.actor, customer.id, input.source)
        return customer

    @mutation(Customer)
    async def suppress_customer(self, info: Info, input: SuppressCustomerInput) -> CustomerRow:
        """Write nothing to a customer over these channels, whatever their address is now or will be."""
        customer = await one_customer(info, input.customer, "customer")
        await suppress_customer(info.context.actor, customer.id, input.channels, input.reason, input.until)
        return customer
