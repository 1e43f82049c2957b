"""Results (R1): one metric at a time, with its interval, what it rests on, and whether it really changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response
from starlette.routing import Route

from voc.core import clock
from voc.core.access import Action
from voc.web.charts import NARROW, WIDE, is_shown, scale_of, stacked, trend_chart, whole_distribution
from voc.web.console import Desk, screen
from voc.web.narrowing import Choices, Narrowing

ADDRESS = "/console/results"
METRICS = ("NPS", "CSAT", "CES")
# Days back, the step of the trend, and the key that chooses it.
PERIODS = {"7": ("DAY", "w"), "30": ("DAY", "m"), "90": ("WEEK", "q"), "365": ("MONTH", "y")}
USUAL_DAYS = "30"
NEWEST = 4
FUNNEL = ("eligible", "invited", "delivered", "answered")


def routes() -> list[Route]:
    """The one page; its filters are its address."""
    return [Route(ADDRESS, results, methods=["GET"])]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address says; what means nothing here is passed over."""

    metric: str
    days: str
    narrowing: Narrowing

    @classmethod
    def of(cls, desk: Desk, narrowing: Narrowing) -> "Wanted":
        """From the address."""
        return cls(desk.chosen("metric", METRICS), desk.chosen("days", PERIODS) or USUAL_DAYS, narrowing)

    def period(self, zone: str) -> dict[str, str]:
        """Whole days in the reader's zone, today included."""
        there = ZoneInfo(zone)
        tomorrow = clock.now().astimezone(there).date() + timedelta(days=1)
        first = tomorrow - timedelta(days=int(self.days))
        return {
            name: datetime(day.year, day.month, day.day, tzinfo=there).isoformat() for name, day in (("since", first), ("until", tomorrow))
        }

    def variables(self, metric: str, zone: str) -> dict[str, Any]:
        """The metric as the API takes it."""
        return {"metric": metric, **self.period(zone), **self.narrowing.of_metric()}


@screen
async def results(desk: Desk) -> Response:
    """The figure, the period before, the trend, the distribution, how many were asked, and what they wrote last."""
    live = await desk.live("ResponseReceived")
    choices, zone = await Choices.of(desk), desk.me["timeZone"]
    wanted = Wanted.of(desk, choices.now)
    summary = await _summary(desk, wanted, zone)
    metric, step = summary["metric"], PERIODS[wanted.days][0]
    trend = (await desk.ask("MetricTrend", of=wanted.variables(metric, zone), step=step, timeZone=zone))["metricTrend"]
    scale = scale_of(metric, summary["convention"])
    return desk.page(
        "console/results.html",
        "results",
        live=live,
        metric=metric,
        metrics=METRICS,
        wanted=wanted,
        periods=PERIODS,
        summary=summary,
        digits=1 if scale.high < 10 else 0,
        is_percent=scale.low == 0,
        trend=trend,
        shown_points=[point for point in trend if is_shown(point)],
        is_shown=is_shown,
        charts=[("wide", trend_chart(scale, trend, WIDE)), ("slim", trend_chart(scale, trend, NARROW))],
        pieces=stacked(summary["bands"]),
        bars=whole_distribution(metric, summary["distribution"]),
        funnel=_funnel(summary["funnel"]),
        newest=await _newest(desk, wanted, metric, zone),
        **choices.for_page(desk),
    )


async def _summary(desk: Desk, wanted: Wanted, zone: str) -> Mapping[str, Any]:
    """Of the metric that was asked for, else of the first that has answers."""
    first: Mapping[str, Any] = {}
    for metric in [wanted.metric] if wanted.metric else METRICS:
        found: Mapping[str, Any] = (await desk.ask("MetricSummary", of=wanted.variables(metric, zone)))["metric"]
        if found["n"]:
            return found
        first = first or found
    return first


async def _newest(desk: Desk, wanted: Wanted, metric: str, zone: str) -> list[Mapping[str, Any]]:
    """The newest comments behind the figure, for whoever may read them. Comments cannot be narrowed to a segment: none then."""
    if not desk.may(Action.SEE_RESPONSES) or wanted.narrowing.segment:
        return []
    given = {"metric": metric, **wanted.period(zone), **wanted.narrowing.of_responses()}
    return list((await desk.ask("Comments", filter=given, first=NEWEST))["comments"]["nodes"])


def _funnel(counts: Mapping[str, int | None]) -> list[tuple[str, int, float]]:
    """The steps with their count and their share of the first, in percent."""
    steps = [(name, n) for name in FUNNEL if (n := counts[name]) is not None]
    most = max((n for _, n in steps), default=0)
    return [(name, n, 100 * n / most if most else 0) for name, n in steps]
