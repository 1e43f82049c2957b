"""The kinds of question. PURE.

Each class says in `answer` what an answer to it is: a number, text, yes or no, texts, a moment, or nothing. In JSON a choice is its
code, several choices are a list of codes, a date is `2026-11-21`. Words typed at "something else" are an answer of their own, to
`<id>_other`. Metric questions carry their scale and cut-offs with them, so that no score is ever guessed.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from voc.core.expressions import Kind
from voc.surveys.described import CODE, ID, said
from voc.surveys.texts import Texts

NOTHING = Texts()
OTHER = "other"


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
class Question:
    """Anything that stands on a page."""

    kind: ClassVar[str]
    answer: ClassVar[Kind | None] = None

    id: str = field(metadata=said("The name under which answers are kept. Never change it once the survey is live.", pattern=ID))
    text: Texts = field(metadata=said("The question as the customer reads it."))
    help: Texts = field(default=NOTHING, metadata=said("One line of help under the question."))
    show_if: str = field(
        default="", metadata=said("A condition in CEL over earlier answers, such as `answers.nps <= 6`.", is_condition=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Question):
    """Text alone; nothing is answered."""

    kind: ClassVar[str] = "statement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Question):
    """A question that is answered."""

    required: bool = field(default=False, metadata=said("Whether the customer must answer to go on."))
    sensitive: bool = field(default=False, metadata=said("Whether the answer is personal: masked for colleagues who need not see it."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Asked, ABC):
    """A row of numbers with a word at each end."""

    answer: ClassVar[Kind | None] = Kind.NUMBER

    low: Texts = field(default=NOTHING, metadata=said("What the lowest number means, in a few neutral words.", longest=60))
    high: Texts = field(default=NOTHING, metadata=said("What the highest number means, in a few neutral words.", longest=60))

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Scale):
    """A scale that is no metric."""

    kind: ClassVar[str] = "rating"

    lowest: int = field(default=1, metadata=said("The lowest number.", lowest=0, highest=1))
    highest: int = field(default=5, metadata=said("The highest number.", lowest=2, highest=10))

    @property
    def ends(self) -> tuple[int, int]:
        """As declared."""
        return self.lowest, self.highest


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the answers to choose from."""

    code: str = field(metadata=said("What is stored. Never change it once the survey is live.", pattern=CODE))
    text: Texts = field(metadata=said("What the customer reads.", longest=200))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing(Asked):
    """A question with choices. The answer "something else" has the code `other` and room for own words."""

    choices: tuple[Choice, ...] = field(metadata=said("The answers to choose from, in the order shown.", fewest=2))
    other: Texts = field(
        default=NOTHING, metadata=said("Adds the answer `other` at the end, with room for own words; this is its text.", longest=200)
    )

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that can be chosen."""
        return (*(choice.code for choice in self.choices), *((OTHER,) if self.other else ()))

    @property
    def other_id(self) -> str:
        """The id under which words typed at "something else" are kept; "" where there is no such room."""
        return f"{self.id}_{OTHER}" if self.other else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoice(Choosing):
    """One of several."""

    kind: ClassVar[str] = "single_choice"
    answer: ClassVar[Kind | None] = Kind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleChoice(Choosing):
    """Any number of several."""

    kind: ClassVar[str] = "multiple_choice"
    answer: ClassVar[Kind | None] = Kind.TEXTS

    at_least: int | None = field(default=None, metadata=said("The smallest number of choices.", lowest=1, highest=100))
    at_most: int | None = field(default=None, metadata=said("The largest number of choices.", lowest=1, highest=100))


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Asked):
    """Own words."""

    kind: ClassVar[str] = "text"
    answer: ClassVar[Kind | None] = Kind.TEXT

    long: bool = field(default=True, metadata=said("Whether there is room for several lines."))
    longest: int = field(default=2000, metadata=said("The largest number of characters.", lowest=1, highest=10_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Asked):
    """A number that is typed."""

    kind: ClassVar[str] = "number"
    answer: ClassVar[Kind | None] = Kind.NUMBER

    lowest: float | None = field(default=None, metadata=said("The smallest number allowed."))
    highest: float | None = field(default=None, metadata=said("The largest number allowed."))
    decimals: int = field(default=0, metadata=said("How many digits may follow the decimal sign.", lowest=0, highest=6))
    unit: Texts = field(default=NOTHING, metadata=said("What is counted or measured, shown after the number.", longest=30))


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Asked):
    """A day."""

    kind: ClassVar[str] = "date"
    answer: ClassVar[Kind | None] = Kind.MOMENT

    earliest: date | None = field(default=None, metadata=said("The first day allowed, such as `2026-01-31`."))
    latest: date | None = field(default=None, metadata=said("The last day allowed."))


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Asked):
    """Yes or no."""

    kind: ClassVar[str] = "yes_no"
    answer: ClassVar[Kind | None] = Kind.YES_NO

    yes_text: Texts = field(default=NOTHING, metadata=said("Other words for yes.", longest=60))
    no_text: Texts = field(default=NOTHING, metadata=said("Other words for no.", longest=60))


KINDS: dict[str, type[Question]] = {
    kind.kind: kind for kind in (Nps, Csat, Ces, Rating, SingleChoice, MultipleChoice, Text, Number, Date, YesNo, Statement)
}
