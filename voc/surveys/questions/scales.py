"""Questions on a scale of numbers. Those that are metrics carry their cut-offs, so that no score is ever guessed. PURE."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from voc.core.expressions import Kind
from voc.surveys.described import said
from voc.surveys.questions.question import NOTHING, Asked
from voc.surveys.texts import Texts


class Band(StrEnum):
    """What a metric value means."""

    PROMOTER = "promoter"
    PASSIVE = "passive"
    DETRACTOR = "detractor"
    SATISFIED = "satisfied"
    EASY = "easy"
    NEUTRAL = "neutral"
    DISSATISFIED = "dissatisfied"
    HARD = "hard"


class Convention(StrEnum):
    """How a CES is reckoned: mean of 1 to 7, share of 5 to 7, or share of 6 and 7 less share of 1 to 3."""

    MEAN = "mean"
    TOP3 = "top3"
    INDEX = "index"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Asked, ABC):
    """A row of numbers with a word at each end."""

    answer: ClassVar[Kind | None] = Kind.NUMBER

    low: Texts = field(default=NOTHING, metadata=said("What the lowest number means, in a few neutral words.", longest=300))
    high: Texts = field(default=NOTHING, metadata=said("What the highest number means, in a few neutral words.", longest=300))

    @property
    @abstractmethod
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest number."""

    @property
    def points(self) -> range:
        """Every number that can be chosen."""
        lowest, highest = self.ends
        return range(lowest, highest + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(Scale):
    """A question that yields a score. Its bands leave no gap: 6.5 is in exactly one of them."""

    @abstractmethod
    def band(self, value: float) -> Band:
        """What a value means."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nps(Metric):
    """How likely to recommend, 0 to 10: promoters from 9, passives from 7, detractors below (Reichheld 2003)."""

    kind: ClassVar[str] = "nps"

    @property
    def ends(self) -> tuple[int, int]:
        """Always 0 and 10."""
        return 0, 10

    def band(self, value: float) -> Band:
        """Promoter, passive or detractor."""
        return Band.PROMOTER if value >= 9 else Band.PASSIVE if value >= 7 else Band.DETRACTOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Csat(Metric):
    """How satisfied, usually 1 to 5; the score is the share of the top boxes."""

    kind: ClassVar[str] = "csat"

    lowest: int = field(default=1, metadata=said("The lowest number.", lowest=0, highest=1))
    highest: int = field(default=5, metadata=said("The highest number.", lowest=2, highest=10))
    top_boxes: int = field(default=2, metadata=said("How many of the highest numbers count as satisfied.", lowest=1, highest=5))
    bottom_boxes: int = field(default=2, metadata=said("How many of the lowest numbers count as dissatisfied.", lowest=1, highest=5))

    @property
    def ends(self) -> tuple[int, int]:
        """As declared."""
        return self.lowest, self.highest

    def band(self, value: float) -> Band:
        """Satisfied, neutral or dissatisfied."""
        if value >= self.highest - self.top_boxes + 1:
            return Band.SATISFIED
        return Band.DISSATISFIED if value < self.lowest + self.bottom_boxes else Band.NEUTRAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Ces(Metric):
    """How far the customer agrees that it was made easy, 1 to 7 where 7 is easiest (CES 2.0)."""

    kind: ClassVar[str] = "ces"

    convention: Convention = field(
        default=Convention.MEAN, metadata=said("How the score is reckoned; it is named wherever the score is shown.")
    )

    @property
    def ends(self) -> tuple[int, int]:
        """Always 1 and 7."""
        return 1, 7

    def band(self, value: float) -> Band:
        """Easy, neutral or hard."""
        if value >= (6 if self.convention is Convention.INDEX else 5):
            return Band.EASY
        return Band.HARD if value < 4 else Band.NEUTRAL


class ScaleLook(StrEnum):
    """How the points of a scale are shown; stars and faces are decoration beside the number."""

    NUMBERS = "numbers"
    STARS = "stars"
    FACES = "faces"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """The words for one point of a scale."""

    value: int = field(metadata=said("The number."))
    text: Texts = field(metadata=said("What it means.", longest=300))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Scale):
    """A scale that is no metric."""

    kind: ClassVar[str] = "rating"

    lowest: int = field(default=1, metadata=said("The lowest number.", lowest=-100, highest=100))
    highest: int = field(default=5, metadata=said("The highest number.", lowest=-99, highest=100))
    look: ScaleLook = field(default=ScaleLook.NUMBERS, metadata=said("How the points are shown."))
    labels: tuple[Point, ...] = field(default=(), metadata=said("Words for single points."))

    @property
    def ends(self) -> tuple[int, int]:
        """As declared."""
        return self.lowest, self.highest
