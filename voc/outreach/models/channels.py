"""Tables of how an ask reaches the customer: one attempt after the other."""

from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.customers.models import Channel
from voc.outreach.delivery_states import DeliveryState
from voc.outreach.models.invitations import Invitation
from voc.outreach.returning.report_kinds import ReportKind


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
    address_hash = fields.CharField(
        64, null=True, db_index=True, description="of the address it went to, keyed; tells whether there is another by now"
    )
    detail = fields.CharField(300, default="", description="what the relay said, without addresses")
    started_at = fields.DatetimeField(default=clock.now)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "delivery"
        unique_together = (("invitation_id", "number"),)
        indexes = (("started_at", "id"),)


class DeliveryReport(Table):
    """One such word about one invitation, kept once however often it is told. `address_hash` is of the address that was written to."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(64, unique=True, description="hash of what told it")
    invitation: fields.ForeignKeyRelation[Invitation] = fields.ForeignKeyField("voc.Invitation", related_name=False)
    invitation_id: UUID
    kind = fields.CharEnumField(ReportKind, max_length=10)
    address_hash = fields.CharField(64, default="")
    detail = fields.CharField(300, default="", description="what the other side said, without addresses")
    at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "delivery_report"
        indexes = (("address_hash", "at"), ("invitation_id",), ("at", "id"))


class MailHost(Table):
    """How fast mail may leave for one host of recipients, over all workers.

    `next_at` is when the next mail is due at its rate, `queue_at` the moment up to which waiting mails were spread.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    host = fields.CharField(253, unique=True)
    next_at = fields.DatetimeField(default=clock.now)
    queue_at = fields.DatetimeField(default=clock.now)
    slow_until = fields.DatetimeField(null=True, description="until when nothing leaves, since it said that it gets too many")
    slow_times = fields.IntField(default=0, description="how often in a row it said so")

    class Meta:
        table = "mail_host"


class OutboxMail(Table):
    """A mail or text that was put in the outbox instead of on the road: for the demo and for tests."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    channel = fields.CharEnumField(Channel, max_length=20, default=Channel.EMAIL)
    message_id = fields.CharField(200, unique=True)
    to = fields.CharField(254)
    subject = fields.CharField(300)
    source = fields.TextField(description="the whole message as it would have left")
    at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "outbox_mail"
        indexes = (("at", "id"),)
