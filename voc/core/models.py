"""Tables of the foundation: jobs, changes for live updates, heartbeats and idempotency keys."""

from tortoise import fields

from voc.core.ids import new_id
from voc.core.table import Table


class Job(Table):
    """Something that must happen, written in the transaction of the fact that causes it; see `voc.core.jobs`.

    `ready` waits until `due`; `sent` was given to the engine at `sent_at` and belongs to the holder of the number
    `attempts` until `lease`; `done` and `dead` are ends, and `rested` is a dead one that a colleague let rest. `starts` counts
    starts of which no end is known (its process died), `failures` those that ended in an error. `ref` is an id, never personal data.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    kind = fields.CharField(80)
    ref = fields.CharField(80)
    key = fields.CharField(200, unique=True, null=True)
    state = fields.CharField(8, default="ready")
    due = fields.DatetimeField()
    attempts = fields.IntField(default=0)
    starts = fields.IntField(default=0)
    failures = fields.IntField(default=0)
    sent_at = fields.DatetimeField(null=True)
    lease = fields.DatetimeField(null=True)
    error = fields.TextField(null=True)
    created_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)
    rested_at = fields.DatetimeField(null=True)
    rested_by = fields.CharField(200, null=True)

    class Meta:
        table = "job"
        indexes = (("state", "due", "id"), ("kind", "sent_at"))


class Change(Table):
    """That something changed, for subscriptions; `ref` is its id, `team_id` the team it concerns.

    `transaction_number` is PostgreSQL's number of the writing transaction (0 on SQLite): readers stop before the oldest one that
    is still running, so that none is skipped.
    """

    seq = fields.BigIntField(primary_key=True)
    kind = fields.CharField(60)
    ref = fields.CharField(80)
    team_id = fields.UUIDField(null=True)
    at = fields.DatetimeField()
    transaction_number = fields.BigIntField(default=0)

    class Meta:
        table = "change"
        indexes = (("transaction_number", "seq"), ("at",))


class Heartbeat(Table):
    """When a worker was last alive."""

    name = fields.CharField(80, primary_key=True)
    at = fields.DatetimeField()

    class Meta:
        table = "heartbeat"


class IdempotencyKey(Table):
    """A request that must not be done twice: what was asked (its fingerprint) and, once done, what was answered."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    owner = fields.CharField(80)
    key = fields.CharField(200)
    fingerprint = fields.CharField(64)
    state = fields.CharField(8, default="running")
    result: fields.Field[object] = fields.JSONField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "idempotency_key"
        unique_together = (("owner", "key"),)
        indexes = (("created_at",),)
