"""Tables of the surveys room."""

from typing import Any
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table


class Brand(Table):
    """The name, address and colours we ask under."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(64, unique=True)
    name = fields.CharField(120)
    from_email = fields.CharField(254)
    reply_to = fields.CharField(254, null=True)
    postal_address = fields.CharField(300, default="")
    help_text: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict, description="who to turn to, per language")
    privacy_text: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict, description="what happens with answers, per language")
    accent = fields.CharField(7, default="#1f4e79", description="colour of buttons and the chosen answer")
    on_accent = fields.CharField(7, default="#ffffff", description="colour of text on it")
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "brand"


class Survey(Table):
    """The named thing. `draft` is the YAML exactly as its designer wrote it, even where it does not yet parse."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(64, unique=True)
    name = fields.CharField(200)
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField("voc.Brand", related_name=False, on_delete=fields.RESTRICT)
    brand_id: UUID
    draft = fields.TextField()
    draft_revision = fields.IntField(default=1)
    last_number = fields.IntField(default=0, description="number of the newest published version; 0 means never published")
    created_at = fields.DatetimeField(default=clock.now)
    updated_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "survey"
        indexes = (("updated_at", "id"),)


class SurveyVersion(Table):
    """One immutable published edition; `document` is the dumped questionnaire."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    number = fields.IntField()
    document: fields.JSONField[dict[str, Any]] = fields.JSONField()
    published_at = fields.DatetimeField(default=clock.now)
    published_by = fields.CharField(200)

    class Meta:
        table = "survey_version"
        unique_together = (("survey_id", "number"),)


class DraftStep(Table):
    """One step of editing a draft, for undoing and redoing; `number` is the draft's revision after it. The last fifty are kept."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    number = fields.IntField()
    before = fields.TextField()
    after = fields.TextField()
    is_undone = fields.BooleanField(default=False)
    made_at = fields.DatetimeField(default=clock.now)
    made_by = fields.CharField(200)

    class Meta:
        table = "draft_step"
        unique_together = (("survey_id", "number"),)


class ImportReport(Table):
    """What came of importing one file: everything that is not in the draft as it was in the file."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    at = fields.DatetimeField(default=clock.now)
    by = fields.CharField(200)
    format = fields.CharField(20)
    file_name = fields.CharField(200, default="")
    questions = fields.IntField(description="how many questions and texts the draft had then")
    items: fields.JSONField[list[dict[str, str]]] = fields.JSONField(description="source_id, question_id, code, fate, what, why")

    class Meta:
        table = "import_report"
        indexes = (("survey_id", "at"),)
