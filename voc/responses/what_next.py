"""Where a press of Next leads. PURE."""

from collections.abc import Collection

from voc.responses.answers import Checked
from voc.surveys.flow import Step, places
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Question


def step_after(questionnaire: Questionnaire, checked: Checked, step_id: str, seed: int = 0) -> str:
    """The id of the step to show after the one with this id; empty when nothing is left to ask and it is time to send.

    Nothing is sent while an answer is missing that must be given, whatever step was left out on the way.
    """
    order = places(questionnaire, checked.walk.answers, seed)
    here = order.get(step_id, len(order))
    return _id_of(next((step for step in checked.walk.steps if order[step.id] > here), None) or _incomplete(checked))


def step_after_landing(checked: Checked, asked: Collection[str]) -> str:
    """The same after a landing, where only a part was asked: the first step with a question that was not asked yet."""
    unasked = (step for step in checked.walk.steps if any(_is_unasked(question, checked, asked) for question in step.questions))
    return _id_of(next(unasked, None) or _incomplete(checked))


def is_complete(checked: Checked) -> bool:
    """Whether every answer that must be given is there, so that the response can be sent."""
    return not checked.missing


def _id_of(step: Step | None) -> str:
    return step.id if step else ""


def _incomplete(checked: Checked) -> Step | None:
    return next((step for step in checked.walk.steps if any(one.id in checked.missing for one in step.questions)), None)


def _is_unasked(question: Question, checked: Checked, asked: Collection[str]) -> bool:
    names = question.names()
    return bool(names) and question.id not in asked and not any(name in asked or name in checked.answers for name in names)
