"""Asking for figures."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

import strawberry

from voc.api.context import Info
from voc.api.enums import Channel, Convention, Metric
from voc.api.exposed import field, shape, takes
from voc.api.metrics import MetricPoint, MetricValue
from voc.api.narrowing import id_of
from voc.core.errors import Invalid
from voc.insight import metrics, scores, trends
from voc.insight.metric_query import MetricQuery
from voc.insight.periods import Step


@takes
class MetricInput:
    """A metric over a period; whatever is left out lets everything through."""

    metric: Metric
    """What is measured."""
    since: datetime
    """From this moment."""
    until: datetime
    """Up to, not including, this moment."""
    survey_id: strawberry.ID | None
    """Only answers to this survey."""
    question: str | None
    """Only this question, where a survey asks the metric twice."""
    touchpoint: str | None
    """Only about this touchpoint, by its key."""
    team_id: strawberry.ID | None
    """Only about contacts of this team."""
    segment: str | None
    """Only of customers in this segment."""
    channel: Channel | None
    """Only answers over this channel."""
    language: str | None
    """Only answers in this language."""
    convention: Convention | None
    """How a CES is reckoned; as the survey declares when left out, and the mean over several surveys."""


Of = Annotated[MetricInput, strawberry.argument(description="The metric, its period and filters.")]


@shape
class MetricQueries:
    """Figures."""

    @field(MetricValue | None)
    async def metric(self, info: Info, of: Of) -> metrics.MetricValue:
        """A metric over a period."""
        return await metrics.metric(info.context.actor, _asked(of))

    @field(list[MetricPoint])
    async def metric_trend(
        self,
        info: Info,
        of: Of,
        step: Annotated[Step | None, strawberry.argument(description="How it is cut; by month when left out.")] = None,
        time_zone: Annotated[
            str | None, strawberry.argument(description="The zone whose days count, such as Europe/Amsterdam; yours when left out.")
        ] = None,
    ) -> Sequence[trends.Point]:
        """A metric through time: one point for each day, week or month, at most 400."""
        zone = time_zone or info.context.actor.time_zone
        if zone not in available_timezones():
            raise Invalid.at("timeZone", "TIME_ZONE_UNKNOWN", f"{zone} is no time zone: write it like Europe/Amsterdam.")
        return await trends.trend(info.context.actor, _asked(of), step or Step.MONTH, ZoneInfo(zone))


def _asked(of: MetricInput) -> MetricQuery:
    return MetricQuery(
        metric=scores.Metric(of.metric.value),
        since=of.since,
        until=of.until,
        survey_id=id_of(of.survey_id, "Survey", "of.surveyId"),
        question=of.question,
        touchpoint=of.touchpoint,
        team_id=id_of(of.team_id, "Team", "of.teamId"),
        segment=of.segment,
        channel=of.channel,
        language=of.language,
        convention=of.convention,
    )
