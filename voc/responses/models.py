"""Tables of the responses room."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.customers.models import Channel, Contact, Customer
from voc.outreach.models import Invitation
from voc.surveys.models import Survey, SurveyVersion


class ResponseState(StrEnum):
    """Open until sent or left; what was answered counts either way."""

    OPEN = "open"
    COMPLETE = "complete"
    LEFT = "left"


class Response(Table):
    """What came back, pinned to the version it was shown. The outside ids of customer and contact wait here until those are known."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    version: fields.ForeignKeyRelation[SurveyVersion] = fields.ForeignKeyField("voc.SurveyVersion", related_name=False)
    version_id: UUID
    invitation: fields.OneToOneNullableRelation[Invitation] = fields.OneToOneField("voc.Invitation", related_name=False, null=True)
    invitation_id: UUID | None
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField("voc.Customer", related_name=False, null=True)
    customer_id: UUID | None
    contact: fields.ForeignKeyNullableRelation[Contact] = fields.ForeignKeyField("voc.Contact", related_name=False, null=True)
    contact_id: UUID | None
    customer_system = fields.CharField(64, null=True)
    customer_external_id = fields.CharField(200, null=True)
    contact_system = fields.CharField(64, null=True)
    contact_external_id = fields.CharField(200, null=True)
    channel = fields.CharEnumField(Channel, max_length=20)
    language = fields.CharField(16)
    state = fields.CharEnumField(ResponseState, max_length=10, default=ResponseState.OPEN)
    source = fields.CharField(64, default="", description="the outside system that brought it")
    source_id = fields.CharField(200, null=True, description="its id there; the same one twice is the same response")
    is_test = fields.BooleanField(default=False)
    suspect = fields.CharField(300, default="", description="why a scanner may have pressed the button; held from metrics while not empty")
    duplicate = fields.CharField(300, default="", description="why whoever answered may have answered before; counted all the same")
    end_page = fields.CharField(64, null=True)
    seed = fields.IntField(default=0, description="decides every random order; 0 is the order of the document")
    quotas: fields.JSONField[list[str]] = fields.JSONField(default=list, description="the quotas it counts for")
    over_quota = fields.CharField(64, default="", description="the quota that was full when it was sent")
    begun_at = fields.DatetimeField(default=clock.now)
    saved_at = fields.DatetimeField(default=clock.now)
    submitted_at = fields.DatetimeField(null=True, description="when it was complete or left")
    changed_at = fields.DatetimeField(null=True)
    erased_at = fields.DatetimeField(null=True, description="when its answers were deleted; the row stays so that nothing comes back")
    erased_by = fields.CharField(200, null=True, description="customer, or the colleague who did it for them")

    class Meta:
        table = "response"
        unique_together = (("source", "source_id"),)
        indexes = (
            ("survey_id", "submitted_at"),
            ("customer_id", "submitted_at"),
            ("contact_id",),
            ("submitted_at", "id"),
            ("state", "saved_at"),
            ("suspect", "submitted_at"),
            ("contact_system", "contact_external_id"),
            ("customer_system", "customer_external_id"),
        )


class Answer(Table):
    """One question's value: `value` is the canonical JSON of it, `number` and `text` the same again where they apply, for SQL."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    response: fields.ForeignKeyRelation[Response] = fields.ForeignKeyField("voc.Response", related_name=False)
    response_id: UUID
    question = fields.CharField(200, description="the name of the answer")
    kind = fields.CharField(20)
    value: fields.JSONField[Any] = fields.JSONField()
    number = fields.FloatField(null=True)
    text = fields.TextField(null=True)
    answered_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "answer"
        unique_together = (("response_id", "question"),)


class Judgement(Table):
    """What a colleague said of a held answer: that it counts, or that it does not. The one that was not undone is in force."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    response: fields.ForeignKeyRelation[Response] = fields.ForeignKeyField("voc.Response", related_name=False)
    response_id: UUID
    counts = fields.BooleanField()
    signs = fields.CharField(300, description="why the answer was held")
    by = fields.CharField(200)
    at = fields.DatetimeField(default=clock.now)
    undone_by = fields.CharField(200, null=True)
    undone_at = fields.DatetimeField(null=True)

    class Meta:
        table = "judgement"
        indexes = (("response_id", "at"), ("at", "id"))


class QuotaCount(Table):
    """How many complete responses count for a quota of a survey, whatever the version."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    quota = fields.CharField(64)
    counted = fields.IntField(default=0)

    class Meta:
        table = "quota_count"
        unique_together = (("survey_id", "quota"),)


class CallBack(Table):
    """The customer asked to be called: number (E.164) and the time that suits."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    response: fields.OneToOneRelation[Response] = fields.OneToOneField("voc.Response", related_name=False)
    response_id: UUID
    phone = fields.CharField(20)
    window = fields.CharField(20, default="any", description="any, morning, afternoon or evening")
    asked_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "call_back"


class Upload(Table):
    """A file that a customer sent with an answer; its content lies in the folder of uploads under its id."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    invitation: fields.ForeignKeyRelation[Invitation] = fields.ForeignKeyField("voc.Invitation", related_name=False)
    invitation_id: UUID
    question = fields.CharField(200, description="the name of the answer")
    name = fields.CharField(200, description="what its sender called it")
    media_type = fields.CharField(100, description="what its content says it is")
    size = fields.IntField(description="in bytes")
    sent_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "upload"
        indexes = (("invitation_id",), ("sent_at",))
