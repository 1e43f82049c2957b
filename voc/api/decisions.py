"""Decisions: what policies said about contacts, and why."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import strawberry
from strawberry import Parent

from voc.api.batches import single
from voc.api.contacts import Contact
from voc.api.context import Info
from voc.api.customers import Customer
from voc.api.enums import Channel, Reason, Verdict
from voc.api.exposed import computed, exposes, field, shape
from voc.api.nodes import Node
from voc.api.outreach import Policy
from voc.api.surveys import Survey
from voc.core.db import as_moment
from voc.customers.models import Contact as ContactRow
from voc.customers.models import Customer as CustomerRow
from voc.outreach import models
from voc.outreach.deciding.reasons import sentence
from voc.outreach.queries import decisions_visible_to, invitations_visible_to
from voc.surveys.models import Survey as SurveyRow

if TYPE_CHECKING:
    from voc.api.invitations import Invitation

invitation_of_decisions = single(invitations_visible_to, "decision_id")


@shape
class EarlierVerdict:
    """What was said of the contact before, when it was looked at again."""

    verdict: Verdict
    """What was said."""
    reason: Reason
    """Why."""
    detail: str
    """What the reason speaks of; empty where there is nothing to add."""
    at: datetime | None
    """When it was said."""


@exposes(models.Decision, visible=decisions_visible_to)
class Decision(Node):
    """What a policy said about one contact; exactly one for each contact and policy, kept for ever."""

    touchpoint: str
    """The kind of moment the contact was."""
    verdict: Verdict
    """What was said."""
    reason: Reason
    """Why."""
    detail: str
    """What the reason speaks of; empty where there is nothing to add."""
    channel: Channel | None
    """The channel to ask over."""
    act_at: datetime | None
    """When to ask, or when to look again."""
    decided_at: datetime
    """When it was said."""
    policy_key: str
    """The key of the policy; empty where none speaks of the touchpoint."""
    policy_number: int | None
    """The edition of the policy."""

    @field(str)
    def explanation(row: Parent[models.Decision], info: Info) -> str:  # noqa: N805 - the source is the row
        """The reason as a sentence, in your language."""
        return sentence(row.reason, info.context.language)

    @computed
    def history(row: models.Decision) -> list[EarlierVerdict]:  # noqa: N805
        """What was said before, in order."""
        return [_earlier(one) for one in row.history]

    @field(Policy | None)
    async def policy(row: Parent[models.Decision], info: Info) -> models.Policy | None:  # noqa: N805
        """The policy; null where none speaks of the touchpoint."""
        return await info.context.loaders.row(models.Policy, row.policy_id)

    @field(Survey | None)
    async def survey(row: Parent[models.Decision], info: Info) -> SurveyRow | None:  # noqa: N805
        """The survey the policy asks."""
        return await info.context.loaders.row(SurveyRow, row.survey_id)

    @field(Contact | None)
    async def contact(row: Parent[models.Decision], info: Info) -> ContactRow | None:  # noqa: N805
        """The contact it is about."""
        return await info.context.loaders.row(ContactRow, row.contact_id)

    @field(Customer | None)
    async def customer(row: Parent[models.Decision], info: Info) -> CustomerRow | None:  # noqa: N805
        """The customer of the contact."""
        return await info.context.loaders.row(CustomerRow, row.customer_id)

    @field(Annotated["Invitation", strawberry.lazy("voc.api.invitations")] | None)
    async def invitation(row: Parent[models.Decision], info: Info) -> models.Invitation | None:  # noqa: N805
        """The invitation that came of it."""
        return await info.context.loaders.seen(invitation_of_decisions, row.id)


def _earlier(said: dict[str, Any]) -> EarlierVerdict:
    return EarlierVerdict(
        verdict=Verdict(said["verdict"]), reason=Reason(said["reason"]), detail=said.get("detail", ""), at=as_moment(said.get("at"))
    )
