"""Contacts: single interactions with the contact centre, and what came of each."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry
from strawberry import Parent

from voc.api.batches import children
from voc.api.context import Info
from voc.api.customers import Customer
from voc.api.enums import Channel, Direction, Outcome
from voc.api.exposed import computed, exposes, field
from voc.api.facts import Attribute, attributes_of
from voc.api.identities import concerning
from voc.api.nodes import Node
from voc.api.staff import Team
from voc.core import settings
from voc.customers import models
from voc.customers.queries import contacts_visible_to
from voc.followup.models import Task as TaskRow
from voc.followup.queries import tasks_visible_to
from voc.outreach.models import Decision as DecisionRow
from voc.outreach.models import Invitation as InvitationRow
from voc.outreach.queries import decisions_visible_to, invitations_visible_to
from voc.responses.models import Response as ResponseRow
from voc.responses.queries import responses_visible_to
from voc.staff.models import Team as TeamRow

if TYPE_CHECKING:
    from voc.api.decisions import Decision
    from voc.api.invitations import Invitation
    from voc.api.responses import Response
    from voc.api.tasks import Task

decisions_of_contacts = children(decisions_visible_to, "contact_id", "decided_at", "id")
invitations_of_contacts = children(invitations_visible_to, "contact_id", "created_at", "id")
responses_of_contacts = children(responses_visible_to, "contact_id", "id")
tasks_of_contacts = children(tasks_visible_to, "contact_id", "created_at", "id")


@exposes(models.Contact, visible=contacts_visible_to)
class Contact(Node):
    """One interaction with the contact centre: a call, chat, mail or visit."""

    system: str
    """The outside system that reported it."""
    external_id: str
    """Its id there."""
    touchpoint: str
    """The kind of moment it was, as sent: the key of a touchpoint, known here or not."""
    channel: Channel
    """The way the customer came in."""
    direction: Direction
    """Who began it."""
    outcome: Outcome
    """How it ended."""
    team_key: str | None
    """The team as the contact centre calls it."""
    queue: str | None
    """The queue it waited in."""
    agent_key: str | None
    """The colleague who had it, by their name in the contact centre."""
    agent_name: str | None
    """The colleague who had it, for people."""
    subject: str | None
    """What it was about."""
    started_at: datetime | None
    """When it began."""
    ended_at: datetime | None
    """When it ended; null while it goes on."""
    occurred_at: datetime
    """When the newest news about it was true."""
    created_at: datetime
    """When it became known here."""
    updated_at: datetime
    """When something about it last changed."""

    @computed
    def interaction_id(row: models.Contact) -> str | None:  # noqa: N805 - the source is the row
        """Its id in the contact centre; null when another system reported it."""
        return row.external_id if row.system == settings.current().contact_system else None

    @computed
    def attributes(row: models.Contact) -> list[Attribute]:  # noqa: N805
        """Further facts that came with it."""
        return attributes_of(row.attributes)

    @field(Customer | None)
    async def customer(row: Parent[models.Contact], info: Info) -> models.Customer | None:  # noqa: N805
        """Whom it was with; null while nobody knows."""
        return concerning(await info.context.loaders.row(models.Customer, row.customer_id), row.team_id)

    @field(Team | None)
    async def team(row: Parent[models.Contact], info: Info) -> TeamRow | None:  # noqa: N805
        """The team that had it; null while the team is not known here."""
        return await info.context.loaders.row(TeamRow, row.team_id)

    @field(list[Annotated["Decision", strawberry.lazy("voc.api.decisions")]])
    async def decisions(row: Parent[models.Contact], info: Info) -> list[DecisionRow]:  # noqa: N805
        """What policies said about it: one decision for each policy."""
        return await info.context.loaders.seen(decisions_of_contacts, row.id) or []

    @field(list[Annotated["Invitation", strawberry.lazy("voc.api.invitations")]])
    async def invitations(row: Parent[models.Contact], info: Info) -> list[InvitationRow]:  # noqa: N805
        """How the customer was asked about it."""
        return await info.context.loaders.seen(invitations_of_contacts, row.id) or []

    @field(list[Annotated["Response", strawberry.lazy("voc.api.responses")]])
    async def responses(row: Parent[models.Contact], info: Info) -> list[ResponseRow]:  # noqa: N805
        """What the customer answered."""
        return await info.context.loaders.seen(responses_of_contacts, row.id) or []

    @field(list[Annotated["Task", strawberry.lazy("voc.api.tasks")]])
    async def tasks(row: Parent[models.Contact], info: Info) -> list[TaskRow]:  # noqa: N805
        """What was done about it."""
        return await info.context.loaders.seen(tasks_of_contacts, row.id) or []
