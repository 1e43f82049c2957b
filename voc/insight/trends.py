"""A metric through time."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from voc.core.access import Action, Actor
from voc.core.db import dialect, rows
from voc.core.errors import Invalid
from voc.insight.metric_query import MetricQuery, score_filters
from voc.insight.metrics import bar_of, convention_of
from voc.insight.periods import Period, Step, periods
from voc.insight.scores import Bar, Figure, figure

MOST_POINTS = 400


@dataclass(frozen=True, slots=True)
class Point:
    """The figure of one day, week or month of a trend."""

    period: Period
    figure: Figure


async def trend(actor: Actor, query: MetricQuery, step: Step, zone: ZoneInfo) -> tuple[Point, ...]:
    """The metric for each day, week or month of a time zone, also for those without answers.

    More than 400 points are Invalid. One SQL statement (and one more for the convention of a survey's CES).
    """
    actor.must(Action.SEE_METRICS)
    query.check()
    spans: list[Period] = []
    for span in periods(query.period, step, zone):
        if len(spans) == MOST_POINTS:
            raise Invalid.at("step", "TOO_MANY_POINTS", f"This trend would have more than {MOST_POINTS} points: take a longer step.")
        spans.append(span)
    convention = await convention_of(query)
    bars = await _bars(query, spans)
    return tuple(Point(span, figure(query.metric, bars.get(number, ()), convention)) for number, span in enumerate(spans))


async def _bars(query: MetricQuery, spans: list[Period]) -> dict[int, list[Bar]]:
    conditions, values = await score_filters(query)
    # The zone's days are reckoned here and handed over as moments: SQLite knows no time zones.
    row = "(CAST(? AS integer), CAST(? AS timestamptz), CAST(? AS timestamptz))" if dialect() == "postgres" else "(?, ?, ?)"
    found = await rows(
        f"""WITH span (number, since, until) AS (VALUES {", ".join(row for _ in spans)})
            SELECT span.number, s.value, s.band, s.low, s.high, COUNT(*) AS n
            FROM span JOIN score s ON s.answered_at >= span.since AND s.answered_at < span.until
            WHERE {conditions} GROUP BY span.number, s.value, s.band, s.low, s.high ORDER BY span.number, s.value""",
        *(value for number, span in enumerate(spans) for value in (number, span.since, span.until)),
        *values,
    )
    bars: dict[int, list[Bar]] = {}
    for one in found:
        bars.setdefault(one["number"], []).append(bar_of(one))
    return bars
