"""What is asked of a metric, and how its filters read in SQL."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from voc.core.errors import Fault, Invalid
from voc.customers.models import Channel
from voc.insight.periods import Period
from voc.insight.question_names import question_filter
from voc.insight.scores import Metric
from voc.surveys.questions import Convention


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricQuery:
    """A metric over a period, `since` up to but not including `until`; each filter left None lets everything through.

    `question` keeps apart two questions of one metric in a survey. `convention` is for CES; None stands for the survey's own, and for
    the mean over several surveys.
    """

    metric: Metric
    since: datetime
    until: datetime
    survey_id: UUID | None = None
    question: str | None = None
    touchpoint: str | None = None
    team_id: UUID | None = None
    segment: str | None = None
    channel: Channel | None = None
    language: str | None = None
    convention: Convention | None = None

    @property
    def period(self) -> Period:
        """The period asked for."""
        return Period(self.since, self.until)

    def check(self) -> None:
        """Refuse moments without a zone and a period that ends before it begins (Invalid)."""
        faults = [
            Fault(name, "TIME_ZONE_MISSING", f"Give `{name}` a time zone, as in 2026-03-01T00:00:00+01:00.")
            for name, moment in (("since", self.since), ("until", self.until))
            if moment.tzinfo is None
        ]
        if not faults and self.since >= self.until:
            faults.append(Fault("until", "PERIOD_EMPTY", "`until` must be later than `since`."))
        if faults:
            raise Invalid(faults)


async def score_filters(query: MetricQuery) -> tuple[str, list[object]]:
    """The conditions on `score s` besides its moment, and their values. Tests, suspect answers and superseded scores are left out.

    A question is found under every name it had; one statement more where the query names one.
    """
    wanted = {
        "survey_id": query.survey_id,
        "touchpoint": query.touchpoint,
        "team_id": query.team_id,
        "segment": query.segment,
        "channel": query.channel,
        "language": query.language,
    }
    given = {column: value for column, value in wanted.items() if value is not None}
    conditions = ["s.metric = ?", "s.is_counted = ?", "s.superseded_at IS NULL", *(f"s.{column} = ?" for column in given)]
    values: list[object] = [query.metric, True, *given.values()]
    if query.question is not None:
        named, names = await question_filter(query.question, query.survey_id)
        return " AND ".join([*conditions, named]), [*values, *names]
    return " AND ".join(conditions), values
