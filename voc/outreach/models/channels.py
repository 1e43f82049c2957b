"""Tables of how an ask reaches the customer: one attempt after the other."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.customers.models import Channel
from voc.outreach.models.invitations import Invitation


class DeliveryState(StrEnum):
    """How one attempt went: taken by the other side, known to have arrived, not taken, or sent back later."""

    STARTED = "started"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    FAILED = "failed"
    BOUNCED = "bounced"


class Delivery(Table):
    """One attempt to put an invitation in front of the customer. `message_id` stays the same over all attempts of one message."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    invitation: fields.ForeignKeyRelation[Invitation] = fields.ForeignKeyField("voc.Invitation", related_name=False)
    invitation_id: UUID
    number = fields.IntField()
    reminder = fields.IntField(default=0, description="0 is the ask itself, 1 its first reminder")
    channel = fields.CharEnumField(Channel, max_length=20)
    state = fields.CharEnumField(DeliveryState, max_length=10, default=DeliveryState.STARTED)
    message_id = fields.CharField(200)
    job = fields.CharField(36, default="", description="that made the attempt: one that never ended is followed by the same job's next")
    provider_id = fields.CharField(200, default="", db_index=True, description="what the gateway calls it, for its receipts")
    detail = fields.CharField(300, default="", description="what the relay said, without addresses")
    started_at = fields.DatetimeField(default=clock.now)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "delivery"
        unique_together = (("invitation_id", "number"),)
        indexes = (("started_at", "id"),)


class OutboxMail(Table):
    """A mail that was put in the outbox instead of on the road: for the demo and for tests."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    message_id = fields.CharField(200, unique=True)
    to = fields.CharField(254)
    subject = fields.CharField(300)
    source = fields.TextField(description="the whole message as it would have left")
    at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "outbox_mail"
        indexes = (("at", "id"),)
