"""What can be said of the arms of an experiment, and when to stop it. PURE.

Every other arm is compared with the first, by the share that answers and by each metric, and the comparisons share one `ALPHA`: the
chance that any of them ever names a difference that is not there. They may be looked at any time (`anytime`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voc.insight.anytime import START, Sample, drawn_wrongly, gap, rounded_up, sample, units_to_go
from voc.insight.scores import HIDE_BELOW, Bar, Figure, Metric, Size
from voc.outreach.policies.variants import Variant
from voc.surveys.questions import Band

ALPHA = 0.05
SURELY_WRONG = 0.001


class Measure(StrEnum):
    """By what arms are compared: the share of those asked who answer, in percent, or a metric."""

    ANSWERED = "answered"
    NPS = "nps"
    CSAT = "csat"
    CES = "ces"


SMALLEST = {Measure.ANSWERED: 3.0, Measure.NPS: 10.0, Measure.CSAT: 5.0, Measure.CES: 0.3}
"""The smallest difference that would matter, in the unit of the measure; smaller ones are as good as none."""

_ENDS = {Measure.ANSWERED: (0.0, 100.0), Measure.NPS: (-100.0, 100.0), Measure.CSAT: (0.0, 100.0), Measure.CES: (1.0, 7.0)}
_WORTH = {Band.PROMOTER: 100.0, Band.DETRACTOR: -100.0, Band.SATISFIED: 100.0}


class Standing(StrEnum):
    """What can be said of an arm beside the first."""

    TOO_FEW = "too_few"
    GO_ON = "go_on"
    HIGHER = "higher"
    LOWER = "lower"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of one arm over customers, with the 95 % interval of a single look; None where too few answered to show one."""

    measure: Measure
    figure: Figure

    @property
    def value(self) -> float | None:
        """The figure."""
        return None if self.size is Size.TOO_FEW else self.figure.value

    @property
    def low(self) -> float | None:
        """The lower end of its interval."""
        return None if self.size is Size.TOO_FEW else self.figure.low

    @property
    def high(self) -> float | None:
        """The upper end of its interval."""
        return None if self.size is Size.TOO_FEW else self.figure.high

    @property
    def n(self) -> int:
        """How many customers it rests on."""
        return self.figure.n

    @property
    def size(self) -> Size:
        """Whether they are enough."""
        return self.figure.size


@dataclass(frozen=True, slots=True)
class Comparison:
    """An arm beside the first by one measure: the difference with its interval, None while there are too few to look.

    `to_go` is about how many more answers (of ANSWERED: invitations) both arms together need; 0 once it can be stopped.
    """

    arm: str
    measure: Measure
    standing: Standing
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    to_go: int = 0


def values_of(metric: Metric, bars: Sequence[Bar]) -> dict[float, int]:
    """The answers to a metric as values whose mean is its figure; of CES the mean effort."""
    found: dict[float, int] = {}
    for bar in bars:
        value = bar.value if metric is Metric.CES else _WORTH.get(bar.band, 0.0)
        found[value] = found.get(value, 0) + bar.count
    return found


def compared(arm: str, measure: Measure, first: Mapping[float, int], other: Mapping[float, int], alpha: float) -> Comparison:
    """What can be said of the arm, from the values (and how many customers gave each) of the first arm and its own."""
    missing = sum(max(0, START - sum(side.values())) for side in (first, other))
    if missing:
        return Comparison(arm, measure, Standing.TOO_FEW, to_go=missing)
    sides = sample(first, *_ENDS[measure]), sample(other, *_ENDS[measure])
    seen = gap(*sides, alpha)
    standing = _standing(seen.low, seen.high, SMALLEST[measure])
    to_go = _to_go(*sides, SMALLEST[measure], alpha) if standing is Standing.GO_ON else 0
    return Comparison(arm, measure, standing, seen.difference, seen.low, seen.high, to_go)


def alpha_of_each(arms: int, measures: int) -> float:
    """The alpha of one comparison, so that all together keep to `ALPHA` (Bonferroni)."""
    return ALPHA / max(1, (arms - 1) * measures)


def is_drawn_wrongly(asked: Mapping[str, int], variants: Sequence[Variant]) -> bool:
    """Whether the arms have other shares of the customers than their weights say, beyond what chance may do (a sample ratio mismatch).

    Then customers of an arm went missing somewhere, and no comparison can be trusted. Below five customers nothing is said.
    """
    counts = [asked.get(one.key, 0) for one in variants]
    return sum(counts) >= HIDE_BELOW and drawn_wrongly(counts, [one.weight for one in variants]) < SURELY_WRONG


def run_of(versions: Sequence[tuple[int, tuple[Variant, ...]]], number: int) -> tuple[int, int] | None:
    """The first and last of the neighbouring versions (number and variants, by number) with the experiment of version `number`.

    Other variants are another experiment. None where the version is not there or has no variants.
    """
    at = next((place for place, (known, _) in enumerate(versions) if known == number), None)
    if at is None or not versions[at][1]:
        return None
    first = last = at
    while first > 0 and versions[first - 1][1] == versions[at][1]:
        first -= 1
    while last + 1 < len(versions) and versions[last + 1][1] == versions[at][1]:
        last += 1
    return versions[first][0], versions[last][0]


def _standing(low: float, high: float, smallest: float) -> Standing:
    if low > 0:
        return Standing.HIGHER
    if high < 0:
        return Standing.LOWER
    return Standing.SAME if -smallest < low and high < smallest else Standing.GO_ON


def _to_go(first: Sample, other: Sample, smallest: float, alpha: float) -> int:
    return rounded_up(max(1, units_to_go(first, other, smallest, alpha)))
