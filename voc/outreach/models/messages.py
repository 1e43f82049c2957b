"""Tables of what gateways tell us: how texts fared, and what customers wrote back."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.customers.models import Customer
from voc.outreach.models.invitations import Invitation


class Receipt(Table):
    """What a gateway said of a text, until it is applied: it may come before we have written down what the gateway calls the text."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    gateway = fields.CharField(64)
    provider_id = fields.CharField(200)
    told = fields.CharField(10, description="what it means: delivered, stopped, bounced or refused")
    detail = fields.CharField(300, default="")
    at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "receipt"
        unique_together = (("gateway", "provider_id", "told"),)


class Became(StrEnum):
    """What followed from something a customer wrote to us."""

    STOPPED = "stopped"
    RESUMED = "resumed"
    ANSWERED = "answered"
    KEPT = "kept"


class InboundMessage(Table):
    """Something a customer wrote to the number or name we ask from; the same message twice is one. It goes with its customer."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    gateway = fields.CharField(64)
    provider_id = fields.CharField(200, description="what the gateway calls it")
    sender = fields.CharField(40, description="number it came from, E.164 where it is one")
    text = fields.TextField()
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField("voc.Customer", related_name=False, null=True)
    customer_id: UUID | None
    invitation: fields.ForeignKeyNullableRelation[Invitation] = fields.ForeignKeyField("voc.Invitation", related_name=False, null=True)
    invitation_id: UUID | None
    is_signed = fields.BooleanField(description="whether the gateway proved that it brought it")
    wish = fields.CharField(10, default="", description="stop, resume or nothing; outlives the text that said it")
    became = fields.CharEnumField(Became, max_length=10, default=Became.KEPT)
    at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "inbound_message"
        unique_together = (("gateway", "provider_id"),)
        indexes = (("at", "id"), ("invitation_id",), ("customer_id",))
