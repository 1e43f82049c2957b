"""Questions with answers to choose from, to put in order, or to divide something over. PURE."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from voc.core.expressions import Kind
from voc.surveys.described import ADDRESS, CODE, said
from voc.surveys.questions.question import NOTHING, Asked, Order, slugs
from voc.surveys.texts import Texts

OTHER = "other"


class Look(StrEnum):
    """How choices are shown."""

    BUTTONS = "buttons"
    DROP_DOWN = "drop_down"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of the answers to choose from."""

    code: str = field(metadata=said("What is stored. Never change it once the survey is live.", pattern=CODE))
    text: Texts = field(default=NOTHING, metadata=said("What the customer reads.", longest=5000))
    own_words: bool = field(default=False, metadata=said("Whether there is room for own words beside it, kept as `<id>_<code>`."))
    exclusive: bool = field(default=False, metadata=said("Whether nothing else can be chosen beside it, such as `none of these`."))
    fixed: bool = field(default=False, metadata=said("Whether it keeps its place when the order is random."))
    show_if: str = field(
        default="",
        metadata=said("A condition in CEL under which it is offered; always, where left out.", longest=20_000, is_condition=True),
    )
    points: float | None = field(default=None, metadata=said("What it counts for in the named scores."))
    image: str = field(default="", metadata=said("The address of a picture of it; its text says what the picture shows.", pattern=ADDRESS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing(Asked):
    """A question with choices. The answer "something else" has the code `other` and room for own words."""

    choices: tuple[Choice, ...] = field(metadata=said("The answers to choose from, in the order shown.", fewest=1))
    other: Texts = field(
        default=NOTHING, metadata=said("Adds the answer `other` at the end, with room for own words; this is its text.", longest=200)
    )
    order: Order = field(default=Order.AS_WRITTEN, metadata=said("The order in which choices are shown; fixed ones keep their place."))

    @property
    def all_choices(self) -> tuple[Choice, ...]:
        """The choices, with the one for something else at the end."""
        return (*self.choices, *((Choice(code=OTHER, text=self.other, own_words=True, fixed=True),) if self.other else ()))

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code that can be chosen."""
        return tuple(choice.code for choice in self.all_choices)

    @property
    def words_names(self) -> dict[str, str]:
        """For each code with room for own words, the name under which those are kept."""
        if not self.other and not any(choice.own_words for choice in self.choices):
            return {}
        choices = self.all_choices
        return {choice.code: f"{self.id}_{slug}" for choice, slug in zip(choices, slugs(self.codes), strict=True) if choice.own_words}

    @property
    def other_id(self) -> str:
        """The name under which words typed at "something else" are kept; "" where there is no such room."""
        return self.words_names.get(OTHER, "")

    def answers(self) -> dict[str, Kind]:
        """What was chosen, and the own words."""
        own = dict.fromkeys(self.words_names.values(), Kind.TEXT)
        return {self.id: self.answer, **own} if self.answer else own


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChoice(Choosing):
    """One of several."""

    kind: ClassVar[str] = "single_choice"
    answer: ClassVar[Kind | None] = Kind.TEXT

    look: Look = field(default=Look.BUTTONS, metadata=said("How the choices are shown."))


@dataclass(frozen=True, slots=True, kw_only=True)
class MultipleChoice(Choosing):
    """Any number of several."""

    kind: ClassVar[str] = "multiple_choice"
    answer: ClassVar[Kind | None] = Kind.TEXTS

    look: Look = field(default=Look.BUTTONS, metadata=said("How the choices are shown."))
    at_least: int | None = field(default=None, metadata=said("The smallest number of choices.", lowest=1, highest=500))
    at_most: int | None = field(default=None, metadata=said("The largest number of choices.", lowest=1, highest=500))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking(Choosing):
    """Several put in order, the first one first."""

    kind: ClassVar[str] = "ranking"
    answer: ClassVar[Kind | None] = Kind.TEXTS

    at_least: int | None = field(default=None, metadata=said("How many must be put in order; all, where left out.", lowest=1, highest=500))
    at_most: int | None = field(default=None, metadata=said("How many may be put in order; all, where left out.", lowest=1, highest=500))
