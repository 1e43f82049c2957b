"""Tables of what keeps us from asking: addresses that get nothing, reasons to leave a customer alone, emergency stops."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.customers.models import Channel, Customer


class PauseScope(StrEnum):
    """What is stopped."""

    EVERYTHING = "everything"
    CHANNEL = "channel"
    POLICY = "policy"
    SURVEY = "survey"


class Suppression(Table):
    """An address we do not write to, kept as a hash so that the list itself holds no addresses; one that was lifted stays to be read."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    channel = fields.CharEnumField(Channel, max_length=20)
    address_hash = fields.CharField(64)
    reason = fields.CharField(64)
    detail = fields.CharField(300, default="", description="what the other side said, without addresses")
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField("voc.Customer", related_name=False, null=True)
    customer_id: UUID | None
    since = fields.DatetimeField(default=clock.now)
    until = fields.DatetimeField(null=True, description="null is for ever; a lifted one ended then")
    by = fields.CharField(200, default="", description="who put it on the list")
    lifted_by = fields.CharField(200, default="", description="who took it off before its time; empty while nobody did")
    lift_reason = fields.CharField(300, default="")

    class Meta:
        table = "suppression"
        unique_together = (("channel", "address_hash"),)
        indexes = (("since", "id"),)


class Hold(Table):
    """A reason to leave a customer alone for now, such as an open task; one per customer and source."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField("voc.Customer", related_name=False)
    customer_id: UUID
    source = fields.CharField(100)
    reason = fields.CharField(200)
    since = fields.DatetimeField(default=clock.now)
    until = fields.DatetimeField(null=True)

    class Meta:
        table = "hold"
        unique_together = (("customer_id", "source"),)


class Pause(Table):
    """An emergency stop; `ref` is the key of the channel, policy or survey, empty for everything. It ends when `ended_at` is set."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    scope = fields.CharEnumField(PauseScope, max_length=12)
    ref = fields.CharField(64, default="")
    reason = fields.CharField(300)
    by = fields.CharField(200)
    since = fields.DatetimeField(default=clock.now)
    ended_at = fields.DatetimeField(null=True)
    ended_by = fields.CharField(200, null=True)

    class Meta:
        table = "pause"
        indexes = (("ended_at",),)
