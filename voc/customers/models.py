"""Tables of the customers room."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.staff.models import Team

TOLD = "when each field was last told, in epoch milliseconds: older news never overwrites newer"


class Channel(StrEnum):
    """The way a contact came in, or a message goes out."""

    PHONE = "phone"
    CHAT = "chat"
    EMAIL = "email"
    MESSAGE = "message"
    SMS = "sms"
    WEB = "web"
    APP = "app"
    IVR = "ivr"
    VISIT = "visit"
    PAPER = "paper"
    DELIVERY = "delivery"
    OUTBOX = "outbox"
    OTHER = "other"


class Direction(StrEnum):
    """Who began the contact."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"


class Outcome(StrEnum):
    """How a contact ended."""

    SOLVED = "solved"
    SOLVED_BY_BOT = "solved_by_bot"
    TRANSFERRED = "transferred"
    UNSOLVED = "unsolved"
    ABANDONED = "abandoned"
    SPAM = "spam"
    SUPPLIER = "supplier"  # it was no customer who wrote
    UNKNOWN = "unknown"


class ConsentState(StrEnum):
    """What the customer said about being asked over a channel; no row means that nobody knows."""

    GRANTED = "granted"
    REFUSED = "refused"


class Account(Table):
    """The company a customer belongs to."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    system = fields.CharField(64)
    external_id = fields.CharField(200)
    name = fields.CharField(300, default="")
    parent: fields.ForeignKeyNullableRelation["Account"] = fields.ForeignKeyField(
        "voc.Account", related_name=False, null=True, on_delete=fields.SET_NULL
    )
    parent_id: UUID | None
    owner = fields.CharField(200, null=True, description="agent key or mail of whoever owns the relation")
    segment = fields.CharField(64, null=True)
    value_amount = fields.DecimalField(16, 2, null=True)
    value_currency = fields.CharField(3, null=True)
    attributes: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict)
    told: fields.JSONField[dict[str, int]] = fields.JSONField(default=dict, description=TOLD)
    occurred_at = fields.DatetimeField(default=clock.now)
    created_at = fields.DatetimeField(default=clock.now)
    updated_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "account"
        unique_together = (("system", "external_id"),)


class Customer(Table):
    """A person or company we serve. `occurred_at` is the time of the newest news about them; `told` holds it for each field."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(300, null=True)
    first_name = fields.CharField(120, null=True)
    email = fields.CharField(254, null=True, db_index=True)
    phone = fields.CharField(20, null=True, db_index=True, description="E.164")
    language = fields.CharField(16, null=True)
    time_zone = fields.CharField(64, null=True)
    segment = fields.CharField(64, null=True)
    value_amount = fields.DecimalField(16, 2, null=True)
    value_currency = fields.CharField(3, null=True)
    attributes: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict)
    told: fields.JSONField[dict[str, int]] = fields.JSONField(default=dict, description=TOLD)
    account: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "voc.Account", related_name=False, null=True, on_delete=fields.SET_NULL
    )
    account_id: UUID | None
    search = fields.CharField(700, default="", description="name, mail and phone, folded, for look-up")
    occurred_at = fields.DatetimeField(default=clock.now)
    created_at = fields.DatetimeField(default=clock.now)
    updated_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "customer"
        indexes = (("created_at", "id"), ("account_id",))


class CustomerIdentity(Table):
    """An id under which an outside system knows a customer."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField("voc.Customer", related_name=False)
    customer_id: UUID
    system = fields.CharField(64)
    external_id = fields.CharField(200)

    class Meta:
        table = "customer_identity"
        unique_together = (("system", "external_id"),)
        indexes = (("customer_id",),)


class Consent(Table):
    """What a customer said about one channel, when, and where that was learnt."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    customer: fields.ForeignKeyRelation[Customer] = fields.ForeignKeyField("voc.Customer", related_name=False)
    customer_id: UUID
    channel = fields.CharEnumField(Channel, max_length=20)
    state = fields.CharEnumField(ConsentState, max_length=10)
    source = fields.CharField(64)
    said_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "consent"
        unique_together = (("customer_id", "channel"),)


class Contact(Table):
    """One contact-centre interaction. Touchpoint, team and queue are kept as sent; unknown ones wait for mapping and are never refused."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    system = fields.CharField(64)
    external_id = fields.CharField(200)
    customer: fields.ForeignKeyNullableRelation[Customer] = fields.ForeignKeyField("voc.Customer", related_name=False, null=True)
    customer_id: UUID | None
    touchpoint = fields.CharField(64, description="key of a touchpoint, known or not")
    channel = fields.CharEnumField(Channel, max_length=20)
    direction = fields.CharEnumField(Direction, max_length=10, default=Direction.INBOUND)
    outcome = fields.CharEnumField(Outcome, max_length=20, default=Outcome.UNKNOWN)
    team_key = fields.CharField(64, null=True, description="as sent")
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField(
        "voc.Team", related_name=False, null=True, on_delete=fields.SET_NULL
    )
    team_id: UUID | None
    queue = fields.CharField(120, null=True)
    agent_key = fields.CharField(100, null=True)
    agent_name = fields.CharField(200, null=True)
    subject = fields.CharField(300, null=True)
    started_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    attributes: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict)
    told: fields.JSONField[dict[str, int]] = fields.JSONField(default=dict, description=TOLD)
    occurred_at = fields.DatetimeField(default=clock.now)
    created_at = fields.DatetimeField(default=clock.now)
    updated_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "contact"
        unique_together = (("system", "external_id"),)
        indexes = (
            ("customer_id", "ended_at"),
            ("ended_at", "id"),
            ("touchpoint", "ended_at"),
            ("created_at", "id"),
            ("system", "created_at"),
        )
