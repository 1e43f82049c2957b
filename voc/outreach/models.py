"""Tables of the outreach room."""

from enum import StrEnum
from typing import Any
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.customers.models import Channel, Contact, Customer
from voc.outreach.open_link_kinds import OpenLinkKind
from voc.outreach.verdicts import Reason, Verdict
from voc.staff.models import Member
from voc.surveys.models import Survey, SurveyVersion

_DECIDED = (("decided_at", "id"), ("customer_id", "decided_at"), ("survey_id", "decided_at"), ("reason", "decided_at"))
_ASKED = (("customer_id", "created_at"), ("contact_id",), ("survey_id", "created_at"), ("state", "send_at"), ("created_at", "id"))


class InvitationState(StrEnum):
    """Where an invitation stands."""

    PLANNED = "planned"
    HELD = "held"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class DeliveryState(StrEnum):
    """How one attempt went."""

    STARTED = "started"
    ACCEPTED = "accepted"
    FAILED = "failed"


class PauseScope(StrEnum):
    """What is stopped."""

    EVERYTHING = "everything"
    CHANNEL = "channel"
    POLICY = "policy"
    SURVEY = "survey"


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
    """When, whom and how to ask after a touchpoint; what it says stands in its newest version."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(64, unique=True)
    name = fields.CharField(200)
    touchpoint = fields.CharField(64, db_index=True, description="key of the touchpoint, as in the newest version")
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False, description="as it says now")
    survey_id: UUID
    number = fields.IntField(default=1, description="of the newest version")
    retired_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "policy"


class PolicyVersion(Table):
    """One immutable edition of a policy; `rules` is a dumped `policy.Rules`."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    policy: fields.ForeignKeyRelation[Policy] = fields.ForeignKeyField("voc.Policy", related_name=False)
    policy_id: UUID
    number = fields.IntField()
    rules: fields.JSONField[dict[str, Any]] = fields.JSONField()
    made_at = fields.DatetimeField(default=clock.now)
    made_by = fields.CharField(200)

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


class OpenLink(Table):
    """One address for many: whoever answers over it gets an invitation of their own. The row keeps the hash of its secret only."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    kind = fields.CharEnumField(OpenLinkKind, max_length=10)
    name = fields.CharField(120)
    place = fields.CharField(120, default="")
    campaign = fields.CharField(120, default="")
    language = fields.CharField(16, null=True, description="null is the visitor's choice")
    cap = fields.IntField(null=True, description="the most responses; null is no end")
    used = fields.IntField(default=0, description="responses that were begun and not left")
    closes_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)
    revoked_by = fields.CharField(200, null=True)
    secret_hash = fields.CharField(64, unique=True)
    key_version = fields.IntField(default=1)
    allowed_origins: fields.JSONField[list[str]] = fields.JSONField(default=list, description="of pages that may hold a widget")
    pin_hash = fields.CharField(200, null=True, description="of a kiosk's staff")
    last_seen_at = fields.DatetimeField(null=True, description="when a kiosk was last in touch")
    waiting = fields.IntField(default=0, description="answers that waited on a kiosk when it was last in touch")
    created_at = fields.DatetimeField(default=clock.now)
    created_by = fields.CharField(200)

    class Meta:
        table = "open_link"
        indexes = (("survey_id", "created_at"),)


class Invitation(Table):
    """The ask itself. The link's secret is made again from the id and key version; the row keeps its hash only."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    decision: fields.OneToOneNullableRelation[Decision] = fields.OneToOneField("voc.Decision", related_name=False, null=True)
    decision_id: UUID | None
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    version: fields.ForeignKeyRelation[SurveyVersion] = fields.ForeignKeyField("voc.SurveyVersion", related_name=False)
    version_id: UUID
    policy: fields.ForeignKeyNullableRelation[Policy] = fields.ForeignKeyField("voc.Policy", related_name=False, null=True)
    policy_id: UUID | None
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField("voc.Customer", related_name=False, null=True)
    customer_id: UUID | None
    contact: fields.ForeignKeyNullableRelation[Contact] = fields.ForeignKeyField("voc.Contact", related_name=False, null=True)
    contact_id: UUID | None
    open_link: fields.ForeignKeyNullableRelation[OpenLink] = fields.ForeignKeyField("voc.OpenLink", related_name=False, null=True)
    open_link_id: UUID | None
    visitor_hash = fields.CharField(64, null=True, db_index=True, description="network and browser, keyed by the link; kept 30 days")
    channel = fields.CharEnumField(Channel, max_length=20)
    language = fields.CharField(16)
    state = fields.CharEnumField(InvitationState, max_length=10, default=InvitationState.PLANNED)
    state_reason = fields.CharField(300, default="")
    secret_hash = fields.CharField(64, unique=True)
    key_version = fields.IntField(default=1)
    is_test = fields.BooleanField(default=False)
    tester: fields.ForeignKeyNullableRelation[Member] = fields.ForeignKeyField(
        "voc.Member", related_name=False, null=True, on_delete=fields.SET_NULL, description="whom a test goes to"
    )
    tester_id: UUID | None
    send_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField()
    opened_at = fields.DatetimeField(null=True, description="when its link was first seen; never counted in a metric")
    answered_at = fields.DatetimeField(null=True)
    declined_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "invitation"
        indexes = (*_ASKED, ("policy_id", "created_at"), ("open_link_id",))


class Delivery(Table):
    """One attempt to put an invitation in front of the customer. `message_id` stays the same over all attempts of one invitation."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    invitation: fields.ForeignKeyRelation[Invitation] = fields.ForeignKeyField("voc.Invitation", related_name=False)
    invitation_id: UUID
    number = fields.IntField()
    channel = fields.CharEnumField(Channel, max_length=20)
    state = fields.CharEnumField(DeliveryState, max_length=10, default=DeliveryState.STARTED)
    message_id = fields.CharField(200)
    job = fields.CharField(36, default="", description="that made the attempt: one that never ended is followed by the same job's next")
    detail = fields.CharField(300, default="", description="what the relay said, without addresses")
    started_at = fields.DatetimeField(default=clock.now)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        table = "delivery"
        unique_together = (("invitation_id", "number"),)
        indexes = (("started_at", "id"),)


class LinkSeen(Table):
    """A link was opened, by a person or a scanner; evidence, never an answer."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    invitation: fields.ForeignKeyRelation[Invitation] = fields.ForeignKeyField("voc.Invitation", related_name=False)
    invitation_id: UUID
    score = fields.IntField(null=True, description="the score the opened link carried")
    seen_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "link_seen"
        indexes = (("invitation_id", "seen_at"),)


class Suppression(Table):
    """An address we never write to again, kept as a hash so that the list itself holds no addresses."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    channel = fields.CharEnumField(Channel, max_length=20)
    address_hash = fields.CharField(64)
    reason = fields.CharField(64)
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField("voc.Customer", related_name=False, null=True)
    customer_id: UUID | None
    since = fields.DatetimeField(default=clock.now)
    until = fields.DatetimeField(null=True, description="null is for ever")

    class Meta:
        table = "suppression"
        unique_together = (("channel", "address_hash"),)


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
