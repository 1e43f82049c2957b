"""Every condition of a questionnaire, with what it decides and where it is edited. PURE."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from voc.surveys.course import conditions_of, parts_of
from voc.surveys.questionnaire import Page, Questionnaire
from voc.surveys.questions import Question
from voc.surveys.rules.reading import rule_of
from voc.surveys.rules.rule import Rule


class Decides(StrEnum):
    """What follows when a condition is met."""

    PAGE = "page"
    QUESTION = "question"
    PART = "part"
    STOP = "stop"
    QUOTA = "quota"
    END_PAGE = "end_page"


@dataclass(frozen=True, slots=True)
class RuleAt:
    """One condition: what it decides about whom (`name`; of a part also its `code`), the page it belongs to, and where it stands.

    `path` is where problems name it, `place` where edits change it.
    """

    decides: Decides
    name: str
    path: str
    place: str
    condition: str
    page: str = ""
    code: str = ""

    @property
    def rule(self) -> Rule | None:
        """The rule that it says; None where it says more than a rule can."""
        return rule_of(self.condition)


def rules_in(questionnaire: Questionnaire) -> Iterator[RuleAt]:
    """Every condition, in the order of the document."""
    for number, page in enumerate(questionnaire.pages):
        path = f"pages[{number}]"
        if page.show_if:
            yield RuleAt(Decides.PAGE, page.id, f"{path}.show_if", f"pages/{page.id}/show_if", page.show_if, page.id)
        for at, question in enumerate(page.questions):
            yield from _of_question(page, f"{path}.questions[{at}]", question)
        if page.end_if:
            yield RuleAt(Decides.STOP, page.id, f"{path}.end_if", f"pages/{page.id}/end_if", page.end_if, page.id)
    for number, quota in enumerate(questionnaire.quotas):
        if quota.when:
            yield RuleAt(Decides.QUOTA, quota.id, f"quotas[{number}].when", f"quotas/{quota.id}/when", quota.when)
    for number, end in enumerate(questionnaire.end_pages):
        if end.show_if:
            yield RuleAt(Decides.END_PAGE, end.id, f"end_pages[{number}].show_if", f"end_pages/{end.id}/show_if", end.show_if)


def _of_question(page: Page, path: str, question: Question) -> Iterator[RuleAt]:
    home = f"questions/{question.id}"
    if question.show_if:
        yield RuleAt(Decides.QUESTION, question.id, f"{path}.show_if", f"{home}/show_if", question.show_if, page.id)
    ends = iter([end for end in conditions_of(question) if end[0] != "show_if"])
    for part, items in parts_of(question):
        for item in items:
            if item.show_if:
                end, condition = next(ends)
                within = f"groups/{getattr(question, 'groups')[int(part)].id}/columns" if part.isdigit() else part  # noqa: B009
                place = f"{home}/{within}/{_step(item.code)}/show_if"
                yield RuleAt(Decides.PART, question.id, f"{path}.{end}", place, condition, page.id, item.code)


def _step(code: str) -> str:
    return code.replace("~", "~0").replace("/", "~1")
