"""The logic of a survey: its rules in words, all ways through it, what nobody can reach, and its saved walks tried."""

from dataclasses import dataclass
from math import ceil
from typing import Annotated

import strawberry
from strawberry import Parent

from voc.api.context import Info
from voc.api.exposed import computed, enum, field, shape
from voc.api.nodes import Id, fetch
from voc.api.questionnaires import QuestionnaireProblem
from voc.api.saved_walks import WalkTrial
from voc.surveys import paths, walk_tests
from voc.surveys import questionnaire as documents
from voc.surveys.course import course_of
from voc.surveys.editions import draft_edition, published_edition
from voc.surveys.models import Survey
from voc.surveys.reach import unreachable
from voc.surveys.rules.listing import Decides, RuleAt, rules_in
from voc.surveys.rules.saying import in_words

InWords = Annotated[str | None, strawberry.argument(description="The language of the sentence: en or nl; English unless said.")]
Version = Annotated[int | None, strawberry.argument(description="The number of a published version; the draft when left out.")]

enum(
    Decides,
    "What follows when a condition is met. New values may be added: handle unknown ones.",
    name="RuleDecides",
    PAGE="A page is shown.",
    QUESTION="A question is asked.",
    PART="A choice, row or column is offered.",
    STOP="Nothing more is asked after a page.",
    QUOTA="A response counts for a quota.",
    END_PAGE="An end page is shown.",
)


@dataclass(frozen=True, slots=True)
class Said:
    """A rule with the questionnaire whose texts its sentence speaks of."""

    at: RuleAt
    questionnaire: documents.Questionnaire


@shape
class SurveyRule:
    """One condition of a questionnaire."""

    @computed
    def decides(said: Said) -> Decides:  # noqa: N805 - the source is the rule
        """What follows when it is met."""
        return said.at.decides

    @computed
    def key(said: Said) -> str:  # noqa: N805
        """The page, question, quota or end page it is about."""
        return said.at.name

    @computed
    def code(said: Said) -> str:  # noqa: N805
        """The choice, row or column of the question; empty for the question itself."""
        return said.at.code

    @computed
    def page(said: Said) -> str:  # noqa: N805
        """The key of the page it stands on; empty for quotas and end pages."""
        return said.at.page

    @computed
    def place(said: Said) -> str:  # noqa: N805
        """Where `editDraft` changes it: `questions/why/show_if`."""
        return said.at.place

    @computed
    def path(said: Said) -> str:  # noqa: N805
        """Where problems name it: `pages[0].questions[1].show_if`."""
        return said.at.path

    @computed
    def condition(said: Said) -> str:  # noqa: N805
        """The condition in CEL."""
        return said.at.condition

    @computed
    def is_simple(said: Said) -> bool:  # noqa: N805
        """Whether it can be said and changed as comparisons joined by and or or."""
        return said.at.rule is not None

    @field(str)
    def sentence(said: Parent[Said], language: InWords = None) -> str:  # noqa: N805
        """What it says, for a colleague; in CEL where it is not simple."""
        return in_words(said.at, course_of(said.questionnaire), language or "en")


@shape
class SurveyPath:
    """One way through a questionnaire."""

    asked: list[str]
    """The keys of the questions asked, in order."""
    end_page: str
    """The key of the end page it leads to."""

    @computed
    def minutes(path: paths.Path) -> int:  # noqa: N805
        """How long it takes, in minutes."""
        return max(1, ceil(path.seconds / 60))


@shape
class SurveyPaths:
    """The ways through a questionnaire that its conditions tell apart, the shortest first."""

    listed: list[SurveyPath]
    """At most 50 of them."""
    more: int
    """How many were found beyond those."""
    is_all: bool
    """Whether all combinations of answers were tried; in a long survey with many conditions they are not, and there may be more."""


@shape
class SurveyFlow:
    """The logic of one edition of a survey."""

    @field(list[SurveyRule])
    def rules(flow: Parent[documents.Questionnaire]) -> list[Said]:  # noqa: N805 - the source is the questionnaire
        """Every condition, in the order of the document."""
        return [Said(one, flow) for one in rules_in(flow)]

    @field(SurveyPaths)
    def paths(flow: Parent[documents.Questionnaire]) -> paths.Paths:  # noqa: N805
        """All ways through it, as far as they can be tried."""
        return paths.paths_of(flow)

    @field(list[QuestionnaireProblem])
    def unreachable(flow: Parent[documents.Questionnaire]) -> tuple[documents.Problem, ...]:  # noqa: N805
        """What nobody can ever see."""
        return unreachable(flow)

    @field(list[WalkTrial])
    def walks(flow: Parent[documents.Questionnaire]) -> list[walk_tests.Trial]:  # noqa: N805
        """Its saved walks, tried."""
        return list(walk_tests.tried(flow))


@shape
class SurveyFlowQueries:
    """Reads of the logic of surveys."""

    @field(SurveyFlow | None)
    async def survey_flow(self, info: Info, survey: Id, version: Version = None) -> documents.Questionnaire | None:
        """The logic of a survey's draft, or of a published version; null where one may not see the survey.

        A draft that describes nothing is refused with what is to mend.
        """
        row: Survey | None = await fetch(info, survey, "Survey")
        if row is None:
            return None
        return draft_edition(row) if version is None else await published_edition(row, version)
