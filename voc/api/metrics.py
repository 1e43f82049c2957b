"""Figures: NPS, CSAT and CES, with how sure they are and how many were asked to get them."""

from datetime import datetime

from voc.api.enums import Band, Convention, Metric, Size
from voc.api.exposed import computed, enum, shape
from voc.insight import metrics, scores, trends
from voc.insight.periods import Step
from voc.insight.scores import Method
from voc.insight.scores import Verdict as ChangeVerdict

enum(
    Method,
    "How an interval was reckoned, at 95 %.",
    name="IntervalMethod",
    ADJUSTED_WALD="Adjusted Wald, for differences of shares (NPS).",
    WILSON="Wilson, for shares (CSAT).",
    STUDENT_T="Student's t, for means (CES).",
)
enum(
    ChangeVerdict,
    "What can be said of a figure beside the one before.",
    name="ChangeVerdict",
    UP="It rose, surely.",
    DOWN="It fell, surely.",
    NO_CHANGE_SURE="No change we can be sure of.",
    NOTHING_BEFORE="There is nothing to compare with.",
)
enum(Step, "How a trend is cut.", name="TrendStep", DAY="By day.", WEEK="By week, from Monday.", MONTH="By month.")


@shape
class MetricChange:
    """A figure beside that of the period of the same length just before."""

    verdict: ChangeVerdict
    """What can be said."""
    difference: float | None
    """By how much it differs, in the unit of the figure; null where there is nothing to compare with."""


@shape
class MetricBar:
    """How often a value was given."""

    value: float
    """The value, on the scale of the question."""
    band: Band
    """What it means."""

    @computed
    def n(bar: scores.Bar) -> int:  # noqa: N805 - the source is the bar
        """How often it was given."""
        return bar.count


@shape
class MetricBand:
    """How many answers mean the same."""

    band: Band
    """What they mean."""
    n: int
    """How many they are."""
    share: float
    """Their share of all answers, in percent."""


@shape
class MetricFunnel:
    """How many were asked to get the answers; tests are left out."""

    eligible: int | None
    """Contacts that a policy meant to ask about; null where a filter speaks of what only invitations have (channel, language)."""
    invited: int
    """Invitations made."""
    delivered: int
    """Those that were put in front of the customer."""
    answered: int
    """Those that came back."""


@shape
class MetricFigure:
    """A figure with its interval."""

    value: float | None
    """NPS in points from -100 to 100, CSAT in percent, CES by its convention; null where nobody answered."""
    low: float | None
    """The lower end of its 95 % interval."""
    high: float | None
    """The upper end of its 95 % interval."""
    n: int
    """How many answers it rests on."""


@shape
class MetricValue:
    """A metric over a period, with everything needed to judge it."""

    convention: Convention | None
    """How it is reckoned, for CES."""
    before: MetricFigure
    """The figure of the period of the same length just before."""
    change: MetricChange
    """The two compared."""
    distribution: list[MetricBar]
    """Every value that was given, from low to high."""
    funnel: MetricFunnel
    """How many were asked to get the answers."""

    @computed
    def metric(of: metrics.MetricValue) -> Metric:  # noqa: N805
        """What is measured."""
        return Metric(of.metric.value)

    @computed
    def value(of: metrics.MetricValue) -> float | None:  # noqa: N805
        """NPS in points from -100 to 100, CSAT in percent, CES by its convention; null where nobody answered."""
        return of.figure.value

    @computed
    def low(of: metrics.MetricValue) -> float | None:  # noqa: N805
        """The lower end of its 95 % interval."""
        return of.figure.low

    @computed
    def high(of: metrics.MetricValue) -> float | None:  # noqa: N805
        """The upper end of its 95 % interval."""
        return of.figure.high

    @computed
    def n(of: metrics.MetricValue) -> int:  # noqa: N805
        """How many answers it rests on."""
        return of.figure.n

    @computed
    def method(of: metrics.MetricValue) -> Method:  # noqa: N805
        """How its interval was reckoned."""
        return of.figure.method

    @computed
    def size(of: metrics.MetricValue) -> Size:  # noqa: N805
        """Whether there are enough answers to rest on."""
        return of.size

    @computed
    def bands(of: metrics.MetricValue) -> list[MetricBand]:  # noqa: N805
        """The answers by what they mean."""
        return [MetricBand(band=band, n=n, share=100 * n / of.figure.n) for band, n in of.bands.items()]


@shape
class MetricPoint:
    """The figure of one day, week or month."""

    @computed
    def since(point: trends.Point) -> datetime:  # noqa: N805
        """When it begins."""
        return point.period.since

    @computed
    def until(point: trends.Point) -> datetime:  # noqa: N805
        """When it has ended."""
        return point.period.until

    @computed
    def size(point: trends.Point) -> Size:  # noqa: N805
        """Whether there are enough answers to rest on."""
        return point.figure.size

    @computed
    def value(point: trends.Point) -> float | None:  # noqa: N805
        """The figure; null where nobody answered."""
        return point.figure.value

    @computed
    def low(point: trends.Point) -> float | None:  # noqa: N805
        """The lower end of its 95 % interval."""
        return point.figure.low

    @computed
    def high(point: trends.Point) -> float | None:  # noqa: N805
        """The upper end of its 95 % interval."""
        return point.figure.high

    @computed
    def n(point: trends.Point) -> int:  # noqa: N805
        """How many answers it rests on."""
        return point.figure.n
