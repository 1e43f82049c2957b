"""What somebody is not asked on a walk, and why. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from voc.core.expressions import Fault
from voc.surveys.course import course_of
from voc.surveys.named_scores import named_scores
from voc.surveys.questionnaire import Page, Questionnaire
from voc.surveys.questions import Asked, Question
from voc.surveys.walking import Walk


class Why(StrEnum):
    """Why something is not asked."""

    CONDITION = "condition"
    PAGE_CONDITION = "page_condition"
    NOT_DRAWN = "not_drawn"
    ENDED = "ended"
    QUOTA_FULL = "quota_full"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question that is not asked. `condition` is the one that is not met, or that ended the questions before it came."""

    question: Question
    page: str
    why: Why
    condition: str = ""


def skipped_on(questionnaire: Questionnaire, way: Walk, *, seed: int = 0) -> Iterator[Skipped]:
    """Every question that is not on a way, in the order in which this person would have met it."""
    course = course_of(questionnaire)
    asked = {question.id for step in way.steps for question in step.questions}
    last = way.steps[-1].page.id if way.steps else ""
    met, left_out = course.order(seed, way.answers)
    judge = _Judge(questionnaire, way)
    ended: tuple[Why, str] | None = (Why.QUOTA_FULL, judge.full_quota) if way.full_quota and not way.steps else None
    for at in (*met, *left_out):
        for page in course.pages[at]:
            for question in page.questions:
                if isinstance(question, Asked) and question.id not in asked:
                    why, condition = (Why.NOT_DRAWN, "") if at in left_out else ended or judge.why(page, question)
                    yield Skipped(question, page.id, why, condition)
            if not ended and page.end_if and judge.is_met(page.show_if) and judge.is_met(page.end_if, undecided=False):
                ended = (Why.ENDED, page.end_if)
            elif not ended and way.full_quota and page.id == last:
                ended = (Why.QUOTA_FULL, judge.full_quota)


class _Judge:
    """Decides conditions by the answers of a whole walk: they only look back, so it comes out as it did on the way."""

    def __init__(self, questionnaire: Questionnaire, way: Walk) -> None:
        self._course = course_of(questionnaire)
        self._values = {"answers": way.answers, "scores": named_scores(self._course, way.answers)}
        self.full_quota = next((quota.when for quota in questionnaire.quotas if quota.id == way.full_quota), "")

    def is_met(self, condition: str, *, undecided: bool = True) -> bool:
        """Whether it holds; nothing is no condition."""
        if not condition:
            return True
        outcome = self._course.condition(condition).evaluate({name: self._values[name] for name in self._course.environment.variables})
        return undecided if isinstance(outcome, Fault) else outcome

    def why(self, page: Page, question: Question) -> tuple[Why, str]:
        """Why a question is not asked where nothing had ended before."""
        if not self.is_met(page.show_if):
            return Why.PAGE_CONDITION, page.show_if
        if not self.is_met(question.show_if):
            return Why.CONDITION, question.show_if
        return Why.NOT_DRAWN, ""
