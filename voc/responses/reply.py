"""An answer that came as a text message: a score, and the words beside it."""

from collections.abc import Iterator
from uuid import UUID

from voc.core.access import Action, Actor
from voc.core.errors import Conflict
from voc.core.verb import joining, verb
from voc.responses.drafts import Posted
from voc.responses.link import link_of
from voc.responses.queries import questionnaire_by_version
from voc.responses.respond import submit
from voc.surveys.flow import cuts, first_question
from voc.surveys.questionnaire import Questionnaire
from voc.surveys.questions import Format, Metric, Question, Text


@verb(Action.ANSWER)
async def answer_by_text(actor: Actor, invitation_id: UUID, score: int, words: str) -> bool:
    """Answer the metric question that the text asked, and put the words under the first question for own words; as on a page.

    What somebody texts is a person's act, so it is never held. False, and nothing is written, where the text asked something else, the
    score is none of its scale, or the link takes no answers any more.
    """
    link = await link_of(invitation_id)
    if link is None:
        return False
    questionnaire = await questionnaire_by_version(link.version_id)
    asked = first_question(questionnaire)
    if not isinstance(asked, Metric) or score not in asked.points:
        return False
    raw: dict[str, object] = {asked.id: str(score)}
    room = next((one for one in _always_asked(questionnaire) if isinstance(one, Text) and one.format is Format.WORDS), None)
    if words and room:
        raw[room.id] = words
    step = next(step for step in cuts(questionnaire) if asked in step.questions)
    posted = Posted(step_id=step.id, asked=frozenset(raw), raw=raw, language=link.reads_in, is_landing=True, is_from_person=True)
    try:
        await joining(submit)(actor, link, posted)
    except Conflict:
        return False
    return True


def _always_asked(questionnaire: Questionnaire) -> Iterator[Question]:
    """The questions that do not depend on any answer."""
    always = (page for page in questionnaire.pages if not (page.show_if or page.loop or page.loop_over or page.show))
    return (question for page in always for question in page.questions if not question.show_if)
