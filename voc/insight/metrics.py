"""One metric over one period: the figure, how sure it is, what changed, and how many were asked to get it."""

from dataclasses import dataclass
from typing import Any

from voc.core.access import Action, Actor
from voc.core.db import rows
from voc.insight.funnel import Funnel, funnel
from voc.insight.metric_query import MetricQuery, score_filters
from voc.insight.question_names import newest_question
from voc.insight.scores import Bar, Change, Figure, Metric, Size, compare, count_bands, figure
from voc.surveys.queries import current_version, questionnaire_of
from voc.surveys.questions import Band, Ces, Convention

_BARS = """
    SELECT CASE WHEN s.answered_at >= ? THEN 1 ELSE 0 END AS is_now, s.value, s.band, s.low, s.high, COUNT(*) AS n
    FROM score s WHERE s.answered_at >= ? AND s.answered_at < ? AND {conditions}
    GROUP BY 1, s.value, s.band, s.low, s.high ORDER BY s.low, s.high, s.value"""


@dataclass(frozen=True, slots=True)
class MetricValue:
    """A metric with everything needed to judge it.

    `figure` has value, interval, method and n; `before` the figure of the period of the same length just before, `change` the two
    compared. `convention` is named for CES. `distribution` is every value given, `bands` what they mean.
    """

    metric: Metric
    figure: Figure
    before: Figure
    change: Change
    convention: Convention | None
    distribution: tuple[Bar, ...]
    bands: dict[Band, int]
    funnel: Funnel

    @property
    def size(self) -> Size:
        """Whether there are enough answers to show the figure, and to draw a line through it."""
        return self.figure.size


async def metric(actor: Actor, query: MetricQuery) -> MetricValue:
    """The metric as the query asks for it. A period that ends before it begins is Invalid."""
    actor.must(Action.SEE_METRICS)
    query.check()
    convention = await convention_of(query)
    conditions, values = await score_filters(query)
    found = await rows(_BARS.format(conditions=conditions), query.since, query.period.before.since, query.until, *values)
    now = tuple(bar_of(row) for row in found if row["is_now"])
    earlier = (bar_of(row) for row in found if not row["is_now"])
    seen, before = figure(query.metric, now, convention), figure(query.metric, earlier, convention)
    return MetricValue(
        metric=query.metric,
        figure=seen,
        before=before,
        change=compare(seen, before),
        convention=convention if query.metric is Metric.CES else None,
        distribution=now,
        bands=count_bands(now),
        funnel=await funnel(query),
    )


async def convention_of(query: MetricQuery) -> Convention:
    """How CES is reckoned for this query: as asked, else as the survey's newest version declares, else the mean."""
    if query.convention is not None:
        return query.convention
    if query.metric is Metric.CES and query.survey_id is not None:
        version = await current_version(query.survey_id)
        wanted = await newest_question(query.question, query.survey_id) if query.question else None
        for question in questionnaire_of(version).questions() if version else ():
            if isinstance(question, Ces) and wanted in (None, question.id):
                return question.convention
    return Convention.MEAN


def bar_of(row: dict[str, Any]) -> Bar:
    """A grouped row as a bar of the distribution."""
    return Bar(row["value"], row["n"], Band(row["band"]), row["low"], row["high"])
