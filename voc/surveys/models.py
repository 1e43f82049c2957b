"""Tables of the surveys room."""

from typing import Any
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.staff.models import Member


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


class DraftPresence(Table):
    """Where a colleague works in a draft, as their page told it last; it counts for less than a minute."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    member: fields.ForeignKeyRelation[Member] = fields.ForeignKeyField("voc.Member", related_name=False)
    member_id: UUID
    at = fields.TextField(description="the place in the document, such as questions/nps")
    since = fields.DatetimeField(default=clock.now, description="who came to a place first has it")
    seen_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "draft_presence"
        unique_together = (("survey_id", "member_id"),)


class TranslatorLink(Table):
    """Leave for somebody from outside to translate one survey into one language, until a day. The link is made from its id."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    language = fields.CharField(20)
    translator = fields.CharField(120, description="who has the link: the name beside everything they save")
    made_by = fields.CharField(200)
    made_at = fields.DatetimeField(default=clock.now)
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)
    used_at = fields.DatetimeField(null=True, description="when something was saved with it last")

    class Meta:
        table = "translator_link"
        indexes = (("survey_id", "made_at"),)


class TextReview(Table):
    """That a translation fits its source, as somebody said who read both; of either only a mark is kept, to see that it changed."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    language = fields.CharField(20)
    key = fields.CharField(400)
    source_mark = fields.CharField(16)
    text_mark = fields.CharField(16)
    is_reviewed = fields.BooleanField(description="whether it was read again, rather than just written")
    by = fields.CharField(200)
    at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "text_review"
        unique_together = (("survey_id", "language", "key"),)
