"""Lists of decisions, invitations and deliveries."""

from datetime import datetime
from typing import Annotated

import strawberry
from tortoise.queryset import QuerySet

from voc.api.connections import After, Before, Connection, First, Last
from voc.api.context import Info
from voc.api.decisions import Decision
from voc.api.enums import Channel, DeliveryState, InvitationState, Reason, Verdict
from voc.api.exposed import field, shape, takes
from voc.api.invitations import Delivery, Invitation
from voc.api.listings import DECISIONS, DELIVERIES, INVITATIONS, Order
from voc.api.narrowing import id_of, narrowed
from voc.api.nodes import Id, fetch
from voc.api.paging import Page, Paging
from voc.outreach import models
from voc.outreach.queries import decisions_visible_to, deliveries_visible_to, invitations_visible_to

InOrder = Annotated[Order | None, strawberry.argument(description="In which order; the newest first unless said.")]


@takes
class DecisionFilter:
    """Which decisions to list."""

    verdict: Verdict | None
    """Only those that said this."""
    reasons: list[Reason] | None
    """Only those for one of these reasons."""
    policy: str | None
    """Only those of this policy, by its key."""
    survey_id: strawberry.ID | None
    """Only those about this survey."""
    touchpoint: str | None
    """Only those of this touchpoint, by its key."""
    customer_id: strawberry.ID | None
    """Only those about this customer."""
    contact_id: strawberry.ID | None
    """Only those about this contact."""
    since: datetime | None
    """Only those made at or after this moment."""
    until: datetime | None
    """Only those made before this moment."""


@takes
class InvitationFilter:
    """Which invitations to list."""

    states: list[InvitationState] | None
    """Only those that stand here."""
    survey_id: strawberry.ID | None
    """Only those that ask this survey."""
    policy_id: strawberry.ID | None
    """Only those of this policy."""
    channel: Channel | None
    """Only those over this channel."""
    customer_id: strawberry.ID | None
    """Only those to this customer."""
    open_link_id: strawberry.ID | None
    """Only those that were made over this open link."""
    is_test: bool | None
    """Only tests, or none of them."""
    since: datetime | None
    """Only those planned at or after this moment."""
    until: datetime | None
    """Only those planned before this moment."""


@takes
class DeliveryFilter:
    """Which deliveries to list."""

    states: list[DeliveryState] | None
    """Only those that went so."""
    channel: Channel | None
    """Only those over this channel."""
    survey_id: strawberry.ID | None
    """Only those of invitations to this survey."""
    since: datetime | None
    """Only those begun at or after this moment."""
    until: datetime | None
    """Only those begun before this moment."""


@shape
class LedgerQueries:
    """Lists of decisions, invitations and deliveries."""

    @field(Connection[Decision] | None)
    async def decisions(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: InOrder = None,
        filter: Annotated[DecisionFilter | None, strawberry.argument(description="Which decisions.")] = None,
    ) -> Page:
        """Decisions: who was asked, who was not, and why."""
        rows = decisions_visible_to(info.context.actor)
        return await DECISIONS.page(_decisions(rows, filter) if filter else rows, Paging(first, after, last, before), order_by)

    @field(Connection[Invitation] | None)
    async def invitations(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: InOrder = None,
        filter: Annotated[InvitationFilter | None, strawberry.argument(description="Which invitations.")] = None,
    ) -> Page:
        """Invitations."""
        rows = invitations_visible_to(info.context.actor)
        return await INVITATIONS.page(_invitations(rows, filter) if filter else rows, Paging(first, after, last, before), order_by)

    @field(Invitation | None)
    async def invitation(self, info: Info, id: Id) -> models.Invitation | None:
        """One invitation."""
        return await fetch(info, id, "Invitation")  # type: ignore[no-any-return]

    @field(Connection[Delivery] | None)
    async def deliveries(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        order_by: InOrder = None,
        filter: Annotated[DeliveryFilter | None, strawberry.argument(description="Which deliveries.")] = None,
    ) -> Page:
        """Attempts to deliver invitations."""
        rows = deliveries_visible_to(info.context.actor)
        return await DELIVERIES.page(_deliveries(rows, filter) if filter else rows, Paging(first, after, last, before), order_by)


def _decisions(rows: QuerySet[models.Decision], filter: DecisionFilter) -> QuerySet[models.Decision]:
    return narrowed(
        rows,
        verdict=filter.verdict,
        reason__in=filter.reasons,
        policy_key=filter.policy,
        survey_id=id_of(filter.survey_id, "Survey", "filter.surveyId"),
        touchpoint=filter.touchpoint,
        customer_id=id_of(filter.customer_id, "Customer", "filter.customerId"),
        contact_id=id_of(filter.contact_id, "Contact", "filter.contactId"),
        decided_at__gte=filter.since,
        decided_at__lt=filter.until,
    )


def _invitations(rows: QuerySet[models.Invitation], filter: InvitationFilter) -> QuerySet[models.Invitation]:
    return narrowed(
        rows,
        state__in=filter.states,
        survey_id=id_of(filter.survey_id, "Survey", "filter.surveyId"),
        policy_id=id_of(filter.policy_id, "Policy", "filter.policyId"),
        channel=filter.channel,
        customer_id=id_of(filter.customer_id, "Customer", "filter.customerId"),
        open_link_id=id_of(filter.open_link_id, "OpenLink", "filter.openLinkId"),
        is_test=filter.is_test,
        created_at__gte=filter.since,
        created_at__lt=filter.until,
    )


def _deliveries(rows: QuerySet[models.Delivery], filter: DeliveryFilter) -> QuerySet[models.Delivery]:
    return narrowed(
        rows,
        state__in=filter.states,
        channel=filter.channel,
        invitation__survey_id=id_of(filter.survey_id, "Survey", "filter.surveyId"),
        started_at__gte=filter.since,
        started_at__lt=filter.until,
    )
