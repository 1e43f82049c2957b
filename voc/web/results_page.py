"""Results (R1): one metric at a time, with its interval, what it rests on, and whether it really changed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response
from starlette.routing import Route

from voc.core import clock
from voc.web.charts import trend_chart
from voc.web.console import Desk, screen

ADDRESS = "/console/results"
METRICS = ("NPS", "CSAT", "CES")
PERIODS = {"7": "DAY", "30": "DAY", "90": "WEEK", "365": "MONTH"}
USUAL_DAYS = "30"


def routes() -> list[Route]:
    """The one page; its filters are its address."""
    return [Route(ADDRESS, results, methods=["GET"])]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the filters say; nonsense counts as not said."""

    metric: str
    days: str
    survey: str
    touchpoint: str

    @classmethod
    def of(cls, desk: Desk) -> "Asked":
        """From the address."""
        metric, days = desk.asked("metric").upper(), desk.asked("days")
        return cls(
            metric if metric in METRICS else "",
            days if days in PERIODS else USUAL_DAYS,
            desk.asked("survey"),
            desk.asked("touchpoint"),
        )

    def variables(self, metric: str, zone: str) -> dict[str, Any]:
        """The metric as the API takes it: whole days in the reader's zone, today included."""
        tomorrow = (clock.now().astimezone(ZoneInfo(zone)) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        since = datetime.combine(tomorrow.date() - timedelta(days=int(self.days)), tomorrow.timetz())
        wanted = {"metric": metric, "since": since.isoformat(), "until": tomorrow.isoformat()}
        narrowed = {"surveyId": self.survey, "touchpoint": self.touchpoint}
        return wanted | {name: value for name, value in narrowed.items() if value}


@screen
async def results(desk: Desk) -> Response:
    """The figure, the period before, the trend, the distribution and how many were asked."""
    asked, zone = Asked.of(desk), desk.me["timeZone"]
    metric = asked.metric or await _first_with_answers(desk, asked, zone)
    of = asked.variables(metric, zone)
    summary = (await desk.ask("MetricSummary", of=of))["metric"]
    trend = (await desk.ask("MetricTrend", of=of, step=PERIODS[asked.days], timeZone=zone))["metricTrend"]
    surveys = (await desk.ask("Surveys", first=100, filter={"isPublished": True}))["surveys"]["nodes"]
    touchpoints = (await desk.ask("Touchpoints"))["touchpoints"]
    return desk.page(
        "console/results.html",
        "results",
        metric=metric,
        metrics=METRICS,
        asked=asked,
        periods=tuple(PERIODS),
        summary=summary,
        trend=trend,
        chart=trend_chart(metric, trend),
        most=max((row["n"] for row in summary["distribution"]), default=0),
        surveys=surveys,
        touchpoints=touchpoints,
    )


async def _first_with_answers(desk: Desk, asked: Asked, zone: str) -> str:
    for metric in METRICS:
        if (await desk.ask("Metric", of=asked.variables(metric, zone)))["metric"]["n"]:
            return metric
    return METRICS[0]
