"""Tables of the ask itself: invitations, addresses for many, and which links were opened."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.customers.models import Channel, Contact, Customer
from voc.outreach.models.policies import Decision, Policy
from voc.outreach.open.kinds import OpenLinkKind
from voc.staff.models import Member
from voc.surveys.models import Survey, SurveyVersion

_ASKED = (("customer_id", "created_at"), ("contact_id",), ("survey_id", "created_at"), ("state", "send_at"), ("created_at", "id"))


class InvitationState(StrEnum):
    """Where an invitation stands."""

    PLANNED = "planned"
    HELD = "held"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


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
    variant = fields.CharField(64, default="", description="arm of the policy's experiment; empty without one")
    secret_hash = fields.CharField(64, unique=True)
    key_version = fields.IntField(default=1)
    is_test = fields.BooleanField(default=False)
    tester: fields.ForeignKeyNullableRelation[Member] = fields.ForeignKeyField(
        "voc.Member", related_name=False, null=True, on_delete=fields.SET_NULL, description="whom a test goes to"
    )
    tester_id: UUID | None
    send_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)
    delivered_at = fields.DatetimeField(
        null=True, description="when it arrived, as far as the other side tells; null again once it came back"
    )
    remind_at = fields.DatetimeField(null=True, description="when the next reminder is due")
    reminders = fields.IntField(default=0, description="that have left")
    expires_at = fields.DatetimeField()
    opened_at = fields.DatetimeField(null=True, description="when its link was first seen; never counted in a metric")
    begun_at = fields.DatetimeField(null=True, description="when the first answer was kept; it may never have been sent")
    answered_at = fields.DatetimeField(null=True)
    declined_at = fields.DatetimeField(null=True)
    stopped_at = fields.DatetimeField(null=True, description="when the customer said over this ask that they want no more")
    complained_at = fields.DatetimeField(null=True, description="when a complaint about this ask came in")
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "invitation"
        indexes = (*_ASKED, ("policy_id", "created_at"), ("open_link_id",))


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


class OddPress(Table):
    """A press of a button that bore a sign of a scanner; evidence beside what became of it. Presses without one leave no row."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    invitation: fields.ForeignKeyRelation[Invitation] = fields.ForeignKeyField("voc.Invitation", related_name=False)
    invitation_id: UUID
    what = fields.CharField(10, description="sent, declined, stopped, chosen or erased")
    signs = fields.CharField(120)
    is_held = fields.BooleanField(description="whether it was left without effect, or its answer held")
    served_at = fields.DatetimeField(null=True, description="when its page was served; null where no page of ours was pressed")
    pressed_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "odd_press"
        indexes = (("invitation_id", "pressed_at"),)
