"""Many answers at once, for pages that show figures: written as rows, since only their number and moment matter here."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from voc.core import clock
from voc.customers.models import Channel
from voc.insight.models import Metric, Score
from voc.responses.models import Response, ResponseState
from voc.surveys.models import SurveyVersion
from voc.surveys.questions import Nps
from voc.surveys.texts import Texts

_NPS = Nps(id="nps", text=Texts({"en": "How likely?"}))


async def answered(version: SurveyVersion, values: Iterable[int], *, days_ago: float = 1, language: str = "en") -> None:
    """One response with an NPS score for each value, all sent so many days ago."""
    given = list(values)
    at: datetime = clock.now() - timedelta(days=days_ago)
    facts = {"survey_id": version.survey_id, "version_id": version.id, "channel": Channel.EMAIL, "language": language}
    responses = [Response(**facts, state=ResponseState.COMPLETE, begun_at=at, saved_at=at, submitted_at=at) for _ in given]
    await Response.bulk_create(responses)
    await Score.bulk_create(
        Score(
            **facts,
            response_id=response.id,
            question="nps",
            metric=Metric.NPS,
            value=value,
            low=0,
            high=10,
            band=_NPS.band(value),
            answered_at=at,
        )
        for response, value in zip(responses, given, strict=True)
    )
