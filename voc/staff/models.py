"""Tables of the staff room."""

from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.access import Role
from voc.core.ids import new_id
from voc.core.table import Table


class Calendar(Table):
    """Business hours: `hours` maps a weekday (`mon` … `sun`) to a list of `["09:00", "17:00"]` spans, in the calendar's own zone."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(64, unique=True)
    name = fields.CharField(200)
    time_zone = fields.CharField(64)
    hours: fields.JSONField[dict[str, list[list[str]]]] = fields.JSONField()
    holidays = fields.CharField(8, null=True, description="country whose public holidays are closed days")
    closed_on: fields.JSONField[list[str]] = fields.JSONField(default=list, description="further closed days, ISO dates")

    class Meta:
        table = "calendar"


class Team(Table):
    """A group of members that tasks belong to. Exactly one is the fallback, which gets what no route can place."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(64, unique=True)
    name = fields.CharField(200)
    calendar: fields.ForeignKeyRelation[Calendar] = fields.ForeignKeyField("voc.Calendar", related_name=False, on_delete=fields.RESTRICT)
    calendar_id: UUID
    queues: fields.JSONField[list[str]] = fields.JSONField(default=list, description="contact-centre queues this team answers")
    is_fallback = fields.BooleanField(default=False)
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "team"


class Member(Table):
    """A colleague who signs in."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(200)
    email = fields.CharField(254, unique=True)
    password_hash = fields.CharField(200, null=True)
    language = fields.CharField(8, default="nl")
    time_zone = fields.CharField(64, default="Europe/Amsterdam")
    agent_key = fields.CharField(100, null=True, unique=True, description="the name the contact centre knows this colleague by")
    deactivated_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "member"


class Membership(Table):
    """A role a member holds, for one team or (team null) for all; `scope` is the team's id or an empty text, so that it can be unique."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    member: fields.ForeignKeyRelation[Member] = fields.ForeignKeyField("voc.Member", related_name=False)
    member_id: UUID
    role = fields.CharEnumField(Role, max_length=20)
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField("voc.Team", related_name=False, null=True)
    team_id: UUID | None
    scope = fields.CharField(36, default="")

    class Meta:
        table = "membership"
        unique_together = (("member_id", "role", "scope"),)


class Session(Table):
    """A browser that signed in; the cookie holds the secret, the row its hash."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    member: fields.ForeignKeyRelation[Member] = fields.ForeignKeyField("voc.Member", related_name=False)
    member_id: UUID
    secret_hash = fields.CharField(64, unique=True)
    created_at = fields.DatetimeField(default=clock.now)
    seen_at = fields.DatetimeField(default=clock.now)
    expires_at = fields.DatetimeField()

    class Meta:
        table = "session"


class SignInLink(Table):
    """A link that signs in once; `purpose` is `sign_in` or `reset` (which asks for a new password first)."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    member: fields.ForeignKeyRelation[Member] = fields.ForeignKeyField("voc.Member", related_name=False)
    member_id: UUID
    purpose = fields.CharField(10)
    secret_hash = fields.CharField(64, unique=True)
    created_at = fields.DatetimeField(default=clock.now)
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "sign_in_link"


class ApiToken(Table):
    """A program's key: shown once, kept as a hash; `scope` narrows its role to some actions."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(100)
    role = fields.CharEnumField(Role, max_length=20)
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField("voc.Team", related_name=False, null=True)
    team_id: UUID | None
    scope: fields.JSONField[list[str] | None] = fields.JSONField(null=True)
    secret_hash = fields.CharField(64, unique=True)
    hint = fields.CharField(12, description="the first letters, to recognise it by")
    created_at = fields.DatetimeField(default=clock.now)
    expires_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "api_token"
