"""A rehearsal: what somebody who answers like this is asked and why, what must be mended, and how it ends. PURE.

The verdict on the answers is that of `answers.check`, the one that pages and programs get.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from voc.core.errors import Fault
from voc.responses.answers import Checked, check
from voc.surveys.course import course_of, metrics_of
from voc.surveys.flow import Step, seconds_for
from voc.surveys.questionnaire import EndPage, Questionnaire
from voc.surveys.questions import Asked, Metric
from voc.surveys.skipped import Skipped, skipped_on


@dataclass(frozen=True, slots=True)
class ScoreSeen:
    """A metric value that these answers would yield."""

    question: Metric
    value: float

    @property
    def band(self) -> str:
        """What it means."""
        return self.question.band(self.value).value


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """One walk in full. `quotas` are those that such a response would count for."""

    questionnaire: Questionnaire
    language: str
    checked: Checked
    skipped: tuple[Skipped, ...]
    scores: tuple[ScoreSeen, ...]
    quotas: tuple[str, ...]
    seconds: float

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is asked, step by step."""
        return self.checked.walk.steps

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What must be mended before it can be sent."""
        return self.checked.faults

    @property
    def end_page(self) -> EndPage:
        """How it ends when it is sent like this."""
        return self.checked.walk.end_page

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids of the questions that are asked, in order."""
        return tuple(question.id for step in self.steps for question in step.questions if isinstance(question, Asked))


def rehearse(
    questionnaire: Questionnaire,
    answers: Mapping[str, object],
    language: str = "",
    *,
    seed: int = 0,
    full: Collection[str] = (),
    country: str = "",
) -> Rehearsal:
    """Walk through a questionnaire with these answers, as `check` takes them; nothing is kept.

    `seed` decides random orders (0: as written), `full` are quotas to be taken as full.
    """
    spoken = language if language in questionnaire.languages else questionnaire.default_language
    checked = check(questionnaire, answers, spoken, seed=seed, full=full, country=country)
    way = checked.walk
    return Rehearsal(
        questionnaire=questionnaire,
        language=spoken,
        checked=checked,
        skipped=tuple(skipped_on(questionnaire, way, seed=seed)),
        scores=tuple(_scores(questionnaire, checked.answers)),
        quotas=tuple(_quotas(questionnaire, checked)),
        seconds=sum(seconds_for(question, spoken) for step in way.steps for question in step.questions),
    )


def _scores(questionnaire: Questionnaire, answers: Mapping[str, object]) -> list[ScoreSeen]:
    found = ((question, answers.get(name)) for name, question in metrics_of(questionnaire).items())
    return [ScoreSeen(question, float(value)) for question, value in found if isinstance(value, int | float)]


def _quotas(questionnaire: Questionnaire, checked: Checked) -> list[str]:
    """The quotas whose condition is met; one that ended the walk because it is full among them."""
    course = course_of(questionnaire)
    values = {"answers": checked.answers, "scores": checked.walk.scores}
    found = []
    for quota in questionnaire.quotas:
        if not quota.when or course.condition(quota.when).evaluate({name: values[name] for name in course.environment.variables}):
            found.append(quota.id)
    return found
