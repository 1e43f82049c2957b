"""Tables of when and whom we ask: touchpoints, policies and what they decided."""

from typing import Any
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.customers.models import Channel, Contact, Customer
from voc.outreach.deciding.verdicts import Reason, Verdict
from voc.surveys.models import Survey

_DECIDED = (("decided_at", "id"), ("customer_id", "decided_at"), ("survey_id", "decided_at"), ("reason", "decided_at"))


class Touchpoint(Table):
    """The kind of moment a contact belongs to, with its stage in the journey."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(64, unique=True)
    names: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict)
    stage = fields.CharField(64, default="")
    position = fields.IntField(default=0)

    class Meta:
        table = "touchpoint"


class Policy(Table):
    """When, whom and how to ask after touchpoints; what it says stands in its versions, of which one is in force."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(64, unique=True)
    name = fields.CharField(200)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False, description="as it says now")
    survey_id: UUID
    number = fields.IntField(default=0, description="of the version in force; 0 asks nobody yet")
    last_number = fields.IntField(default=0, description="of the newest version, which may be ahead of it")
    retired_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "policy"


class PolicyTouchpoint(Table):
    """A touchpoint that the version in force of a policy speaks of; by it contacts find their policies."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    policy: fields.ForeignKeyRelation[Policy] = fields.ForeignKeyField("voc.Policy", related_name=False)
    policy_id: UUID
    touchpoint = fields.CharField(64, description="its key")

    class Meta:
        table = "policy_touchpoint"
        unique_together = (("policy_id", "touchpoint"),)
        indexes = (("touchpoint",),)


class PolicyVersion(Table):
    """One immutable edition of a policy; `rules` is a dumped `rules.Rules`. It comes into force once, if at all."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    policy: fields.ForeignKeyRelation[Policy] = fields.ForeignKeyField("voc.Policy", related_name=False)
    policy_id: UUID
    number = fields.IntField()
    rules: fields.JSONField[dict[str, Any]] = fields.JSONField()
    made_at = fields.DatetimeField(default=clock.now)
    made_by = fields.CharField(200)
    starts_at = fields.DatetimeField(null=True, description="when it is to come into force; null while nobody has switched it on")
    started_at = fields.DatetimeField(null=True, description="since when it is, or was, in force")
    started_by = fields.CharField(200, null=True, description="who switched it on")

    class Meta:
        table = "policy_version"
        unique_together = (("policy_id", "number"),)


class Decision(Table):
    """What a policy said about one contact; exactly one per contact and policy, kept for ever.

    `policy_key` is empty where no policy matched the touchpoint. `inputs` holds what the rule saw (ids and figures, no personal data),
    `history` the earlier verdicts of a contact that was looked at again.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    contact: fields.ForeignKeyRelation[Contact] = fields.ForeignKeyField("voc.Contact", related_name=False)
    contact_id: UUID
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField("voc.Customer", related_name=False, null=True)
    customer_id: UUID | None
    policy: fields.ForeignKeyNullableRelation[Policy] = fields.ForeignKeyField("voc.Policy", related_name=False, null=True)
    policy_id: UUID | None
    policy_key = fields.CharField(64, default="")
    policy_number = fields.IntField(null=True)
    survey: fields.ForeignKeyNullableRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False, null=True)
    survey_id: UUID | None
    touchpoint = fields.CharField(64)
    verdict = fields.CharEnumField(Verdict, max_length=10)
    reason = fields.CharEnumField(Reason, max_length=30)
    detail = fields.CharField(300, default="")
    channel = fields.CharEnumField(Channel, max_length=20, null=True)
    act_at = fields.DatetimeField(null=True, description="when to send, or when to look again")
    inputs: fields.JSONField[dict[str, Any]] = fields.JSONField(default=dict)
    history: fields.JSONField[list[dict[str, Any]]] = fields.JSONField(default=list)
    decided_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "decision"
        unique_together = (("contact_id", "policy_key"),)
        indexes = (*_DECIDED, ("policy_key", "decided_at"))
