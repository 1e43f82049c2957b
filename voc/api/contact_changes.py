"""What contact centres tell of contacts."""

from datetime import datetime

import strawberry
from strawberry import Parent

from voc.api.contacts import Contact
from voc.api.context import Info
from voc.api.customer_changes import CustomerInput
from voc.api.enums import Channel, Direction, Outcome
from voc.api.exposed import field, shape, takes
from voc.api.facts import AttributeInput
from voc.api.mutations import batch, mutation
from voc.api.problems import Fault
from voc.api.told import BatchCounts, Outcomes, as_told, draft_of, tell
from voc.customers import models
from voc.customers.drafts import read_contact
from voc.customers.record import record_contact, record_contacts
from voc.customers.store import Recorded, Status


@as_told
@takes
class ContactInput:
    """What is told of a contact. A field that is absent keeps its value, null clears it. What nobody here knows by name is kept as sent."""

    system: str | None = strawberry.UNSET
    """The outside system that reports it; the contact centre when left out."""
    external_id: str
    """Its id there. The same one twice is the same contact."""
    customer: CustomerInput | None = strawberry.UNSET
    """Whom it was with, by an outside id, mail address or phone number, and what is told of them."""
    touchpoint: str | None = strawberry.UNSET
    """The kind of moment it was: the key of a touchpoint."""
    channel: Channel | None = strawberry.UNSET
    """The way the customer came in."""
    direction: Direction | None = strawberry.UNSET
    """Who began it."""
    outcome: Outcome | None = strawberry.UNSET
    """How it ended."""
    team_key: str | None = strawberry.UNSET
    """The team that had it, by its key."""
    queue: str | None = strawberry.UNSET
    """The queue it waited in."""
    agent_key: str | None = strawberry.UNSET
    """The colleague who had it, by their name in the contact centre."""
    agent_name: str | None = strawberry.UNSET
    """The colleague who had it, for people."""
    subject: str | None = strawberry.UNSET
    """What it was about."""
    started_at: datetime | None = strawberry.UNSET
    """When it began."""
    ended_at: datetime | None = strawberry.UNSET
    """When it ended. A contact that has ended may lead to an invitation."""
    attributes: list[AttributeInput] | None = strawberry.UNSET
    """Further facts; those that are not named are kept."""
    occurred_at: datetime | None = strawberry.UNSET
    """When this was true; now when left out. Older news never overwrites newer."""


@takes
class RecordContactInput:
    """News of one contact."""

    contact: ContactInput
    """What is told."""


@takes
class RecordContactsInput:
    """News of many contacts."""

    contacts: list[ContactInput]
    """What is told, at most 1,000 contacts."""


@shape
class RecordedContact:
    """What became of one contact of a batch."""

    status: Status
    """What became of it."""
    faults: list[Fault]
    """What to mend where it was refused."""

    @field(Contact | None)
    async def contact(found: Parent[Recorded], info: Info) -> models.Contact | None:  # noqa: N805 - the source is the outcome
        """The contact as known now; null where the item was refused."""
        return await info.context.loaders.row(models.Contact, found.id)


@shape
class RecordContactsPayload(BatchCounts):
    """What became of a batch of contacts."""

    results: list[RecordedContact]
    """What became of each, in the order given."""


@shape
class ContactMutations:
    """News of contacts."""

    @mutation(Contact)
    async def record_contact(self, info: Info, input: RecordContactInput) -> models.Contact:
        """Tell of one contact and, with it, of its customer. The same news twice changes nothing; late and unordered news is normal."""
        return await record_contact(info.context.actor, draft_of(input.contact, read_contact, "contact"))

    @batch(RecordContactsPayload)
    async def record_contacts(self, info: Info, input: RecordContactsInput) -> Outcomes:
        """Tell of up to 1,000 contacts. One that is refused stops no other."""
        return await tell(input.contacts, "contacts", read_contact, lambda drafts: record_contacts(info.context.actor, drafts))
