"""Tables of the connect room."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table


class HookState(StrEnum):
    """How the telling of one event stands."""

    WAITING = "waiting"
    TOLD = "told"
    FAILED = "failed"


class Webhook(Table):
    """An outside address that wants to hear of events; its signing secret is derived from the server key and `key_version`."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(100, unique=True)
    url = fields.CharField(500)
    kinds: fields.JSONField[list[str]] = fields.JSONField(description="event types such as response.submitted; * is all")
    key_version = fields.IntField(default=1)
    created_at = fields.DatetimeField(default=clock.now)
    stopped_at = fields.DatetimeField(null=True)

    class Meta:
        table = "webhook"


class HookDelivery(Table):
    """One event told to one webhook; `id` is the webhook-id header, the same over all attempts. The body holds no texts."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    webhook: fields.ForeignKeyRelation[Webhook] = fields.ForeignKeyField("voc.Webhook", related_name=False)
    webhook_id: UUID
    kind = fields.CharField(40)
    ref = fields.UUIDField()
    body: fields.JSONField[dict[str, Any]] = fields.JSONField()
    state = fields.CharEnumField(HookState, max_length=8, default=HookState.WAITING)
    attempts = fields.IntField(default=0)
    answer = fields.CharField(200, default="", description="status code, or why it could not be reached")
    created_at = fields.DatetimeField(default=clock.now)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "hook_delivery"
        indexes = (("webhook_id", "created_at"), ("state", "created_at"))
