"""Where a press of Next leads. PURE."""

from voc.responses.answers import Checked
from voc.responses.drafts import Posted
from voc.surveys.flow import Step, cuts
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Asked, Question, Statement


def step_after(questionnaire: Questionnaire, checked: Checked, posted: Posted) -> str:
    """The id of the step to show next; empty when nothing is left to ask and it is time to send.

    After a landing, where only a part of a step stood, it is the first step with a question that was not asked yet. Nothing is sent
    while an answer is missing that must be given, whatever step was left out on the way.
    """
    if posted.is_landing:
        unasked = (step for step in checked.walk.steps if any(_is_unasked(one, checked, posted) for one in step.questions))
        following = next(unasked, None)
    else:
        order = [step.id for step in cuts(questionnaire)]
        here = order.index(posted.step_id) if posted.step_id in order else len(order)
        following = next((step for step in checked.walk.steps if order.index(step.id) > here), None)
    chosen = following or next((step for step in checked.walk.steps if _misses(step, checked)), None)
    return chosen.id if chosen else ""


def _is_unasked(question: Question, checked: Checked, posted: Posted) -> bool:
    return not isinstance(question, Statement) and question.id not in posted.asked and question.id not in checked.answers


def _misses(step: Step, checked: Checked) -> bool:
    return any(isinstance(one, Asked) and one.required and one.id not in checked.answers for one in step.questions)
