"""Tables of the insight room."""

from typing import Any
from uuid import UUID

from tortoise import fields

from voc.core import clock
from voc.core.ids import new_id
from voc.core.table import Table
from voc.customers.models import Channel
from voc.insight.scores import Metric
from voc.insight.sentiment.analysis import Label
from voc.responses.models import Response
from voc.staff.models import Team
from voc.surveys.models import Survey, SurveyVersion

__all__ = ["Label", "Metric", "Reading", "Score"]


class Reading(Table):
    """What an analyser says of one text. Never updated in place: a newer one supersedes it.

    `evidence` is a list of `{start, end, word, weight, rule}` with offsets into the answer's text.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    response: fields.ForeignKeyRelation[Response] = fields.ForeignKeyField("voc.Response", related_name=False)
    response_id: UUID
    question = fields.CharField(200)
    language = fields.CharField(16)
    language_from = fields.CharField(20, description="survey, or the detector that decided")
    label = fields.CharEnumField(Label, max_length=10)
    score = fields.FloatField(null=True, description="-1 to 1; null where unknown")
    sentence = fields.CharField(400, default="", description="the sentence that carries the mood most")
    evidence: fields.JSONField[list[dict[str, Any]]] = fields.JSONField(default=list)
    analyser = fields.CharField(40)
    analyser_version = fields.CharField(80)
    read_at = fields.DatetimeField(default=clock.now)
    superseded_at = fields.DatetimeField(null=True)

    class Meta:
        table = "reading"
        indexes = (("response_id", "superseded_at"), ("label", "read_at"))


class Score(Table):
    """One metric value of one response, with the facts as they were at that moment. A change of the answer supersedes it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    response: fields.ForeignKeyRelation[Response] = fields.ForeignKeyField("voc.Response", related_name=False)
    response_id: UUID
    question = fields.CharField(200)
    metric = fields.CharEnumField(Metric, max_length=6)
    value = fields.FloatField()
    low = fields.FloatField()
    high = fields.FloatField()
    band = fields.CharField(12, description="promoter, passive, detractor; satisfied, neutral, dissatisfied; easy, neutral, hard")
    survey: fields.ForeignKeyRelation[Survey] = fields.ForeignKeyField("voc.Survey", related_name=False)
    survey_id: UUID
    version: fields.ForeignKeyRelation[SurveyVersion] = fields.ForeignKeyField("voc.SurveyVersion", related_name=False)
    version_id: UUID
    touchpoint = fields.CharField(64, null=True)
    team: fields.ForeignKeyNullableRelation[Team] = fields.ForeignKeyField(
        "voc.Team", related_name=False, null=True, on_delete=fields.SET_NULL
    )
    team_id: UUID | None
    agent_key = fields.CharField(100, null=True)
    segment = fields.CharField(64, null=True)
    channel = fields.CharEnumField(Channel, max_length=20)
    language = fields.CharField(16)
    value_amount = fields.DecimalField(16, 2, null=True)
    value_currency = fields.CharField(3, null=True)
    is_counted = fields.BooleanField(default=True, description="false for tests and suspect answers")
    answered_at = fields.DatetimeField()
    superseded_at = fields.DatetimeField(null=True)

    class Meta:
        table = "score"
        indexes = (("response_id", "superseded_at"), ("survey_id", "metric", "answered_at"), ("metric", "answered_at"))
