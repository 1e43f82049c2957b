"""Which quotas a complete response falls under, and how it ends when one of them is full. PURE."""

from voc.surveys.course import course_of
from voc.surveys.flow import Walk
from voc.surveys.questionnaire import EndPage, Questionnaire, Quota


def falls_under(questionnaire: Questionnaire, way: Walk) -> list[Quota]:
    """The quotas whose condition these answers meet; one that cannot be decided is not met."""
    course = course_of(questionnaire)
    values = {"answers": way.answers, "scores": way.scores}
    return [quota for quota in questionnaire.quotas if not quota.when or course.condition(quota.when).evaluate(values) is True]


def end_page_over(questionnaire: Questionnaire, quota_id: str) -> EndPage:
    """The end page for those who come when a quota is full."""
    named = next((quota.end_page for quota in questionnaire.quotas if quota.id == quota_id), "")
    return next((end for end in questionnaire.end_pages if end.id == named), questionnaire.end_pages[-1])
