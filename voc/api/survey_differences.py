"""What changed between two editions of a survey, and what that does to its metrics."""

from dataclasses import dataclass
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.enums import Metric
from voc.api.exposed import computed, enum, field, shape
from voc.api.nodes import Id, fetch
from voc.surveys import differences
from voc.surveys.changes import Change
from voc.surveys.difference_words import change_in_words, effect_in_words
from voc.surveys.differences import TrendVerdict
from voc.surveys.editions import draft_edition, published_edition
from voc.surveys.models import Survey
from voc.surveys.prospect import difference_between

InWords = Annotated[str | None, strawberry.argument(description="The language of the sentence: en or nl; English unless said.")]

enum(
    TrendVerdict,
    "What a change of the questionnaire does to the line of a metric.",
    GOES_ON="The same is asked of the same people: the line goes on.",
    MAY_SHIFT="The line goes on, and may shift a little.",
    BREAKS="Something else is measured from here on.",
    BEGINS="It was not asked before.",
    ENDS="It is no longer asked.",
)


@shape
class SurveyChange:
    """One thing that is not as it was."""

    code: str
    """What changed, for programs; new codes may be added."""
    name: str
    """The question, page, end page or language that it belongs to."""
    path: str
    """Where it stands in the newer document."""
    before: str
    """What it was; empty where that is no plain text."""
    after: str
    """What it is; empty where that is no plain text."""

    @field(str)
    def sentence(change: Parent[Change], language: InWords = None) -> str:  # noqa: N805 - the source is the change
        """The change in words."""
        return change_in_words(change, language or "en")


@shape
class TrendEffect:
    """What the changes do to one metric question."""

    question: str
    """The question's id."""
    verdict: TrendVerdict
    """What happens to its line."""

    @computed
    def metric(effect: differences.Effect) -> Metric:  # noqa: N805
        """What it measures, in the newer edition where it is still asked."""
        return Metric(effect.metric)

    @field(str)
    def sentence(effect: Parent[differences.Effect], language: InWords = None) -> str:  # noqa: N805
        """The effect in words, with the changes that lead to it."""
        return effect_in_words(effect, language or "en")


@dataclass(frozen=True, slots=True)
class Compared:
    """Two editions side by side."""

    before: int
    after: int | None
    found: differences.Difference


@shape
class SurveyDifference:
    """Everything that changed between two editions of a survey."""

    @computed
    def from_number(compared: Compared) -> int:  # noqa: N805
        """The number of the older version."""
        return compared.before

    @computed
    def to_number(compared: Compared) -> int | None:  # noqa: N805
        """The number of the newer version; null for the draft."""
        return compared.after

    @field(list[SurveyChange])
    def changes(compared: Parent[Compared]) -> tuple[Change, ...]:  # noqa: N805
        """What changed, in the order of the newer edition."""
        return compared.found.changes

    @field(list[TrendEffect])
    def effects(compared: Parent[Compared]) -> tuple[differences.Effect, ...]:  # noqa: N805
        """What that does to each metric of either edition."""
        return compared.found.effects


@shape
class SurveyDifferenceQueries:
    """Reads of what changed."""

    @field(SurveyDifference | None)
    async def survey_diff(
        self,
        info: Info,
        survey: Id,
        from_number: Annotated[
            int | None, strawberry.argument(description="The older version; the one customers see now, unless said.")
        ] = None,
        to_number: Annotated[int | None, strawberry.argument(description="The newer version; the draft, unless said.")] = None,
    ) -> Compared | None:
        """What changed from one edition to another; null where one may not see the survey."""
        row: Survey | None = await fetch(info, survey, "Survey")
        if row is None:
            return None
        if to_number is not None:
            found = await difference_between(row, from_number, to_number)
        else:
            found = differences.difference(await published_edition(row, from_number), draft_edition(row))
        return Compared(from_number or row.last_number, to_number, found)
