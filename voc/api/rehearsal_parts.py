"""The parts of a rehearsal: what is asked step by step, what is skipped, scores and tasks to expect."""

from dataclasses import dataclass
from datetime import datetime

from strawberry import Parent

from voc.api.enums import Band, Metric, Priority
from voc.api.exposed import computed, enum, field, shape
from voc.api.questionnaires import InLanguage
from voc.api.survey_flows import InWords
from voc.followup.expected_tasks import ExpectedTask
from voc.followup.routing import because as placed_because
from voc.responses import rehearsal as rehearsing
from voc.surveys import questionnaire as documents
from voc.surveys.course import course_of
from voc.surveys.flow import Step
from voc.surveys.questions import Question
from voc.surveys.skipped import Skipped, Why
from voc.surveys.skipped_words import because, why_not

enum(
    Why,
    "Why a question is not asked. New values may be added: handle unknown ones.",
    name="SkippedWhy",
    CONDITION="Its condition is not met.",
    PAGE_CONDITION="The condition of its page is not met.",
    NOT_DRAWN="Of several questions or pages it was not drawn.",
    ENDED="A condition ended the questions before it came.",
    QUOTA_FULL="There are enough responses of this sort.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the step it is asked in."""

    step: Step
    question: Question
    questionnaire: documents.Questionnaire


@shape
class RehearsedQuestion:
    """A question that is asked."""

    @computed
    def key(asked: Asked) -> str:  # noqa: N805 - the source is the question
        """Its id."""
        return asked.question.id

    @field(str)
    def text(asked: Parent[Asked], language: InLanguage = None) -> str:  # noqa: N805
        """The question as the customer reads it."""
        return asked.question.text.say(language or "")

    @field(list[str])
    def because(asked: Parent[Asked], language: InWords = None) -> list[str]:  # noqa: N805
        """Why it is asked: the conditions that are met; empty where everybody is asked."""
        return because(asked.step.page, asked.question, course_of(asked.questionnaire), language or "en")


@shape
class RehearsedStep:
    """Questions that are on the screen together."""

    @computed
    def key(found: "Found") -> str:  # noqa: N805
        """The key of its page, with -2 and so on for later cuts of it."""
        return found.step.id

    @field(list[RehearsedQuestion])
    def questions(found: Parent["Found"]) -> list[Asked]:  # noqa: N805
        """What is asked, in order."""
        return [Asked(found.step, question, found.questionnaire) for question in found.step.questions]


@dataclass(frozen=True, slots=True)
class Found:
    """A step of a rehearsal, or what is skipped in it, with its questionnaire."""

    step: Step
    questionnaire: documents.Questionnaire


@dataclass(frozen=True, slots=True)
class Left:
    """What is not asked, with its questionnaire."""

    skipped: Skipped
    questionnaire: documents.Questionnaire


@shape
class SkippedQuestion:
    """A question that is not asked."""

    @computed
    def key(left: Left) -> str:  # noqa: N805
        """Its id."""
        return left.skipped.question.id

    @field(str)
    def text(left: Parent[Left], language: InLanguage = None) -> str:  # noqa: N805
        """The question."""
        return left.skipped.question.text.say(language or "")

    @computed
    def why(left: Left) -> Why:  # noqa: N805
        """Why not, for programs."""
        return left.skipped.why

    @field(str)
    def sentence(left: Parent[Left], language: InWords = None) -> str:  # noqa: N805
        """Why not, in words."""
        return why_not(left.skipped, course_of(left.questionnaire), language or "en")


@shape
class RehearsedScore:
    """A metric value that these answers would yield."""

    value: float
    """The value."""

    @computed
    def metric(seen: rehearsing.ScoreSeen) -> Metric:  # noqa: N805
        """What it measures."""
        return Metric(seen.question.kind)

    @computed
    def question(seen: rehearsing.ScoreSeen) -> str:  # noqa: N805
        """The question's id."""
        return seen.question.id

    @computed
    def band(seen: rehearsing.ScoreSeen) -> Band:  # noqa: N805
        """What it means."""
        return Band(seen.band)


@shape
class RehearsedNamedScore:
    """A named score that these answers make."""

    key: str
    """Its short name."""
    value: float
    """What it comes to."""


@shape
class RehearsedTask:
    """A task that would be raised if this were sent now."""

    route: str
    """The name of the route."""
    title: str
    """What the task is called."""
    team: str
    """The name of the team that gets it."""
    priority: Priority
    """How pressing it is."""
    due_at: datetime
    """By when, in the team's business hours."""

    @field(str)
    def because(task: Parent[ExpectedTask], language: InWords = None) -> str:  # noqa: N805
        """Why that team."""
        return placed_because(task.reason, language or "en")
