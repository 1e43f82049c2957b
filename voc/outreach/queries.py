"""Reads of the outreach room. Why somebody was asked is no secret among colleagues; whom to mask is the customers room's business."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from tortoise.expressions import F
from tortoise.models import Model
from tortoise.queryset import QuerySet

from voc.core.access import Action, Actor
from voc.core.ids import secret_hash
from voc.outreach.links import Purpose, invitation_named_by
from voc.outreach.models import (
    Decision,
    Delivery,
    Hold,
    InboundMessage,
    Invitation,
    OpenLink,
    OutboxMail,
    Pause,
    Policy,
    PolicyVersion,
    Suppression,
    Touchpoint,
)
from voc.outreach.policies.rules import Rules
from voc.outreach.policies.version_rules import stored_rules

M = TypeVar("M", bound=Model)


def touchpoints_visible_to(actor: Actor) -> QuerySet[Touchpoint]:
    """The kinds of moments."""
    return _all(actor, Touchpoint)


def policies_visible_to(actor: Actor) -> QuerySet[Policy]:
    """The policies, retired ones too."""
    return _all(actor, Policy)


def policy_versions_visible_to(actor: Actor) -> QuerySet[PolicyVersion]:
    """What the policies said, and say."""
    return _all(actor, PolicyVersion)


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    """The ledger."""
    return _all(actor, Decision)


def invitations_visible_to(actor: Actor) -> QuerySet[Invitation]:
    """The invitations; the holder of a link sees its own."""
    if actor.reach(Action.SEE_OUTREACH).all:
        return Invitation.all()
    return Invitation.filter(id=actor.id) if actor.reach(Action.ANSWER).all and actor.id else Invitation.filter(id=None)


def open_links_visible_to(actor: Actor) -> QuerySet[OpenLink]:
    """The addresses for many, also those that take no answers any more. Who may see the address itself is `sees_open_addresses`."""
    return _all(actor, OpenLink)


def sees_open_addresses(actor: Actor) -> bool:
    """Whether the addresses are told too: whoever has one can answer, so those who hand them out."""
    return actor.reach(Action.EDIT_OUTREACH).all


def deliveries_visible_to(actor: Actor) -> QuerySet[Delivery]:
    """The attempts to deliver."""
    return _all(actor, Delivery)


def pauses_visible_to(actor: Actor) -> QuerySet[Pause]:
    """What is stopped, and what was."""
    return _all(actor, Pause)


def holds_visible_to(actor: Actor) -> QuerySet[Hold]:
    """Why customers are left alone."""
    return _all(actor, Hold)


def suppressions_visible_to(actor: Actor) -> QuerySet[Suppression]:
    """Who gets no messages; the list holds no addresses."""
    return _all(actor, Suppression)


def outbox_visible_to(actor: Actor) -> QuerySet[OutboxMail]:
    """Mails that stayed here; they name customers, so only those who may know them read on."""
    return OutboxMail.all() if actor.reach(Action.SEE_IDENTITY).all else OutboxMail.filter(id=None)


def inbound_messages_visible_to(actor: Actor) -> QuerySet[InboundMessage]:
    """What customers wrote back, for those who may see answers: all of it, or what was about contacts of their teams."""
    reach = actor.reach(Action.SEE_RESPONSES)
    if reach.all:
        return InboundMessage.all()
    return InboundMessage.filter(invitation__contact__team_id__in=reach.teams) if reach else InboundMessage.filter(id=None)


async def active_pauses() -> list[Pause]:
    """What is stopped now, the latest first."""
    return await Pause.filter(ended_at=None).order_by("-since")


async def current_rules(policy_ids: Iterable[UUID]) -> dict[UUID, Rules]:
    """What each policy says now, in one statement; one that is not switched on yet says nothing."""
    found = await PolicyVersion.filter(policy_id__in=list(policy_ids), number=F("policy__number")).select_related("policy")
    return {version.policy_id: stored_rules(version.rules) for version in found}


async def newest_rules(policy_ids: Iterable[UUID]) -> dict[UUID, Rules]:
    """What the newest version of each policy says, in force or not, in one statement."""
    found = await PolicyVersion.filter(policy_id__in=list(policy_ids), number=F("policy__last_number")).select_related("policy")
    return {version.policy_id: stored_rules(version.rules) for version in found}


async def invitation_by_secret(secret: str) -> Invitation | None:
    """The invitation that an answering link (`/s/…`, `/r/…`) belongs to, found by the secret's hash."""
    return await Invitation.get_or_none(secret_hash=secret_hash(secret))


async def invitation_for(purpose: Purpose, secret: str) -> Invitation | None:
    """The invitation that a stop or preferences link (`/u/…`, `/m/…`) was made for."""
    invitation_id = invitation_named_by(purpose, secret)
    return await Invitation.get_or_none(id=invitation_id) if invitation_id else None


def _all(actor: Actor, model: type[M]) -> QuerySet[M]:
    return model.all() if actor.reach(Action.SEE_OUTREACH).all else model.filter(id=None)
