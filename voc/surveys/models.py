"""Tables of the surveys room."""

from enum import StrEnum
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
    logo_hash = fields.CharField(64, default="", description="its picture among the logos; empty where it has none")
    sender_line: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict, description="who asks, under the name, per language")
    signature: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict, description="who signs the mails, per language")
    created_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "brand"


class BrandLogo(Table):
    """A picture that stands for a brand, under the hash of its bytes; it never changes."""

    hash = fields.CharField(64, primary_key=True)
    media_type = fields.CharField(20)
    width = fields.IntField(description="pixels")
    height = fields.IntField(description="pixels")
    body = fields.BinaryField()
    added_at = fields.DatetimeField(default=clock.now)

    class Meta:
        table = "brand_logo"


class Survey(Table):
    """The named thing. `draft` is the YAML exactly as its designer wrote it, even where it does not yet parse."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    key = fields.CharField(64, unique=True)
    name = fields.CharField(200)
    brand: fields.ForeignKeyRelation[Brand] = fields.ForeignKeyField("voc.Brand", related_name=False, on_delete=fields.RESTRICT)
    brand_id: UUID
    draft = fields.TextField()
    draft_revision = fields.IntField(default=1)
    owner = fields.CharField(200, default="", description="the colleague who made it; empty where a program or file did")
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
    published_by = fields.CharField(200, description="who published it, or asked for it")
    approved_by = fields.CharField(200, null=True, description="the second person, where one was asked for")
    renamed: fields.JSONField[dict[str, str]] = fields.JSONField(
        default=dict, description="names of answers in the version before -> their names in this one, where they differ"
    )

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


class PublishState(StrEnum):
    """Where a request to publish stands."""

    WAITING = "waiting"
    SCHEDULED = "scheduled"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    DONE = "done"
    OVERTAKEN = "overtaken"
    FAILED = "failed"


class PublishRequest(Table):
    """A text that somebody wants published, by a second person's leave or at a moment: what was asked is what is published.

    `live_number` is the version it was compared with; `renames` and `removed` say what became of questions that version asks.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    text = fields.TextField()
    digest = fields.CharField(64, description="SHA-256 of the text")
    live_number = fields.IntField()
    renames: fields.JSONField[dict[str, str]] = fields.JSONField(default=dict)
    removed: fields.JSONField[list[str]] = fields.JSONField(default=list)
    note = fields.CharField(500, default="", description="what the one who asked says to the one who decides")
    asked_by = fields.CharField(200)
    asked_by_id = fields.UUIDField(null=True)
    asked_at = fields.DatetimeField(default=clock.now)
    publish_at = fields.DatetimeField(null=True, description="the moment it is published at; null for at once")
    state = fields.CharEnumField(PublishState, max_length=10)
    decided_by = fields.CharField(200, null=True)
    decided_at = fields.DatetimeField(null=True)
    reason = fields.TextField(default="", description="why it was refused, or could not be published")
    number = fields.IntField(null=True, description="of the version it became")

    class Meta:
        table = "publish_request"
        indexes = (("survey_id", "asked_at"), ("state", "asked_at"))


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
